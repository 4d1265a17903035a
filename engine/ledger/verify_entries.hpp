// Every entry of a ledger, in order: its body against its columns, its leaf and the tree, and against the search table.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "engine/ledger/body.hpp"
#include "engine/ledger/findings.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/sqlite.hpp"
#include "engine/ledger/verify_blobs.hpp"
#include "engine/ledger/verify_rests.hpp"
#include "engine/ledger/verify_tree.hpp"

namespace waymark::ledger {

/// The rows of the search table, beside the entries; then its indexes, beside the rows.
class SearchCheck {
 public:
  /// Where the table is missing, nothing is compared.
  std::optional<SqlError> open(SqliteFile const& file, Verification& found);
  /// `body`: of a decision that could be read; `readable`: false where nobody can tell what stood there.
  std::optional<SqlError> pass(std::uint64_t seq, BodyReader const* decision, bool readable);
  std::optional<SqlError> finish();

 private:
  std::optional<SqlError> step();
  std::optional<SqlError> check_index(char const* name, char const* sql);
  void extra() const;

  SqliteFile const* file_ = nullptr;
  Verification* found_ = nullptr;
  std::optional<Query> rows_;
  std::optional<std::int64_t> next_;
  std::uint64_t listed_ = 0;
};

/// The index that finds entries of a kind, against the entries: nobody looks through a million decisions for a waiver,
/// so an index that hides one would hide it from everybody.
class KindIndexCheck {
 public:
  void pass(std::uint64_t seq, std::string_view kind);
  std::optional<SqlError> check(SqliteFile const& file, Verification& found);

 private:
  std::vector<std::pair<std::string_view, std::int64_t>> entries_;  // kind (of kKinds), seq
};

class EntryCheck {
 public:
  EntryCheck(SqliteFile const& file, Verification& found, TreeCheck& tree, BlobCheck& blobs, bool pinned)
      : file_(file), found_(found), tree_(tree), blobs_(blobs), pinned_(pinned) {}

  std::optional<SqlError> check(bool with_search);
  std::uint64_t entries() const { return entries_; }
  std::uint64_t decisions() const { return decisions_; }

 private:
  std::optional<SqlError> row(Query const& row);
  std::optional<SqlError> missing_up_to(std::uint64_t seq);
  std::optional<SqlError> body(std::uint64_t seq, Query const& row);
  /// What is wrong with the entry that stands there; empty where nothing is.
  std::string compare(std::uint64_t seq, Query const& row, Hash const& leaf, std::optional<Hash> const& in_tree);
  std::string compare_members(std::uint64_t seq, Query const& row);
  std::string genesis(std::uint64_t seq);
  void decision(std::uint64_t seq);

  SqliteFile const& file_;
  Verification& found_;
  TreeCheck& tree_;
  BlobCheck& blobs_;
  bool pinned_;
  SearchCheck search_;
  KindIndexCheck kinds_;
  RestsCheck rests_;
  BodyReader reader_;
  bool readable_ = false;  // the last body
  std::optional<std::int64_t> before_;
  std::uint64_t entries_ = 0, decisions_ = 0;
};

}  // namespace waymark::ledger
