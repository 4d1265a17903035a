// Program x evidence x cases -> decisions, in batches of columns. The columns of a batch are kept while it is at hand,
// so that an explanation reads the very values on which the decision was made: there is one evaluator and no second
// account.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/cases/cases.hpp"
#include "engine/check/program.hpp"
#include "engine/evidence/evidence.hpp"
#include "engine/values/truth.hpp"

namespace waymark::review {

using check::ConditionId;
using check::CriterionId;
using check::ValueId;

/// What one review came to.
struct Outcome {
  /// `reported`: by a policy that has no Decision, with all that it reports told.
  enum class Kind : std::uint8_t { decided, needs_information, not_reviewed, reported };
  Kind kind = Kind::not_reviewed;
  std::uint32_t decision = check::kNone;  ///< index into Program::decisions; kNone: no `When` surely holds
  std::uint32_t row = check::kNone;       ///< the row decided by: the only one kept; kNone when several are
  std::vector<std::uint32_t> kept;        ///< the rows of `decision` that are kept, in order
  /// Why it was not reviewed, in plain words: no `When` holds; a threshold without a value for the date; a number too
  /// large. Empty otherwise.
  std::string fault;
  /// A decision whose `When` cannot be told, and the rows that it would keep if it held.
  struct Open {
    std::uint32_t decision = check::kNone;
    std::vector<std::uint32_t> kept;
  };
  /// Where no `When` surely holds: every decision that may be the one, in the policy's order. Else empty.
  std::vector<Open> open;
  /// Where no `When` surely holds: perhaps none does, so that the case would not be reviewed.
  bool may_be_none = false;
};

/// The outcome of each case of a batch; cases that stand alike share one.
class Outcomes {
 public:
  explicit Outcomes(std::span<Outcome const* const> of_case) : of_case_(of_case) {}
  std::size_t size() const { return of_case_.size(); }
  Outcome const& operator[](std::size_t case_index) const { return *of_case_[case_index]; }

 private:
  std::span<Outcome const* const> of_case_;
};

/// What an example states instead of having it computed.
struct Stated {
  std::vector<check::Example::StatedFigure> figures;
  std::vector<check::Example::StatedCriterion> criteria;
  std::vector<check::Example::StatedGroup> groups;
  std::vector<check::Example::StatedWaiver> waivers;
};

/// A Program made ready for one set of evidence: constants interned, keys resolved. Shared by all threads, never
/// changed. `program` and `evidence` must outlive it.
class Plan {
 public:
  Plan(check::Program const& program, evidence::Evidence const& evidence, values::Symbols& symbols);
  ~Plan();
  Plan(Plan&&) noexcept;

  struct Parts;
  Parts const& parts() const { return *parts_; }
  check::Program const& program() const;
  evidence::Evidence const& evidence() const;

 private:
  std::unique_ptr<Parts> parts_;
};

/// A value as it was seen for one case (and members): between two ratios, in steps of its type. For a choice both are
/// its index, for a code or a text its symbol, for yes or no 0 and 1.
struct Seen {
  values::Ratio lowest = values::kRatioNoLowest;
  values::Ratio highest = values::kRatioNoHighest;
  bool may_apply = true;
  bool may_not_apply = false;

