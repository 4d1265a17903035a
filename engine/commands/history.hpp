// What a ledger knows of a submission besides what it says itself: waivers that were granted on record, and earlier
// decisions about the same pathway. Read as of the run's start, so that the order of the input changes nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/cases/cases.hpp"
#include "engine/commands/reviewer.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

/// Fills in the reserved fields of a reviewed record:
/// * `last decision`, a record: the newest decision of the same policy about the same subject with an earlier review
///   date. A ledger that holds none says so: there is none. What a submission itself says of it counts only then.
/// * `earlier decisions`, a list of records: all of them, the newest first.
/// The outcome of a decision that was overridden is that of the override.
/// Of such a record `date`, `outcome` (a choice), `until` and `policy` are the decision's own; a yes-or-no field that
/// is named as a criterion is yes where it was met or waived and no where it was not met; another field that is named
/// as a fact of the reviewed record is that fact as it was decided on. Everything else is not submitted.
class History {
 public:
  /// Reads what was in the ledger when it was made; nothing that is recorded afterwards.
  static ledger::LedgerResult<History> open(ledger::Reader reader, Reviewer const& reviewer);
  /// For a replay: only these entries.
  static ledger::LedgerResult<History> of_entries(ledger::Reader const& reader, Reviewer const& reviewer,
                                                  std::vector<std::uint64_t> const& seqs);

  /// Adds to every case that could be read; interns in `symbols`.
  ledger::LedgerResult<void> fill(cases::Batch& batch, values::Symbols& symbols) const;

 private:
  struct Waiver {
    cases::WaiverOnRecord waiver;
    std::uint64_t seq = 0;
  };
  struct Earlier {
    std::uint64_t seq = 0;
    values::Date date;
    ledger::Body body;
    std::string outcome;  ///< its own, or that of its override
    std::optional<std::uint64_t> overridden_by;
  };
  explicit History(Reviewer const& reviewer) : reviewer_(reviewer) {}
  void add(ledger::Entry const& entry);
  static void note_entries(cases::Origin& origin, Earlier const& one);
  std::optional<Earlier> earlier_of(ledger::Entry const& entry) const;
  ledger::LedgerResult<std::vector<Earlier>> earlier(std::string const& subject, values::Date before) const;
  void put(cases::RecordColumns& columns, std::size_t row, Earlier const& from, values::Symbols& symbols) const;
  void put_last(cases::Batch& batch, std::uint32_t i, std::size_t position, std::vector<Earlier> const& all,
                values::Symbols& symbols) const;
  void put_all(cases::Batch& batch, std::size_t position, std::vector<std::vector<Earlier>> const& all,
               values::Symbols& symbols) const;

  Reviewer const& reviewer_;
  std::optional<ledger::Reader> reader_;
  std::uint64_t size_ = 0;  // of the ledger when the run began
  struct Override {
    std::string outcome;
    std::uint64_t seq = 0;
  };
  std::map<std::string, std::vector<Waiver>> waivers_;    // by submission or subject
  std::map<std::uint64_t, Override> overrides_;           // by the decision that they concern, the last one
  std::map<std::string, std::vector<Earlier>> replayed_;  // by subject, instead of the reader
};

}  // namespace waymark::commands
