// Three questions about conditions: what makes one false while it is missing; whether one waits for that; whether one
// that holds rules another out.
#include "engine/check/lost_rows.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/check/overlap.hpp"

namespace waymark::check {
namespace {

using grammar::Connective;
using grammar::State;

/// A criterion, or a value by its words: what may be missing.
struct Missing {
  CriterionId criterion = kNone;
  std::string value;
  friend bool operator==(Missing const&, Missing const&) = default;
};

bool asks_found(State state) { return state == State::found_met || state == State::found_not_met; }
bool asks_plainly(State state) { return state == State::met || state == State::not_met; }
bool asks_not_met(State state) { return state == State::not_met || state == State::found_not_met; }
bool asks_met(State state) { return state == State::met || state == State::found_met; }

class Asked {
 public:
  explicit Asked(Program const& program) : program_(program) {}

  /// What makes a condition false (or, asked under `none of`, true and so its list false) while it is missing.
  void falls_by(ConditionId id, bool positive, std::vector<Missing>& out) {
    auto const& node = program_.conditions[id].node;
    if (auto const* state = std::get_if<CriterionState>(&node)) {
      if (falls(state->state, positive)) add({state->criterion, ""}, out);
    } else if (auto const* count = std::get_if<GroupCount>(&node)) {
      if (!falls(count->state, positive != (count->connective == Connective::none))) return;
      for (auto const criterion : program_.groups[count->group].criteria) add({criterion, ""}, out);
    } else if (auto const* untold = std::get_if<Untold>(&node)) {
      if (!positive) add({kNone, program_.values[untold->subject].text}, out);
    } else if (auto const* junction = std::get_if<Junction>(&node)) {
      for (auto const item : junction->items)
        falls_by(item, positive != (junction->connective == Connective::none), out);
    } else if (auto const* figure = figure_of(node)) {
      bool const asked = positive != std::get<Holds>(node).negated;
      if (figures_.emplace(figure, asked).second) falls_by(figure->yes_when, asked, out);
    }
  }

  /// Whether a row with this condition stands in the way while `what` is missing: it then holds or cannot be told.
  bool catches(ConditionId id, Missing const& what) {
    answers_.clear();
    return catching(id, what);
  }

  /// Whether a condition never surely holds while `what` is missing.
  bool waits_for(ConditionId id, Missing const& what) {
    answers_.clear();
    return waiting(id, what, true);
  }

  /// Whether `above` cannot hold where `below` does, whatever is found later.
  bool rules_out(ConditionId below, ConditionId above) {
    if (surely_apart(program_, below, above)) return true;
    Refused refused;
    require(below, refused);
    answers_.clear();
    return is_out(above, refused);
  }

  std::string name_of(Missing const& missing) const {
    return missing.criterion == kNone ? missing.value : program_.criteria[missing.criterion].shown;
  }

 private:
  struct Refused {
    std::set<CriterionId> met, not_met;
    std::vector<GroupCount> groups;
  };

  bool catching(ConditionId id, Missing const& what) {
    auto const& node = program_.conditions[id].node;
    if (auto const* state = std::get_if<CriterionState>(&node)) {
      return state->criterion == what.criterion && !asks_found(state->state);
    }
    if (auto const* count = std::get_if<GroupCount>(&node)) {
      bool const one = count->connective == Connective::any || is_one(count->connective, count->count);
      return one && !asks_found(count->state) && holds_criterion(count->group, what);
    }
    if (auto const* untold = std::get_if<Untold>(&node)) return is_of(untold->subject, what);
    if (auto const* junction = std::get_if<Junction>(&node)) {
      auto const catches_it = [&](ConditionId item) { return catching(item, what); };
      if (junction->connective == Connective::none) return false;
      bool const one = junction->connective == Connective::any || is_one(junction->connective, junction->count);
      return one ? std::any_of(junction->items.begin(), junction->items.end(), catches_it)
                 : std::all_of(junction->items.begin(), junction->items.end(), catches_it);
    }
    auto const* figure = figure_of(node);
    if (figure == nullptr || std::get<Holds>(node).negated) return false;
    return answered(*figure, true, [&] { return catching(figure->yes_when, what); });
  }

