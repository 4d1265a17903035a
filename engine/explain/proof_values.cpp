// Values as a tree: figures, thresholds, facts, and the cells of a release one by one.
#include "engine/check/walk.hpp"
#include "engine/explain/missing.hpp"
#include "engine/explain/proof.hpp"
#include "engine/explain/waivers.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {
namespace {

// `from 101 through 200 students`
std::string step_words(Subject const& subject, vocabulary::Type const& type, check::Step const& step) {
  auto const number = [&](values::Steps steps) { return value_words(subject, type, steps); };
  if (step.lowest == values::kNoLowest) return "at most " + number(step.highest);
  if (step.highest == values::kNoHighest) return "at least " + number(step.lowest);
  return put_together({without_unit(subject, type, number(step.lowest)), " through ", number(step.highest)});
}

std::string class_words(Subject const& subject, check::Threshold const& threshold, check::ThresholdRow const& row) {
  if (threshold.by == check::kNone) return "";
  auto const& by = subject.program.values[threshold.by];
  if (row.otherwise) return " for every other " + by.text;
  if (row.step) return " for " + step_words(subject, by.type, *row.step);
  return " for " + (row.entry ? value_words(subject, by.type, *row.entry) : row.text);
}

}  // namespace

Text ProofBuilder::in_words(check::ValueId value, Spot const& spot) {
  return proofs_.write([&](std::string& out) { append_found(out, subject_, value, spot); });
}

Text ProofBuilder::in_words(check::ValueId value, Spot const& spot, review::Seen const& seen) {
  return proofs_.write([&](std::string& out) { append_found(out, subject_, value, spot, seen); });
}

Text ProofBuilder::at_words(std::string const& name, Spot const& spot) {
  auto const where = spot.words();
  return where.empty() ? Text::lasting(name) : proofs_.keep({name, " (", where, ")"});
}

void ProofBuilder::sourced(Proof& proof, vocabulary::SourceId source) {
  proof.source = kept(source_words(subject_, source));
  proof.vintage = kept(vintage_words(subject_, source));
  if (proof.vintage.empty()) proof.vintage = "no release known on the date";
}

// The one place a value comes from, where there is one: itself a fact or a lookup, or a figure that is nothing else.
void ProofBuilder::source(Proof& proof, check::ValueId id, Spot const& spot) {
  auto const& node = subject_.program.values[id].node;
  if (std::holds_alternative<check::Fact>(node)) proof.source = "submission";
  if (auto const* lookup = std::get_if<check::SourceLookup>(&node)) sourced(proof, lookup->source);
  if (auto const* column = std::get_if<check::RowColumn>(&node)) sourced(proof, column->source);
  if (auto const* times = std::get_if<check::Times>(&node)) source(proof, times->of, spot);
  auto const* ref = std::get_if<check::FigureRef>(&node);
  if (ref == nullptr) return;
  auto const& figure = subject_.program.figures[ref->figure];
  auto const at = settled(spot, figure.each);
  auto const used = subject_.run.used(ref->figure, at.frame());
  if (used.fallback && figure.fallback) return source(proof, figure.fallback->value, at);
  if (used.figure_case && !used.may_be_fallback && *used.figure_case < figure.cases.size()) {
    source(proof, figure.cases[*used.figure_case].value, at);
  }
}

