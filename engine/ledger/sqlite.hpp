// SQLite, as far as the ledger needs it: a connection, statements with typed arguments, errors as values. Nobody else
// includes <sqlite3.h>.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/values/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace waymark::ledger {

struct SqlError {
  int code = 0;  ///< SQLite's extended result code
  std::string message;

  /// The machine's doing: the disk, memory, rights, another process, a limit of SQLite's, a file that is no database
  /// at all. Anything else is the content of the file.
  bool of_the_world() const;
  /// Content that SQLite reads and that cannot be.
  static SqlError damage(std::string what);
};
template <class T>
using SqlResult = values::Result<T, SqlError>;

/// An argument that is bound as a BLOB; a text is bound as TEXT.
struct Bytes {
  std::string_view raw;
};

class SqliteFile;

/// A statement at work. It must go before its connection does.
class Query {
 public:
  Query(Query&& other) noexcept;
  Query(Query const&) = delete;
  Query& operator=(Query const&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  /// Goes to the next row; false at the end.
  SqlResult<bool> next();
  bool is_whole(int column) const;
  bool is_text(int column) const;
  bool is_bytes(int column) const;
  std::int64_t whole(int column) const;
  /// Of a TEXT or a BLOB, as it is stored; valid until `next`.
  std::string_view raw(int column) const;

 private:
  friend class SqliteFile;
  Query(SqliteFile const& file, char const* sql, sqlite3_stmt* statement)
      : file_(&file), sql_(sql), statement_(statement) {}
  SqliteFile const* file_;
  char const* sql_;
  sqlite3_stmt* statement_;
};

/// A connection to one database. Statements are kept and used again; `sql` must be a literal.
class SqliteFile {
 public:
  /// `path` is absolute. Never writes, never checkpoints; opens a file in a folder that cannot be written, too.
  static SqlResult<std::unique_ptr<SqliteFile>> read_only(std::string const& path);
  /// Makes the file where there is none.
  static SqlResult<std::unique_ptr<SqliteFile>> read_write(std::string const& path);
  SqliteFile(SqliteFile const&) = delete;
  SqliteFile& operator=(SqliteFile const&) = delete;
  ~SqliteFile();

  std::string const& path() const { return path_; }

  template <class... Args>
  SqlResult<Query> query(char const* sql, Args const&... args) const {
    return bound(sql, Lives::as_copy, args...);
  }
  /// Runs it to its end, rows or none.
  template <class... Args>
  std::optional<SqlError> run(char const* sql, Args const&... args) const {
    auto begun = bound(sql, Lives::longer, args...);
    if (!begun) return std::move(begun.error());
    return finish(*begun);
  }
  /// The first column of the only row.
  SqlResult<std::int64_t> whole(char const* sql) const;
  /// Several statements, one after the other.
  std::optional<SqlError> script(std::string const& sql) const;
  /// Ends a transaction, if one is open. SQLite has ended it by itself after some errors.
  void rollback() const;

  /// What may be written from now on; the rest is denied when a statement is prepared.
  struct Allowed {
    std::vector<std::string> insert_into;
    std::vector<std::pair<std::string, std::string>> update;  ///< table, column
  };
  void allow_only(Allowed allowed);
  void allow_all();

 private:
  friend class Query;
  SqliteFile(std::string path, sqlite3* connection);
  static SqlResult<std::unique_ptr<SqliteFile>> open(std::string const& path, std::string const& name, int flags);

  /// Whether the bytes of an argument live longer than the statement that they are bound to, or it needs a copy.
  enum class Lives : std::uint8_t { as_copy, longer };
  template <class... Args>
  SqlResult<Query> bound(char const* sql, [[maybe_unused]] Lives lives, Args const&... args) const {
    auto query = prepared(sql);
    if (!query) return query;
    int column = 0;
    std::optional<SqlError> error;
    ((error = error ? std::move(error) : bind(*query, ++column, args, lives)), ...);
    if (error) return values::failure(*std::move(error));
    return query;
  }
  SqlResult<Query> prepared(char const* sql) const;
  static std::optional<SqlError> finish(Query& query);
  std::optional<SqlError> bind(Query const& query, int column, std::int64_t value, Lives) const;
  std::optional<SqlError> bind(Query const& query, int column, std::uint64_t value, Lives lives) const {
    return bind(query, column, static_cast<std::int64_t>(value), lives);
  }
  std::optional<SqlError> bind(Query const& query, int column, std::string_view text, Lives lives) const;
  std::optional<SqlError> bind(Query const& query, int column, Bytes bytes, Lives lives) const;
  SqlError error(int code) const;

  std::string path_;
  sqlite3* connection_;
  std::unique_ptr<Allowed> allowed_;
  mutable std::vector<std::pair<char const*, sqlite3_stmt*>> idle_;
};

}  // namespace waymark::ledger
