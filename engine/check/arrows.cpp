#include "engine/check/arrows.hpp"

#include "engine/check/walk.hpp"

namespace waymark::check {
namespace {

class Arrows {
 public:
  explicit Arrows(Program const& program) : program_(program) {}

  std::vector<Arrow> of(Definition from) {
    switch (from.what) {
      case Thing::figure: below(program_.figures[from.id]); break;
      case Thing::threshold: below(program_.thresholds[from.id]); break;
      case Thing::criterion: below(program_.criteria[from.id]); break;
      case Thing::group: group(program_.groups[from.id]); break;
      case Thing::list: list(program_.lists[from.id]); break;
      case Thing::decision: below(program_.decisions[from.id]); break;
    }
    return std::move(out_);
  }

 private:
  void group(Group const& group) {
    for (auto const id : group.criteria) out_.push_back({{Thing::criterion, id}, group.span});
  }
  void list(List const& list) {
    if (list.of != kNone) out_.push_back({{Thing::list, list.of}, list.span});
    below(list);
  }
  template <class Parted>
  void below(Parted const& definition) {
    children(
        definition, [&](ValueId id) { value(id); }, [&](ConditionId id) { condition(id); });
  }
  void value(ValueId id) {
    walk_value(
        program_, id, [&](ValueId inner) { take(program_.values[inner]); },
        [&](ConditionId inner) { take(program_.conditions[inner]); });
  }
  void condition(ConditionId id) {
    walk_condition(
        program_, id, [&](ValueId inner) { take(program_.values[inner]); },
        [&](ConditionId inner) { take(program_.conditions[inner]); });
  }
  template <class Node>
  void take(Node const& node) {
    named(program_, node, [&](Definition to) { out_.push_back({to, node.span}); });
  }

  Program const& program_;
  std::vector<Arrow> out_;
};

}  // namespace

std::vector<Arrow> arrows_of(Program const& program, Definition from) { return Arrows(program).of(from); }

std::set<Definition> reached_from(Program const& program, std::vector<Definition> from) {
  std::set<Definition> out;
  while (!from.empty()) {
    auto const next = from.back();
    from.pop_back();
    if (!out.insert(next).second) continue;
    for (auto const& arrow : arrows_of(program, next)) from.push_back(arrow.to);
  }
  return out;
}

}  // namespace waymark::check