  bool exact() const { return may_apply && !may_not_apply && is_finite(lowest) && compare(lowest, highest) == 0; }
};

/// One part of a lookup in a Source: the keys asked for, and what the release holds for them.
struct Part {
  /// By SourceKey, codes and texts; Symbols::kUnknown where the key itself cannot be told, and of other kinds: they
  /// stand in `words`. A code outside its edition cannot be told either and stands here all the same, by its name: its
  /// word is unknown.
  std::vector<values::Symbol> keys;
  std::optional<std::uint32_t> row;  ///< in the release's table
  values::Known known = values::Known::exactly;
  Seen value;
  std::vector<values::Steps> words;  ///< the keys as values: a choice's index, a year, a symbol; kNoLowest: unknown
  bool may_be_missing = false;       ///< a filter may exclude it, or its key may not be on its List
};

/// A code of another edition that stands on a list, where the code that is asked for does not.
struct Partner {
  values::Symbol code = 0;
  std::uint16_t edition = 0;
  vocabulary::SourceId crosswalk = 0;  ///< which says so
};

/// A code that was submitted and that the tables of its field's edition do not hold.
struct OutsideCode {
  check::FactRef fact;
  values::Symbol code = 0;
};

/// Where a member of a List by rank stands among the others that may be on it.
struct Standing {
  std::int64_t above = 0;             ///< others that surely stand above it
  std::int64_t tied = 0;              ///< of the rest those that surely stand at its value, where that is exactly known
  std::int64_t can = 0;               ///< others that can stand at or above it
  std::int64_t fewest = 0, most = 0;  ///< how many places there are
  /// It and all others that may decide surely stand at one value.
  bool tie = false;
};

/// A place in the evaluation: a case, and a member of each range around it. Cheap to copy; valid as long as its Run.
struct Frame {
  std::uint32_t domain = 0;  ///< which ranges surround it; 0: the cases themselves
  std::uint32_t row = 0;
};

class HeldFacts;

/// Submissions that stay in memory, to be reviewed again and again, under one policy or several that share vocabulary,
/// evidence and symbols: a batch, its facts as columns, which are made once, and what was looked up by facts alone, all
/// on one date. For one thread at a time; it outlives each Run that is about it.
class HeldCases {
 public:
  explicit HeldCases(cases::Batch batch);
  ~HeldCases();
  HeldCases(HeldCases&&) noexcept;
  HeldCases& operator=(HeldCases&&) noexcept;

  cases::Batch const& batch() const { return *batch_; }
  HeldFacts& facts() { return *facts_; }

 private:
  std::unique_ptr<cases::Batch> batch_;
  std::unique_ptr<HeldFacts> facts_;
};

/// One batch under evaluation. Whatever is asked is computed for the whole batch at once, once.
class Run {
 public:
  /// `dates[i]` is the review date of case i; all must lie in the Program's period. `symbols` must hold every symbol of
  /// plan and batch. For a policy that only lists, `batch` is null and `dates` has one entry: frames are then the rows
  /// of the List's source (see `list`).
  Run(Plan const& plan, values::Symbols const& symbols, cases::Batch const* batch, std::vector<values::Date> dates,
      Stated const* stated = nullptr);
  ~Run();
  Run(Run&&) noexcept;
  Run& operator=(Run&&) noexcept;

  /// From now on it is about another batch, as if it had just been made. Its memory serves again: where one batch
  /// needs no more than those before it, nothing is allocated. What was asked of it before is no longer valid.
  void again(cases::Batch const* batch, std::span<values::Date const> dates);
  /// The same of a batch that stays in memory: its facts are not made into columns again, and what was looked up by
  /// facts alone is not looked up again.
  void again(HeldCases& cases, std::span<values::Date const> dates);

  std::size_t size() const;
  values::Date date(std::uint32_t case_index) const;

  /// The decision of each case, in order. A case with a fault (of its own or of the batch's origin) is not reviewed.
  Outcomes outcomes();
  values::Status status(CriterionId criterion, std::uint32_t case_index);
  /// Of every case.
  std::span<values::Status const> statuses(CriterionId criterion);
  /// Whether an example states what the criterion is, so that nothing is computed.
  bool is_stated(CriterionId criterion) const;

