// Runs the built program as a user does: arguments in; exit code, standard output and standard error out.
#pragma once

#include <string>
#include <vector>

namespace waymark::commands_test {

struct Ran {
  int code;
  std::string out;
  std::string err;
};

// Started in `folder` (the tests' current folder if empty), with `input` on standard input.
Ran run_program(std::vector<std::string> const& arguments, std::string const& folder = "",
                std::string const& input = "");

}  // namespace waymark::commands_test
