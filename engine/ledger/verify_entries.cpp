#include "engine/ledger/verify_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/ledger/genesis.hpp"

namespace waymark::ledger {
namespace {

std::optional<std::int64_t> short_of(std::optional<std::string_view> same) {
  auto const hash = values::hash_of_hex(same.value_or(std::string_view()));
  return hash ? std::optional(Finding::short_of(*hash)) : std::nullopt;
}

// `2026-11-21T09:30:00Z`.
bool is_time(std::string_view text) {
  static constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  return text.size() == kForm.size() && std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == 'd' ? c >= '0' && c <= '9' : c == form;
         });
}

// A number as eight bytes that stand in the order of the numbers.
std::string rising(std::int64_t number) {
  auto const bits = static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63U);
  std::string out(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<char>(bits >> (56 - 8 * i) & 0xFFU);
  return out;
}

}  // namespace

std::optional<SqlError> EntryCheck::check(bool with_search) {
  if (with_search) {
    if (auto error = search_.open(file_, found_)) return error;
  }
  auto rows = file_.query("SELECT seq, kind, at, body, leaf FROM entry ORDER BY seq");
  auto more = rows ? rows->next() : SqlResult<bool>(values::failure(rows.error()));
  for (; more && *more; more = rows->next()) {
    // A damaged file may give rows for ever, but never for ever in order.
    if (before_ && rows->whole(0) <= *before_) {
      more = values::failure(SqlError::damage("the entries stand out of order"));
      break;
    }
    before_ = rows->whole(0);
    if (auto error = row(*rows)) return error;
  }
  if (!more && more.error().of_the_world()) return std::move(more.error());
  if (!more) {
    found_.entries_cut = true;
    found_.integrity.add(tree_.size(), fmt::format("the file is damaged: {} entries could be read, and from here on "
                                                   "none can ({})",
                                                   entries_, more.error().message));
  }
  if (tree_.size() == 0 && !found_.entries_cut)
    found_.completeness.add(0, "it is missing: every ledger begins with one");
  if (auto error = tree_.finish()) return error;
  if (found_.entries_cut) return std::nullopt;
  if (auto error = search_.finish()) return error;
  return kinds_.check(file_, found_);
}

std::optional<SqlError> EntryCheck::row(Query const& row) {
  auto const place = row.whole(0);
  ++entries_;
  if (place < 0) {
    found_.completeness.add(std::nullopt, fmt::format("an entry stands before the first one, at {}", place));
    return std::nullopt;
  }
  auto const seq = static_cast<std::uint64_t>(place);
  if (auto error = missing_up_to(seq)) return error;
  if (seq == tree_.size()) return body(seq, row);
  found_.completeness.add(seq, "it stands where no entry can: those before it are missing, in the tree as well");
  return std::nullopt;
}

// For an entry that is missing the tree's own hash stands in, so that those after it are judged in their places.
std::optional<SqlError> EntryCheck::missing_up_to(std::uint64_t seq) {
  auto const first = tree_.size();
  if (first == seq) return std::nullopt;
  auto const last = seq - 1;
  found_.completeness.add(first, first == last ? std::string("it is missing")
                                               : fmt::format("it is missing, and so are all up to {}", last));
  while (tree_.size() < seq) {
    auto const in_tree = tree_.expected();
    if (!in_tree) return in_tree.error();
    if (!*in_tree) break;
    rests_.damaged(tree_.size());
    tree_.begin_entry(std::nullopt);
    if (auto error = search_.pass(tree_.size(), nullptr, false)) return error;
    if (auto error = tree_.add(**in_tree, false)) return error;
  }
  return std::nullopt;
}

std::optional<SqlError> EntryCheck::body(std::uint64_t seq, Query const& row) {
  auto const leaf = leaf_hash(row.raw(3));
  auto const in_tree = tree_.expected();
  if (!in_tree) return in_tree.error();
  auto const wrong = compare(seq, row, leaf, *in_tree);
  if (!wrong.empty()) {
    found_.integrity.add(seq, wrong);
    rests_.damaged(seq);
  }
  bool const is_decision = readable_ && reader_.text("kind") == "decision";
  if (readable_) blobs_.name(seq, reader_.hashes());
  if (is_decision) decision(seq);
  kinds_.pass(seq, row.raw(1));
  tree_.begin_entry(readable_ && wrong.empty() ? reader_.number("group") : std::nullopt);
  if (auto error = search_.pass(seq, is_decision ? &reader_ : nullptr, readable_ && wrong.empty())) return error;
  return tree_.add(leaf, wrong.empty());
}

