// Recorded decisions, decided again: as they were, or with one thing exchanged. Deterministic by construction, so that
// what comes out differs only where the record, the rules, the evidence or the program do.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/commands/history.hpp"
#include "engine/commands/judged.hpp"
#include "engine/commands/recorded.hpp"
#include "engine/commands/same_review.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

/// What an auditor asks (trust.md, "Two times").
enum class Question : std::uint8_t {
  as_decided,       ///< the recorded rules, evidence and facts
  todays_rules,     ///< another policy over the recorded facts and evidence
  as_known_then,    ///< the rules and evidence that the ledger held on a day
  corrected_facts,  ///< the facts as they were corrected, under the recorded rules
};

/// One decision, decided again.
struct Replayed {
  enum class Verdict : std::uint8_t { identical, same_outcome, differs, cannot };
  std::uint64_t seq = 0;
  std::string submission;
  Verdict verdict = Verdict::cannot;
  std::string then, now;       ///< the outcomes
  std::int64_t semantics = 0;  ///< the number under which it was decided
  /// What is not as it was: each key of the body with what it was and what it is, or why it cannot be replayed.
  struct Difference {
    std::string key, then, now;
  };
  std::vector<Difference> differences;
  std::string missing;
};
/// `identical`, `same outcome, other trace`, `differs`, `cannot be replayed`.
std::string_view words(Replayed::Verdict verdict);

struct ReplayAsked {
  Question question = Question::as_decided;
  std::function<std::unique_ptr<Reviewer>()> todays_rules;  ///< the policy loaded, without evidence
  std::optional<values::Date> date;                         ///< of a review under today's rules
  std::optional<values::Date> known_on;                     ///< as_known_then
  std::size_t threads = 1;
};

/// `entry 57 was decided as `renew` and comes out as `deny``: of one that differs. Nothing may be shown of it then.
std::string otherwise_words(Replayed const& again);
/// `entry 57 comes out as `renew` again, but not by the steps that are on record`: of one with the same outcome.
std::string other_trace_words(Replayed const& again);

class Replay {
 public:
  Replay(ledger::Reader const& reader, ReplayAsked asked) : reader_(reader), asked_(std::move(asked)) {}

  /// Takes decisions in order; gives answers to `tell`, in the same order, some time later.
  void add(ledger::Entry const& decision, std::function<void(Replayed const&)> const& tell);
  /// Gives what is still open.
  void finish(std::function<void(Replayed const&)> const& tell);

  /// One decision again, to be asked about: it is the case `row` of what is given. Nothing where it cannot be:
  /// `missing` says why. Valid as long as the Replay.
  std::unique_ptr<Judged> judged(ledger::Entry const& decision, std::uint32_t& row, std::string& missing);
  /// What was recorded against what the case has come to.
  static Replayed compared(ledger::Entry const& decision, Judged& judged, std::uint32_t row);

 private:
  struct One {
    std::uint64_t seq = 0;
    ledger::Body body;
    std::string bytes;
    std::string format;
    std::uint64_t line = 0;  ///< of the file in which it came
    std::optional<ledger::Hash> sha256;
    std::string missing;
    /// What the ledger held for it, where that is not what its record names.
    std::optional<std::vector<std::uint64_t>> held;

    explicit One(ledger::Entry const& decision);
    void came_as(ledger::Body const& received);
  };
  /// Decisions that one reviewer decides in one batch.
  struct Group {
    std::shared_ptr<Reviewer> reviewer;
    std::optional<values::Date> date;
    std::vector<One> members;
    std::optional<cases::Batch> batch;
    std::uint32_t row = 0;  ///< of the batch, where there is one member
    std::vector<Replayed> answers;
  };
  struct Key {
    RecordedSetting setting;
    std::optional<values::Date> date;
    bool alone = false;
    std::uint64_t as_of = 0;
    friend bool operator==(Key const&, Key const&) = default;
  };

  ledger::LedgerResult<std::vector<ledger::Entry>> const& of_kind(std::string_view kind);
  std::map<std::uint64_t, ledger::Body> const& corrections();
  One one_of(ledger::Entry const& decision);
  std::shared_ptr<Reviewer> reviewer(RecordedSetting const& setting, std::string& missing);
  std::unique_ptr<Reviewer> made_reviewer(RecordedSetting const& setting, std::string& missing) const;
  RecordedSetting setting_of(One const& one) const;
  bool is_known_then(ledger::Entry const& entry) const;
  std::optional<RecordedSetting> known_setting(RecordedSetting setting, std::string const& policy);
  std::vector<std::uint64_t> entries_of(One const& one) const;
  bool read(Group& group);
  bool compare_history(Group& group);
  std::optional<cases::Batch> read_lines(Group const& group) const;
  std::optional<cases::Batch> read_alone(Reviewer& reviewer, One const& one, std::uint32_t& row) const;
  void judge(Group& group) const;
  static void add_finding(ledger::Object& again, One const& one, Judged const& judged, std::uint32_t row,
                          SameReview& same);
  static Replayed compared(One const& one, ledger::Object const& again, Question question);

  ledger::Reader const& reader_;
  ReplayAsked asked_;
  std::map<RecordedSetting, std::pair<std::shared_ptr<Reviewer>, std::string>> reviewers_;
  std::map<std::string, ledger::LedgerResult<std::vector<ledger::Entry>>, std::less<>> of_kind_;
  std::optional<std::map<std::uint64_t, ledger::Body>> corrections_;
  std::optional<History> history_;  ///< the last one that was asked for, with whose it is
  Reviewer const* history_of_ = nullptr;
  std::vector<Group> waiting_;
  std::optional<Key> open_;
};

}  // namespace waymark::commands
