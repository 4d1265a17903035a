#include "engine/ledger/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

namespace waymark::ledger {
namespace {

// SQLite's own triggers are guard rails against mistakes; what proves is the tree.
constexpr char const* kAppendOnly = R"(CREATE TRIGGER {0}_kept_{1} BEFORE {1} ON {0}
BEGIN SELECT RAISE(ABORT, 'what the ledger holds is never changed'); END)";

// Written out: for `kind IN (…)` SQLite fills a table of its own at each insertion, a tenth of what recording costs.
std::string one_of_the_kinds() {
  std::string out;
  for (auto const kind : kKinds) out += fmt::format("{}kind = '{}'", out.empty() ? "" : " OR ", kind);
  return out;
}

std::vector<SchemaObject> tables() {
  return {
      {"table", "entry",
       fmt::format(R"(CREATE TABLE entry(
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK ({}),
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT)",
                   one_of_the_kinds())},
      {"table", "blob", R"(CREATE TABLE blob(
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL
) STRICT)"},
      {"table", "tile", R"(CREATE TABLE tile(
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
  PRIMARY KEY (level, position)
) STRICT)"},
      {"table", "checkpoint", R"(CREATE TABLE checkpoint(
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT)"},
      {"index", "entry_by_kind", "CREATE INDEX entry_by_kind ON entry(kind) WHERE kind <> 'decision'"},
  };
}

std::vector<SchemaObject> search() {
  return {
      {"table", "decided", R"(CREATE TABLE decided(
  seq INTEGER PRIMARY KEY,
  submission TEXT NOT NULL,
  subject TEXT NOT NULL,
  same INTEGER NOT NULL
) STRICT)"},
      {"index", "decided_by_submission", "CREATE INDEX decided_by_submission ON decided(submission)"},
      {"index", "decided_by_subject", "CREATE INDEX decided_by_subject ON decided(subject)"},
      {"index", "decided_by_same", "CREATE INDEX decided_by_same ON decided(same)"},
  };
}

std::vector<SchemaObject> guards() {
  std::vector<SchemaObject> out = {
      {"trigger", "entry_last", R"(CREATE TRIGGER entry_last BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), -1) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'an entry is only added as the last one'); END)"},
      {"trigger", "tile_last", R"(CREATE TRIGGER tile_last BEFORE INSERT ON tile
WHEN NEW.position IS NOT (SELECT ifnull(max(position), -1) + 1 FROM tile WHERE level = NEW.level)
BEGIN SELECT RAISE(ABORT, 'a tile is only added as the last one of its level'); END)"},
      {"trigger", "tile_grows", R"(CREATE TRIGGER tile_grows BEFORE UPDATE ON tile
WHEN NEW.level IS NOT OLD.level OR NEW.position IS NOT OLD.position
  OR length(NEW.hashes) <= length(OLD.hashes)
  OR substr(NEW.hashes, 1, length(OLD.hashes)) IS NOT OLD.hashes
BEGIN SELECT RAISE(ABORT, 'a tile only grows'); END)"},
      {"trigger", "checkpoint_last", R"(CREATE TRIGGER checkpoint_last BEFORE INSERT ON checkpoint
WHEN NEW.size IS NOT (SELECT max(seq) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'a checkpoint is over all entries'); END)"},
  };
  auto const keep = [&](std::string const& table, std::string const& from) {
    out.push_back(
        {"trigger", fmt::format("{}_kept_{}", table, from), fmt::format(fmt::runtime(kAppendOnly), table, from)});
  };
  for (auto const* table : {"entry", "blob", "checkpoint"}) {
    keep(table, "UPDATE");
    keep(table, "DELETE");
  }
  keep("tile", "DELETE");
  return out;
}

std::string as_script(std::vector<SchemaObject> const& objects) {
  std::string out;
  for (auto const& object : objects) out += object.sql + ";\n";
  return out;
}

}  // namespace

