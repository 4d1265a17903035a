// Conditions that cannot be told: which of their items still matter.
#include "engine/explain/missing.hpp"
#include "engine/explain/rank.hpp"
#include "engine/review/waivers.hpp"

#include <algorithm>

#include "engine/explain/words.hpp"
#include "grammar/parse.hpp"

namespace waymark::explain {
namespace {

using values::Known;
using values::Truth;

// An item that can only drop out or go with the rest matters only where all the others may drop out, too.
Truth neutral(grammar::Connective connective) {
  auto const side = connective == grammar::Connective::all ? values::kYes : values::kNo;
  return static_cast<Truth>(side | values::kDoesNotApply);
}

}  // namespace

Missing::Key Missing::key_of(int kind, std::uint32_t id, Spot const& spot) {
  auto const frame = spot.frame();
  return {kind, id, frame.domain, frame.row};
}

bool Missing::add(std::string fact, std::string for_what, std::string_view why) {
  Need need{std::move(fact), std::move(for_what), std::string(why)};
  if (std::find(needs_.begin(), needs_.end(), need) == needs_.end()) needs_.push_back(std::move(need));
  return true;
}

bool Missing::undecided(check::ConditionId condition, Spot const& spot) const {
  return condition != check::kNone && !values::can_be_told(subject_.run.truth(condition, spot.frame()));
}

bool Missing::of_condition(check::ConditionId condition, Spot const& spot) {
  if (!undecided(condition, spot)) return false;
  auto const [entry, fresh] = visited_.try_emplace(key_of(0, condition, spot), false);
  if (!fresh) return entry->second;
  bool const found = inside(condition, spot);
  return visited_[key_of(0, condition, spot)] = found;
}

bool Missing::inside(check::ConditionId condition, Spot const& spot) {
  return std::visit([&](auto const& node) { return in(node, spot); }, subject_.program.conditions[condition].node);
}

bool Missing::of_criterion(check::CriterionId id) {
  auto const status = subject_.run.status(id, subject_.case_index);
  if (values::can_be_told_status(status)) return false;
  auto const& criterion = subject_.program.criteria[id];
  auto const spot = spot_of(subject_);
  auto const truth = [&](check::ConditionId condition) {
    return condition == check::kNone ? values::kNo : subject_.run.truth(condition, spot.frame());
  };
  bool found = of_condition(criterion.exempt, spot);
  found = of_condition(criterion.test, spot) || found;
  auto const failing = criterion.not_met_when ? values::kYes : values::kNo;
  if (values::may_be(truth(criterion.test), failing)) found = of_condition(criterion.waived, spot) || found;
  return found || add(criterion.data_key, "", values::words(Known::not_resolved));
}

// Of a List only the member that is asked for matters, where that is known.
bool Missing::in(check::InList const& node, Spot const& spot) {
  bool const found = of_value(node.subject, spot);
  auto const seen = subject_.run.value(node.subject, spot.frame());
  if (node.list.of == check::ListUse::Of::source && seen.exact()) {
    auto const member = seen_words(subject_, subject_.program.values[node.subject].type, seen);
    auto const source = static_cast<vocabulary::SourceId>(node.list.which);
    auto const code = static_cast<values::Symbol>(seen.lowest.numerator);
    return of_untold_row(source, code, member) || of_source(source, member) ||
           of_other_edition(source, 0, code, member) || found;
  }
  if (node.list.of == check::ListUse::Of::list && seen.exact()) {
    return of_list_member(node.list.which, static_cast<values::Symbol>(seen.lowest.numerator)) || found;
  }
  return of_list(node.list, spot) || found;
}

bool Missing::in(check::CriterionState const& node, Spot const&) { return of_criterion(node.criterion); }

bool Missing::in(check::Untold const&, Spot const&) { return false; }

bool Missing::in(check::GroupCount const& node, Spot const&) {
  bool found = false;
  for (auto const criterion : subject_.program.groups[node.group].criteria) found = of_criterion(criterion) || found;
  if (found) return true;
  auto const& group = subject_.program.groups[node.group];
  return add(grammar::data_key(group.name), "", values::words(Known::not_resolved));
}

bool Missing::in(check::Junction const& node, Spot const& spot) {
  auto const truth = [&](check::ConditionId item) { return subject_.run.truth(item, spot.frame()); };
  bool found = false;
  for (auto const item : node.items) {
    if (values::can_be_told(truth(item))) continue;
    auto const others_may_drop = std::all_of(node.items.begin(), node.items.end(), [&](check::ConditionId other) {
      return other == item || values::may_be(truth(other), values::kDoesNotApply);
    });
    if (truth(item) == neutral(node.connective) && !others_may_drop) continue;
    found = of_condition(item, spot) || found;
  }
  return found;
}

bool Missing::in(check::Quantified const& node, Spot const& spot) {
  bool found = of_range(node.range, spot);
  for (auto const& member : members(subject_, node.range, spot)) found = of_condition(node.body, member) || found;
  return found;
}

bool Missing::in(check::Windowed const& node, Spot const& spot) {
  bool found = node.after != check::kNone && of_value(node.after, spot);
  for (auto const& year : window(subject_, node, spot)) found = of_condition(node.body, year) || found;
  if (auto const earlier = year_before_all(subject_, node, spot)) found = of_earlier_year(node.body, *earlier) || found;
  return found;
}

bool Missing::in(check::WaiverInForce const& node, Spot const&) {
  return of_waiver(subject_.program.waivers[node.waiver]);
}

// Of a waiver of a threshold also the value that a record in force does not say.
bool Missing::of_waiver(check::Waiver const& waiver) {
  auto const& on_record = subject_.batch.waivers[subject_.case_index];
  auto const& calendar = subject_.program.vocabulary.calendar;
  auto const grants = review::grants_of(waiver, calendar, on_record, subject_.run.date(subject_.case_index));
  // Which extension one is may hang on every other.
  bool const of_others = std::any_of(grants.begin(), grants.end(), [](review::Grant const& grant) {
    return !values::can_be_told(grant.in_force()) && !values::can_be_told(grant.extended_less);
  });
  bool found = false;
  auto const missing = [&](char const* key) { found = add(key, waiver.shown, values::words(Known::not_submitted)); };
  for (auto const& grant : grants) {
    auto const& recorded = on_record[grant.record];
    if (waiver.threshold != check::kNone && grant.in_force() != values::kNo && !recorded.value)
      missing("waivers.value");
    if (values::can_be_told(grant.in_force()) && !(of_others && grant.may_count())) continue;
    if (!values::can_be_told(grant.by_grantor)) missing("waivers.grantor");
    if (!recorded.from) missing("waivers.from");
    if (!recorded.through) missing("waivers.through");
  }
  return found || add("waivers", waiver.shown, values::words(Known::not_resolved));
}

bool Missing::in(check::Present const& node, Spot const& spot) {
  auto const& vocabulary = subject_.program.vocabulary;
  auto const field = vocabulary.records[subject_.program.record].fields[node.position];
  return add(fact_key(subject_, {check::kNone, node.position, field}, spot), "", values::words(Known::not_submitted));
}

bool Missing::of_list(check::ListUse const& list, Spot const& spot) {
  if (list.of == check::ListUse::Of::fact) {
    bool const found = of_whole_list(list.fact, spot);
    return of_codes_outside(list.fact, subject_.run.outside_edition(list.fact, spot.frame()), spot) || found;
  }
  if (list.of == check::ListUse::Of::source) return of_source(static_cast<vocabulary::SourceId>(list.which), "");
  if (list.of == check::ListUse::Of::figure) return of_list_figure(list.which, spot);
  if (of_no_release(list.which, "")) return true;
  bool found = false;
  for (auto const& member : subject_.run.list(list.which, subject_.run.date(subject_.case_index))) {
    if (!values::can_be_told(member.second)) found = of_list_member(list.which, member.first) || found;
  }
  return found;
}

// Whether the list is there at all; its members are not asked after.
bool Missing::of_whole_list(check::FactRef const& fact, Spot const& spot) {
  auto const known = list_fact(subject_, fact, spot).known;
  return known != Known::exactly && add(fact_key(subject_, fact, spot), "", values::words(known));
}

bool Missing::of_list_member(check::ListId list, values::Symbol member) {
  auto const& declared = subject_.program.lists[list];
  if (of_no_release(list, value_words(subject_, declared.member, member))) return true;
  bool found = false;
  for (auto const& row : list_spots(subject_, list, member)) found = of_condition(declared.on_it, row) || found;
  if (declared.of != check::kNone) found = of_list_member(declared.of, member) || found;
  if (declared.ranking) found = of_rank(list, member) || found;
  if (declared.of == check::kNone && subject_.program.vocabulary.sources[declared.source].keys.size() == 1) {
    found = of_untold_row(declared.source, member, value_words(subject_, declared.member, member)) || found;
  }
  if (subject_.run.list_rows(list, member, subject_.run.date(subject_.case_index)).empty()) {
    found = of_other_edition(declared.source, declared.key, member, value_words(subject_, declared.member, member)) ||
            found;
  }
  return found || add(grammar::data_key(declared.name), value_words(subject_, declared.member, member),
                      values::words(Known::not_resolved));
}

// What decides the place of a member: its own values, and those of the others that may stand above it.
bool Missing::of_rank(check::ListId list, values::Symbol member) {
  auto const& declared = subject_.program.lists[list];
  auto const& ranking = *declared.ranking;
  if (is_open_tie(subject_, list, member)) {
    return add(grammar::data_key(declared.name), value_words(subject_, declared.member, member),
               "it ties for the last place");
  }
  bool found = false;
  for (auto const& row : list_spots(subject_, list, member)) {
    for (auto const value : {ranking.by, ranking.count, ranking.stratum}) {
      if (value != check::kNone) found = of_value(value, row) || found;
    }
  }
  for (auto const& other : subject_.run.list(list, subject_.run.date(subject_.case_index))) {
    if (other.first == member || other.second == values::kNo) continue;
    for (auto const& row : list_spots(subject_, list, other.first)) {
      found = of_value(ranking.by, row) || found;
      if (ranking.stratum != check::kNone) found = of_value(ranking.stratum, row) || found;
      if (declared.on_it != check::kNone) found = of_condition(declared.on_it, row) || found;
    }
  }
  return found;
}

bool Missing::of_range(check::RangeId id, Spot const& spot) {
  auto const& range = subject_.program.ranges[id];
  check::ListUse use;
  if (range.of == check::Range::Of::list) {
    use.of = check::ListUse::Of::list;
    use.which = range.which;
    return of_list(use, spot);
  }
  if (range.of == check::Range::Of::figure) return of_list_figure(range.which, spot);
  if (range.of == check::Range::Of::source_list) {
    return of_source(static_cast<vocabulary::SourceId>(range.which), "");
  }
  if (range.of != check::Range::Of::list_field) return false;
  return of_whole_list(field_of(subject_, id), spot);
}

// Such a condition is always yes or no; what it asks about may be missing all the same.
bool Missing::of_found(check::ConditionId condition, Spot const& spot) {
  if (condition == check::kNone) return false;
  auto const& node = subject_.program.conditions[condition].node;
  if (auto const* untold = std::get_if<check::Untold>(&node)) return of_value(untold->subject, spot);
  if (auto const* state = std::get_if<check::CriterionState>(&node)) {
    return grammar::asks_what_is_found(state->state) && of_criterion(state->criterion);
  }
  bool found = false;
  if (auto const* count = std::get_if<check::GroupCount>(&node)) {
    if (!grammar::asks_what_is_found(count->state)) return false;
    for (auto const id : subject_.program.groups[count->group].criteria) found = of_criterion(id) || found;
  } else if (auto const* junction = std::get_if<check::Junction>(&node)) {
    for (auto const item : junction->items) found = of_found(item, spot) || found;
  } else if (auto const* holds = std::get_if<check::Holds>(&node)) {
    auto const* figure = std::get_if<check::FigureRef>(&subject_.program.values[holds->subject].node);
    if (figure != nullptr) return of_found(subject_.program.figures[figure->figure].yes_when, spot);
  }
  return found;
}

namespace {

// The rows that the scan keeps, and those above that ask what is found: they failed because something is missing.
void of_rows(Missing& missing, check::Decision const& decision, std::vector<std::uint32_t> const& kept,
             Spot const& spot) {
  for (std::uint32_t r = 0; !kept.empty() && r <= kept.back(); ++r) {
    auto const when = decision.rows[r].when;
    if (std::find(kept.begin(), kept.end(), r) != kept.end()) missing.of_condition(when, spot);
    missing.of_found(when, spot);
  }
}

}  // namespace

std::vector<Need> needs(Subject const& subject) {
  using Kind = review::Outcome::Kind;
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  if (outcome.kind == Kind::not_reviewed) return {};
  Missing missing(subject);
  auto const spot = spot_of(subject);
  auto const& decisions = subject.program.decisions;
  // Beside an outcome that is decided, all that would complete the record.
  if (outcome.kind == Kind::decided || decisions.empty()) {
    for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) missing.of_criterion(id);
  }
  // Where no Decision surely applies: what says which one does, then what the rows of each hang on.
  for (auto const& open : outcome.open) missing.of_condition(decisions[open.decision].when, spot);
  for (auto const& open : outcome.open) of_rows(missing, decisions[open.decision], open.kept, spot);
  if (outcome.decision != check::kNone) of_rows(missing, decisions[outcome.decision], outcome.kept, spot);
  for (auto const id : subject.program.reports) missing.of_value(id, spot);
  return missing.needs();
}

}  // namespace waymark::explain
