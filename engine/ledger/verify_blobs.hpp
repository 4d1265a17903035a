// The bytes that a ledger keeps: each has the hash by which it is kept, is named by an entry, and none is missing.
#pragma once

#include <cstring>
#include <unordered_map>

#include "engine/ledger/body.hpp"
#include "engine/ledger/findings.hpp"
#include "engine/ledger/sqlite.hpp"

namespace waymark::ledger {

class BlobCheck {
 public:
  /// The hashes that stand in the body of an entry.
  void name(std::uint64_t seq, std::vector<NamedHash> const& hashes);
  /// The submission on which a decision was made; counted once.
  void name_submission(Hash const& hash) { submissions_ += std::exchange(named_[hash].submission, true) ? 0U : 1U; }

  /// Reads all of them, after the last entry.
  std::optional<SqlError> check(SqliteFile const& file, Verification& found);
  std::uint64_t blobs() const { return blobs_; }
  std::uint64_t submissions() const { return submissions_; }

 private:
  struct Named {
    std::uint64_t first = 0;  // the entry that names it first
    std::int64_t row = 0;     // where the bytes are
    bool kept = false;        // as what is kept here
    bool submission = false;
    bool found = false;
  };
  struct Spread {
    std::size_t operator()(Hash const& hash) const {
      std::size_t out = 0;
      std::memcpy(&out, hash.bytes.data(), sizeof out);
      return out;
    }
  };
  void check(std::int64_t row, std::string_view stated, std::string_view bytes, Verification& found);
  std::optional<SqlError> check_index(SqliteFile const& file, Verification& found) const;

  std::unordered_map<Hash, Named, Spread> named_;
  std::uint64_t blobs_ = 0, submissions_ = 0;
};

}  // namespace waymark::ledger
