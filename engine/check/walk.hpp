// Going through what a Program is made of without minding what it is. The one place that knows what stands below each
// kind of node and below each definition, and which definitions a node names.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

#include "engine/check/program.hpp"

namespace waymark::check {

using OnValue = std::function<void(ValueId)>;
using OnCondition = std::function<void(ConditionId)>;

enum class Thing : std::uint8_t { figure, threshold, criterion, group, list, decision };
struct Definition {
  Thing what = Thing::figure;
  std::uint32_t id = 0;  ///< among those of its kind in the Program
  friend auto operator<=>(Definition const&, Definition const&) = default;
};
using OnDefinition = std::function<void(Definition)>;

/// Calls the functions for each value and each condition directly below a node, or below a definition: its cases, its
/// rows, `Does not apply when`, what it remembers and the like. Definitions that a node names are not entered.
void children(Value const& node, OnValue const& value, OnCondition const& condition);
void children(Condition const& node, OnValue const& value, OnCondition const& condition);
void children(Figure const& figure, OnValue const& value, OnCondition const& condition);
void children(Threshold const& threshold, OnValue const& value, OnCondition const& condition);
void children(Criterion const& criterion, OnValue const& value, OnCondition const& condition);
void children(List const& list, OnValue const& value, OnCondition const& condition);
void children(Decision const& decision, OnValue const& value, OnCondition const& condition);

/// Calls the function for each definition that a node names: to ask for it, or as a list: to go through its members, to
/// look for one in it, to have them all as the key of a Source.
void named(Program const& program, Value const& node, OnDefinition const& definition);
void named(Program const& program, Condition const& node, OnDefinition const& definition);

/// Calls the functions for the node itself and everything below it, in the order written; for kNone not at all.
void walk_value(Program const& program, ValueId id, OnValue const& value, OnCondition const& condition);
void walk_condition(Program const& program, ConditionId id, OnValue const& value, OnCondition const& condition);

/// What is to be done with each kind of node, for `std::visit`.
template <class... Kinds>
struct Overloaded : Kinds... {
  using Kinds::operator()...;
};
template <class... Kinds>
Overloaded(Kinds...) -> Overloaded<Kinds...>;

/// The children of those nodes that are nothing but their parts, each asked where the node is asked: for the same
/// member, in the same year, of the same row. A walk over a case says itself how it goes through all the other kinds,
/// and a new kind does not compile in it until it does.
template <class ForValue, class ForCondition>
struct PlainChildren {
  ForValue const& value;
  ForCondition const& condition;

  void operator()(Constant const&) const {}
  void operator()(ReviewDate const&) const {}
  void operator()(RunningYear const&) const {}
  void operator()(Sum const& n) const { both(n.left, n.right); }
  void operator()(DateShift const& n) const { both(n.date, n.count); }
  void operator()(Times const& n) const { value(n.of); }
  void operator()(PercentOf const& n) const { both(n.by, n.of); }
  void operator()(AsPercentOf const& n) const { both(n.part, n.whole); }
  void operator()(Choose const& n) const { both(n.left, n.right); }
  void operator()(Rounded const& n) const { value(n.of); }

  void operator()(Compare const& n) const { both(n.left, n.right); }
  void operator()(Matches const& n) const {
    value(n.subject);
    for (auto const option : n.options) value(option);
  }
  void operator()(Within const& n) const { both(n.subject, n.group); }
  void operator()(Holds const& n) const { value(n.subject); }
  void operator()(Untold const& n) const { value(n.subject); }
  void operator()(Junction const& n) const {
    for (auto const item : n.items) condition(item);
  }
  void operator()(Present const&) const {}

  void both(ValueId a, ValueId b) const {
    value(a);
    value(b);
  }
};
template <class Node, class ForValue, class ForCondition>
void plain_children(Node const& node, ForValue const& value, ForCondition const& condition) {
  PlainChildren<ForValue, ForCondition>{value, condition}(node);
}

}  // namespace waymark::check
