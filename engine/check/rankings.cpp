// `Highest:` and `Lowest:` of a List, and `Ties:`.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using vocabulary::Kind;

namespace {

bool ranks(grammar::Clause const& clause) {
  return clause.kind == ClauseKind::highest || clause.kind == ClauseKind::lowest;
}

grammar::Clause const* clause_of(grammar::Block const& block, bool (*fits)(grammar::Clause const&)) {
  auto const found = std::find_if(block.clauses.begin(), block.clauses.end(), fits);
  return found == block.clauses.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Ranking::Ties> Checker::ties(Block const& block, Clause const& ranked) {
  auto const* clause = clause_of(block, [](Clause const& c) { return c.kind == ClauseKind::ties; });
  if (clause == nullptr) {
    if (block.faulty) return std::nullopt;
    auto& diagnostic =
        report(Code::ties_needed, ranked.span,
               fmt::format("`{}` does not say what becomes of members that tie for its last place", block.name.text),
               "Add a line: `Ties: in`, `Ties: out` or `Ties: cannot be told`.");
    diagnostic.edit = grammar::Edit{{ranked.span.file, ranked.span.end, ranked.span.end}, "\n  Ties: cannot be told"};
    return std::nullopt;
  }
  auto const* text = std::get_if<grammar::Text>(&clause->body);
  if (text == nullptr) return std::nullopt;
  auto const words = grammar::name_key(text->text);
  if (words == "in") return Ranking::Ties::in;
  if (words == "out") return Ranking::Ties::out;
  if (words == "cannot be told") return Ranking::Ties::cannot_be_told;
  report(Code::ties_needed, clause->span, fmt::format("`{}` does not say what a tie means", text->text),
         "Write: `Ties: in`, `Ties: out` or `Ties: cannot be told`.");
  return std::nullopt;
}

// A member has one place, so it has one row.
bool Checker::may_be_ranked(ListId id, Clause const& ranked) {
  auto const& list = program().lists[id];
  auto const& source = words().sources[list.source];
  if (source.keys.size() == 1) return true;
  report(Code::rank_not_possible, ranked.span,
         fmt::format("`{}` has several rows for one {}, and a rank needs one value for each", source.shown,
                     source.keys[list.key].shown),
         "Rank the members of a Source with one key, and look the value up in a Figure.");
  return false;
}

// A numeral, as in `the last N years`; else what a Threshold or a Figure says. Or a percent of the members.
ValueId Checker::places(grammar::Ranking const& node, Surroundings const& at) {
  auto const* amount = std::get_if<grammar::Amount>(&node.count.node);
  bool const numeral = amount != nullptr && amount->kind == grammar::Amount::Kind::number && amount->unit.empty();
  auto const id = value(node.count, at, numeral ? std::optional(type_of_number(std::nullopt)) : std::nullopt);
  if (id == kNone) return kNone;
  auto const type = this->at(id).type;
  bool const whole = type.kind == Kind::count && words().decimals(type) == 0;
  if (!type.list && !this->at(id).ratio && (whole || type.kind == Kind::percent)) return id;
  report(Code::rank_not_possible, node.count.span,
         fmt::format("`{}` is {}, and not how many", this->at(id).text, type_words(type)),
         "Write a whole number, a percent of the members, or the name of a Threshold that is one of these.");
  return kNone;
}

ValueId Checker::ranked_by(grammar::Ranking const& node, Surroundings const& at) {
  SyntaxValue by;
  by.node = node.by;
  by.span = node.by.span;
  auto const id = value(by, at);
  if (id == kNone) return kNone;
  auto const type = this->at(id).type;
  if (is_ordered(type) && !type.list) return id;
  report(Code::rank_not_possible, by.span,
         fmt::format("`{}` is {}, and has no highest and no lowest", this->at(id).text, type_words(type)),
         "Numbers, dates and years are ranked.");
  return kNone;
}

ValueId Checker::stratum(grammar::Ranking const& node, Surroundings const& at) {
  SyntaxValue each;
  each.node = grammar::Path{{node.for_each}, node.for_each.span};
  each.span = node.for_each.span;
  auto const id = value(each, at);
  if (id == kNone) return kNone;
  auto const type = this->at(id).type;
  if (type.kind == Kind::choice && !type.list) return id;
  report(Code::rank_not_possible, each.span,
         fmt::format("`{}` is {}, and no choice", this->at(id).text, type_words(type)),
         "Ranks stand side by side for the entries of a Choice.");
  return kNone;
}

void Checker::ranking(ListId id) {
  auto const& block = *list_blocks_[id];
  auto const* ranked = clause_of(block, ranks);
  if (ranked == nullptr) {
    auto const* alone = clause_of(block, [](Clause const& c) { return c.kind == ClauseKind::ties; });
    if (alone == nullptr || block.faulty) return;
    report(Code::clause_not_here, alone->span, fmt::format("`{}` ranks nothing that could tie", block.name.text),
           "Say what it ranks: `Highest: 10, by …`; or leave `Ties:` out.");
    return;
  }
  auto const* node = std::get_if<grammar::Ranking>(&ranked->body);
  if (node == nullptr) return;
  Surroundings at;
  at.rows_of = program().lists[id].source;
  at.plain_numbers = true;
  Ranking made;
  made.highest = ranked->kind == ClauseKind::highest;
  made.span = ranked->span;
  auto const said = ties(block, *ranked);
  bool const one_row = may_be_ranked(id, *ranked);
  made.count = places(*node, at);
  made.by = ranked_by(*node, at);
  bool const in_strata = !node->for_each.empty();
  if (in_strata) made.stratum = stratum(*node, at);
  bool const read = made.count != kNone && made.by != kNone && (!in_strata || made.stratum != kNone);
  if (!said || !one_row || !read) return;
  made.ties = *said;
  program().lists[id].ranking = made;
}

}  // namespace waymark::check
