#include "engine/ledger/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

#include "engine/values/uri.hpp"

namespace waymark::ledger {
namespace {

// How long one waits for a lock that SQLite itself holds for a moment, while it reads the log again after a crash.
constexpr int kPatienceInMilliseconds = 10'000;

int authorize(void* data, int action, char const* first, char const* second, char const*, char const*) {
  auto const& allowed = *static_cast<SqliteFile::Allowed const*>(data);
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_TRANSACTION: return SQLITE_OK;
    case SQLITE_INSERT: {
      auto const& tables = allowed.insert_into;
      return std::find(tables.begin(), tables.end(), first) != tables.end() ? SQLITE_OK : SQLITE_DENY;
    }
    case SQLITE_UPDATE: {
      bool const named = std::any_of(allowed.update.begin(), allowed.update.end(),
                                     [&](auto const& one) { return one.first == first && one.second == second; });
      return named ? SQLITE_OK : SQLITE_DENY;
    }
    default: return SQLITE_DENY;
  }
}

// SQLite's name for a copy is a cast that it makes itself.
sqlite3_destructor_type keep(bool lives_longer) { return lives_longer ? SQLITE_STATIC : SQLITE_TRANSIENT; }

// A reader of a ledger in a folder that it cannot write gets no shared memory. Where there is no log either, nobody
// is writing and the file can be taken as it is.
bool is_frozen(std::string const& path, SqlError const& error) {
  std::error_code ignored;
  auto const log = std::filesystem::file_size(path + "-wal", ignored);
  bool const no_log = ignored || log == 0;
  int const code = error.code & 0xFF;
  return no_log && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && std::filesystem::exists(path, ignored);
}

}  // namespace

bool SqlError::of_the_world() const {
  if (code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS) return false;
  switch (code & 0xFF) {
    case SQLITE_PERM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
    case SQLITE_TOOBIG:
    case SQLITE_NOTADB:
    case SQLITE_AUTH: return true;
    default: return false;
  }
}

SqlError SqlError::damage(std::string what) { return {SQLITE_CORRUPT, std::move(what)}; }

Query::Query(Query&& other) noexcept
    : file_(other.file_), sql_(other.sql_), statement_(std::exchange(other.statement_, nullptr)) {}

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  file_->idle_.emplace_back(sql_, statement_);
}

SqlResult<bool> Query::next() {
  int const code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return values::failure(file_->error(code));
}

