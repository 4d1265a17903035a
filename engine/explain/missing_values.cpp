// Values that cannot be told: which facts and which published cells they hang on.
#include <algorithm>

#include "engine/explain/missing.hpp"
#include "engine/explain/waivers.hpp"
#include "engine/explain/words.hpp"
#include "grammar/parse.hpp"

namespace waymark::explain {
namespace {

using grammar::Aggregate;
using values::Known;

bool is_zero(review::Seen const& seen) { return seen.exact() && seen.lowest.numerator == 0; }

// Whether a part that is not exact can still move the highest or the lowest of them.
bool part_matters(Aggregate aggregate, review::Seen const& whole, review::Part const& part) {
  if (part.known != Known::bounded) return true;
  if (aggregate == Aggregate::highest) return compare(part.value.highest, whole.lowest) > 0;
  if (aggregate == Aggregate::lowest) return compare(part.value.lowest, whole.highest) < 0;
  return true;
}

std::string source_fact(Subject const& subject, vocabulary::SourceId source, std::uint32_t column) {
  auto const& declared = subject.program.vocabulary.sources[source];
  auto const table = grammar::data_key(declared.name);
  return column == check::kNone ? table : table + "." + grammar::data_key(declared.columns[column].name);
}

}  // namespace

// A table of which there is no release, or that has lost rows, cannot say who is not on it; of a whole list also the
// members of whom it cannot say it.
bool Missing::of_source(vocabulary::SourceId source, std::string const& for_what) {
  auto const known = subject_.run.known_list(source, subject_.case_index);
  bool found =
      known != Known::exactly && add(source_fact(subject_, source, check::kNone), for_what, values::words(known));
  auto const* release = subject_.run.release(source, subject_.case_index);
  if (!for_what.empty() || release == nullptr || release->table.untold.empty()) return found;
  auto const& key = subject_.program.vocabulary.sources[source].keys.front();
  for (std::uint32_t row = 0; row < release->table.rows; ++row) {
    auto const member = release->table.keys.front()[row];
    if (release->table.untold[row] == 0) continue;
    found = of_untold_row(source, member, value_words(subject_, key.type, member)) || found;
  }
  return found;
}

// What the policy that decided a list could not tell of a member; the release says which policy.
bool Missing::of_untold_row(vocabulary::SourceId source, values::Symbol member, std::string const& for_what) {
  if (!subject_.run.is_untold(source, member, subject_.case_index)) return false;
  return add(source_fact(subject_, source, check::kNone), for_what,
             std::string(values::words(Known::not_told)) + decided_words(subject_, source));
}

bool Missing::of_other_edition(vocabulary::SourceId source, std::size_t key, values::Symbol code,
                               std::string const& for_what) {
  auto const held = held_otherwise_words(subject_, source, key, code);
  if (held.empty()) return false;
  return add(source_fact(subject_, source, check::kNone), for_what,
             std::string(values::words(Known::outside_edition)) + ": " + held);
}

bool Missing::of_no_release(check::ListId list, std::string const& for_what) {
  auto const source = subject_.program.lists[list].source;
  return subject_.run.release(source, subject_.case_index) == nullptr && of_source(source, for_what);
}

bool Missing::of_value(check::ValueId value, Spot const& spot) {
  if (value == check::kNone) return false;
  if (subject_.program.values[value].type.list) {
    auto const* figure = std::get_if<check::FigureRef>(&subject_.program.values[value].node);
    return figure != nullptr ? of_list_figure(figure->figure, spot) : within(value, spot);
  }
  if (!is_untold(subject_.run.value(value, spot.frame()))) return false;
  auto const key = key_of(1, value, spot);
  auto const [entry, fresh] = visited_.try_emplace(key, false);
  if (!fresh) return entry->second;
  bool found = within(value, spot);
  if (!found) {
    auto const& declared = subject_.program.values[value];
    found = add(grammar::data_key(grammar::name_key(declared.text)), spot.words(), values::words(Known::not_resolved));
  }
  return visited_[key] = found;
}

bool Missing::within(check::ValueId value, Spot const& spot) {
  auto const leaf = [&](vocabulary::SourceId source, std::uint32_t column) {
    auto const known = subject_.run.known(value, spot.frame());
    return add(source_fact(subject_, source, column), spot.words(), values::words(known));
  };
  return std::visit(check::Overloaded{
                        [&](auto const& plain) { return in(plain, spot); },
                        [&](check::Fact const& node) { return of_fact(value, node.fact, spot); },
                        [&](check::Member const& node) { return of_member(node.range, spot); },
                        [&](check::RowKey const& node) { return leaf(node.source, check::kNone); },
                        [&](check::RowColumn const& node) { return leaf(node.source, node.column); },
                        [&](check::FigureRef const& node) { return of_figure(node.figure, spot); },
                        [&](check::ThresholdRef const& node) { return of_threshold(node.threshold, spot); },
                        [&](check::DateShift const& node) {
                          bool const found = in(node, spot);
                          return found || (node.unit == values::TermUnit::working_days && of_calendar(value, spot));
                        },
                        [&](check::AsPercentOf const& node) { return of_share(node, spot); },
                        [&](check::Choose const& node) { return of_choice(node, spot); },
                        [&](check::InYear const& node) { return of_year(node, spot); },
                        [&](check::SourceLookup const& node) { return of_lookup(value, node, spot); },
                        [&](check::ListAggregate const& node) { return of_members(node, spot); },
                        [&](check::YearsAggregate const& node) {
                          bool found = false;
                          for (auto const& year : years(subject_, node, spot)) found = of_value(node.of, year) || found;
                          return found;
                        },
                    },
                    subject_.program.values[value].node);
}

bool Missing::of_fact(check::ValueId value, check::FactRef const& fact, Spot const& spot) {
  if (subject_.program.values[value].type.list) {
    check::ListUse use;
    use.fact = fact;
    return of_list(use, spot);
  }
  auto const known = subject_.run.known(value, spot.frame());
  if (known == Known::outside_edition) {
    return of_codes_outside(fact, subject_.run.outside_edition(fact, spot.frame()), spot);
  }
  return add(fact_key(subject_, fact, spot), fact_words(subject_, fact, spot), values::words(known));
}

// Each code by name: it was submitted, and its edition does not have it.
bool Missing::of_codes_outside(check::FactRef const& fact, std::vector<values::Symbol> const& codes, Spot const& spot) {
  auto const& type = subject_.program.vocabulary.fields[fact.field].quantity.type;
  for (auto const code : codes) {
    add(fact_key(subject_, fact, spot), fact_words(subject_, fact, spot),
        subject_.symbols.text(code) + ", " + outside_words(subject_, type));
  }
  return !codes.empty();
}

bool Missing::of_member(check::RangeId id, Spot const& spot) {
  auto const code = subject_.run.outside_edition(id, spot.frame());
  if (code) return of_codes_outside(field_of(subject_, id), {*code}, spot);
  return of_range(id, spot);
}

// Date and count are known, so that it is the calendar that does not reach so far.
bool Missing::of_calendar(check::ValueId value, Spot const& spot) {
  auto const where = spot.words();
  auto const& asked = subject_.program.values[value].text;
  return add("calendar", where.empty() ? asked : asked + ", " + where, "not covered by the calendar of holidays");
}

bool Missing::of_figure(check::FigureId id, Spot const& outer) {
  auto const& figure = subject_.program.figures[id];
  auto const spot = settled(outer, figure.each);
  bool found = of_condition(figure.exempt, spot);
  if (figure.yes_when != check::kNone) return of_condition(figure.yes_when, spot) || found;
  auto const used = subject_.run.used(id, spot.frame());
  if (used.fallback && figure.fallback) return of_value(figure.fallback->value, spot) || found;
  if (used.may_be_fallback) found = of_value(figure.fallback->value, spot) || found;
  for (std::uint32_t i = 0; i < figure.cases.size(); ++i) {
    auto const& each = figure.cases[i];
    if (used.figure_case && *used.figure_case != i) continue;
    auto const truth = each.when == check::kNone ? values::kYes : subject_.run.truth(each.when, spot.frame());
    found = of_condition(each.when, spot) || found;
    if (values::may_be(truth, values::kYes)) found = of_value(each.value, spot) || found;
    if (truth == values::kYes) break;
  }
  return found || add(grammar::data_key(figure.name), spot.words(), values::words(Known::not_resolved));
}

// What a list hangs on of which not every member is told.
bool Missing::of_list_figure(check::FigureId id, Spot const& spot) {
  if (subject_.run.list_figure(id, spot.case_index).exact()) return false;
  auto const [entry, fresh] = visited_.try_emplace(key_of(3, id, settled(spot, {})), false);
  if (!fresh) return entry->second;
  bool const found = of_figure(id, spot);
  return visited_[key_of(3, id, settled(spot, {}))] = found;
}

bool Missing::of_threshold(check::ThresholdId id, Spot const& spot) {
  auto const& threshold = subject_.program.thresholds[id];
  bool found = false;
  for (auto const waiver : threshold.waived_by) {
    if (may_be_waived(subject_, waiver)) found = of_waiver(subject_.program.waivers[waiver]) || found;
  }
  auto const row = subject_.run.threshold_row(id, spot.frame());
  if (row) return of_value(threshold.rows[*row].value, spot) || found;
  found = of_value(threshold.by, spot) || found;
  return of_value(threshold.dated_by, spot) || found;
}

bool Missing::of_share(check::AsPercentOf const& node, Spot const& spot) {
  if (is_zero(subject_.run.value(node.whole, spot.frame()))) {
    auto const& whole = subject_.program.values[node.whole];
    auto const* fact = std::get_if<check::Fact>(&whole.node);
    auto const key =
        fact != nullptr ? fact_key(subject_, fact->fact, spot) : grammar::data_key(grammar::name_key(whole.text));
    auto const where = fact != nullptr ? fact_words(subject_, fact->fact, spot) : spot.words();
    return add(key, where, values::words(Known::divided_by_zero));
  }
  bool const found = of_value(node.part, spot);
  return of_value(node.whole, spot) || found;
}

// A side that the other surely passes cannot move the greater (or the lesser) of both.
bool Missing::of_choice(check::Choose const& node, Spot const& spot) {
  auto const left = subject_.run.value(node.left, spot.frame());
  auto const right = subject_.run.value(node.right, spot.frame());
  auto const passed = [&](review::Seen const& side, review::Seen const& other) {
    return node.greater ? compare(side.highest, other.lowest) <= 0 : compare(side.lowest, other.highest) >= 0;
  };
  bool found = !passed(left, right) && of_value(node.left, spot);
  if (!passed(right, left)) found = of_value(node.right, spot) || found;
  return found;
}

bool Missing::of_year(check::InYear const& node, Spot const& spot) {
  if (auto const year = in_year(subject_, node, spot)) return of_value(node.of, *year);
  if (of_value(node.year, spot)) return true;
  auto const& named = subject_.program.values[node.of];
  auto const asked = subject_.run.value(node.year, spot.frame());
  auto const in = seen_words(subject_, subject_.program.values[node.year].type, asked);
  auto const* fact = std::get_if<check::Fact>(&named.node);
  auto const key =
      fact != nullptr ? fact_key(subject_, fact->fact, spot) : grammar::data_key(grammar::name_key(named.text));
  return add(key, in, values::words(Known::not_submitted));
}

// What a year of which nothing is known would have to say: the yearly facts and sources that a window's body reads.
bool Missing::of_earlier_year(check::ConditionId body, Spot const& year) {
  if (body == check::kNone) return false;
  bool found = false;
  check::walk_condition(
      subject_.program, body, [&](check::ValueId value) { found = of_earlier_years_of(value, year) || found; },
      [](check::ConditionId) {});
  return found;
}

bool Missing::of_earlier_years_of(check::ValueId id, Spot const& year) {
  auto const& node = subject_.program.values[id].node;
  if (auto const* fact = std::get_if<check::Fact>(&node)) {
    auto const& each = subject_.program.vocabulary.fields[fact->fact.field].each;
    bool const yearly = std::any_of(each.begin(), each.end(), [](vocabulary::Dimension const& dimension) {
      return dimension.of == vocabulary::Dimension::Of::year;
    });
    return yearly && add(fact_key(subject_, fact->fact, year), fact_words(subject_, fact->fact, year),
                         values::words(Known::not_submitted));
  }
  if (auto const* lookup = std::get_if<check::SourceLookup>(&node)) {
    return add(source_fact(subject_, lookup->source, lookup->column), year.levels.back().label,
               values::words(Known::not_covered));
  }
  auto const* ref = std::get_if<check::FigureRef>(&node);
  if (ref == nullptr) return false;
  Key const key{2, ref->figure, static_cast<std::uint32_t>(year.levels.back().member), 0};
  auto const [entry, fresh] = visited_.try_emplace(key, false);
  if (!fresh) return entry->second;
  auto const& figure = subject_.program.figures[ref->figure];
  bool found = of_earlier_year(figure.exempt, year);
  found = of_earlier_year(figure.yes_when, year) || found;
  for (auto const& each : figure.cases) {
    found = of_earlier_year(each.when, year) || found;
    check::walk_value(
        subject_.program, each.value, [&](check::ValueId value) { found = of_earlier_years_of(value, year) || found; },
        [](check::ConditionId) {});
  }
  return visited_[key] = found;
}

bool Missing::of_lookup(check::ValueId value, check::SourceLookup const& node, Spot const& spot) {
  bool found = false;
  for (auto const& key : node.keys) {
    if (key.list) found = of_list(*key.list, spot) || found;
    if (key.value != check::kNone) found = of_value(key.value, spot) || found;
  }
  auto const whole = subject_.run.value(value, spot.frame());
  for (auto const& part : subject_.run.parts(value, spot.frame())) {
    found = of_filters(node, part) || found;
    if (part.known != Known::exactly && part_matters(node.aggregate, whole, part)) {
      found = of_part(node, part, spot) || found;
    }
  }
  if (node.open != check::kNone) {  // of several lists that may be the one, this may be told
    return is_untold(whole) &&
           (found || of_source(node.source, "") ||
            add(source_fact(subject_, node.source, check::kNone), "", values::words(Known::not_resolved)));
  }
  return found || add(source_fact(subject_, node.source, node.column), "", values::words(Known::not_resolved));
}

bool Missing::of_part(check::SourceLookup const& node, review::Part const& part, Spot const&) {
  for (std::size_t key = 0; key < part.words.size(); ++key) {
    // The key is what is missing, and has been named.
    if (key != node.open && part.words[key] == values::kNoLowest) return false;
  }
  if (part.known == Known::outside_edition) {
    bool found = false;
    auto const words = keys_words(subject_, node.source, part, false, part.row ? check::kNone : node.open);
    for (std::size_t key = 0; key < part.keys.size(); ++key) {
      if (key != node.open) found = of_other_edition(node.source, key, part.keys[key], words) || found;
    }
    if (found || node.open == check::kNone) return found;
  }
  return add(source_fact(subject_, node.source, node.column),
             keys_words(subject_, node.source, part, false, part.row ? check::kNone : node.open),
             std::string(values::words(part.known)) +
                 (part.known == Known::not_told ? decided_words(subject_, node.source) : ""));
}

bool Missing::of_filters(check::SourceLookup const& node, review::Part const& part) {
  auto const* release = subject_.run.release(node.source, subject_.case_index);
  if (release == nullptr || !part.row) return false;
  bool found = false;
  for (auto const& filter : node.where) {
    auto const known = release->table.columns[filter.column].known[*part.row];
    if (known == Known::exactly) continue;
    found = add(source_fact(subject_, node.source, filter.column), keys_words(subject_, node.source, part, false),
                values::words(known));
  }
  return found;
}

bool Missing::of_members(check::ListAggregate const& node, Spot const& spot) {
  bool found = of_range(node.range, spot);
  for (auto const& member : kept_members(subject_, node, spot)) {
    for (auto const filter : node.where) found = of_condition(filter, member) || found;
    if (node.of != check::kNone) found = of_value(node.of, member) || found;
  }
  return found;
}

std::string held_otherwise_words(Subject const& subject, vocabulary::SourceId source, std::size_t key,
                                 values::Symbol code) {
  std::vector<std::string> words;
  auto type = subject.program.vocabulary.sources[source].keys[key].type;
  for (auto const& partner : subject.run.partners(source, key, code, subject.case_index)) {
    type.edition = partner.edition;
    words.push_back(subject.symbols.text(partner.code) + ", its code in " +
                    vocabulary::words(type, subject.program.vocabulary));
  }
  if (words.empty()) return "";
  return subject.run.release(source, subject.case_index)->entry.name + " has " + listed(words);
}

namespace {

std::vector<std::string> reasons_in(std::vector<Need> const& needs) {
  std::vector<std::string> out;
  for (auto const& need : needs) {
    if (std::find(out.begin(), out.end(), need.why) == out.end()) out.push_back(need.why);
  }
  return out;
}

std::vector<std::string> reasons_of_list(Subject const& subject, check::FigureId figure, Spot const& spot) {
  Missing missing(subject);
  check::ListUse use;
  use.of = check::ListUse::Of::figure;
  use.which = figure;
  missing.of_list(use, spot);
  return reasons_in(missing.needs());
}

}  // namespace

std::vector<std::string> reasons(Subject const& subject, check::ValueId value, Spot const& spot) {
  Missing missing(subject);
  missing.of_value(value, spot);
  return reasons_in(missing.needs());
}

std::string list_figure_words(Subject const& subject, check::FigureId id, Spot const& spot) {
  auto type = subject.program.figures[id].type;
  type.list = false;
  auto const list = subject.run.list_figure(id, spot.case_index);
  std::vector<std::string> words;
  for (auto const& [member, surely] : list.members) {
    words.push_back((surely ? "" : "perhaps ") + value_words(subject, type, member));
  }
  if (!list.and_more) return words.empty() ? "none" : listed(words);
  auto const why = reasons_of_list(subject, id, spot);
  auto const untold = std::string("cannot be told") + (why.empty() ? "" : ": " + listed(why));
  return words.empty() ? untold : listed(words) + ", and whether there are others " + untold;
}

namespace {

std::string list_words(Subject const& subject, check::ValueId value, Spot const& spot) {
  auto const& declared = subject.program.values[value];
  if (auto const* figure = std::get_if<check::FigureRef>(&declared.node)) {
    return list_figure_words(subject, figure->figure, spot);
  }
  auto const* fact = std::get_if<check::Fact>(&declared.node);
  if (fact == nullptr) return declared.text;
  auto const list = list_fact(subject, fact->fact, spot);
  if (list.known != Known::exactly) return "cannot be told: " + std::string(values::words(list.known));
  auto type = declared.type;
  type.list = false;
  std::vector<std::string> words;
  auto const outside = subject.run.outside_edition(fact->fact, spot.frame());
  for (auto const& member : list.members) {
    words.push_back(member ? value_words(subject, type, *member) : "one that cannot be told");
    bool const is_outside =
        member && std::find(outside.begin(), outside.end(), static_cast<values::Symbol>(*member)) != outside.end();
    if (is_outside) words.back() += " (" + outside_words(subject, type) + ")";
  }
  return words.empty() ? "none" : listed(words);
}

}  // namespace

void append_found(std::string& out, Subject const& subject, check::ValueId value, Spot const& spot,
                  review::Seen const& seen) {
  auto const& type = subject.program.values[value].type;
  if (type.list) {
    out += list_words(subject, value, spot);
    return;
  }
  auto const before = out.size();
  append_seen(out, subject, type, seen);
  if (out.size() != before) return;
  out += "cannot be told";
  auto const why = reasons(subject, value, spot);
  if (!why.empty()) out.append(": ").append(listed(why));
}

void append_found(std::string& out, Subject const& subject, check::ValueId value, Spot const& spot) {
  bool const list = subject.program.values[value].type.list;
  append_found(out, subject, value, spot, list ? review::Seen() : subject.run.value(value, spot.frame()));
}

std::string found_words(Subject const& subject, check::ValueId value, Spot const& spot) {
  std::string out;
  append_found(out, subject, value, spot);
  return out;
}

}  // namespace waymark::explain
