// The one place that lists the parts of every node, so that a new node is met here and not in each walk.
#include "engine/review/nodes.hpp"

namespace waymark::review {
namespace {

Children lookup_children(check::SourceLookup const& lookup) {
  Children out;
  for (auto const& key : lookup.keys) {
    if (key.value != check::kNone) out.values.push_back(key.value);
  }
  for (auto const& filter : lookup.where) out.conditions.push_back(filter.test);
  return out;
}

Children optional_child(check::ValueId value) { return value == check::kNone ? Children{} : Children{{value}, {}}; }

}  // namespace

Children children(check::Value const& value) {
  return std::visit(overloaded{
                        [](check::Constant const&) { return Children{}; },
                        [](check::Fact const&) { return Children{}; },
                        [](check::Member const&) { return Children{}; },
                        [](check::RowKey const&) { return Children{}; },
                        [](check::RowColumn const&) { return Children{}; },
                        [](check::FigureRef const&) { return Children{}; },
                        [](check::ThresholdRef const&) { return Children{}; },
                        [](check::ReviewDate const&) { return Children{}; },
                        [](check::RunningYear const&) { return Children{}; },
                        [](check::Sum const& sum) {
                          return Children{{sum.left, sum.right}, {}};
                        },
                        [](check::DateShift const& shift) {
                          return Children{{shift.date, shift.count}, {}};
                        },
                        [](check::Times const& times) {
                          return Children{{times.of}, {}};
                        },
                        [](check::PercentOf const& percent) {
                          return Children{{percent.by, percent.of}, {}};
                        },
                        [](check::AsPercentOf const& percent) {
                          return Children{{percent.part, percent.whole}, {}};
                        },
                        [](check::Choose const& choose) {
                          return Children{{choose.left, choose.right}, {}};
                        },
                        [](check::Rounded const& rounded) {
                          return Children{{rounded.of}, {}};
                        },
                        [](check::InYear const& in_year) {
                          return Children{{in_year.of, in_year.year}, {}};
                        },
                        [](check::SourceLookup const& lookup) { return lookup_children(lookup); },
                        [](check::ListAggregate const& aggregate) {
                          auto out = optional_child(aggregate.of);
                          out.conditions = aggregate.where;
                          return out;
                        },
                        [](check::YearsAggregate const& aggregate) { return optional_child(aggregate.of); },
                    },
                    value.node);
}

Children children(check::Condition const& condition) {
  return std::visit(overloaded{
                        [](check::Compare const& compare) {
                          return Children{{compare.left, compare.right}, {}};
                        },
                        [](check::Matches const& matches) {
                          Children out{matches.options, {}};
                          out.values.push_back(matches.subject);
                          return out;
                        },
                        [](check::Within const& within) {
                          return Children{{within.subject, within.group}, {}};
                        },
                        [](check::InList const& in_list) {
                          return Children{{in_list.subject}, {}};
                        },
                        [](check::Holds const& holds) {
                          return Children{{holds.subject}, {}};
                        },
                        [](check::CriterionState const&) { return Children{}; },
                        [](check::Untold const& untold) {
                          return Children{{untold.subject}, {}};
                        },
                        [](check::GroupCount const&) { return Children{}; },
                        [](check::Junction const& junction) {
                          return Children{{}, junction.items};
                        },
                        [](check::Quantified const& quantified) {
                          return Children{{}, {quantified.body}};
                        },
                        [](check::Windowed const& windowed) {
                          auto out = optional_child(windowed.after);
                          out.conditions.push_back(windowed.body);
                          return out;
                        },
                        [](check::WaiverInForce const&) { return Children{}; },
                        [](check::Present const&) { return Children{}; },
                    },
                    condition.node);
}

}  // namespace waymark::review
