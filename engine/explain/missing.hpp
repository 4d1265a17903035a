// From what cannot be told down to the facts that are missing, each once, in the order in which the policy asks.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "engine/check/walk.hpp"
#include "engine/explain/explain.hpp"
#include "engine/explain/spot.hpp"

namespace waymark::explain {

/// Collects needs. Each `of_…` answers whether anything was found below, also where it had been found before.
class Missing {
 public:
  explicit Missing(Subject const& subject) : subject_(subject) {}

  bool of_condition(check::ConditionId condition, Spot const& spot);
  bool of_value(check::ValueId value, Spot const& spot);
  /// What a row rests on that asks what is found: the facts behind `is found …` and `cannot be told`.
  bool of_found(check::ConditionId condition, Spot const& spot);
  bool of_criterion(check::CriterionId criterion);
  bool of_list(check::ListUse const& list, Spot const& spot);
  std::vector<Need> const& needs() const { return needs_; }

 private:
  bool add(std::string fact, std::string for_what, std::string_view why);
  bool undecided(check::ConditionId condition, Spot const& spot) const;

  bool inside(check::ConditionId condition, Spot const& spot);
  /// Of a node that is nothing but its parts.
  template <class Plain>
  bool in(Plain const& node, Spot const& spot) {
    bool found = false;
    check::plain_children(
        node, [&](check::ValueId part) { found = of_value(part, spot) || found; },
        [&](check::ConditionId part) { found = of_condition(part, spot) || found; });
    return found;
  }
  bool in(check::InList const& node, Spot const& spot);
  bool in(check::CriterionState const& node, Spot const& spot);
  bool in(check::Untold const& node, Spot const& spot);
  bool in(check::GroupCount const& node, Spot const& spot);
  bool in(check::Junction const& node, Spot const& spot);
  bool in(check::Quantified const& node, Spot const& spot);
  bool in(check::Windowed const& node, Spot const& spot);
  bool in(check::WaiverInForce const& node, Spot const& spot);
  bool in(check::Present const& node, Spot const& spot);

  bool within(check::ValueId value, Spot const& spot);
  bool of_fact(check::ValueId value, check::FactRef const& fact, Spot const& spot);
  bool of_codes_outside(check::FactRef const& fact, std::vector<values::Symbol> const& codes, Spot const& spot);
  bool of_member(check::RangeId range, Spot const& spot);
  bool of_calendar(check::ValueId value, Spot const& spot);
  bool of_whole_list(check::FactRef const& fact, Spot const& spot);
  bool of_list_member(check::ListId list, values::Symbol member);
  bool of_rank(check::ListId list, values::Symbol member);
  bool of_untold_row(vocabulary::SourceId source, values::Symbol member, std::string const& for_what);
  bool of_waiver(check::Waiver const& waiver);
  bool of_no_release(check::ListId list, std::string const& for_what);
  bool of_source(vocabulary::SourceId source, std::string const& for_what);
  bool of_other_edition(vocabulary::SourceId source, std::size_t key, values::Symbol code, std::string const& for_what);
  bool of_range(check::RangeId range, Spot const& spot);
  bool of_figure(check::FigureId figure, Spot const& spot);
  bool of_list_figure(check::FigureId figure, Spot const& spot);
  bool of_threshold(check::ThresholdId threshold, Spot const& spot);
  bool of_share(check::AsPercentOf const& node, Spot const& spot);
  bool of_choice(check::Choose const& node, Spot const& spot);
  bool of_year(check::InYear const& node, Spot const& spot);
  bool of_earlier_year(check::ConditionId body, Spot const& year);
  bool of_earlier_years_of(check::ValueId value, Spot const& year);
  bool of_lookup(check::ValueId value, check::SourceLookup const& node, Spot const& spot);
  bool of_part(check::SourceLookup const& node, review::Part const& part, Spot const& spot);
  bool of_filters(check::SourceLookup const& node, review::Part const& part);
  bool of_members(check::ListAggregate const& node, Spot const& spot);

  using Key = std::tuple<int, std::uint32_t, std::uint32_t, std::uint32_t>;
  static Key key_of(int kind, std::uint32_t id, Spot const& spot);

  Subject const& subject_;
  std::vector<Need> needs_;
  std::map<Key, bool> visited_;
};

/// `2020 list has 31-1014, its code in SOC 2010`: by which codes of other editions the release of a list holds a code
/// that it has no row for; empty where it does not.
std::string held_otherwise_words(Subject const& subject, vocabulary::SourceId source, std::size_t key,
                                 values::Symbol code);
/// What a value hangs on, and why: `suppressed by its source`; each reason once.
std::vector<std::string> reasons(Subject const& subject, check::ValueId value, Spot const& spot);
/// `15-1252 and 29-1141, and others that cannot be told: not submitted`, `perhaps 15-1252`, `none`.
std::string list_figure_words(Subject const& subject, check::FigureId figure, Spot const& spot);
/// `412 openings per year`, `cannot be told: suppressed by its source`, `at least 312 openings per year`; never empty.
std::string found_words(Subject const& subject, check::ValueId value, Spot const& spot);
/// The same at the end of `out`.
void append_found(std::string& out, Subject const& subject, check::ValueId value, Spot const& spot);
/// The same of what was found to be `seen`, which is not looked at where the value is a list.
void append_found(std::string& out, Subject const& subject, check::ValueId value, Spot const& spot,
                  review::Seen const& seen);

}  // namespace waymark::explain
