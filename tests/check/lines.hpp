// A text as its lines and back, for tests that change one of them.
#pragma once

#include <sstream>
#include <string>
#include <vector>

namespace waymark::check_test {

inline std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

inline std::string joined(std::vector<std::string> const& lines) {
  std::string out;
  for (auto const& line : lines) out += line + "\n";
  return out;
}

}  // namespace waymark::check_test
