// A decision -> why, why not, what is missing. Everything is read back from the Run that decided; nothing is gathered
// while deciding, and the words are the policy's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/explain/proofs.hpp"
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

/// In the policy's order, each once. Where information is needed: behind each `When` that cannot be told, then behind
/// the rows that were kept. Beside an outcome that is decided: behind every criterion that cannot be told. Last, behind
/// what the policy reports.
std::vector<Need> needs(Subject const& subject);

/// The whole tree: the decision's rows in order (each with whether it held), then what they rest on, down to facts and
/// published cells. Kept in `proofs`, as are `of_criterion` and `why_not`.
Proof const& full(Subject const& subject, Proofs& proofs);
/// Of one criterion.
Proof const& of_criterion(Subject const& subject, check::CriterionId criterion, Proofs& proofs);

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
Parts why_not(Subject const& subject, std::string_view wanted, Proofs& proofs);

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
