// A disk in memory for SQLite whose power can be cut, and whose calls can be made to fail.
//
// While it stands it is SQLite's default file system, so the product's own code runs on it unchanged: the database, its
// log and its shared memory. (Shared memory is what all connections of this process share; it is gone after a cut.)
//
// What the model does at a cut. Of each file it knows what was synced and every write and truncation since. Each sector
// of 512 bytes comes back as it was after some number of those writes, none to all, each sector for itself: so writes
// are lost, torn in the middle, and kept although an earlier one was lost. The length comes back on its own in the same
// way, and what was never written reads as zeros. A file that was made or deleted since its folder was last synced is
// there or not. As SQLite's own file system for Unix does, a folder is synced with the first sync of a log or journal
// in it, and writing a range changes no byte outside it (SQLITE_IOCAP_POWERSAFE_OVERWRITE).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace waymark::ledger {

class Disk {
 public:
  explicit Disk(std::uint64_t seed);
  ~Disk();
  Disk(Disk const&) = delete;
  Disk& operator=(Disk const&) = delete;

  /// From the `calls`-th call on that would change something, none has an effect any more, and each fails. Until
  /// `power_on`.
  void cut_at(std::uint64_t calls) { cut_at_ = changes_ + calls; }
  bool is_cut() const { return changes_ >= cut_at_; }
  /// The disk as it comes back after the cut. No connection may be open.
  void power_on();

  /// The `call`-th call from now on answers with `code`, an SQLite result code; `lasting`: and all after it do. Of a
  /// full disk only writes are counted.
  void fail_at(std::uint64_t call, int code, bool lasting);
  void mend() { fail_code_ = 0; }
  bool has_failed() const { return failures_ != 0; }

  /// Every connection has this setting from its beginning, and the program's own for it is swallowed: for controls, and
  /// so that a short workload comes to a checkpoint.
  void force(std::string pragma, std::string value);

  /// Puts a file there, whole and synced.
  void put(std::string const& name, std::string content);

  // What the calls of SQLite arrive at.
  struct Change {
    std::uint64_t offset = 0;
    std::string bytes;
    std::optional<std::uint64_t> truncate;
  };
  struct Handle;
  struct File {
    std::string content;          // as programs see it
    std::string synced;           // as it surely is on the disk
    std::vector<Change> changes;  // since then
    bool made_durable = false;    // its name is on the disk
    bool sync_folder = false;     // with its next sync
    std::vector<std::unique_ptr<char[]>> shared;
    std::vector<Handle*> handles;
  };
  /// What a call has to answer at once instead of doing its work: the power is off, or it is its turn to fail.
  std::optional<int> refuses(bool change, bool write = false);
  std::shared_ptr<File> find(std::string const& name) const;
  std::shared_ptr<File> make(std::string const& name, bool log);
  void remove(std::string const& name, bool sync_folder);
  void change(File& file, Change change);
  void sync(File& file);
  std::uint64_t random(std::uint64_t below) {
    return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(random_);
  }
  bool swallows(std::string const& pragma, std::string const& value) const {
    auto const place = forced_.find(pragma);
    return place != forced_.end() && place->second != value;
  }

 private:
  void sync_folder();
  std::string after_cut(File const& file);

  std::mt19937_64 random_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  sqlite3_vfs* before_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::map<std::string, std::shared_ptr<File>> deleted_;  // since the folder was synced
  std::uint64_t changes_ = 0, cut_at_ = UINT64_MAX;
  std::uint64_t fail_in_ = 0, failures_ = 0;
  int fail_code_ = 0;
  bool fail_lasting_ = false;
  std::map<std::string, std::string> forced_;
};

}  // namespace waymark::ledger
