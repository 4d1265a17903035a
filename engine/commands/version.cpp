// Asks every library for its version. The only file that includes headers for no other reason.
#include "engine/commands/version.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <toml++/impl/version.h>

#include <boost/version.hpp>

#define WAYMARK_QUOTED_ONCE(text) #text
#define WAYMARK_QUOTED(text) WAYMARK_QUOTED_ONCE(text)

namespace waymark::commands {

std::string program_version() { return WAYMARK_VERSION; }

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::vector<Library> libraries() {
  return {
      {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
      {"toml++", fmt::format("{}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH)},
      {"simdjson", WAYMARK_QUOTED(SIMDJSON_VERSION)},
      {"SQLite", sqlite3_libversion()},
      {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
      {"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
  };
}

std::string version_text() {
  std::string text = fmt::format("waymark {}\nsemantics {}\n", program_version(), kSemantics);
  for (Library const& library : libraries()) text += fmt::format("{} {}\n", library.name, library.version);
  return text + fmt::format("compiled by {}\n", compiler());
}

}  // namespace waymark::commands