void ProofBuilder::part(Proof& proof, check::ValueId id, Spot const& spot, Text said) {
  auto const& declared = subject_.program.values[id];
  auto const& node = declared.node;
  auto const said_here = [&] { return said.empty() ? in_words(id, spot) : said; };
  if (auto const* ref = std::get_if<check::FigureRef>(&node)) {
    return figure(next(proof), ref->figure, spot, said_here());
  }
  if (auto const* ref = std::get_if<check::ThresholdRef>(&node)) {
    return threshold(next(proof), ref->threshold, spot, said_here());
  }
  // An hourly amount that is compared as a yearly one goes by its own name.
  auto const* times = std::get_if<check::Times>(&node);
  if (times != nullptr && subject_.program.values[times->of].text == declared.text) return part(proof, times->of, spot);
  bool const plain = std::holds_alternative<check::Constant>(node) || std::holds_alternative<check::Member>(node) ||
                     std::holds_alternative<check::Fact>(node) || std::holds_alternative<check::ReviewDate>(node) ||
                     std::holds_alternative<check::RowKey>(node) || std::holds_alternative<check::RowColumn>(node) ||
                     std::holds_alternative<check::RunningYear>(node);
  if (plain) return;
  auto& own = next(proof);
  own.asked = Text::lasting(declared.text);
  own.result = said_here();
  behind(own, id, spot);
}

void ProofBuilder::behind(Proof& proof, check::ValueId id, Spot const& spot) {
  // Inside a figure a fact or a constant is a line of its own: elsewhere the comparison has said it already.
  auto const operand = [&](check::ValueId operand_id) {
    auto const& declared = subject_.program.values[operand_id];
    if (!std::holds_alternative<check::Fact>(declared.node)) return part(proof, operand_id, spot);
    auto& fact = next(proof);
    fact.what = at_words(declared.text, spot);
    fact.result = in_words(operand_id, spot);
    fact.source = "submission";
  };
  auto const of_each = [&](check::ValueId of, std::vector<Spot> const& spots) {
    for (auto const& member : spots) {
      auto& item = next(proof);
      item.what = kept(member.levels.back().label);
      item.result = in_words(of, member);
      behind(item, of, member);
    }
  };
  std::visit(check::Overloaded{
                 [&](auto const& plain) { check::plain_children(plain, operand, [](check::ConditionId) {}); },
                 [&](check::Fact const&) { proof.source = "submission"; },
                 [](check::Member const&) {},
                 [&](check::RowKey const& node) { sourced(proof, node.source); },
                 [&](check::RowColumn const& node) { sourced(proof, node.source); },
                 [&](check::FigureRef const&) { part(proof, id, spot); },
                 [&](check::ThresholdRef const&) { part(proof, id, spot); },
                 [&](check::InYear const& node) {
                   operand(node.year);
                   if (auto const year = in_year(subject_, node, spot)) behind(proof, node.of, *year);
                 },
                 [&](check::SourceLookup const& node) { cells(proof, id, node, spot); },
                 [&](check::ListAggregate const& node) {
                   list_part(proof, node.range, spot);
                   auto const kept = kept_members(subject_, node, spot);
                   if (node.of != check::kNone) of_each(node.of, kept);
                   if (node.of == check::kNone && !node.where.empty()) counted(proof, node, kept);
                 },
                 [&](check::YearsAggregate const& node) { of_each(node.of, years(subject_, node, spot)); },
             },
             subject_.program.values[id].node);
}

// Members that are counted because of what they are: each with what was asked of it.
void ProofBuilder::counted(Proof& proof, check::ListAggregate const& node, std::vector<Spot> const& kept) {
  for (auto const filter : node.where) each(proof, filter, kept);
}

void ProofBuilder::cells(Proof& proof, check::ValueId id, check::SourceLookup const& node, Spot const& spot) {
  sourced(proof, node.source);
  if (node.open != check::kNone) return members_in(proof, id, node, spot);
  for (auto const& key : node.keys) {
    if (key.list) list_part(proof, *key.list, spot);
  }
  auto const& source = subject_.program.vocabulary.sources[node.source];
  auto type = subject_.program.values[id].type;
  if (node.column != check::kNone) type = source.columns[node.column].quantity.type;
  for (auto const& found : subject_.run.parts(id, spot.frame())) cell(next(proof), node, type, found);
}