  // What the explainer reads.
  values::Truth truth(ConditionId condition, Frame frame);
  Seen value(ValueId value, Frame frame);
  /// The members of a Figure that is a list: what each is, and whether it surely is one; and whether there may be more.
  struct SeenList {
    std::vector<std::pair<values::Steps, bool>> members;
    bool and_more = false;
    bool exact() const;
  };
  SeenList list_figure(check::FigureId figure, std::uint32_t case_index);
  /// How a leaf (a Fact, Member, RowColumn) is known there.
  values::Known known(ValueId value, Frame frame);
  /// The parts of a SourceLookup, in the order of its keys' lists.
  std::vector<Part> parts(ValueId value, Frame frame);
  /// The frames of a range's members below `frame`; for years newest first, only the years that a window or aggregate
  /// of `last` and `within` looks at.
  std::vector<Frame> members(check::RangeId range, Frame frame);
  /// The years of a window, newest first: of one that looks back for ever those of which anything is known.
  std::vector<Frame> years(check::Windowed const& window, Frame frame);
  /// What the innermost range of `frame` stands at: a symbol, a choice's index, a member's row, a year.
  values::Steps member(Frame frame) const;
  Frame outer(Frame frame) const;
  std::uint32_t case_of(Frame frame) const;
  /// Which case of a Figure was used, as far as it can be told: index into Figure::cases, or the fallback.
  struct Used {
    std::optional<std::uint32_t> figure_case;
    bool fallback = false;
    bool may_be_fallback = false;  ///< whether it is the fallback cannot be told: `figure_case` is the other
  };
  Used used(check::FigureId figure, Frame frame);
  /// The row of a Threshold that is in force there, or nothing where the class cannot be told.
  std::optional<std::uint32_t> threshold_row(check::ThresholdId threshold, Frame frame);
  /// How a Group's criteria stand, for `at least 2 of core are met`: counts of the case.
  struct Count {
    std::uint32_t met = 0, not_met = 0, untold = 0, not_applying = 0;
    std::uint32_t waived = 0;  ///< of those met the ones that surely would not be without their waiver
  };
  Count count(check::GroupId group, std::uint32_t case_index);
  /// The release of `source` that the case's date reads, or null.
  evidence::Release const* release(vocabulary::SourceId source, std::uint32_t case_index) const;
  /// Whether that release says who is not on it; else why not: there is none yet, none at all, or it has lost rows.
  values::Known known_list(vocabulary::SourceId source, std::uint32_t case_index) const;

  /// Whether that release of a list has the member in a row of which the policy that decided the list could not tell.
  bool is_untold(vocabulary::SourceId source, values::Symbol member, std::uint32_t case_index) const;

  /// The partners by which that release of a list holds a code for its key number `key` in other editions.
  std::vector<Partner> partners(vocabulary::SourceId source, std::size_t key, values::Symbol code,
                                std::uint32_t case_index) const;

  /// The codes of a fact there that lie outside its edition and so cannot be told, in the submission's order.
  std::vector<values::Symbol> outside_edition(check::FactRef const& fact, Frame frame);
  /// The code of the member of a list field at which `range` stands, where it is such a one.
  std::optional<values::Symbol> outside_edition(check::RangeId range, Frame frame);
  /// By case, whether `outside_codes` has any; empty where it has none for the whole batch.
  std::vector<std::uint8_t> cases_with_outside_codes();
  /// All such codes of one submission, whether or not the policy asks for them; field by field.
  std::vector<OutsideCode> outside_codes(std::uint32_t case_index);
  /// The Sources whose releases, of those that the case's date reads, list that edition.
  std::vector<vocabulary::SourceId> edition_tables(vocabulary::Type const& type, std::uint32_t case_index) const;

  /// The members of a List on the run's (first) date: symbol of the member -> yes, no or cannot be told. In a
  /// policy that reviews records the same, by the case's date.
  std::map<values::Symbol, values::Truth> const& list(check::ListId list, values::Date date);

  /// Why a List cannot be drawn up on that date, or empty.
  std::string const& list_fault(check::ListId list, values::Date date);
  /// The place of a member of a List by rank; nothing where it has no row or is surely none of those that are ranked.
  std::optional<Standing> standing(check::ListId list, values::Symbol member, values::Date date);
  /// The rows by which a member is on a List or not: frames for the List's conditions and values.
  std::vector<Frame> list_rows(check::ListId list, values::Symbol member, values::Date date);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// An example as a batch of one, with the rows that it states as its only evidence. Nothing else is known.
struct ExampleSetting {
  values::Symbols symbols;
  evidence::Evidence evidence;
  cases::Batch batch;
  Stated stated;
};
ExampleSetting set_up(check::Program const& program, check::Example const& example);

}  // namespace waymark::review
