// What a person with the sqlite3 shell does to a ledger.
#pragma once

#include <sqlite3.h>

#include <string>

namespace waymark::ledger {

/// Runs the statements; the values of all rows, by `|`. An error is answered as `failed: …`.
inline std::string shell(std::string const& path, std::string const& sql) {
  sqlite3* connection = nullptr;
  std::string out;
  char* message = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  auto const collect = [](void* text, int columns, char** values, char**) {
    auto& all = *static_cast<std::string*>(text);
    for (int i = 0; i < columns; ++i) all += (all.empty() ? "" : "|") + std::string(values[i] ? values[i] : "NULL");
    return 0;
  };
  if (code == SQLITE_OK) code = sqlite3_exec(connection, sql.c_str(), collect, &out, &message);
  if (code != SQLITE_OK) out = "failed: " + std::string(message != nullptr ? message : sqlite3_errmsg(connection));
  sqlite3_free(message);
  sqlite3_close(connection);
  return out;
}

}  // namespace waymark::ledger
