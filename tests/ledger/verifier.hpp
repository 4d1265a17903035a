// Runs verify.py, as an auditor does, on packs in a scratch folder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/ledger/pack.hpp"
#include "tests/ledger/sample.hpp"

namespace waymark::ledger_test {

/// A folder of packs that goes with the test.
class PackFolder {
 public:
  std::string path(std::string const& name) const { return scratch_.file(name); }
  void write(std::string const& name, std::string const& bytes) const;
  void write_pack(std::string const& name, std::vector<ledger::PackFile> const& files) const;

 private:
  ledger::sample::Scratch scratch_{"packs"};
};

struct Verified {
  int code = -1;
  std::string out;                    ///< with what it wrote on standard error
  std::map<std::string, bool> holds;  ///< by the pack's name

  bool has(std::string const& words) const { return out.find(words) != std::string::npos; }
};

/// One run of the project's verify.py over packs in the folder, by name.
Verified verify(PackFolder const& folder, std::vector<std::string> const& packs,
                std::vector<std::string> const& options = {});

}  // namespace waymark::ledger_test
