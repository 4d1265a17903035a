// The record of decisions: one SQLite file, entries that are only added, a Merkle tree over their bodies, signed
// checkpoints. It knows what an entry looks like and nothing of policies.
//
// Tables, readable with the sqlite3 shell (docs/auditors.md):
//   entry(seq, kind, at, body, leaf)    seq from 0 without gaps; body: canonical JSON that holds seq, kind and at too,
//                                       and `group`: how many entries stood before those that were committed with it,
//                                       so that no checkpoint can be taken away unseen; leaf: SHA-256(0x00 || body)
//   blob(sha256, bytes)                 policy texts, evidence files, submissions as received, by their hash in hex.
//                                       A body names a blob under a key that ends in `sha256`. What stands under
//                                       `sha256` itself is kept here; under another key it may be known by hash alone.
//   tile(level, position, hashes)       the tree: up to 256 hashes of 32 bytes; level L holds complete subtrees of
//                                       256^L leaves, position P those from 256 * P on (as C2SP tlog-tiles has them)
//   checkpoint(size, note)              a signed note for each commit
//   decided(seq, submission, subject, same)   derived from bodies of kind `decision`: to find them. A Writer makes it
//                                       anew where it was dropped, `verify` compares it and its indexes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/note.hpp"
#include "engine/values/result.hpp"

namespace waymark::ledger {

/// What the world did instead (exit 4), or what is not as it was recorded (exit 5).
struct LedgerError {
  enum class Kind : std::uint8_t { world, integrity };
  Kind kind = Kind::world;
  std::string message;  ///< names the file, ends without a full stop
};
template <class T>
using LedgerResult = values::Result<T, LedgerError>;

/// Kinds of entries, as they are written; the list is closed.
inline constexpr std::string_view kKinds[] = {"genesis",  "rule",   "evidence",   "decision",      "waiver",
                                              "override", "appeal", "correction", "replay",        "impact run",
                                              "export",   "key",    "migration",  "segment closed"};

struct Entry {
  std::uint64_t seq = 0;
  std::string kind;
  std::string at;    ///< RFC 3339, universal time, whole seconds: `2026-11-21T09:30:00Z`
  std::string body;  ///< as it was stored
  Hash leaf;         ///< as it was stored
};

/// What finds a decision again; kept in the table `decided`. All three stand in its body under the same names.
struct Finding {
  std::string submission;  ///< the submission's id
  std::string subject;     ///< what it is about from year to year; the id where nothing says otherwise
  Hash same;               ///< of submission bytes, program, evidence and review date: the same review again

  /// The first eight bytes of `same` as a number: what the table holds, as its index is written in random order and
  /// must stay small. The body has all of it.
  static std::int64_t short_of(Hash const& same);
};

class SqliteFile;
class Voucher;

/// Reads a ledger. Sees what was committed when a call begins; never writes, never waits for a writer. An entry that
/// the newest signed checkpoint does not vouch for is not given out: that is an error of integrity.
class Reader {
 public:
  /// A file that is not there, is no ledger, or is of a later format is an error.
  static LedgerResult<Reader> open(std::string const& path);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Of the key in the genesis entry.
  VerifierKey const& key() const;
  LedgerResult<std::uint64_t> size() const;
  LedgerResult<std::optional<Entry>> entry(std::uint64_t seq) const;
  /// Calls `each` with every entry from `first` on, in order, until it gives false.
  std::optional<LedgerError> each(std::uint64_t first, std::function<bool(Entry const&)> const& visit) const;
  LedgerResult<std::optional<std::string>> blob(Hash const& sha256) const;
  /// The newest checkpoint; every ledger has one.
  LedgerResult<Note> checkpoint() const;
  /// The newest of at most `size` entries.
  LedgerResult<std::optional<Note>> checkpoint_before(std::uint64_t size) const;
  /// The checkpoint as it is now, once each of the entries, of which there is one at least and which were read before,
  /// is sure to stand under it: for what is handed out on paper. Errors: integrity where that is not so.
  LedgerResult<Checkpoint> vouched(std::vector<Entry> const& entries) const;
  /// Answers from the stored tiles; valid as long as the reader. A tile that is missing or short gives a hash of zeros.
  Nodes nodes() const;

  /// Entries of one kind, in order; of any kind but `decision`, of which there are too many.
  LedgerResult<std::vector<Entry>> of_kind(std::string_view kind) const;

  /// Seqs of decisions, newest first.
  LedgerResult<std::vector<std::uint64_t>> of_submission(std::string const& submission) const;
  LedgerResult<std::vector<std::uint64_t>> of_subject(std::string const& subject) const;
  /// The entry of a seq that one of these two gave for `wanted`, the `key` of its body being `submission` or `subject`.
  /// Errors: integrity where the entry is about something else, as nothing vouches for the table `decided`.
  LedgerResult<Entry> found(std::uint64_t seq, std::string const& key, std::string const& wanted) const;

  SqliteFile const& file() const { return *file_; }

 private:
  explicit Reader(std::unique_ptr<SqliteFile> file, VerifierKey key);
  std::unique_ptr<SqliteFile> file_;
  std::unique_ptr<VerifierKey> key_;
  std::unique_ptr<Voucher> voucher_;
};

/// Adds to a ledger. One writer at a time: a second one is refused. Nothing is recorded before `commit` has returned.
class Writer {
 public:
  struct Asked {
    std::string path;
    SigningKey key;                    ///< of a new ledger; of one that is there it must be the genesis key
    std::function<std::string()> now;  ///< the clock, as Entry::at
    std::string program;               ///< `waymark 0.1.0`, for the genesis entry
    int semantics = 0;
    std::string salt{};  ///< drawn for a new ledger, so that it has a name of its own (genesis.hpp)
  };
  /// Opens the ledger, or makes one with its genesis entry and checkpoint.
  static LedgerResult<Writer> open(Asked asked);
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  ~Writer();  ///< what was not committed is gone

  std::uint64_t size() const;  ///< entries, those not committed yet among them
  /// Adds an entry: `at`, `kind`, `seq` and `group` are put into `fields`, which must not hold them. Its seq. An entry
  /// that would be longer than 1 MiB is refused, and the group stays.
  LedgerResult<std::uint64_t> append(std::string_view kind, Object fields);
  /// Adds a decision, to be found by `finding` (whose three values this puts into the body).
  LedgerResult<std::uint64_t> append_decision(Object fields, Finding const& finding);
  /// Keeps bytes by their hash; the same bytes once.
  LedgerResult<Hash> keep(std::string_view bytes);
  /// The same where the hash is known already.
  LedgerResult<void> keep(std::string_view bytes, Hash const& sha256);
  /// The decisions of the same review, the newest first, recorded before or in this group.
  LedgerResult<std::vector<Entry>> decided(Hash const& same) const;
  /// The newest decision about a submission that was recorded before this writer was opened.
  LedgerResult<std::optional<Entry>> decided_before(std::string const& submission) const;
  /// Makes everything since the last commit durable, with a signed checkpoint over it. After an error, here or above,
  /// nothing of the group is recorded, and until `rollback` nothing more is taken, so that half a group never is. (A
  /// disk that failed while it was told to keep a group may still have it at the next start: whole, never in part.)
  LedgerResult<Note> commit();
  void rollback();
  /// Makes the table `decided` anew from the bodies. `open` does so where it is missing.
  std::optional<LedgerError> rebuild_search();

 private:
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace waymark::ledger
