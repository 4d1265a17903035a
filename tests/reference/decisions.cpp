// Criteria, decisions, lists.
#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using check::kNone;
using values::kNo;
using values::kYes;

Interpreter::Clauses Interpreter::clauses(check::CriterionId criterion) const {
  auto const& stated = program_.criteria[criterion];
  Clauses out;
  if (stated.exempt != kNone) out.exempt = truth(stated.exempt, {});
  if (out.exempt == kYes) return out;  // nobody asks for its test, so nothing there is at fault
  auto const test = truth(stated.test, {});
  out.test = stated.not_met_when ? opposite(test) : test;
  if (stated.waived != kNone) out.waived = truth(stated.waived, {});
  return out;
}

Status Interpreter::status(check::CriterionId criterion) const {
  auto const here = clauses(criterion);
  if (minding_ != nullptr || !rests_on_waived(criterion)) {
    return reference::status(here.exempt, here.test, here.waived);
  }
  Interpreter unwaived(world_, case_, date_);
  unwaived.minding_ = this;
  auto const own = unwaived.clauses(criterion);
  met_too_large_ = met_too_large_ || unwaived.met_too_large_;
  return helped(own.exempt, reference::status(kNo, own.test, own.waived), here.exempt,
                reference::status(kNo, here.test, here.waived));
}

namespace {

bool same(std::optional<check::Term> const& a, std::optional<check::Term> const& b) {
  if (!a || !b) return !a && !b;
  return a->over == b->over && a->count == b->count && a->unit == b->unit && a->kind == b->kind;
}

// Two rows are the same if outcome, term, conditions, schedule and memory are.
bool same(check::Program const& program, check::Row const& a, check::Row const& b) {
  if (a.needs_information != b.needs_information || (!a.needs_information && a.outcome != b.outcome)) return false;
  if (!same(a.term, b.term) || a.conditions.size() != b.conditions.size()) return false;
  for (std::size_t i = 0; i < a.conditions.size(); ++i) {
    if (a.conditions[i].text != b.conditions[i].text || !same(a.conditions[i].within, b.conditions[i].within)) {
      return false;
    }
  }
  if (a.schedule.size() != b.schedule.size() || a.remembers.size() != b.remembers.size()) return false;
  for (std::size_t i = 0; i < a.schedule.size(); ++i) {
    if (a.schedule[i].name != b.schedule[i].name || !same(a.schedule[i].after, b.schedule[i].after)) return false;
  }
  for (std::size_t i = 0; i < a.remembers.size(); ++i) {
    bool const one_name = a.remembers[i].key == b.remembers[i].key;
    if (!one_name || program.values[a.remembers[i].value].text != program.values[b.remembers[i].value].text)
      return false;
  }
  return true;
}

}  // namespace

// Scan the rows; drop those that are no or do not apply; keep those that cannot be told; stop at the first yes.
Outcome Interpreter::decided(std::uint32_t decision) const {
  auto const& rows = program_.decisions[decision].rows;
  Outcome out;
  out.decision = decision;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    auto const when = rows[i].when == kNone ? kYes : truth(rows[i].when, {});
    if ((when & kYes) == 0) continue;
    out.kept.push_back(i);
    if (when == kYes) break;
  }
  bool one = !out.kept.empty();
  for (auto const row : out.kept) one = one && same(program_, rows[row], rows[out.kept.front()]);
  one = one && !rows[out.kept.front()].needs_information;
  out.kind = one ? Outcome::Kind::decided : Outcome::Kind::needs_information;
  return out;
}

