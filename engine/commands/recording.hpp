// Records what a run decides: its policy and evidence once, then each decision with the submission as it was received.
// No record, no decision: whoever prints asks `record` first.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/cases/readers.hpp"
#include "engine/commands/decision_body.hpp"
#include "engine/commands/judged.hpp"
#include "engine/commands/ledger_choice.hpp"

namespace waymark::commands {

class Recording {
 public:
  /// Puts into the ledger what it does not hold yet of the reviewer's policy and evidence. `reader`: of the same
  /// ledger.
  static ledger::LedgerResult<std::unique_ptr<Recording>> begin(ledger::Writer writer, ledger::Reader const& reader,
                                                                Reviewer const& reviewer);

  /// What the parallel part of a run makes of one batch.
  struct Made {
    std::vector<ledger::Object> bodies;
    std::vector<ledger::Finding> findings;
    std::vector<ledger::Hash> received;  ///< of the submissions as they came
  };
  /// `judged` is another one where a decision is too long to be recorded (decision_body.hpp).
  Made make(std::unique_ptr<Judged>& judged, cases::Format format) const;

  /// Adds the batches' decisions as one group, durable when this returns. A review that is recorded already, with the
  /// same entries of the ledger behind it, keeps its record; that it comes to another outcome now is an error. The seq
  /// of each, in order. After an error nothing of the group is recorded.
  ledger::LedgerResult<std::vector<std::vector<std::uint64_t>>> record(std::vector<std::unique_ptr<Judged>> const& all,
                                                                       std::vector<Made> made);

  /// The decisions of the same review, the newest first.
  ledger::LedgerResult<std::vector<ledger::Entry>> decided(ledger::Hash const& same) const {
    return writer_.decided(same);
  }

  /// How many entries the ledger had when the run read its history: `as_of` in what is recorded from now on.
  void history_is_of(std::uint64_t size) { as_of_ = size; }

  std::uint64_t recorded() const { return recorded_; }
  std::uint64_t recorded_before() const { return recorded_before_; }
  /// Of those recorded now: submissions that were decided in an earlier run, for the same review date.
  std::uint64_t decided_again() const { return decided_again_; }

 private:
  Recording(ledger::Writer writer, Reviewer const& reviewer) : writer_(std::move(writer)), reviewer_(reviewer) {}
  ledger::LedgerResult<std::uint64_t> put_once(std::string_view kind, ledger::Object const& fields);
  ledger::LedgerResult<void> put_rules();
  ledger::LedgerResult<void> put_evidence();
  ledger::LedgerResult<std::optional<std::uint64_t>> found(ledger::Hash const& same, cases::Origin const& origin,
                                                           ledger::Object const& body) const;
  ledger::LedgerResult<std::uint64_t> put(Judged const& judged, std::uint32_t i, ledger::Object& body,
                                          ledger::Finding const& finding, ledger::Hash const& received);
  ledger::LedgerResult<void> put_waivers(Judged const& judged, std::uint32_t i);

  ledger::Writer writer_;
  Reviewer const& reviewer_;
  std::optional<DecisionKeys> keys_;            ///< from when the evidence has its entries
  std::map<std::string, std::uint64_t> known_;  ///< rules, evidence and waivers in the ledger: kind and fields -> seq
  std::uint64_t rule_ = 0;
  std::uint64_t as_of_ = 0;
  std::string read_json_;  ///< the seqs of all evidence that the run has read
  std::uint64_t recorded_ = 0, recorded_before_ = 0, decided_again_ = 0;
};

/// `received` of a body: the submission's bytes as they came, and where they stood.
ledger::Object received_fields(ledger::Hash const& sha256, cases::Format format, std::string const& file,
                               std::uint64_t line);

/// `json_lines`, `json`, `csv`, `toml`: as a body says in which format a submission came.
std::string_view format_words(cases::Format format);

}  // namespace waymark::commands
