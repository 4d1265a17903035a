#include "engine/ledger/verify.hpp"

#include <fmt/format.h>

#include <set>

#include "engine/ledger/schema.hpp"
#include "engine/ledger/verify_entries.hpp"

namespace waymark::ledger {
namespace {

SqlResult<std::set<SchemaObject>> stored_schema(SqliteFile const& file) {
  // What SQLite makes by itself (the index of a key) has no statement of its own.
  auto rows = file.query("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
  if (!rows) return values::failure(std::move(rows.error()));
  std::set<SchemaObject> out;
  for (;;) {
    auto more = rows->next();
    if (!more) return values::failure(std::move(more.error()));
    if (!*more) return out;
    out.insert({std::string(rows->raw(0)), std::string(rows->raw(1)), std::string(rows->raw(2))});
  }
}

// A table that is made otherwise need not keep what it is given, and a guard that is gone was taken away by somebody.
// False: there is no search table.
SqlResult<bool> check_schema(SqliteFile const& file, Verification& found) {
  auto const stored = stored_schema(file);
  if (!stored && stored.error().of_the_world()) return values::failure(stored.error());
  if (!stored) {
    found.integrity.add(std::nullopt, "the file is damaged where it says what it holds: " + stored.error().message);
    return true;
  }
  bool searchable = true;
  for (auto const& object : schema()) {
    if (stored->count(object) != 0) continue;
    auto& verdict = is_of_search(object) ? found.completeness : found.integrity;
    verdict.add(std::nullopt, fmt::format("the {} `{}` is missing or made otherwise", object.type, object.name));
    if (is_of_search(object) && object.type == "table") searchable = false;
  }
  auto const& known = schema();
  for (auto const& object : *stored) {
    if (std::find(known.begin(), known.end(), object) != known.end()) continue;
    found.integrity.add(std::nullopt, fmt::format("the {} `{}` is none of a ledger's", object.type, object.name));
  }
  return searchable;
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
  auto const searchable = check_schema(file, found);
  if (!searchable) return searchable.error();
  TreeCheck tree(file, found, size_of(asked.anchor));
  BlobCheck blobs;
  EntryCheck entries(file, found, tree, blobs, asked.key.has_value());
  if (auto error = entries.check(*searchable)) return error;
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
