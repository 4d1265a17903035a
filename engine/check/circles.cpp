// Nothing may rest on itself: criteria by their states, groups by their members, figures, thresholds and lists by what
// they name. Figures that are computed from themselves are found where they are read.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {
namespace {

enum class Thing : std::uint8_t { figure, threshold, criterion, group, list };
using Key = std::pair<Thing, std::uint32_t>;
struct Arrow {
  Key to;
  grammar::Span span;
};

/// Where each thing points: what its conditions and values name.
class Arrows {
 public:
  explicit Arrows(Program const& program) : program_(program) {}

  std::vector<Arrow> of(Key key) {
    out_.clear();
    switch (key.first) {
      case Thing::figure: figure(program_.figures[key.second]); break;
      case Thing::threshold:
        value(program_.thresholds[key.second].by);
        for (auto const& row : program_.thresholds[key.second].rows) value(row.value);
        break;
      case Thing::criterion:
        condition(program_.criteria[key.second].test);
        condition(program_.criteria[key.second].exempt);
        condition(program_.criteria[key.second].waived);
        break;
      case Thing::group:
        for (auto const id : program_.groups[key.second].criteria) {
          out_.push_back({{Thing::criterion, id}, program_.groups[key.second].span});
        }
        break;
      case Thing::list: condition(program_.lists[key.second].on_it); break;
    }
    return std::move(out_);
  }

 private:
  void figure(Figure const& figure) {
    for (auto const& one : figure.cases) {
      condition(one.when);
      value(one.value);
    }
    condition(figure.yes_when);
    condition(figure.exempt);
    if (figure.fallback) value(figure.fallback->value);
  }
  void value(ValueId id) {
    if (id == kNone) return;
    walk_value(
        program_, id, [&](ValueId inner) { take(program_.values[inner]); },
        [&](ConditionId inner) { take(program_.conditions[inner]); });
  }
  void condition(ConditionId id) {
    if (id == kNone) return;
    walk_condition(
        program_, id, [&](ValueId inner) { take(program_.values[inner]); },
        [&](ConditionId inner) { take(program_.conditions[inner]); });
  }
  void range(RangeId id, grammar::Span span) {
    if (program_.ranges[id].of == Range::Of::list) out_.push_back({{Thing::list, program_.ranges[id].which}, span});
  }
  void use(ListUse const& list, grammar::Span span) {
    if (list.of == ListUse::Of::list) out_.push_back({{Thing::list, list.which}, span});
  }
  void take(Value const& value) {
    if (auto const* n = std::get_if<FigureRef>(&value.node)) out_.push_back({{Thing::figure, n->figure}, value.span});
    if (auto const* n = std::get_if<ThresholdRef>(&value.node)) {
      out_.push_back({{Thing::threshold, n->threshold}, value.span});
    }
    if (auto const* n = std::get_if<ListAggregate>(&value.node)) range(n->range, value.span);
    if (auto const* n = std::get_if<SourceLookup>(&value.node)) {
      for (auto const& key : n->keys) {
        if (key.list) use(*key.list, value.span);
      }
    }
  }
  void take(Condition const& condition) {
    auto const span = condition.span;
    if (auto const* n = std::get_if<CriterionState>(&condition.node)) {
      out_.push_back({{Thing::criterion, n->criterion}, span});
    }
    if (auto const* n = std::get_if<GroupCount>(&condition.node)) out_.push_back({{Thing::group, n->group}, span});
    if (auto const* n = std::get_if<InList>(&condition.node)) use(n->list, span);
    if (auto const* n = std::get_if<Quantified>(&condition.node)) range(n->range, span);
  }

  Program const& program_;
  std::vector<Arrow> out_;
};

/// The arrow that closes the first circle which `key` is part of or leads to.
class Search {
 public:
  explicit Search(Program const& program) : arrows_(program) {}

  void from(Key key, std::vector<Arrow>& closing) {
    auto const [at, fresh] = states_.emplace(key, true);
    if (!fresh) return;
    for (auto const& arrow : arrows_.of(key)) {
      auto const known = states_.find(arrow.to);
      if (known == states_.end()) {
        from(arrow.to, closing);
      } else if (known->second) {
        closing.push_back(arrow);
      }
    }
    at->second = false;
  }

 private:
  Arrows arrows_;
  std::map<Key, bool> states_;  ///< true: its arrows are being followed
};

}  // namespace

void Checker::circles() {
  std::vector<Arrow> closing;
  Search search(program());
  auto const all = [&](Thing thing, std::size_t count) {
    for (std::uint32_t id = 0; id < count; ++id) search.from({thing, id}, closing);
  };
  all(Thing::criterion, program().criteria.size());
  all(Thing::figure, program().figures.size());
  all(Thing::threshold, program().thresholds.size());
  all(Thing::list, program().lists.size());
  std::set<Key> told;
  for (auto const& arrow : closing) {
    if (!told.insert(arrow.to).second) continue;
    auto const id = arrow.to.second;
    auto const [shown, place] = [&]() -> std::pair<std::string, Span> {
      switch (arrow.to.first) {
        case Thing::figure: return {program().figures[id].shown, program().figures[id].span};
        case Thing::threshold: return {program().thresholds[id].shown, program().thresholds[id].span};
        case Thing::criterion: return {program().criteria[id].shown, program().criteria[id].span};
        case Thing::group: return {program().groups[id].shown, program().groups[id].span};
        case Thing::list: return {program().lists[id].shown, program().lists[id].span};
      }
      return {};
    }();
    report(Code::goes_in_circles, arrow.span, fmt::format("`{}` rests on itself", shown),
           "What is asked here is decided by the answer: name something else.")
        .secondary.push_back({place, "declared here"});
  }
}

}  // namespace waymark::check
