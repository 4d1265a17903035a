// Walks a program twice: for what there is, and, with a run beside it, for how it came out.
#include "engine/commands/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "engine/commands/report.hpp"
#include "engine/review/nodes.hpp"

namespace waymark::commands {
namespace {

using check::ConditionId;
using check::ValueId;
using explain::Spot;

// The thresholds that a comparison is made with.
std::vector<check::ThresholdId> thresholds_of(check::Program const& program, check::Condition const& condition) {
  std::vector<check::ThresholdId> found;
  if (auto const* compare = std::get_if<check::Compare>(&condition.node)) {
    for (ValueId const side : {compare->left, compare->right}) {
      auto const* ref = std::get_if<check::ThresholdRef>(&program.values[side].node);
      if (ref != nullptr) found.push_back(ref->threshold);
    }
  }
  return found;
}

// Conditions that the author wrote, and that can come out either way.
bool is_asked(check::Condition const& condition) {
  return !condition.text.empty() && !std::holds_alternative<check::Present>(condition.node);
}

// The conditions from which all others are reached.
std::vector<ConditionId> roots(check::Program const& program) {
  std::vector<ConditionId> all;
  for (check::Criterion const& criterion : program.criteria) {
    all.insert(all.end(), {criterion.test, criterion.waived, criterion.exempt});
  }
  for (check::Decision const& decision : program.decisions) {
    all.push_back(decision.when);
    for (check::Row const& row : decision.rows) all.push_back(row.when);
  }
  std::erase(all, check::kNone);
  return all;
}

std::vector<ConditionId> conditions_of(check::Figure const& figure) {
  std::vector<ConditionId> all = {figure.yes_when, figure.exempt};
  for (check::FigureCase const& one : figure.cases) all.push_back(one.when);
  std::erase(all, check::kNone);
  return all;
}

std::vector<ValueId> values_of(check::Figure const& figure) {
  std::vector<ValueId> all;
  for (check::FigureCase const& one : figure.cases) all.push_back(one.value);
  if (figure.fallback) all.push_back(figure.fallback->value);
  return all;
}

}  // namespace

void Coverage::expect(check::Program const& program) {
  for (ConditionId const id : roots(program)) expect_condition(program, id);
  for (check::List const& list : program.lists) members_[{list.span, list.name}].words = list.shown;
}

void Coverage::expect_condition(check::Program const& program, ConditionId id) {
  if (!expected_.emplace(&program, 0, id).second) return;
  check::Condition const& condition = program.conditions[id];
  if (is_asked(condition)) conditions_[{condition.span, condition.text}].words = condition.text;
  for (check::ThresholdId const threshold : thresholds_of(program, condition)) {
    check::Threshold const& declared = program.thresholds[threshold];
    thresholds_[{declared.span, declared.name}].words = declared.shown;
  }
  review::Children const below = review::children(condition);
  for (ConditionId const child : below.conditions) expect_condition(program, child);
  for (ValueId const child : below.values) expect_value(program, child);
}

void Coverage::expect_value(check::Program const& program, ValueId id) {
  if (!expected_.emplace(&program, 1, id).second) return;
  check::Value const& value = program.values[id];
  if (auto const* ref = std::get_if<check::FigureRef>(&value.node)) {
    check::Figure const& figure = program.figures[ref->figure];
    for (ConditionId const child : conditions_of(figure)) expect_condition(program, child);
    for (ValueId const child : values_of(figure)) expect_value(program, child);
  }
  for (ValueId const child : review::children(value).values) expect_value(program, child);
}

// One example: every condition at every place where it is asked. What the example states is not asked.
class Coverage::Walk {
 public:
  Walk(Coverage& coverage, ExampleRun& run) : coverage_(coverage), subject_(run.subject()), example_(run.example()) {}

  void all() {
    check::Program const& program = subject_.program;
    Spot const spot = explain::spot_of(subject_);
    for (check::CriterionId id = 0; id < program.criteria.size(); ++id) {
      auto const stated = [&](auto const& one) { return one.criterion == id; };
      if (std::any_of(example_.criteria.begin(), example_.criteria.end(), stated)) continue;
      check::Criterion const& criterion = program.criteria[id];
      for (ConditionId const root : {criterion.exempt, criterion.test, criterion.waived}) condition(root, spot);
    }
    for (check::Decision const& decision : program.decisions) {
      condition(decision.when, spot);
      if (subject_.run.truth(decision.when, spot.frame()) != values::kYes) continue;
      for (check::Row const& row : decision.rows) condition(row.when, spot);
    }
  }

