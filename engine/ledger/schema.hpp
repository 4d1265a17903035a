// The tables of a ledger, what guards them, and how a ledger is known as one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/sqlite.hpp"

namespace waymark::ledger {

inline constexpr std::int64_t kApplicationId = 0x574D4C31;  ///< `WML1`
inline constexpr std::int64_t kFormat = 1;

/// One object of the schema: its name, and the statement that makes it, which SQLite keeps as it is written.
struct SchemaObject {
  std::string type, name, sql;
  friend auto operator<=>(SchemaObject const&, SchemaObject const&) = default;
};
/// Everything that a ledger of this format has, tables before what hangs on them.
std::vector<SchemaObject> const& schema();
/// Whether it has type and name of one of those that make the search table, which may be dropped.
bool is_of_search(SchemaObject const& object);

/// An object that a file lacks, or has and should not.
struct WrongInSchema {
  SchemaObject object;
  bool missing = false;
  std::string words() const;  ///< `the trigger `blob_kept_DELETE` is missing or made otherwise`
};

/// Whether nothing is read of a ledger that has it: a table that is another one, or a view, which may have no end. A
/// search table that was dropped can be made anew and bars nothing.
bool bars_reading(WrongInSchema const& wrong);
SqlResult<std::vector<WrongInSchema>> wrong_in_schema(SqliteFile const& file);

std::string make_schema_sql();
std::string make_search_sql();
/// What a writer may write once the tables are there.
SqliteFile::Allowed allowed_to_writers();

enum class FileState { empty, ledger };
/// Whether the file is a ledger of this format, or empty, as a creation that was cut leaves it. An error for everything
/// else.
LedgerResult<FileState> state_of(SqliteFile const& file);

/// An absolute path without links, by which every process finds the same lock.
std::string real_path(std::string const& path);
LedgerError ledger_error(SqliteFile const& file, SqlError const& error);
LedgerError ledger_error(std::string const& path, SqlError const& error);
LedgerError broken(std::string const& path, std::string const& what);

}  // namespace waymark::ledger