  bool waiting(ConditionId id, Missing const& what, bool positive) {
    auto const& node = program_.conditions[id].node;
    if (auto const* state = std::get_if<CriterionState>(&node)) {
      return state->criterion == what.criterion && waits(state->state, positive);
    }
    if (auto const* count = std::get_if<GroupCount>(&node)) {
      auto const& group = program_.groups[count->group];
      bool const each = count->connective == Connective::none || count->connective == Connective::all ||
                        (count->connective == Connective::at_least && count->count >= group.criteria.size());
      return positive && each && holds_criterion(count->group, what) &&
             waits(count->state, count->connective != Connective::none);
    }
    if (auto const* untold = std::get_if<Untold>(&node)) return !positive && is_of(untold->subject, what);
    if (auto const* junction = std::get_if<Junction>(&node)) {
      bool const none = junction->connective == Connective::none;
      auto const waits_for_it = [&](ConditionId item) { return waiting(item, what, positive != none); };
      // Under `none of` every item must be no, under `all of` yes; of the others it is enough that some are.
      bool const each =
          positive ? none || junction->connective == Connective::all : junction->connective == Connective::any;
      return each ? std::any_of(junction->items.begin(), junction->items.end(), waits_for_it)
                  : std::all_of(junction->items.begin(), junction->items.end(), waits_for_it);
    }
    auto const* figure = figure_of(node);
    if (figure == nullptr) return false;
    bool const asked = positive != std::get<Holds>(node).negated;
    return answered(*figure, asked, [&] { return waiting(figure->yes_when, what, asked); });
  }

  // What is met, and what is not, wherever the condition holds.
  void require(ConditionId id, Refused& out) {
    auto const& node = program_.conditions[id].node;
    if (auto const* state = std::get_if<CriterionState>(&node)) {
      if (asks_met(state->state)) out.met.insert(state->criterion);
      if (asks_not_met(state->state)) out.not_met.insert(state->criterion);
    } else if (auto const* count = std::get_if<GroupCount>(&node)) {
      require(*count, out);
    } else if (auto const* junction = std::get_if<Junction>(&node)) {
      if (junction->connective != Connective::all) return;
      for (auto const item : junction->items) require(item, out);
    } else if (auto const* figure = figure_of(node)) {
      if (!std::get<Holds>(node).negated && required_.insert(figure).second) require(figure->yes_when, out);
    }
  }
  void require(GroupCount const& count, Refused& out) const {
    auto const& all = program_.groups[count.group].criteria;
    bool const some = count.connective == Connective::at_least;
    if (some && asks_not_met(count.state)) out.groups.push_back(count);
    if (count.connective != Connective::all && !(some && count.count >= all.size())) return;
    if (asks_met(count.state)) out.met.insert(all.begin(), all.end());
    if (asks_not_met(count.state)) out.not_met.insert(all.begin(), all.end());
  }

  static void add(Missing missing, std::vector<Missing>& out) {
    if (std::find(out.begin(), out.end(), missing) == out.end()) out.push_back(std::move(missing));
  }
  static bool falls(State state, bool positive) {
    return positive ? asks_found(state) : state == State::cannot_be_told;
  }
  // To be found is never yes of what is missing; what is plainly asked cannot be told then, either way.
  static bool waits(State state, bool positive) {
    return asks_plainly(state) || (positive ? asks_found(state) : state == State::cannot_be_told);
  }
  static bool is_one(Connective connective, std::uint32_t count) {
    return connective == Connective::at_least && count <= 1;
  }
  bool holds_criterion(GroupId group, Missing const& what) const {
    auto const& all = program_.groups[group].criteria;
    return what.criterion != kNone && std::find(all.begin(), all.end(), what.criterion) != all.end();
  }
  bool is_of(ValueId subject, Missing const& what) const {
    return what.criterion == kNone && program_.values[subject].text == what.value;
  }
  template <class Node>
  Figure const* figure_of(Node const& node) const {
    auto const* holds = std::get_if<Holds>(&node);
    if (holds == nullptr) return nullptr;
    auto const* ref = std::get_if<FigureRef>(&program_.values[holds->subject].node);
    if (ref == nullptr || program_.figures[ref->figure].yes_when == kNone) return nullptr;
    return &program_.figures[ref->figure];
  }