Outcome Interpreter::outcome() const {
  Outcome out;
  if (!world_.batch->origins[case_].fault.empty()) {
    out.fault = true;
    return out;
  }
  try {
    bool told = true;
    // A decision is made on all criteria: one at fault leaves the case without it, also where no row asks for it.
    for (check::CriterionId id = 0; id < program_.criteria.size(); ++id) static_cast<void>(status(id));
    for (auto const id : program_.reports) {
      auto const reported = value(id, {});
      told = told && (is_exact(reported) || !reported.may_apply);
    }
    for (std::uint32_t i = 0; i < program_.decisions.size(); ++i) {
      auto const when = program_.decisions[i].when == kNone ? kYes : truth(program_.decisions[i].when, {});
      if (when == kYes) return decided(i);
      if ((when & kYes) != 0) out.open[i];
    }
    for (auto& [decision, kept] : out.open) kept = decided(decision).kept;
    if (program_.decisions.empty() && !program_.reports.empty()) {
      out.kind = told ? Outcome::Kind::reported : Outcome::Kind::needs_information;
      return out;
    }
    out.kind = out.open.empty() ? Outcome::Kind::not_reviewed : Outcome::Kind::needs_information;
  } catch (Fault const&) {
    out = {};
    out.fault = true;
  }
  return out;
}

// A row is on a list made of another where it is on that one and the condition holds.
std::map<std::uint32_t, Truth> Interpreter::list_rows(check::List const& list, evidence::Release const& release) const {
  std::map<std::uint32_t, Truth> base;
  if (list.of != kNone) base = list_rows(program_.lists[list.of], release);
  std::map<std::uint32_t, Truth> out;
  for (std::uint32_t row = 0; row < release.table.rows; ++row) {
    auto const holds = list.on_it == kNone ? kYes : truth(list.on_it, Place().at(SourceRow{list.source, row}));
    std::vector<Truth> both = {some_hold({holds})};
    if (list.of != kNone) both.push_back(base[row]);
    // A list that another policy decided says of some rows that it cannot tell.
    if (!release.table.untold.empty() && release.table.untold[row] != 0) both.push_back(values::kCannotBeTold);
    auto truth = junction(grammar::Connective::all, 0, both);
    for (auto const& left_out : list.left_out) {
      if (world_.symbols.intern(left_out) == release.table.keys[list.key][row]) truth = kNo;
    }
    out[row] = truth;
  }
  return list.ranking ? ranked(list, *list.ranking, out, release) : out;
}

// What is known of one row of a List by rank.
struct Interpreter::RankedRow {
  Truth on = kNo;  // but for its rank
  Extent by, count, stratum;

  bool may_be_of(Number const& entry) const { return *stratum.lowest <= entry && entry <= *stratum.highest; }
  bool is_surely_on(Number const& entry) const {
    return on == kYes && *stratum.lowest == entry && *stratum.highest == entry;
  }
  bool has_one_value() const { return by.lowest && by.highest && *by.lowest == *by.highest; }
};

namespace {

// `part` percent of `whole` members, in millionths of a percent, rounded up.
Number share_up(Number const& part, int whole) {
  Number const share = part * whole / 100'000'000;
  Number const down(numerator(share) / denominator(share));
  return down < share ? Number(down + 1) : down;
}

}  // namespace

// The rank of one member among the others of one entry of the stratum, who are looked at one after the other.
Truth Interpreter::rank_among(check::Ranking const& ranking, std::map<std::uint32_t, RankedRow> const& rows,
                              std::uint32_t row, Number const& entry, bool more) const {
  auto const& own = rows.at(row);
  int can = 0, above = 0, may_be_there = 1, surely_there = 1;
  bool tie = own.has_one_value() && !more;
  for (auto const& [other_row, other] : rows) {
    if (other_row == row || (other.on & kYes) == 0 || !other.may_be_of(entry)) continue;
    ++may_be_there;
    bool const sure = other.is_surely_on(entry);
    surely_there += sure ? 1 : 0;
    auto const at = compared(ranking.highest ? check::Order::at_least : check::Order::at_most, other.by, own.by);
    auto const past = compared(ranking.highest ? check::Order::more_than : check::Order::less_than, other.by, own.by);
    if ((at & kYes) == 0) continue;
    ++can;
    if (sure && (past & kNo) == 0) {
      ++above;
    } else if (!sure || !other.has_one_value() || !own.has_one_value() || *other.by.lowest != *own.by.lowest) {
      tie = false;
    }
  }
  auto fewest = own.count.lowest, most = own.count.highest;
  if (program_.values[ranking.count].type.kind == vocabulary::Kind::percent) {
    if (fewest) fewest = share_up(*fewest, surely_there);
    if (most && !more) most = share_up(*most, may_be_there);
    if (more) most.reset();
  }
  if (!more && fewest && can < *fewest) return kYes;
  if (most && above >= *most) return kNo;
  bool const of_every_number = fewest && most && above < *fewest && can >= *most;
  if (!tie || !of_every_number || ranking.ties == check::Ranking::Ties::cannot_be_told) return values::kCannotBeTold;
  return ranking.ties == check::Ranking::Ties::in ? kYes : kNo;
}

