// A decision -> why, why not, what is missing. Everything is read back from the Run that decided; nothing is gathered
// while deciding, and the words are the policy's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/review/review.hpp"

namespace waymark::explain {

class Illustrative;

/// What an explanation speaks about: one case of a run.
struct Subject {
  review::Run& run;
  check::Program const& program;
  values::Symbols const& symbols;
  cases::Batch const& batch;
  std::uint32_t case_index = 0;
  /// The review date that was asked for, where the policy is not in force on it (the run then stands on another).
  std::optional<values::Date> asked_for = std::nullopt;
  /// Of the program, where many cases are explained; without it each citation goes through the case.
  Illustrative const* illustrative = nullptr;

  values::Date date() const { return asked_for.value_or(run.date(case_index)); }
};

/// A fact on which something hangs that cannot be told.
struct Need {
  std::string fact;      ///< `wages.median_wage`, or the submission's key `enrollment`
  std::string for_what;  ///< `51-4121 in Essex County`, or empty
  std::string why;       ///< values::words(Known)
  friend bool operator==(Need const&, Need const&) = default;
};
/// In the policy's order, each once. Where information is needed: behind each `When` that cannot be told, then behind
/// the rows that were kept. Beside an outcome that is decided: behind every criterion that cannot be told. Last, behind
/// what the policy reports.
std::vector<Need> needs(Subject const& subject);

/// A text of a proof. What is the same for every case, as the policy's own words are, is referred to; what is put
/// together for one case is kept here. Most of a full record is of the first kind.
class Words {
 public:
  Words() = default;
  // NOLINTBEGIN(google-explicit-constructor): a proof is filled in with whatever words there are
  Words(std::string made) : made_(std::move(made)) {}
  template <std::size_t N>
  Words(char const (&literal)[N]) : lasting_(literal, N - 1) {}
  // NOLINTEND(google-explicit-constructor)
  /// Words of the policy or of a release, or fixed ones: they outlive every proof.
  static Words lasting(std::string_view words) {
    Words out;
    out.lasting_ = words;
    return out;
  }

  std::string_view view() const { return made_.empty() ? lasting_ : std::string_view(made_); }
  operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
  bool empty() const { return view().empty(); }
  friend bool operator==(Words const& a, Words const& b) { return a.view() == b.view(); }

 private:
  std::string made_;  // empty: they last
  std::string_view lasting_;
};

/// One step of the proof: what was asked, what was found. Valid as long as the run that it explains.
struct Proof {
  enum class Kind : std::uint8_t { step, criterion, decision, report };
  Words what;      ///< the criterion, figure or threshold by name; or empty for a bare condition
  Words result;    ///< "met", "not met", "yes", "no", "cannot be told", "waived", "does not apply", or a value
  Words asked;     ///< the condition in the policy's words
  Words found;     ///< `412 openings per year, at least 60 openings per year`
  Words source;    ///< `wages` (BLS OEWS), or "submission"
  Words vintage;   ///< the release's name: `May 2024`
  Words margin;    ///< `352 openings per year above`; empty where there is none
  Words citation;  ///< with the brackets' text; "illustrative" stays in it
  std::vector<Proof> parts;
  Kind kind = Kind::step;
  // Only in `why_not`.
  std::string to_fix;           ///< of a criterion that is surely not met: its `To fix:` with the values shown in
  std::vector<Need> not_known;  ///< of a criterion or a figure that cannot be told: what it hangs on
};

/// The whole tree: the decision's rows in order (each with whether it held), then what they rest on, down to facts and
/// published cells.
Proof full(Subject const& subject);
/// Of one criterion.
Proof of_criterion(Subject const& subject, check::CriterionId criterion);

/// Deciding conditions only, a line each, with value, requirement and citation: what `because` shows.
std::vector<std::string> because(Subject const& subject);
/// The same of one criterion's status.
std::vector<std::string> because(Subject const& subject, check::CriterionId criterion);

/// The outcomes that a policy has, in its order, and `needs information`.
std::vector<std::string> outcome_names(check::Program const& program);
/// Whether `wanted` names an outcome of the policy, alone or with the term with which one of its rows gives it.
bool is_outcome(check::Program const& program, std::string_view wanted);
/// Why the outcome is not `wanted` (an outcome as `is_outcome` takes it, any case): for each row that gives it, the
/// leaves that failed or could not be told, with value, requirement and margin, and `To fix` texts filled in. An empty
/// list: no row gives it.
std::vector<Proof> why_not(Subject const& subject, std::string_view wanted);

/// `To fix:` of a criterion with its values shown in.
std::string to_fix(Subject const& subject, check::CriterionId criterion);

// --- As text ------------------------------------------------------------------------------------------------------

/// Outcome, term, conditions and `because`, some lines of plain text.
std::string short_text(Subject const& subject);
std::string full_text(Subject const& subject);
/// The rows and criteria of `full_text` without what stands above them: below a `short_text` that has said it.
std::string tree_text(Subject const& subject);
std::string why_not_text(Subject const& subject, std::string_view wanted);

// --- As JSON (one object on one line, keys in a fixed order) ---------------------------------------------------------

enum class Detail : std::uint8_t { none, short_reasons, full };

/// What stands in a decision's record besides what the run knows.
struct RecordContext {
  std::string policy_sha256, program_sha256;
  std::optional<std::uint64_t> seq = std::nullopt;  ///< its entry in the ledger, where it is recorded
};
/// The record of commands.md: submission, policy, …, outcome, until, conditions, schedule, reports, criteria, because,
/// needs, evidence (and `possible`, `illustrative`, `explanation` where they belong).
std::string decision_json(Subject const& subject, RecordContext const& context, Detail detail);
/// The same at the end of `out`.
void append_decision_json(std::string& out, Subject const& subject, RecordContext const& context, Detail detail);
/// `"explanation"` by itself: for `explain --format json`.
std::string proof_json(Proof const& proof);

/// The last day of the decision's term, the deadlines of its conditions and the dates of its schedule, by name; nothing
/// where there is none. A term that needs a calendar that has ended says so in `fault`.
struct Terms {
  std::optional<values::Date> until;
  std::vector<std::pair<std::optional<values::Date>, std::string>> conditions;
  std::vector<std::pair<std::string, std::optional<values::Date>>> schedule;
  std::string fault;
};
Terms terms(Subject const& subject);

}  // namespace waymark::explain
