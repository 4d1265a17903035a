// Runs the built program as a user does: arguments in; exit code, standard output and standard error out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace waymark::commands_test {

struct Ran {
  int code;
  std::string out;
  std::string err;
};

// Started in `folder` (the tests' current folder if empty), with `input` on standard input. With `out`, standard output
// goes to that file and not into the answer. `more_environment`: `NAME=value`, before what is there.
Ran run_program(std::vector<std::string> const& arguments, std::string const& folder = "",
                std::string const& input = "", std::string const& out = "",
                std::vector<std::string> const& more_environment = {});

// The same of any program, by its path or found as a shell finds it; `words` begins with it.
Ran run_words(std::vector<std::string> words, std::string const& folder = "", std::string const& input = "",
              std::string const& out = "", std::vector<std::string> const& more_environment = {});

// A folder of its own that is gone when the test is over.
class Scratch {
 public:
  Scratch();
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  ~Scratch();

  std::string path(std::string const& name = "") const;
  // Writes a file, with the folders above it; returns its path.
  std::string write(std::string const& name, std::string const& text) const;
  // A copy of a folder of fixtures, to be changed; returns its path.
  std::string copy(std::string const& fixture) const;

 private:
  std::filesystem::path folder_;
};

std::string contents(std::filesystem::path const& path);
std::filesystem::path fixtures();

}  // namespace waymark::commands_test