 private:
  void condition(ConditionId id, Spot const& spot) {
    auto const frame = spot.frame();
    if (id == check::kNone || !seen_.emplace(0, id, frame.domain, frame.row).second) return;
    check::Condition const& asked = subject_.program.conditions[id];
    record(asked, subject_.run.truth(id, frame));
    if (auto const* quantified = std::get_if<check::Quantified>(&asked.node)) {
      for (Spot const& member : explain::members(subject_, quantified->range, spot))
        condition(quantified->body, member);
      return;
    }
    if (auto const* windowed = std::get_if<check::Windowed>(&asked.node)) {
      for (Spot const& year : explain::window(subject_, *windowed, spot)) condition(windowed->body, year);
      return;
    }
    review::Children const below = review::children(asked);
    for (ConditionId const child : below.conditions) condition(child, spot);
    for (ValueId const child : below.values) value(child, spot);
  }

  void value(ValueId id, Spot const& spot) {
    auto const frame = spot.frame();
    if (!seen_.emplace(1, id, frame.domain, frame.row).second) return;
    check::Value const& node = subject_.program.values[id];
    if (auto const* ref = std::get_if<check::FigureRef>(&node.node)) return figure(ref->figure, spot);
    if (auto const* in_year = std::get_if<check::InYear>(&node.node)) {
      if (auto const there = explain::in_year(subject_, *in_year, spot)) value(in_year->of, *there);
      return;
    }
    if (auto const* over = std::get_if<check::ListAggregate>(&node.node)) {
      if (over->of == check::kNone) return;
      for (Spot const& member : explain::members(subject_, over->range, spot)) value(over->of, member);
      return;
    }
    if (auto const* over = std::get_if<check::YearsAggregate>(&node.node)) {
      for (Spot const& year : explain::years(subject_, *over, spot)) value(over->of, year);
      return;
    }
    for (ValueId const child : review::children(node).values) value(child, spot);
  }

  void figure(check::FigureId id, Spot const& outer) {
    auto const stated = [&](auto const& one) { return one.figure == id; };
    if (std::any_of(example_.figures.begin(), example_.figures.end(), stated)) return;
    check::Figure const& declared = subject_.program.figures[id];
    Spot const spot = explain::settled(outer, declared.each);
    for (ConditionId const child : conditions_of(declared)) condition(child, spot);
    for (ValueId const child : values_of(declared)) value(child, spot);
  }

  void record(check::Condition const& asked, values::Truth truth) {
    if (!values::can_be_told(truth)) return;
    auto const mark = [&](Tried& tried) {
      tried.yes = tried.yes || truth == values::kYes;
      tried.no = tried.no || truth == values::kNo;
    };
    if (auto const found = coverage_.conditions_.find({asked.span, asked.text}); found != coverage_.conditions_.end()) {
      mark(found->second);
    }
    for (check::ThresholdId const id : thresholds_of(subject_.program, asked)) {
      check::Threshold const& threshold = subject_.program.thresholds[id];
      mark(coverage_.thresholds_[{threshold.span, threshold.name}]);
    }
  }

  Coverage& coverage_;
  explain::Subject subject_;
  check::Example const& example_;
  std::set<std::tuple<int, std::uint32_t, std::uint32_t, std::uint32_t>> seen_;
};

void Coverage::add(ExampleRun& run) {
  if (run.decides()) Walk(*this, run).all();
  for (check::Example::ExpectedMember const& expected : run.example().members) {
    check::List const& list = run.program().lists[expected.list];
    auto const& members = run.run().list(expected.list, run.example().date);
    auto const found = members.find(run.symbols().find(expected.member));
    values::Truth const truth = found == members.end() ? values::kNo : found->second;
    Tried& tried = members_[{list.span, list.name}];
    tried.yes = tried.yes || truth == values::kYes;
    tried.no = tried.no || truth == values::kNo;
  }
}

std::string Coverage::lines(ByPlace const& all, grammar::Sources const& sources, char const* yes, char const* no) {
  std::string text;
  for (auto const& [place, tried] : all) {
    if (tried.yes && tried.no) continue;
    auto const& span = place.first;
    std::string const what = !tried.yes && !tried.no ? "not tried" : tried.yes ? no : yes;
    text += fmt::format("  {}:{}: `{}`: {}\n", sources[span.file].path, sources.place(span.file, span.begin).line,
                        tried.words, what);
  }
  return text;
}

std::string Coverage::text(grammar::Sources const& sources) const {
  auto const both = [](ByPlace const& all) {
    return std::count_if(all.begin(), all.end(), [](auto const& one) { return one.second.yes && one.second.no; });
  };
  std::string text = fmt::format("coverage: {} of {} met and missed, {} of {} yes and no", both(thresholds_),
                                 counted(thresholds_.size(), "threshold"), both(conditions_),
                                 counted(conditions_.size(), "condition"));
  if (!members_.empty()) {
    text +=
        fmt::format(", {} of {} with a member on it and one off it", both(members_), counted(members_.size(), "list"));
  }
  return text + "\n" + lines(thresholds_, sources, "never met", "never missed") +
         lines(conditions_, sources, "never yes", "never no") +
         lines(members_, sources, "no member on it", "no member off it");
}

}  // namespace waymark::commands
