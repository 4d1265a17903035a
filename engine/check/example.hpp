// What the examples of a policy state and expect.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/check/definitions.hpp"
#include "engine/values/missing.hpp"

namespace waymark::check {

/// What an example says of a value: steps, a choice's index or (for codes and texts) `text`, with bounds where it is
/// not exact.
struct Stated {
  values::Known known = values::Known::exactly;
  values::Steps lowest = 0, highest = 0;
  std::string text;
};
struct Example {
  std::string title;
  values::Date date;
  struct StatedFact {
    FactRef fact;
    std::optional<std::uint32_t> entry;  ///< of a dimension that is a choice
    std::optional<std::int32_t> year;
    std::vector<Stated> values;        ///< several for a list
    bool list_missing = false;         ///< values[0].known says why
    bool none = false;                 ///< nested record: known to be none
    std::uint32_t member_row = kNone;  ///< of a list of records: which member
  };
  struct StatedFigure {
    FigureId figure = 0;
    std::optional<std::uint32_t> entry;
    std::string member;  ///< a code or text member of a list field
    std::optional<std::int32_t> year;
    Stated value;  ///< of a list only whether it is known
    std::vector<Stated> members{};
    bool does_not_apply = false;
  };
  struct StatedCriterion {
    CriterionId criterion = 0;
    std::uint8_t status = 0;  ///< values::Status
  };
  struct StatedGroup {
    GroupId group = 0;
    /// Exactly so many; what is not said is anything that is left over.
    std::optional<std::uint32_t> met, not_met, untold, not_applying;
  };
  struct StatedRow {
    vocabulary::SourceId source = 0;
    std::vector<std::string> keys;
    std::vector<std::pair<std::uint32_t, Stated>> columns;
    bool untold = false;  ///< of a list: on it or not, which cannot be told
  };
  struct StatedWaiver {
    WaiverId waiver = 0;
    bool in_force = true;
  };
  /// A record of a waiver with its particulars, instead of the word that it is in force.
  struct RecordedWaiver {
    WaiverId waiver = 0;
    std::string grantor;
    std::optional<values::Date> from, through;
    std::optional<Stated> value;  ///< of a threshold
  };
  struct ExpectedStatus {
    CriterionId criterion = 0;
    std::string status;  ///< "met", "not met", "cannot be told", "waived", "does not apply"
    grammar::Span span;
  };
  struct ExpectedFigure {
    FigureId figure = 0;
    Stated value;
    bool cannot_be_told = false;
    grammar::Span span;
  };
  struct ExpectedMember {
    ListId list = 0;
    std::string member;
    std::string state;  ///< "on the list", "not on the list", "cannot be told"
    grammar::Span span;
  };
  std::vector<StatedFact> facts;
  std::vector<StatedFigure> figures;
  std::vector<StatedCriterion> criteria;
  std::vector<StatedGroup> groups;
  std::vector<StatedRow> rows;
  std::vector<StatedWaiver> waivers;
  std::vector<RecordedWaiver> recorded_waivers;
  std::string outcome;  ///< words in lower case, or empty when only criteria, figures or members are expected
  std::optional<Term> term;
  std::vector<ExpectedStatus> statuses;
  std::vector<ExpectedFigure> expected_figures;
  std::vector<ExpectedMember> members;
  grammar::Span span;
};

/// What the policy says no example can try, and why.
struct NotCoverable {
  ConditionId condition = kNone;  ///< with all conditions in it; kNone: `threshold` is meant
  ThresholdId threshold = kNone;
  std::string reason;
  grammar::Span span;
};

}  // namespace waymark::check