std::string EntryCheck::compare(std::uint64_t seq, Query const& row, Hash const& leaf,
                                std::optional<Hash> const& in_tree) {
  auto const trouble = reader_.read(row.raw(3));
  readable_ = !trouble.has_value();
  bool const leaf_fits = row.raw(4) == leaf.raw();
  bool const tree_fits = !in_tree || *in_tree == leaf;
  if (!tree_fits && !leaf_fits) return "its body is not the one that was recorded";
  if (!tree_fits) return "the tree holds another hash for it: body and leaf were changed together, or the tree was";
  if (!leaf_fits) return "its leaf is not the hash of its body";
  // The same bytes as a BLOB are found by no query that asks for the text.
  bool const typed = row.is_text(1) && row.is_text(2) && row.is_text(3) && row.is_bytes(4);
  if (!typed) return "it is stored as values of another type";
  if (trouble) return "its body is not canonical: " + *trouble;
  return compare_members(seq, row);
}

std::string EntryCheck::compare_members(std::uint64_t seq, Query const& row) {
  auto const kind = reader_.text("kind"), at = reader_.text("at");
  if (reader_.number("seq") != seq) return "its body states another seq";
  if (kind != row.raw(1)) return fmt::format("it is kept as `{}`, and its body states another kind", row.raw(1));
  if (at != row.raw(2)) return fmt::format("it is kept as of {}, and its body states another time", row.raw(2));
  if (std::find(std::begin(kKinds), std::end(kKinds), *kind) == std::end(kKinds)) return "it is of no known kind";
  auto const group = reader_.number("group");
  if (!group || *group > seq) return "its body does not state its group";
  if ((seq == 0) != (*kind == "genesis")) return seq == 0 ? "it is no genesis entry" : "it is a second genesis entry";
  if (!is_time(*at)) return "its body states no time";
  return seq == 0 ? genesis(seq) : rests_.pass(seq, *kind, reader_);
}

std::string EntryCheck::genesis(std::uint64_t) {
  auto key = genesis_key(reader_);
  if (!key) return std::move(key.error());
  if (!pinned_) found_.key = *key;
  if (*key == found_.key) return {};
  return fmt::format("it names the key {}, which is not the one to be expected", key->text());
}

void EntryCheck::decision(std::uint64_t seq) {
  ++decisions_;
  auto const received = values::hash_of_hex(reader_.text_in("received", "sha256").value_or(std::string_view()));
  if (received) {
    blobs_.name_submission(*received);
  } else {
    found_.completeness.add(seq, "it is a decision that names no submission");
  }
}

std::optional<SqlError> SearchCheck::open(SqliteFile const& file, Verification& found) {
  file_ = &file;
  found_ = &found;
  auto rows = file.query("SELECT seq, submission, subject, same FROM decided ORDER BY seq");
  if (!rows && rows.error().of_the_world()) return std::move(rows.error());
  if (!rows) {
    found.completeness.add(std::nullopt, "the search table cannot be read: " + rows.error().message);
    return std::nullopt;
  }
  rows_.emplace(*std::move(rows));
  return step();
}

std::optional<SqlError> SearchCheck::step() {
  auto const before = std::exchange(next_, std::nullopt);
  auto more = rows_->next();
  if (!more && more.error().of_the_world()) return std::move(more.error());
  if (!more || (*more && before && rows_->whole(0) <= *before)) {
    found_->completeness.add(std::nullopt, "the search table cannot be read to the end");
    rows_.reset();
  } else if (*more) {
    next_ = rows_->whole(0);
    ++listed_;
  }
  return std::nullopt;
}

void SearchCheck::extra() const {
  auto const seq = *next_ < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*next_));
  found_->completeness.add(seq, "the search table knows it as a decision, and it is none");
}

std::optional<SqlError> SearchCheck::pass(std::uint64_t seq, BodyReader const* decision, bool readable) {
  if (!rows_) return std::nullopt;
  auto const here = static_cast<std::int64_t>(seq);
  while (next_ && *next_ < here) {
    extra();
    if (auto error = step()) return error;
  }
  bool const listed = next_ == here;
  if (readable && decision == nullptr && listed) extra();
  if (readable && decision != nullptr && !listed) found_->completeness.add(seq, "the search table does not know it");
  if (readable && decision != nullptr && listed) {
    bool const typed = rows_->is_text(1) && rows_->is_text(2) && rows_->is_whole(3);
    bool const same = typed && decision->text("submission") == rows_->raw(1) &&
                      decision->text("subject") == rows_->raw(2) && short_of(decision->text("same")) == rows_->whole(3);
    if (!same) found_->completeness.add(seq, "the search table says otherwise than its body");
  }
  return listed ? step() : std::nullopt;
}

