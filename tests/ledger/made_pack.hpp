// A made-up ledger in memory with one decision, its rule and its evidence among other entries, and the pack of it.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "engine/ledger/pack.hpp"
#include "tests/ledger/full_tree.hpp"

namespace waymark::ledger_test {

using Random = std::mt19937_64;

inline std::uint64_t below(Random& random, std::uint64_t limit) { return random() % limit; }

class MadeLedger {
 public:
  struct Like {
    std::uint64_t entries = 20;  ///< at least 8
    ledger::Algorithm algorithm = ledger::Algorithm::ed25519;
  };
  MadeLedger(Random& random, Like like);
  MadeLedger(MadeLedger const&) = delete;
  MadeLedger& operator=(MadeLedger const&) = delete;

  /// Signed by `key()` under the name `ledger.example/2026`.
  ledger::Note checkpoint(std::uint64_t size) const;
  ledger::SigningKey const& key() const { return key_; }
  FullTree const& tree() const { return tree_; }
  std::vector<std::string> const& bodies() const { return bodies_; }
  /// Valid as long as this.
  ledger::PackSource source() const;
  /// With the files that a program adds, verify.py and README.txt among them.
  ledger::PackAsked asked() const;
  std::vector<ledger::PackFile> pack() const;

 private:
  std::string body(std::uint64_t seq, std::string const& kind, std::string const& members) const;

  ledger::SigningKey key_;
  FullTree tree_;
  std::vector<std::string> bodies_;
  std::string submission_;
  std::vector<ledger::PackFile> rules_;
  std::uint64_t decision_ = 0;
  std::vector<std::uint64_t> related_;
};

using Files = std::vector<ledger::PackFile>;

/// The bytes of a file of a pack, which is added where it is not there.
std::string& at(Files& files, std::string const& path);
/// As somebody would who changes a pack and covers it up.
void remake_manifest(Files& files);

/// A file of the project.
std::string project_file(std::string const& path);

}  // namespace waymark::ledger_test
