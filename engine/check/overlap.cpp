// Tries all the cases that differ in choices and in yes or no.
#include "engine/check/overlap.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/check/walk.hpp"

namespace waymark::check {
namespace {

using vocabulary::Kind;

constexpr std::uint64_t kMostCases = 4096;

struct Asked {
  FactRef fact;
  std::uint32_t answers = 2;
};

/// One case: an answer for each fact that is asked for.
class Trial {
 public:
  Trial(Program const& program, std::vector<Asked> const& asked) : program_(program), asked_(asked) {}

  void take(std::uint64_t number) {
    answers_.clear();
    for (auto const& one : asked_) {
      answers_.push_back(static_cast<values::Steps>(number % one.answers));
      number /= one.answers;
    }
  }

  /// Nothing where something else decides it.
  std::optional<bool> holds(ConditionId id) const {
    if (id == kNone) return true;
    auto const& node = program_.conditions[id].node;
    if (auto const* matches = std::get_if<Matches>(&node)) return matching(*matches);
    if (auto const* yes = std::get_if<Holds>(&node)) {
      auto const answer = answer_of(yes->subject);
      if (!answer) return std::nullopt;
      return (*answer != 0) != yes->negated;
    }
    if (auto const* junction = std::get_if<Junction>(&node)) return joined(*junction);
    return std::nullopt;
  }

 private:
  std::optional<values::Steps> answer_of(ValueId id) const {
    auto const* fact = std::get_if<Fact>(&program_.values[id].node);
    if (fact == nullptr) return std::nullopt;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (asked_[i].fact == fact->fact) return answers_[i];
    }
    return std::nullopt;
  }
  std::optional<bool> matching(Matches const& matches) const {
    auto const answer = answer_of(matches.subject);
    if (!answer) return std::nullopt;
    bool found = false;
    for (auto const option : matches.options) {
      auto const* constant = std::get_if<Constant>(&program_.values[option].node);
      if (constant == nullptr) return std::nullopt;
      found = found || constant->steps == *answer;
    }
    return found != matches.negated;
  }
  std::optional<bool> joined(Junction const& junction) const {
    std::size_t yes = 0;
    std::size_t unknown = 0;
    for (auto const item : junction.items) {
      auto const truth = holds(item);
      yes += truth.value_or(false) ? 1U : 0U;
      unknown += truth ? 0U : 1U;
    }
    switch (junction.connective) {
      case grammar::Connective::none: return yes == 0 && unknown != 0 ? std::nullopt : std::optional(yes == 0);
      case grammar::Connective::all: return least(junction.items.size(), yes, unknown);
      case grammar::Connective::any: return least(1, yes, unknown);
      case grammar::Connective::at_least: return least(junction.count, yes, unknown);
    }
    return std::nullopt;
  }
  static std::optional<bool> least(std::size_t count, std::size_t yes, std::size_t unknown) {
    if (yes >= count) return true;
    return yes + unknown < count ? std::optional(false) : std::nullopt;
  }

  Program const& program_;
  std::vector<Asked> const& asked_;
  std::vector<values::Steps> answers_;
};

void collect(Program const& program, ConditionId condition, std::vector<Asked>& asked) {
  walk_condition(
      program, condition,
      [&](ValueId id) {
        auto const* fact = std::get_if<Fact>(&program.values[id].node);
        if (fact == nullptr || fact->fact.outer != kNone) return;
        auto const& field = program.vocabulary.fields[fact->fact.field];
        auto const type = field.quantity.type;
        if (!field.each.empty() || type.list || (type.kind != Kind::choice && type.kind != Kind::yes_no)) return;
        auto const same = [&](Asked const& one) { return one.fact == fact->fact; };
        if (std::any_of(asked.begin(), asked.end(), same)) return;
        auto const answers =
            type.kind == Kind::yes_no ? std::size_t{2} : program.vocabulary.choices[type.which].entries.size();
        asked.push_back({fact->fact, static_cast<std::uint32_t>(std::max<std::size_t>(answers, 1))});
      },
      [](ConditionId) {});
}

// Whether both hold in some case, `open` where something else decides one of them; nothing where they are too many.
std::optional<bool> both_hold(Program const& program, ConditionId a, ConditionId b, bool open) {
  std::vector<Asked> asked;
  collect(program, a, asked);
  collect(program, b, asked);
  std::uint64_t cases = 1;
  for (auto const& one : asked) cases = std::min(kMostCases + 1, cases * one.answers);
  if (cases > kMostCases) return std::nullopt;
  Trial trial(program, asked);
  for (std::uint64_t number = 0; number < cases; ++number) {
    trial.take(number);
    if (trial.holds(a).value_or(open) && trial.holds(b).value_or(open)) return true;
  }
  return false;
}

}  // namespace

bool overlap(Program const& program, ConditionId a, ConditionId b) {
  if (a == kNone || b == kNone || program.conditions[a].text == program.conditions[b].text) return true;
  return both_hold(program, a, b, false).value_or(false);
}

bool surely_apart(Program const& program, ConditionId a, ConditionId b) {
  return !both_hold(program, a, b, true).value_or(true);
}

}  // namespace waymark::check
