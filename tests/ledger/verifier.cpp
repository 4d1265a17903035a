#include "tests/ledger/verifier.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace waymark::ledger_test {
namespace {

namespace fs = std::filesystem;

std::string quoted(std::string const& word) {
  std::string out = "'";
  for (auto const c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string contents(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// `HOLDS  FOLDER: …` or `DOES NOT HOLD  FOLDER: …`
std::map<std::string, bool> verdicts(std::string const& out) {
  std::map<std::string, bool> found;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    auto const holds = line.starts_with("HOLDS ");
    if (!holds && !line.starts_with("DOES NOT HOLD ")) continue;
    auto const path = line.substr(line.find('/'), line.find(": ") - line.find('/'));
    found[fs::path(path).filename().string()] = holds;
  }
  return found;
}

}  // namespace

void PackFolder::write(std::string const& name, std::string const& bytes) const {
  fs::path const path = scratch_.file(name);
  std::ofstream file(path, std::ios::binary);
  if (!file) {
    fs::create_directories(path.parent_path());
    file.open(path, std::ios::binary);
  }
  file << bytes;
}

void PackFolder::write_pack(std::string const& name, std::vector<ledger::PackFile> const& files) const {
  for (auto const& file : files) write(name + "/" + file.path, file.bytes);
}

Verified verify(PackFolder const& folder, std::vector<std::string> const& packs,
                std::vector<std::string> const& options) {
  // -I: alone with the standard library; -B: leaves nothing behind in the sources.
  auto command = "python3 -I -B " + quoted(std::string(WAYMARK_ROOT) + "/engine/ledger/pack/verify.py");
  for (auto const& option : options) command += " " + quoted(option);
  for (auto const& pack : packs) command += " " + quoted(folder.path(pack));
  auto const out = folder.path("verify.out");
  auto const status = std::system((command + " >" + quoted(out) + " 2>&1 </dev/null").c_str());
  Verified verified;
  verified.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  verified.out = contents(out);
  verified.holds = verdicts(verified.out);
  return verified;
}

}  // namespace waymark::ledger_test