  bool is_out(ConditionId id, Refused const& refused) {
    auto const& node = program_.conditions[id].node;
    if (auto const* state = std::get_if<CriterionState>(&node)) {
      return (asks_met(state->state) && refused.not_met.contains(state->criterion)) ||
             (asks_not_met(state->state) && refused.met.contains(state->criterion));
    }
    if (auto const* count = std::get_if<GroupCount>(&node)) return is_out(*count, refused);
    if (auto const* junction = std::get_if<Junction>(&node)) {
      auto const out = static_cast<std::size_t>(std::count_if(junction->items.begin(), junction->items.end(),
                                                              [&](ConditionId item) { return is_out(item, refused); }));
      switch (junction->connective) {
        case Connective::all: return out > 0;
        case Connective::any: return out == junction->items.size();
        case Connective::at_least: return junction->items.size() - out < junction->count;
        case Connective::none: return false;
      }
    }
    auto const* figure = figure_of(node);
    if (figure == nullptr || std::get<Holds>(node).negated) return false;
    return answered(*figure, true, [&] { return is_out(figure->yes_when, refused); });
  }

  bool is_out(GroupCount const& count, Refused const& refused) const {
    auto const& all = program_.groups[count.group].criteria;
    if (!asks_met(count.state) || count.connective == Connective::none) return false;
    auto not_met = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](CriterionId criterion) { return refused.not_met.contains(criterion); }));
    for (auto const& group : refused.groups) {
      auto const& of = program_.groups[group.group].criteria;
      bool const within = std::all_of(of.begin(), of.end(), [&](CriterionId criterion) {
        return std::find(all.begin(), all.end(), criterion) != all.end();
      });
      if (within) not_met = std::max<std::size_t>(not_met, group.count);
    }
    auto const asked = count.connective == Connective::all   ? all.size()
                       : count.connective == Connective::any ? std::size_t{1}
                                                             : std::size_t{count.count};
    return not_met > all.size() || all.size() - not_met < asked;
  }

  // A figure that many name is asked once.
  template <class Ask>
  bool answered(Figure const& figure, bool positive, Ask const& ask) {
    auto const [at, is_new] = answers_.try_emplace({&figure, positive}, false);
    if (is_new) at->second = ask();
    return at->second;
  }

  Program const& program_;
  std::set<std::pair<Figure const*, bool>> figures_;
  std::set<Figure const*> required_;
  std::map<std::pair<Figure const*, bool>, bool> answers_;  // to the question that is being asked
};

bool is_adverse(Program const& program, Row const& row) {
  return !row.needs_information && program.vocabulary.choices[program.outcomes].entries[row.outcome].adverse;
}

}  // namespace

std::optional<LostRow> lost_row_above(Program const& program, Decision const& decision, std::uint32_t row) {
  auto const when = decision.rows[row].when;
  for (std::uint32_t above = 0; when != kNone && above < row; ++above) {
    auto const& lost = decision.rows[above];
    if (lost.when == kNone || is_adverse(program, lost)) continue;
    Asked asked(program);
    std::vector<Missing> missing;
    asked.falls_by(lost.when, true, missing);
    if (missing.empty() || asked.rules_out(when, lost.when)) continue;
    LostRow out{above, {}};
    for (auto const& one : missing) {
      auto const caught = [&](Row const& other) { return other.when != kNone && asked.catches(other.when, one); };
      bool const waited =
          asked.waits_for(when, one) || std::any_of(decision.rows.begin(), decision.rows.begin() + row, caught);
      if (!waited) out.names.push_back(asked.name_of(one));
    }
    if (!out.names.empty()) return out;
  }
  return std::nullopt;
}

}  // namespace waymark::check
