// A walk over everything that one decision asks, each figure and threshold once.
#include "engine/explain/reading.hpp"

#include <algorithm>
#include <tuple>

#include "engine/explain/words.hpp"

namespace waymark::explain {
namespace {

class Walk {
 public:
  explicit Walk(Subject const& subject) : subject_(subject) {}

  void condition(check::ConditionId id, Spot const& spot) {
    if (id == check::kNone || !first(0, id, spot)) return;
    std::visit([&](auto const& node) { in(node, spot); }, subject_.program.conditions[id].node);
  }

  void criterion(check::CriterionId id) {
    auto const spot = spot_of(subject_);
    auto const& criterion = subject_.program.criteria[id];
    if (!first(2, id, spot)) return;
    note(criterion.citation.illustrative, criterion.shown);
    condition(criterion.exempt, spot);
    condition(criterion.test, spot);
    condition(criterion.waived, spot);
  }

  // Rows below the last that was kept were never asked.
  void decision(check::Decision const& decision, std::vector<std::uint32_t> const& kept) {
    note(decision.citation.illustrative, decision.shown);
    condition(decision.when, spot_of(subject_));
    for (std::uint32_t i = 0; i < decision.rows.size() && (kept.empty() || i <= kept.back()); ++i) {
      auto const& row = decision.rows[i];
      note(row.citation.illustrative, decision.shown + ": " + row.shown);
      condition(row.when, spot_of(subject_));
    }
  }

  Reading take() { return std::move(reading_); }

 private:
  bool first(int kind, std::uint32_t id, Spot const& spot) {
    return seen_.insert({kind, id, spot.frame().domain, spot.frame().row}).second;
  }

