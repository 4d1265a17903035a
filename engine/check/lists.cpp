// The bodies of Lists: of what they are made, and that they are the same for every case.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;

// `Of: crosswalk, by program`, `Of: candidates`; a list may stand above or below the one that it is made of.
void Checker::list_subject(ListId id) {
  if (list_progress_[id] != Progress::waiting) return;
  list_progress_[id] = Progress::reading;
  ++reading_;
  auto const& block = *list_blocks_[id];
  InScope const in(*this, block);
  for (auto const& clause : block.clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind != ClauseKind::of || names == nullptr || names->names.empty()) continue;
    auto const& name = names->names.front();
    auto const named = entity(name.key, name.span);
    if (named && named->what == Named::list) {
      if (list_progress_[named->index] == Progress::reading) {
        report(Code::goes_in_circles, name.span, fmt::format("`{}` is made of itself", block.name.text),
               "A list is made of a Source of the vocabulary, or of another List.");
        forgiven_.insert(block.name.key);
        continue;
      }
      if (!may_read(list_progress_[named->index], program().lists[named->index].shown, name.span)) {
        forgiven_.insert(block.name.key);
        continue;
      }
      list_subject(named->index);
      auto const& from = program().lists[named->index];
      auto& made = program().lists[id];
      made.of = named->index;
      made.source = from.source;
      made.key = from.key;
      made.member = from.member;
      if (forgiven_.contains(name.key)) forgiven_.insert(block.name.key);
    } else if (auto const source = words().source(name.key)) {
      if (forgiven_.contains(name.key)) {
        forgiven_.insert(block.name.key);
      } else {
        list_of_source(id, clause, *source);
      }
    } else {
      no_source(grammar::Path{{name}, name.span}, "A list is made of a Source of the vocabulary, or of another List.");
      forgiven_.insert(block.name.key);
    }
  }
  auto const is_of = [](Clause const& clause) { return clause.kind == ClauseKind::of; };
  if (std::none_of(block.clauses.begin(), block.clauses.end(), is_of)) forgiven_.insert(block.name.key);
  --reading_;
  list_progress_[id] = Progress::done;
}

void Checker::list_of_source(ListId id, Clause const& clause, vocabulary::SourceId source) {
  auto& made = program().lists[id];
  made.source = source;
  auto const& names = std::get<grammar::Names>(clause.body);
  auto const& shown = names.names.front().text;
  auto const& keys = words().sources[source].keys;
  std::string wanted = program().reviews;
  std::optional<Span> said;
  for (auto const& part : names.parts) {
    if (!part.words.starts_with("by ")) {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a list", part.written),
             fmt::format("Write: `Of: {}, by {}`.", shown, keys.empty() ? "…" : keys.front().shown));
      forgiven_.insert(list_blocks_[id]->name.key);
      return;
    }
    wanted = grammar::name_key(part.words.substr(3));
    said = part.span;
  }
  auto const found = std::find_if(keys.begin(), keys.end(), [&](auto const& key) { return key.name == wanted; });
  if (found == keys.end() && (keys.size() != 1 || said)) {
    std::vector<std::string> all;
    for (auto const& key : keys) all.push_back(key.shown);
    report(Code::list_member_unclear, said.value_or(clause.span),
           said ? fmt::format("`{}` has no key `{}`", shown, wanted)
                : fmt::format("`{}` has several keys, and the list does not say which it names", shown),
           fmt::format("Write: `Of: {}, by {}`. Its keys are: {}.", shown, all.empty() ? "…" : all.front(),
                       fmt::join(all, ", ")));
    forgiven_.insert(list_blocks_[id]->name.key);
    return;
  }
  made.key = found == keys.end() ? 0U : static_cast<std::uint32_t>(found - keys.begin());
  made.member = keys[made.key].type;
}

