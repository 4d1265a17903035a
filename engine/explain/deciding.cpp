// A walk from a truth down to the leaves that made it so.
#include "engine/explain/deciding.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/explain/guard.hpp"

namespace waymark::explain {
namespace {

using grammar::Connective;
using grammar::State;
using values::Truth;

bool same(Reason const& a, Reason const& b) {
  auto const x = a.spot.frame();
  auto const y = b.spot.frame();
  return a.criterion == b.criterion && a.figure == b.figure && a.condition == b.condition && x.domain == y.domain &&
         x.row == y.row;
}

/// `by` of a list that came to `truth`: which truths of its items made it so.
Truth deciding_side(Connective connective, Truth truth) {
  if (!values::can_be_told(truth)) return 0;  // those that cannot be told
  if (truth == values::kDoesNotApply) return values::kDoesNotApply;
  return connective == Connective::none ? values::negated(truth) : truth;
}

/// Which items of a list are told of: those that made it what it is, or also those that may have.
enum class Items : std::uint8_t { deciding, in_the_way };

bool decides(Truth side, Truth item, Items which) {
  if (side == 0) return !values::can_be_told(item);
  return item == side || (which == Items::in_the_way && values::may_be(item, side));
}

class Walk {
 public:
  explicit Walk(Subject const& subject, Items which = Items::deciding) : subject_(subject), which_(which) {}

  void condition(check::ConditionId guarded, Spot const& spot) {
    auto const id = unguarded(subject_, guarded, spot);
    std::visit([&](auto const& node) { step(id, node, spot); }, subject_.program.conditions[id].node);
  }

  void criterion(check::CriterionId id) {
    if (!criteria_.insert(id).second) return;
    auto const outer = criterion_;
    auto const outer_figure = figure_;
    criterion_ = id;
    figure_ = check::kNone;
    auto const before = reasons_.size();
    if (is_computed(subject_, id) && !is_better_unwaived(subject_, id)) {
      inside(subject_.program.criteria[id], subject_.run.status(id, subject_.case_index));
    }
    if (reasons_.size() == before) add(check::kNone, spot_of(subject_), values::kYes);
    criterion_ = outer;
    figure_ = outer_figure;
  }

  std::vector<Reason> take() { return std::move(reasons_); }

 private:
  void add(check::ConditionId id, Spot const& spot, Truth truth) {
    Reason reason{criterion_, figure_, id, spot, truth};
    auto const known = [&](Reason const& other) { return same(reason, other); };
    if (std::none_of(reasons_.begin(), reasons_.end(), known)) reasons_.push_back(std::move(reason));
  }

  Truth truth(check::ConditionId id, Spot const& spot) const {
    return id == check::kNone ? values::kNo : subject_.run.truth(id, spot.frame());
  }

  void inside(check::Criterion const& criterion, values::Status status) {
    auto const spot = spot_of(subject_);
    bool const told = values::can_be_told_status(status);
    auto const open = [&](check::ConditionId id) {
      return id != check::kNone && !values::can_be_told(truth(id, spot));
    };
    if (!told) {
      if (open(criterion.exempt)) condition(criterion.exempt, spot);
      if (open(criterion.test)) condition(criterion.test, spot);
      if (open(criterion.waived) && truth(criterion.test, spot) != values::kYes) condition(criterion.waived, spot);
      return;
    }
    if (truth(criterion.exempt, spot) == values::kYes) return condition(criterion.exempt, spot);
    bool const by_waiver = (status & values::kWaived) != 0 && truth(criterion.waived, spot) == values::kYes;
    if (by_waiver) condition(criterion.waived, spot);
    condition(criterion.test, spot);
  }

  void items(check::ConditionId id, Truth side, std::vector<check::ConditionId> const& all, Spot const& spot) {
    bool any = false;
    for (auto const item : all) {
      if (!decides(side, truth(item, spot), which_)) continue;
      any = true;
      condition(item, spot);
    }
    if (!any) add(id, spot, truth(id, spot));
  }

  void spots(check::ConditionId id, Truth side, check::ConditionId body, std::vector<Spot> const& all,
             Spot const& outer) {
    std::vector<Spot> some;
    for (auto const& spot : all) {
      if (decides(side, truth(body, spot), which_)) some.push_back(spot);
    }
    // More than a few members say less one by one than their number does.
    if (some.empty() || some.size() > 3) return add(id, outer, truth(id, outer));
    for (auto const& spot : some) condition(body, spot);
  }