  void note(bool illustrative, std::string const& name) {
    auto& names = reading_.illustrative;
    if (illustrative && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  void value(check::ValueId id, Spot const& spot) {
    if (id == check::kNone || !first(1, id, spot)) return;
    std::visit([&](auto const& node) { in(node, spot); }, subject_.program.values[id].node);
  }

  void list(check::ListUse const& use) {
    if (use.of == check::ListUse::Of::source) reading_.sources.insert(static_cast<vocabulary::SourceId>(use.which));
    if (use.of != check::ListUse::Of::list) return;
    auto const& declared = subject_.program.lists[use.which];
    note(declared.citation.illustrative, declared.shown);
    reading_.sources.insert(declared.source);
    if (declared.of == check::kNone) return;
    check::ListUse base = use;
    base.which = declared.of;
    list(base);
  }

  void range(check::RangeId id) {
    auto const& declared = subject_.program.ranges[id];
    check::ListUse use;
    use.which = declared.which;
    if (declared.of == check::Range::Of::list) use.of = check::ListUse::Of::list;
    if (declared.of == check::Range::Of::source_list) use.of = check::ListUse::Of::source;
    list(use);
  }

  void in(check::Compare const& node, Spot const& spot) { both(node.left, node.right, spot); }
  void in(check::Matches const& node, Spot const& spot) {
    value(node.subject, spot);
    for (auto const option : node.options) value(option, spot);
  }
  void in(check::Within const& node, Spot const& spot) { both(node.subject, node.group, spot); }
  void in(check::InList const& node, Spot const& spot) {
    value(node.subject, spot);
    list(node.list);
  }
  void in(check::Holds const& node, Spot const& spot) { value(node.subject, spot); }
  void in(check::CriterionState const& node, Spot const&) { criterion(node.criterion); }
  void in(check::Untold const& node, Spot const& spot) { value(node.subject, spot); }
  void in(check::GroupCount const& node, Spot const&) {
    for (auto const id : subject_.program.groups[node.group].criteria) criterion(id);
  }
  void in(check::Junction const& node, Spot const& spot) {
    for (auto const item : node.items) condition(item, spot);
  }
  void in(check::Quantified const& node, Spot const& spot) {
    range(node.range);
    for (auto const& member : members(subject_, node.range, spot)) condition(node.body, member);
  }
  void in(check::Windowed const& node, Spot const& spot) {
    value(node.after, spot);
    for (auto const& year : window(subject_, node, spot)) condition(node.body, year);
  }
  void in(check::WaiverInForce const& node, Spot const&) {
    auto const& waiver = subject_.program.waivers[node.waiver];
    note(waiver.citation.illustrative, waiver.shown);
  }
  void in(check::Present const&, Spot const&) {}

  void in(check::Constant const&, Spot const&) {}
  void in(check::Fact const&, Spot const&) {}
  void in(check::Member const&, Spot const&) {}
  void in(check::RowKey const& node, Spot const&) { reading_.sources.insert(node.source); }
  void in(check::RowColumn const& node, Spot const&) { reading_.sources.insert(node.source); }
  void in(check::ReviewDate const&, Spot const&) {}
  void in(check::RunningYear const&, Spot const&) {}
  void in(check::FigureRef const& node, Spot const& spot) { figure(node.figure, spot); }
  void in(check::ThresholdRef const& node, Spot const& spot) { threshold(node.threshold, spot); }
  void in(check::Sum const& node, Spot const& spot) { both(node.left, node.right, spot); }
  void in(check::DateShift const& node, Spot const& spot) { both(node.date, node.count, spot); }
  void in(check::Times const& node, Spot const& spot) { value(node.of, spot); }
  void in(check::PercentOf const& node, Spot const& spot) { both(node.by, node.of, spot); }
  void in(check::AsPercentOf const& node, Spot const& spot) { both(node.part, node.whole, spot); }
  void in(check::Choose const& node, Spot const& spot) { both(node.left, node.right, spot); }
  void in(check::Rounded const& node, Spot const& spot) { value(node.of, spot); }
  void in(check::InYear const& node, Spot const& spot) {
    value(node.year, spot);
    if (auto const year = in_year(subject_, node, spot)) value(node.of, *year);
  }
  void in(check::SourceLookup const& node, Spot const& spot) {
    reading_.sources.insert(node.source);
    for (auto const& key : node.keys) {
      value(key.value, spot);
      if (key.list) list(*key.list);
    }
  }
  void in(check::ListAggregate const& node, Spot const& spot) {
    range(node.range);
    if (node.of == check::kNone) return;
    for (auto const& member : members(subject_, node.range, spot)) value(node.of, member);
  }
  void in(check::YearsAggregate const& node, Spot const& spot) {
    for (auto const& year : years(subject_, node, spot)) value(node.of, year);
  }

  void both(check::ValueId left, check::ValueId right, Spot const& spot) {
    value(left, spot);
    value(right, spot);
  }

  void figure(check::FigureId id, Spot const& outer) {
    auto const& declared = subject_.program.figures[id];
    auto const spot = settled(outer, declared.each);
    note(declared.citation.illustrative, declared.shown);
    condition(declared.exempt, spot);
    condition(declared.yes_when, spot);
    auto const used = subject_.run.used(id, spot.frame());
    if (declared.fallback) reading_.sources.insert(declared.fallback->source);
    if (declared.fallback && used.fallback) value(declared.fallback->value, spot);
    for (std::uint32_t i = 0; i < declared.cases.size(); ++i) {
      condition(declared.cases[i].when, spot);
      if (!used.fallback && (!used.figure_case || *used.figure_case == i)) value(declared.cases[i].value, spot);
      if (used.figure_case && *used.figure_case == i) break;
    }
  }

  void threshold(check::ThresholdId id, Spot const& spot) {
    auto const& declared = subject_.program.thresholds[id];
    auto const row = subject_.run.threshold_row(id, spot.frame());
    note(citation_of(declared, row).illustrative, declared.shown);
    value(declared.by, spot);
    if (row) value(declared.rows[*row].value, spot);
  }

  Subject const& subject_;
  std::set<std::tuple<int, std::uint32_t, std::uint32_t, std::uint32_t>> seen_;
  Reading reading_;
};

}  // namespace

Reading reading_of(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  Walk walk(subject);
  walk.condition(condition, spot);
  return walk.take();
}

Reading reading_of(Subject const& subject) {
  Walk walk(subject);
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) walk.criterion(id);
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  if (outcome.decision != check::kNone) {
    walk.decision(subject.program.decisions[outcome.decision], outcome.kept);
  } else {
    for (auto const& decision : subject.program.decisions) walk.condition(decision.when, spot_of(subject));
    for (auto const& open : outcome.open) walk.decision(subject.program.decisions[open.decision], open.kept);
  }
  return walk.take();
}

}  // namespace waymark::explain