bool Query::is_whole(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }
bool Query::is_text(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_TEXT; }
bool Query::is_bytes(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_BLOB; }
std::int64_t Query::whole(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::raw(int column) const {
  auto const* const bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

SqliteFile::SqliteFile(std::string path, sqlite3* connection) : path_(std::move(path)), connection_(connection) {}

SqliteFile::~SqliteFile() {
  for (auto const& [sql, statement] : idle_) sqlite3_finalize(statement);
  sqlite3_close_v2(connection_);
}

SqlResult<std::unique_ptr<SqliteFile>> SqliteFile::open(std::string const& path, std::string const& name, int flags) {
  sqlite3* connection = nullptr;
  int const code = sqlite3_open_v2(name.c_str(), &connection, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  // Also of an opening that failed there may be a connection, which has the message and must be closed.
  std::unique_ptr<SqliteFile> file(new SqliteFile(path, connection));
  if (code != SQLITE_OK) return values::failure(file->error(code));
  sqlite3_busy_timeout(connection, kPatienceInMilliseconds);
  // A damaged or hostile file runs no functions of ours or SQLite's from its schema, and every cell is looked at twice.
  auto trouble = file->script("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;");
  if (trouble) return values::failure(*std::move(trouble));
  return file;
}

SqlResult<std::unique_ptr<SqliteFile>> SqliteFile::read_write(std::string const& path) {
  // A writer is one thread's: locks within the process would guard nothing.
  return open(path, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
}

SqlResult<std::unique_ptr<SqliteFile>> SqliteFile::read_only(std::string const& path) {
  auto const looked_at = [](SqlResult<std::unique_ptr<SqliteFile>> file) -> SqlResult<std::unique_ptr<SqliteFile>> {
    if (!file) return file;
    sqlite3_db_config((*file)->connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    auto trouble = (*file)->script("PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; SELECT 1 FROM sqlite_schema;");
    if (trouble) return values::failure(*std::move(trouble));
    return file;
  };
  auto file = looked_at(open(path, path, SQLITE_OPEN_READONLY));
  if (file || !is_frozen(path, file.error())) return file;
  auto const name = "file://" + values::percent_encoded(path, "/") + "?immutable=1";
  return looked_at(open(path, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI));
}

SqlResult<Query> SqliteFile::prepared(char const* sql) const {
  auto const kept = std::find_if(idle_.begin(), idle_.end(), [&](auto const& one) { return one.first == sql; });
  if (kept != idle_.end()) {
    Query query(*this, sql, kept->second);
    idle_.erase(kept);
    return query;
  }
  sqlite3_stmt* statement = nullptr;
  int const code = sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return values::failure(error(code));
  return Query(*this, sql, statement);
}

std::optional<SqlError> SqliteFile::finish(Query& query) {
  for (;;) {
    auto more = query.next();
    if (!more) return std::move(more.error());
    if (!*more) return std::nullopt;
  }
}

std::optional<SqlError> SqliteFile::bind(Query const& query, int column, std::int64_t value, Lives) const {
  int const code = sqlite3_bind_int64(query.statement_, column, value);
  return code == SQLITE_OK ? std::nullopt : std::optional(error(code));
}

std::optional<SqlError> SqliteFile::bind(Query const& query, int column, std::string_view text, Lives lives) const {
  auto const* const bytes = text.data() == nullptr ? "" : text.data();
  int const code =
      sqlite3_bind_text64(query.statement_, column, bytes, text.size(), keep(lives == Lives::longer), SQLITE_UTF8);
  return code == SQLITE_OK ? std::nullopt : std::optional(error(code));
}

std::optional<SqlError> SqliteFile::bind(Query const& query, int column, Bytes bytes, Lives lives) const {
  // A null pointer would bind NULL.
  auto const* const data = bytes.raw.data() == nullptr ? "" : bytes.raw.data();
  int const code = sqlite3_bind_blob64(query.statement_, column, data, bytes.raw.size(), keep(lives == Lives::longer));
  return code == SQLITE_OK ? std::nullopt : std::optional(error(code));
}

SqlResult<std::int64_t> SqliteFile::whole(char const* sql) const {
  auto row = query(sql);
  if (!row) return values::failure(std::move(row.error()));
  auto more = row->next();
  if (!more) return values::failure(std::move(more.error()));
  return *more ? row->whole(0) : 0;
}

std::optional<SqlError> SqliteFile::script(std::string const& sql) const {
  int const code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? std::nullopt : std::optional(error(code));
}

void SqliteFile::rollback() const {
  if (sqlite3_get_autocommit(connection_) == 0) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void SqliteFile::allow_only(Allowed allowed) {
  allowed_ = std::make_unique<Allowed>(std::move(allowed));
  sqlite3_set_authorizer(connection_, authorize, allowed_.get());
}

void SqliteFile::allow_all() { sqlite3_set_authorizer(connection_, nullptr, nullptr); }

SqlError SqliteFile::error(int code) const {
  // After a failure of memory there is no text but the code's own.
  if (code == SQLITE_NOTADB) return {code, "this is no ledger, and no SQLite database"};
  bool const told = connection_ != nullptr && sqlite3_errcode(connection_) != SQLITE_OK;
  return {code, told ? sqlite3_errmsg(connection_) : sqlite3_errstr(code)};
}

}  // namespace waymark::ledger