  void step(check::ConditionId id, check::Junction const& node, Spot const& spot) {
    items(id, deciding_side(node.connective, truth(id, spot)), node.items, spot);
  }
  void step(check::ConditionId id, check::Quantified const& node, Spot const& spot) {
    auto const side = deciding_side(Connective::any, truth(id, spot));
    spots(id, side, node.body, members(subject_, node.range, spot), spot);
  }
  void step(check::ConditionId id, check::Windowed const& node, Spot const& spot) {
    auto const side = deciding_side(Connective::any, truth(id, spot));
    spots(id, side, node.body, window(subject_, node, spot), spot);
  }
  void step(check::ConditionId id, check::CriterionState const& node, Spot const& spot) {
    static_cast<void>(id);
    static_cast<void>(spot);
    criterion(node.criterion);
  }
  // The criteria that made the count; where none did (none of them failed), the count itself says it.
  void step(check::ConditionId id, check::GroupCount const& node, Spot const& spot) {
    auto const side = deciding_side(node.connective, truth(id, spot));
    bool any = false;
    for (auto const each : subject_.program.groups[node.group].criteria) {
      auto const status = subject_.run.status(each, subject_.case_index);
      if (!made(node.state, side, status)) continue;
      any = true;
      criterion(each);
    }
    if (!any) add(id, spot, truth(id, spot));
  }
  void step(check::ConditionId id, check::Holds const& node, Spot const& spot) {
    auto const* ref = std::get_if<check::FigureRef>(&subject_.program.values[node.subject].node);
    if (ref == nullptr) return add(id, spot, truth(id, spot));
    auto const& figure = subject_.program.figures[ref->figure];
    auto const at = settled(spot, figure.each);
    auto const held = node.negated ? values::negated(truth(id, spot)) : truth(id, spot);
    if (figure.yes_when == check::kNone || truth(figure.yes_when, at) != held) return add(id, spot, truth(id, spot));
    // What many name is entered once for each criterion: its reasons are the same each time.
    if (!figures_.emplace(criterion_, ref->figure, at.frame().domain, at.frame().row).second) return;
    auto const outer = figure_;
    figure_ = ref->figure;
    condition(figure.yes_when, at);
    figure_ = outer;
  }
  template <class Leaf>
  void step(check::ConditionId id, Leaf const&, Spot const& spot) {
    add(id, spot, truth(id, spot));
  }

  // Whether a criterion of this status is one of those that brought a count of `state` to `side`.
  bool made(State state, Truth side, values::Status status) const {
    if (side == 0) return !values::can_be_told_status(status);
    bool const yes = side == values::kYes;
    switch (state) {
      case State::met: return decides(side, values::is_met(status), which_);
      case State::not_met: return decides(side, values::is_not_met(status), which_);
      case State::found_met: return yes == (values::is_found_met(status) == values::kYes);
      case State::waived: return decides(side, values::is_waived(status), which_);
      // That too few are found not met, or untold, is made by none of them: the count says it.
      case State::found_not_met: return yes && values::is_found_not_met(status) == values::kYes;
      case State::cannot_be_told: return yes && values::is_untold(status) == values::kYes;
    }
    return false;
  }

  Subject const& subject_;
  Items which_;
  check::CriterionId criterion_ = check::kNone;
  check::FigureId figure_ = check::kNone;
  std::vector<Reason> reasons_;
  std::set<check::CriterionId> criteria_;
  std::set<std::tuple<check::CriterionId, check::FigureId, std::uint32_t, std::uint32_t>> figures_;
};

}  // namespace

namespace {

// What its clauses come to with every waiver of a threshold, whether or not it would be better without.
values::Status by_clauses(Subject const& subject, check::CriterionId id) {
  auto const& criterion = subject.program.criteria[id];
  auto const truth = [&](check::ConditionId condition) {
    return condition == check::kNone ? values::kNo : subject.run.truth(condition, {0, subject.case_index});
  };
  auto test = truth(criterion.test);
  if (criterion.not_met_when) test = values::negated(test);
  return values::status_of(truth(criterion.exempt), test, truth(criterion.waived));
}

}  // namespace

bool is_computed(Subject const& subject, check::CriterionId id) {
  return !subject.run.is_stated(id) || by_clauses(subject, id) == subject.run.status(id, subject.case_index);
}

bool is_better_unwaived(Subject const& subject, check::CriterionId id) {
  auto const status = subject.run.status(id, subject.case_index);
  return !subject.run.is_stated(id) && values::counted(by_clauses(subject, id)) != values::counted(status);
}

std::vector<Reason> in_the_way(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  Walk walk(subject, Items::in_the_way);
  walk.condition(condition, spot);
  return walk.take();
}

std::vector<Reason> deciding(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  Walk walk(subject);
  walk.condition(condition, spot);
  return walk.take();
}

std::vector<Reason> deciding_status(Subject const& subject, check::CriterionId criterion) {
  Walk walk(subject);
  walk.criterion(criterion);
  return walk.take();
}

}  // namespace waymark::explain
