// Commands of a page, run by the shell.
#include "tests/docs/shell.hpp"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace waymark::docs_test {

namespace fs = std::filesystem;

namespace {

std::string quoted(fs::path const& path) { return "'" + path.string() + "'"; }

}  // namespace

Scratch::Scratch(fs::path const& root, fs::path const& binary) {
  auto name = (fs::temp_directory_path() / "waymark-docs-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder can be made");
  path_ = fs::path(name) / "project";
  programs_ = fs::path(name) / "programs";
  fs::create_directory(path_);
  fs::create_directory(programs_);
  fs::create_symlink(binary, programs_ / "waymark");
  for (char const* const part : {"rules", "fixtures", "docs", "tests"}) {
    fs::create_directory_symlink(root / part, path_ / part);
  }
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_.parent_path(), ignored);
}

Ran Scratch::run(fs::path const& folder, std::string const& command) const {
  auto const line =
      "cd " + quoted(folder) + " && PATH=" + quoted(programs_) + ":$PATH && { " + command + "\n} 2>&1 </dev/null";
  std::FILE* const pipe = popen(line.c_str(), "r");  // NOLINT(cert-env33-c)
  if (pipe == nullptr) throw std::runtime_error("no shell can be started");
  Ran ran;
  std::array<char, 4096> bytes{};
  while (auto const count = std::fread(bytes.data(), 1, bytes.size(), pipe)) ran.output.append(bytes.data(), count);
  auto const status = pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

}  // namespace waymark::docs_test