std::optional<SqlError> SearchCheck::finish() {
  while (rows_ && next_) {
    extra();
    if (auto error = step()) return error;
  }
  if (!rows_) return std::nullopt;
  static constexpr std::pair<char const*, char const*> kIndexes[] = {
      {"decided_by_submission",
       "SELECT i.seq, i.submission, d.submission FROM decided i INDEXED BY decided_by_submission "
       "CROSS JOIN decided d NOT INDEXED ON d.seq = i.seq"},
      {"decided_by_subject",
       "SELECT i.seq, i.subject, d.subject FROM decided i INDEXED BY decided_by_subject "
       "CROSS JOIN decided d NOT INDEXED ON d.seq = i.seq"},
      {"decided_by_same",
       "SELECT i.seq, i.same, d.same FROM decided i INDEXED BY decided_by_same "
       "CROSS JOIN decided d NOT INDEXED ON d.seq = i.seq"},
  };
  for (auto const& [name, sql] : kIndexes) {
    if (auto error = check_index(name, sql)) return error;
  }
  return std::nullopt;
}

// Rows in the index's own order: rising, each as the table has it, and as many as the table has. Then each row of the
// table is found by it. (`PRAGMA integrity_check` takes a disk that fails for damage.)
std::optional<SqlError> SearchCheck::check_index(char const* name, char const* sql) {
  auto rows = file_->query(sql);
  // A missing index is said where the schema is looked at.
  if (!rows) return rows.error().of_the_world() ? std::optional(rows.error()) : std::nullopt;
  std::uint64_t count = 0;
  std::optional<std::pair<std::string, std::int64_t>> before;
  for (;;) {
    auto more = rows->next();
    if (!more && more.error().of_the_world()) return std::move(more.error());
    if (!more || (!*more && count != listed_)) break;
    if (!*more) return std::nullopt;
    auto const whole = rows->whole(1);
    auto const word = rows->is_whole(1) ? rising(whole) : std::string(rows->raw(1));
    std::pair here(word, rows->whole(0));
    bool const equal = rows->is_whole(1) ? whole == rows->whole(2) : rows->raw(1) == rows->raw(2);
    if (!equal || (before && !(*before < here))) break;
    before = std::move(here);
    ++count;
  }
  found_->completeness.add(std::nullopt, fmt::format("the index `{}` does not lead to every decision", name));
  return std::nullopt;
}

void KindIndexCheck::pass(std::uint64_t seq, std::string_view kind) {
  auto const* known = std::find(std::begin(kKinds), std::end(kKinds), kind);
  if (known != std::end(kKinds) && *known != "decision") entries_.emplace_back(*known, static_cast<std::int64_t>(seq));
}

std::optional<SqlError> KindIndexCheck::check(SqliteFile const& file, Verification& found) {
  std::sort(entries_.begin(), entries_.end());
  auto rows =
      file.query("SELECT kind, seq FROM entry INDEXED BY entry_by_kind WHERE kind <> 'decision' ORDER BY kind, seq");
  // A missing index is said where the schema is looked at.
  if (!rows) return rows.error().of_the_world() ? std::optional(rows.error()) : std::nullopt;
  auto const say = [&](std::int64_t seq, std::string_view what) {
    found.completeness.add(static_cast<std::uint64_t>(seq), fmt::format("the index `entry_by_kind` {}", what));
  };
  for (std::size_t at = 0;;) {
    auto more = rows->next();
    if (!more && more.error().of_the_world()) return std::move(more.error());
    if (!more) found.completeness.add(std::nullopt, "the index `entry_by_kind` cannot be read to the end");
    bool const row = more && *more;
    auto const listed = row ? std::pair(rows->raw(0), rows->whole(1)) : std::pair(std::string_view("~"), INT64_MAX);
    for (; at < entries_.size() && entries_[at] < listed; ++at) say(entries_[at].second, "does not know it");
    if (!row) return std::nullopt;
    if (at < entries_.size() && entries_[at] == listed) {
      ++at;
    } else {
      say(listed.second, fmt::format("knows it as `{}`, which it is not", listed.first));
    }
  }
}

}  // namespace waymark::ledger
