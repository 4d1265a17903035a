// What the tests against published files share: where these are, and how they are read.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/commands/program_run.hpp"

namespace waymark::real_test {

namespace fs = std::filesystem;
using commands_test::contents;
using commands_test::run_program;

inline std::string const kRoot = WAYMARK_ROOT;

inline std::string data_folder() {
  auto const* named = std::getenv("WAYMARK_REAL_DATA");
  return named != nullptr && *named != '\0' ? named : kRoot + "/../shared/data";
}

#define NEEDS_REAL_DATA() \
  if (!fs::exists(data_folder())) GTEST_SKIP() << "no published files at " << data_folder()

inline std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    out.push_back(line);
  }
  return out;
}

}  // namespace waymark::real_test