// The type of a key whose code can be named and lies outside its edition, which is why the part is missing.
std::optional<vocabulary::Type> ProofBuilder::outside_type(check::SourceLookup const& node,
                                                           review::Part const& part) const {
  auto const& program = subject_.program;
  for (std::size_t key = 0; key < part.keys.size(); ++key) {
    bool const outside = part.words[key] == values::kNoLowest && part.keys[key] != values::Symbols::kUnknown;
    if (!outside) continue;
    auto const& bound = node.keys[key];
    bool const of_fact = bound.list && bound.list->of == check::ListUse::Of::fact;
    if (bound.list && !of_fact) continue;
    return of_fact ? program.vocabulary.fields[bound.list->fact.field].quantity.type : program.values[bound.value].type;
  }
  return std::nullopt;
}

void ProofBuilder::cell(Proof& proof, check::SourceLookup const& node, vocabulary::Type const& type,
                        review::Part const& found) {
  proof.what = proofs_.write([&](std::string& out) { append_keys(out, subject_, node.source, found, true); });
  proof.result = proofs_.write([&](std::string& out) { append_seen(out, subject_, type, found.value); });
  auto const outside = outside_type(node, found);
  if (proof.result.empty()) {
    proof.result = kept("cannot be told: " +
                        (outside ? outside_words(subject_, *outside) : std::string(values::words(found.known))));
  }
  // Of several tables of one edition none has the code; the first stands for all.
  auto const tables =
      outside ? subject_.run.edition_tables(*outside, subject_.case_index) : std::vector<vocabulary::SourceId>();
  sourced(proof, tables.empty() ? node.source : tables.front());
}

void ProofBuilder::list_part(Proof& proof, check::ListUse const& list, Spot const& spot) {
  if (list.of == check::ListUse::Of::figure) list_figure(next(proof), list.which, spot);
}

void ProofBuilder::list_part(Proof& proof, check::RangeId id, Spot const& spot) {
  auto const& range = subject_.program.ranges[id];
  if (range.of == check::Range::Of::figure) list_figure(next(proof), range.which, spot);
}

// The members themselves are what the list was found to be; here stands what kept the others from being told.
void ProofBuilder::members_in(Proof& proof, check::ValueId id, check::SourceLookup const& node, Spot const& spot) {
  for (auto const& found : subject_.run.parts(id, spot.frame())) {
    bool const told = found.row && found.known == values::Known::exactly && !found.may_be_missing;
    bool key_unknown = false;  // what is missing is then the key, which is told elsewhere
    for (std::size_t key = 0; key < found.words.size(); ++key) {
      key_unknown = key_unknown || (key != node.open && found.words[key] == values::kNoLowest);
    }
    if (told || key_unknown) continue;
    auto& part = next(proof);
    part.what = kept(keys_words(subject_, node.source, found, true, found.row ? check::kNone : node.open));
    bool const none = !found.row && found.value.exact();  // a list without a row for these keys
    part.result = none ? Text("none")
                  : found.known == values::Known::exactly
                      ? Text("perhaps")
                      : proofs_.keep({"cannot be told: ", values::words(found.known)});
    sourced(part, node.source);
  }
}

void ProofBuilder::list_figure(Proof& proof, check::FigureId id, Spot const& outer) {
  auto const& declared = subject_.program.figures[id];
  auto const spot = settled(outer, {});
  proof.what = Text::lasting(declared.shown);
  proof.result = kept(list_figure_words(subject_, id, spot));
  proof.citation = kept(cited(declared.citation));
  if (first(0, id, spot)) {
    used_case(proof, declared, id, spot);
  } else {
    proof.found = "shown above";
  }
}

