// What somebody with the file and every tool does to a ledger: one random change at a time, on a copy.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "engine/ledger/ledger.hpp"
#include "tests/ledger/power_cut_vfs.hpp"

namespace waymark::ledger {

/// A ledger on a disk in memory, and what it holds.
class Subject {
 public:
  /// With `decisions` decisions in groups of uneven size, and entries of other kinds.
  Subject(std::uint64_t decisions, std::uint64_t seed);

  /// The file as it was, put back.
  void restore() { disk_.put(path_, file_); }
  /// Every cell of every table, in an order that does not depend on where it lies in the file; nothing where the file
  /// cannot be read to its end.
  std::optional<std::string> content() const;
  /// Runs statements with the guards taken away and put back afterwards. What SQLite answers to them.
  std::string change(std::string const& sql) const;
  std::string query(std::string const& sql) const;

  std::string path() const { return path_; }
  std::string& bytes() { return disk_.find(path_)->content; }
  std::vector<Entry> const& entries() const { return entries_; }
  /// Sizes at which checkpoints stand.
  std::vector<std::uint64_t> const& checkpoints() const { return checkpoints_; }
  std::vector<std::string> const& blobs() const { return blobs_; }  ///< hashes in hex
  Note const& last() const { return *last_; }
  /// Where the group of an entry begins.
  std::uint64_t group_of(std::uint64_t seq) const;

 private:
  Disk disk_;
  std::string path_ = "/tamper.db";
  std::string file_;
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> checkpoints_;
  std::vector<std::string> blobs_;
  std::optional<Note> last_;
};

/// What was done, and where verification has to say that it was.
struct Change {
  std::string what;
  std::optional<std::uint64_t> first;  ///< exactly this seq; nothing: anywhere
};

/// Makes one random change.
Change tamper(Subject& subject, std::mt19937_64& random);

}  // namespace waymark::ledger