std::vector<SchemaObject> const& schema() {
  static std::vector<SchemaObject> const all = [] {
    auto out = tables();
    for (auto const& more : {search(), guards()}) out.insert(out.end(), more.begin(), more.end());
    return out;
  }();
  return all;
}

bool is_of_search(SchemaObject const& object) {
  auto const own = search();
  return std::any_of(own.begin(), own.end(),
                     [&](auto const& one) { return one.type == object.type && one.name == object.name; });
}

bool bars_reading(WrongInSchema const& wrong) {
  bool const holds_rows = wrong.object.type == "table" || wrong.object.type == "view";
  return holds_rows && !(wrong.missing && is_of_search(wrong.object));
}

std::string WrongInSchema::words() const {
  return fmt::format("the {} `{}` is {}", object.type, object.name,
                     missing ? "missing or made otherwise" : "none of a ledger's");
}

SqlResult<std::vector<WrongInSchema>> wrong_in_schema(SqliteFile const& file) {
  // What SQLite makes by itself (the index of a key) has no statement of its own.
  auto rows = file.query("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
  if (!rows) return values::failure(std::move(rows.error()));
  std::set<SchemaObject> stored;
  for (;;) {
    auto more = rows->next();
    if (!more) return values::failure(std::move(more.error()));
    if (!*more) break;
    stored.insert({std::string(rows->raw(0)), std::string(rows->raw(1)), std::string(rows->raw(2))});
  }
  std::vector<WrongInSchema> out;
  for (auto const& object : schema()) {
    if (stored.erase(object) == 0) out.push_back({object, true});
  }
  for (auto const& object : stored) out.push_back({object, false});
  return out;
}

std::string make_schema_sql() {
  return as_script(schema()) +
         fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", kApplicationId, kFormat);
}

std::string make_search_sql() { return "DROP TABLE IF EXISTS decided;\n" + as_script(search()); }

SqliteFile::Allowed allowed_to_writers() {
  return {{"entry", "blob", "tile", "checkpoint", "decided"}, {{"tile", "hashes"}}};
}

LedgerResult<FileState> state_of(SqliteFile const& file) {
  std::int64_t found[3] = {};
  char const* const asked[] = {"PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema"};
  for (std::size_t i = 0; i < std::size(asked); ++i) {
    auto const value = file.whole(asked[i]);
    if (!value) return values::failure(ledger_error(file, value.error()));
    found[i] = *value;
  }
  if (found[0] == 0 && found[1] == 0 && found[2] == 0) return FileState::empty;
  if (found[0] != kApplicationId) {
    return values::failure(LedgerError{LedgerError::Kind::world, fmt::format("{} is not a ledger", file.path())});
  }
  if (found[1] > kFormat) {
    return values::failure(LedgerError{LedgerError::Kind::world,
                                       fmt::format("{} is a ledger of format {}; this program reads formats up to {}",
                                                   file.path(), found[1], kFormat)});
  }
  if (found[1] < 1) return values::failure(broken(file.path(), "its format number is changed"));
  return FileState::ledger;
}

std::string real_path(std::string const& path) {
  std::error_code failed;
  auto const absolute = std::filesystem::absolute(path, failed);
  if (failed) return path;
  auto const real = std::filesystem::weakly_canonical(absolute, failed);
  return failed ? absolute.string() : real.string();
}

LedgerError ledger_error(std::string const& path, SqlError const& error) {
  if (!error.of_the_world()) return broken(path, error.message);
  return {LedgerError::Kind::world, fmt::format("the ledger {}: {}", path, error.message)};
}

LedgerError ledger_error(SqliteFile const& file, SqlError const& error) { return ledger_error(file.path(), error); }

LedgerError broken(std::string const& path, std::string const& what) {
  return {LedgerError::Kind::integrity, fmt::format("the ledger {} is not as it was recorded: {}", path, what)};
}

}  // namespace waymark::ledger