std::map<std::uint32_t, Truth> Interpreter::ranked(check::List const& list, check::Ranking const& ranking,
                                                   std::map<std::uint32_t, Truth> const& rest,
                                                   evidence::Release const& release) const {
  std::map<std::uint32_t, RankedRow> rows;
  for (auto const& [row, truth] : rest) {
    auto const place = Place().at(SourceRow{list.source, row});
    RankedRow made;
    made.by = value(ranking.by, place);
    made.count = value(ranking.count, place);
    made.stratum = exactly(0);
    if (ranking.stratum != kNone) made.stratum = value(ranking.stratum, place);
    std::vector<Truth> all = {truth};
    for (auto const& extent : {made.by, made.count, made.stratum}) {
      all.push_back(static_cast<Truth>((extent.may_apply ? kYes : 0) | (extent.may_not_apply ? kNo : 0)));
    }
    made.on = junction(grammar::Connective::all, 0, all);
    Number last = 0;
    if (ranking.stratum != kNone) {
      last = program_.vocabulary.choices[program_.values[ranking.stratum].type.which].entries.size() - 1;
    }
    if (!made.stratum.lowest) made.stratum.lowest = 0;
    if (!made.stratum.highest) made.stratum.highest = last;
    rows[row] = made;
  }
  std::map<std::uint32_t, Truth> out;
  for (auto const& [row, own] : rows) {
    out[row] = own.on;
    if ((own.on & kYes) == 0) continue;
    Truth rank = 0;
    for (Number entry = *own.stratum.lowest; entry <= *own.stratum.highest; entry += 1) {
      rank |= rank_among(ranking, rows, row, entry, release.table.rows_lost);
    }
    out[row] = junction(grammar::Connective::all, 0, {own.on, rank});
  }
  return out;
}

bool Interpreter::leaves_out(check::ListId id, Extent const& member) const {
  auto const& stated = program_.lists[id];
  for (auto const& text : stated.left_out) {
    if (is_exact(member) && symbol(text).lowest == member.lowest) return true;
  }
  return stated.of != kNone && leaves_out(stated.of, member);
}

// Also where rows could not be read: what a List leaves out, and what has its only row there.
bool Interpreter::surely_off(check::ListUse const& use, Extent const& subject) const {
  if (use.of != check::ListUse::Of::list || !is_exact(subject)) return false;
  if (leaves_out(use.which, subject)) return true;
  auto const listed = list(use.which);
  if (!listed) return false;
  auto const found = listed->find(numerator(*subject.lowest).convert_to<values::Symbol>());
  return found != listed->end() && found->second == kNo;
}

// A member is on the list where any of its rows is. A row that could not be read may be one of those, unless a member
// has but one.
std::optional<std::map<values::Symbol, Truth>> Interpreter::list(check::ListId id) const {
  auto const& stated = program_.lists[id];
  auto const* newest = release(stated.source);
  if (newest == nullptr) return std::nullopt;
  std::map<values::Symbol, std::vector<Truth>> rows;
  for (auto const& [row, truth] : list_rows(stated, *newest)) {
    rows[newest->table.keys[stated.key][row]].push_back(truth);
  }
  std::map<values::Symbol, Truth> out;
  bool const other_rows_lost = newest->table.rows_lost && program_.vocabulary.sources[stated.source].keys.size() > 1;
  for (auto& [member, truths] : rows) {
    if (other_rows_lost && !leaves_out(id, exactly(member))) truths.push_back(values::kCannotBeTold);
    out[member] = some_hold(truths);
  }
  return out;
}

}  // namespace waymark::reference