void ProofBuilder::figure(Proof& proof, check::FigureId id, Spot const& outer, Text result) {
  auto const& declared = subject_.program.figures[id];
  auto const spot = settled(outer, declared.each);
  proof.what = at_words(declared.shown, spot);
  proof.result = result;
  proof.citation = kept(cited(declared.citation));
  if (!first(0, id, spot)) {
    proof.found = "shown above";
    return;
  }
  if (declared.exempt != check::kNone) {
    auto& exempt = next(proof);
    condition(exempt, declared.exempt, spot);
    exempt.what = "does not apply when";
  }
  if (declared.yes_when == check::kNone) {
    return used_case(proof, declared, id, spot);
  }
  Proof when;
  condition(when, declared.yes_when, spot);
  proof.asked = proofs_.keep({"yes when: ", when.asked});
  proof.found = when.found;
  proof.source = when.source;
  proof.vintage = when.vintage;
  proof.margin = when.margin;
  if (proof.citation.empty()) proof.citation = when.citation;
  proof.parts.add_all(when.parts);
}

void ProofBuilder::used_case(Proof& proof, check::Figure const& figure, check::FigureId id, Spot const& spot) {
  auto const used = subject_.run.used(id, spot.frame());
  if (used.fallback && figure.fallback) {
    auto const& fallback = *figure.fallback;
    std::string const vintage(vintage_words(subject_, fallback.source));
    auto const missing = subject_.program.vocabulary.sources[fallback.source].shown;
    proof.asked = Text::lasting(subject_.program.values[fallback.value].text);
    proof.found = kept("used instead of \"" + subject_.program.values[figure.cases.front().value].text +
                       "\", because " + missing + (vintage.empty() ? "" : " (" + vintage + ")") +
                       (fallback.published ? " shows no number for what is asked" : " has no row for what is asked"));
    return behind(proof, fallback.value, spot);
  }
  for (std::uint32_t i = 0; i < figure.cases.size(); ++i) {
    auto const& each = figure.cases[i];
    if (used.figure_case && *used.figure_case != i) continue;
    if (each.when != check::kNone) condition(next(proof), each.when, spot);
    if (used.figure_case && !used.may_be_fallback) {
      proof.asked = Text::lasting(subject_.program.values[each.value].text);
      behind(proof, each.value, spot);
    } else {
      part(proof, each.value, spot);
    }
  }
  if (used.may_be_fallback) {
    part(proof, figure.fallback->value, spot);
    proof.found =
        kept("whether " + subject_.program.vocabulary.sources[figure.fallback->source].shown + " has " +
             (figure.fallback->published ? "a number" : "a row") + " for what is asked cannot be told; if not, \"" +
             subject_.program.values[figure.fallback->value].text + "\" is used");
  } else if (!used.figure_case) {
    proof.found = "which case applies cannot be told";
  }
}

void ProofBuilder::threshold(Proof& proof, check::ThresholdId id, Spot const& spot, Text result) {
  auto const& declared = subject_.program.thresholds[id];
  auto const row = subject_.run.threshold_row(id, spot.frame());
  auto const year = year_words(subject_, spot);
  proof.what = year.empty() ? Text::lasting(declared.shown) : proofs_.keep({declared.shown, " (", year, ")"});
  proof.result = result;
  proof.citation = kept(cited(declared, row));
  auto const waived = waived_from(subject_, id, spot);
  if (!waived.empty()) {
    proof.found = kept(waived);
    proof.source = "waivers on record";
    return;
  }
  if (!row) {
    bool const open = declared.by != check::kNone || declared.dated_by != check::kNone;
    if (open) proof.found = "which of its values applies cannot be told";
    return;
  }
  auto const& in_force = declared.rows[*row];
  std::string dated_by;
  if (declared.dated_by != check::kNone) {
    auto const& dated = subject_.program.values[declared.dated_by];
    dated_by = ", dated by " + dated.text + ": " + found_words(subject_, declared.dated_by, spot);
  }
  proof.found = proofs_.keep({"in force from ", values::write_date(in_force.from),
                              class_words(subject_, declared, in_force), dated_by, not_waived(subject_, id)});
  auto const& value = subject_.program.values[in_force.value];
  if (std::holds_alternative<check::Constant>(value.node)) return;
  proof.asked = Text::lasting(value.text);
  if (first(1, id, spot)) behind(proof, in_force.value, spot);
}

}  // namespace waymark::explain
