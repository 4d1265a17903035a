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

// Started in `folder` (the tests' current folder if empty), with `input` on standard input. With `out`, standard output
// goes to that file and not into the answer.
Ran run_program(std::vector<std::string> const& arguments, std::string const& folder = "",
                std::string const& input = "", std::string const& out = "");

}  // namespace waymark::commands_test
