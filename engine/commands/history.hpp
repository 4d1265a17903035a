// What a ledger knows of a submission besides what it says itself: waivers that were granted on record, and earlier
// decisions about the same pathway. Read as of the run's start, so that the order of the input changes nothing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/cases.hpp"
#include "engine/commands/reviewer.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

/// Fills in the reserved fields of a reviewed record:
/// * `last decision`, a record: the newest decision of the same policy about the same subject with an earlier review
///   date. A ledger that holds none says so: there is none.
/// * `earlier decisions`, a list of records: all of them, the newest first.
/// With a ledger nobody else says what was decided: what a submission states of these two does not count.
/// The outcome of a decision that was overridden is that of the override; `not reviewed` and `needs information`
/// decided nothing unless they were overridden.
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

  /// For a replay: what was in the ledger when it had `size` entries. `reader` outlives it.
  static ledger::LedgerResult<History> as_of(ledger::Reader const& reader, Reviewer const& reviewer,
                                             std::uint64_t size);
  std::uint64_t size() const { return size_; }  ///< entries of the ledger that it has read
  /// The entries that count for each case of a batch, sorted: what a record names as `from_ledger`.
  ledger::LedgerResult<std::vector<std::vector<std::uint64_t>>> entries(cases::Batch const& batch) const;

  /// Whether the ledger holds no decision at all, neither its own nor one of an earlier ledger: then "there is none"
  /// may only mean that it begins here.
  ledger::LedgerResult<bool> is_empty() const;
  /// Whether the policy's record has a field for earlier decisions.
  bool is_asked_for() const { return last_ || list_; }

  /// The decisions of the same review as case `i` of the batch that are on record, the newest first.
  using Recorded = std::function<ledger::LedgerResult<std::vector<ledger::Entry>>(std::uint32_t i)>;
  /// Adds to every case that could be read; interns in `symbols`. A review that was recorded under the same waivers and
  /// overrides is given what it was given then, so that it is the same decision again, whatever the run that recorded
  /// it has put on record besides.
  ledger::LedgerResult<void> fill(cases::Batch& batch, values::Symbols& symbols, Recorded const& recorded = {});

  /// Submissions that state what was decided about them, where the ledger says something else: by the field's name.
  struct Stated {
    std::string first;  ///< the id of the first one, or its line
    std::size_t submissions = 0;
  };
  std::map<std::string, Stated> const& stated() const { return stated_; }

 private:
  static constexpr std::string_view kLastDecision = "last decision";
  static constexpr std::string_view kEarlierDecisions = "earlier decisions";

  struct Waiver {
    cases::WaiverOnRecord waiver;
    std::uint64_t seq = 0;
  };
  struct Override {
    std::string outcome;
    std::uint64_t seq = 0;
  };
  struct Earlier {
    std::uint64_t seq = 0;
    values::Date date;
    ledger::Body body;
    std::string outcome;  ///< its own, or that of its override
    std::optional<std::uint64_t> overridden_by;
    bool is_overridden = false;  ///< here or in the ledger that it was taken from: it remembers nothing
  };
  /// A decision of another ledger, whose body is kept in this one.
  struct TakenOver {
    std::uint64_t seq = 0;  ///< of the entry that names it
    ledger::Body named;
  };
  /// Entries, by what they are about.
  struct Entries {
    std::map<std::string, std::vector<Waiver>> of_submission, of_subject;
    std::map<std::uint64_t, Override> overrides;            ///< by the decision that they concern, the last one
    std::map<std::string, std::vector<Earlier>> decisions;  ///< by subject; of a whole ledger they are looked up
    std::map<std::string, std::vector<TakenOver>> taken_over;
  };
  /// A case, by what its entries are found.
  struct Case {
    std::string id, subject;
    values::Date date;
  };
  /// What is known of one case.
  struct Found {
    std::vector<Waiver> waivers;
    std::vector<Earlier> earlier;        ///< the newest first
    std::vector<std::uint64_t> entries;  ///< those that count, sorted
  };

  explicit History(Reviewer const& reviewer);
  ledger::Reader const& reader() const { return reader_ ? *reader_ : *of_replay_; }
  std::optional<ledger::LedgerError> load(ledger::Reader const& reader);
  void add(Entries& known, ledger::Entry const& entry) const;
  std::optional<Earlier> earlier_of(std::uint64_t seq, std::string body) const;
  ledger::LedgerResult<std::optional<Earlier>> earlier_of(TakenOver const& one) const;
  ledger::LedgerResult<std::vector<Earlier>> decisions(std::string const& subject) const;
  ledger::LedgerResult<Found> today(Case const& one) const;
  Found found(Entries const& known, std::vector<Earlier> decisions, Case const& one) const;
  ledger::LedgerResult<std::optional<Found>> as_recorded(Found const& today, Case const& one,
                                                         std::vector<ledger::Entry> const& recorded) const;
  ledger::LedgerResult<std::vector<std::uint64_t>> of_people(std::vector<std::uint64_t> const& seqs) const;

  void put(cases::RecordColumns& columns, std::size_t row, Earlier const& from, values::Symbols& symbols) const;
  void put_last(cases::Batch& batch, std::vector<Found> const& all, values::Symbols& symbols);
  void put_all(cases::Batch& batch, std::vector<Found> const& all, values::Symbols& symbols);
  void note_stated(std::string_view field, cases::Origin const& origin);

  Reviewer const& reviewer_;
  std::optional<std::size_t> last_, list_;  // positions of the two fields
  std::optional<ledger::Reader> reader_;    // of a run
  ledger::Reader const* of_replay_ = nullptr;
  bool looks_up_ = true;    // earlier decisions in the ledger; of a replay's entries all are in `known_`
  std::uint64_t size_ = 0;  // of the ledger when the run began
  Entries known_;
  std::map<std::string, Stated> stated_;
};

/// The seqs that a decision's body names as read from the ledger.
std::vector<std::uint64_t> from_ledger(ledger::Body const& decision);

}  // namespace waymark::commands