void Checker::left_out(ListId id, grammar::Values const& values) {
  std::map<std::string, Span> seen;
  for (auto const& one : values.values) {
    auto const read = value(one, {}, program().lists[id].member);
    auto const* constant = read != kNone ? std::get_if<Constant>(&this->at(read).node) : nullptr;
    if (constant == nullptr) continue;
    auto const [at, fresh] = seen.emplace(constant->text, one.span);
    if (fresh) {
      program().lists[id].left_out.push_back(constant->text);
    } else {
      report(Code::listed_twice, one.span, fmt::format("`{}` is left out twice", grammar::print(one)),
             "Leave one of them away.")
          .secondary.push_back({at->second, "the first one"});
    }
  }
}

void Checker::list(ListId id) {
  auto const& block = *list_blocks_[id];
  InScope const in(*this, block);
  program().lists[id].citation = citation_of(block);
  note_illustrative(program().lists[id].citation, program().lists[id].shown);
  Surroundings at;
  at.rows_of = program().lists[id].source;
  bool has_of = block.faulty;
  bool has_test = block.faulty;
  std::optional<ConditionId> above;
  for (auto const& clause : block.clauses) {
    has_of = has_of || clause.kind == ClauseKind::of;
    has_test = has_test || clause.kind == ClauseKind::on_it_when || clause.kind == ClauseKind::left_out ||
               clause.kind == ClauseKind::highest || clause.kind == ClauseKind::lowest;
    if (forgiven_.contains(block.name.key)) continue;
    auto const* node = std::get_if<grammar::Condition>(&clause.body);
    if (clause.kind == ClauseKind::on_it_when && node != nullptr)
      above = program().lists[id].on_it = condition(*node, at);
    if (clause.kind == ClauseKind::not_coverable) not_coverable(clause, above);
    auto const* values = std::get_if<grammar::Values>(&clause.body);
    if (clause.kind == ClauseKind::left_out && values != nullptr) left_out(id, *values);
  }
  if (!has_of) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` does not say of what it is a list", block.name.text),
           "Add a line: `Of: projections`, the name of a Source or of another List.");
  } else if (!has_test) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` does not say what is on it", block.name.text),
           "Add a line: `On it when: …`; without one the list is its source over again.");
  }
  if (!forgiven_.contains(block.name.key)) ranking(id);
  rests_on_no_case(id);
}

// A list is decided once for a release, not for each case: it reads rows, and what all cases have in common.
void Checker::rests_on_no_case(ListId id) {
  auto const& list = program().lists[id];
  if (list.on_it != kNone) {
    rests_on_no_case(id, first_of_case(program(), list.on_it), first_of_other_rows(program(), list.on_it, list.source));
  }
  if (!list.ranking) return;
  for (auto const value : {list.ranking->count, list.ranking->by, list.ranking->stratum}) {
    if (value == kNone) continue;
    rests_on_no_case(id, first_of_case_in(program(), value), first_of_other_rows_in(program(), value, list.source));
  }
}

void Checker::rests_on_no_case(ListId id, Reached const& reached, ValueId of_other_rows) {
  auto const& list = program().lists[id];
  if (reached.value != kNone) {
    report(Code::case_in_list, at(reached.value).span,
           fmt::format("`{}` belongs to one {}, and a list is the same for all", at(reached.value).text,
                       program().reviews),
           "A list asks of the rows of its source; ask for the case's facts in a Criterion.");
  } else if (reached.condition != kNone) {
    auto const& condition = program().conditions[reached.condition];
    report(Code::case_in_list, condition.span,
           fmt::format("`{}` is asked of one {}, and a list is the same for all", condition.text, program().reviews),
           "A list asks of the rows of its source; ask for the case's facts in a Criterion.");
  } else if (of_other_rows != kNone) {
    report(Code::case_in_list, at(of_other_rows).span,
           fmt::format("`{}` is about the rows of another source than `{}`", at(of_other_rows).text, list.shown),
           "A list asks of the rows of its own source.");
  }
}

}  // namespace waymark::check
