#include "engine/ledger/verify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ledger/schema.hpp"
#include "engine/ledger/verify_entries.hpp"

namespace waymark::ledger {
namespace {

enum class Readable { nothing, without_search, all };

// A table that is made otherwise need not keep what it is given, and a guard that is gone was taken away by somebody.
SqlResult<Readable> check_schema(SqliteFile const& file, Verification& found) {
  auto const wrong = wrong_in_schema(file);
  if (!wrong && wrong.error().of_the_world()) return values::failure(wrong.error());
  if (!wrong) {
    found.integrity.add(std::nullopt, "the file is damaged where it says what it holds: " + wrong.error().message);
    return Readable::all;
  }
  auto out = Readable::all;
  for (auto const& one : *wrong) {
    bool const of_search = one.missing && is_of_search(one.object);
    (of_search ? found.completeness : found.integrity).add(std::nullopt, one.words());
    if (of_search && one.object.type == "table") out = std::min(out, Readable::without_search);
    if (bars_reading(one)) out = Readable::nothing;
  }
  return out;
}

void check_anchor(VerifyAsked const& asked, TreeCheck const& tree, Verification& found, Verdict& verdict) {
  if (!asked.anchor) return;
  auto const anchor = Checkpoint::parse(asked.anchor->text);
  auto& verdicts = found.append_only;
  if (!anchor) return verdicts.add(std::nullopt, "the anchor is no checkpoint");
  verdict.anchor_size = anchor->size;
  if (!found.key) return verdicts.add(std::nullopt, "the ledger has no key by which the anchor could be checked");
  if (anchor->origin != found.key->name) {
    return verdicts.add(std::nullopt, fmt::format("the anchor is of another ledger, {}", anchor->origin));
  }
  if (!asked.anchor->signed_by(*found.key))
    return verdicts.add(std::nullopt, "the ledger's key did not sign the anchor");
  if (anchor->size > tree.size()) {
    return verdicts.add(tree.size(), fmt::format("it is missing: {} entries were there when the anchor was kept, {} "
                                                 "are now",
                                                 anchor->size, tree.size()));
  }
  if (anchor->root == tree.watched_root()) return;
  verdicts.add(std::nullopt, fmt::format("the first {} entries are not those that were there when the anchor was kept",
                                         anchor->size));
}

std::optional<std::uint64_t> size_of(std::optional<Note> const& anchor) {
  auto const checkpoint = anchor ? Checkpoint::parse(anchor->text) : std::nullopt;
  return checkpoint ? std::optional(checkpoint->size) : std::nullopt;
}

std::optional<SqlError> check(SqliteFile const& file, VerifyAsked const& asked, Verification& found, Verdict& verdict) {
  // One transaction: what a writer adds meanwhile is not seen.
  if (auto error = file.run("BEGIN")) return error;
  auto const readable = check_schema(file, found);
  if (!readable) return readable.error();
  if (*readable == Readable::nothing) {
    found.completeness.add(std::nullopt, "no entry was looked at, as the tables are not a ledger's");
    if (asked.anchor)
      found.append_only.add(std::nullopt, "the anchor was not looked at, as the tables are not a ledger's");
    return std::nullopt;
  }
  TreeCheck tree(file, found, size_of(asked.anchor));
  BlobCheck blobs;
  EntryCheck entries(file, found, tree, blobs, asked.key.has_value());
  if (auto error = entries.check(*readable == Readable::all)) return error;
  if (auto error = blobs.check(file, found)) return error;
  check_anchor(asked, tree, found, verdict);
  verdict.entries = entries.entries();
  verdict.decisions = entries.decisions();
  verdict.blobs = blobs.blobs();
  verdict.submissions = blobs.submissions();
  verdict.checkpoints = tree.checkpoints();
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> Verdict::first_broken() const {
  std::optional<std::uint64_t> first;
  for (auto const* list : {&integrity, &append_only, &completeness}) {
    for (auto const& one : *list) {
      if (one.seq && (!first || *one.seq < *first)) first = one.seq;
    }
  }
  return first;
}

LedgerResult<Verdict> verify(VerifyAsked const& asked) {
  auto const path = real_path(asked.path);
  auto file = SqliteFile::read_only(path);
  if (!file) return values::failure(ledger_error(path, file.error()));
  auto const state = state_of(**file);
  if (!state) return values::failure(state.error());
  if (*state == FileState::empty) {
    return values::failure(LedgerError{LedgerError::Kind::world, fmt::format("{} is not a ledger: it is empty", path)});
  }
  Findings const none(asked.most_findings);
  Verification found{none, none, none, asked.key, false};
  Verdict verdict;
  if (auto error = check(**file, asked, found, verdict)) return values::failure(ledger_error(path, *error));
  verdict.integrity = found.integrity.take();
  verdict.append_only = found.append_only.take();
  verdict.completeness = found.completeness.take();
  return verdict;
}

}  // namespace waymark::ledger
