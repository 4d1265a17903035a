// Each message about released tables, from files that trigger it: fixtures/diagnostics/W7…/expected.txt holds the
// words. WAYMARK_UPDATE=1 writes them anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/check/check.hpp"
#include "sample.hpp"

namespace waymark::evidence {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string text_of(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path root() { return WAYMARK_ROOT; }

vocabulary::Vocabulary labor_market() {
  grammar::Sources sources;
  auto const path = root() / "fixtures" / "evidence" / "labor-market.vocabulary";
  auto const parsed = grammar::parse(sources, sources.add(path.string(), text_of(path)), grammar::FileKind::vocabulary);
  auto checked = check::check_vocabularies(sources, {&parsed.file});
  for (auto const& one : parsed.diagnostics) ADD_FAILURE() << grammar::render(one, sources);
  for (auto const& one : checked.diagnostics) ADD_FAILURE() << grammar::render(one, sources);
  return std::move(checked.vocabulary);
}

// What the program says when it reads the manifest of a folder and what it names.
std::string said_of(fs::path const& folder, vocabulary::Vocabulary const& vocabulary) {
  auto const files = [&](std::string const& name) -> values::Result<std::string, values::WorldError> {
    if (!fs::exists(folder / name)) return values::failure(values::WorldError{name + " is not there"});
    return text_of(folder / name);
  };
  auto const manifest = read_manifest("evidence.toml", text_of(folder / "evidence.toml"), nullptr);
  auto all = manifest.diagnostics;
  if (all.empty()) {
    auto const read = sample::read(vocabulary, manifest.manifest, files);
    all.insert(all.end(), read.errors.begin(), read.errors.end());
    all.insert(all.end(), read.evidence.warnings.begin(), read.evidence.warnings.end());
  }
  std::string out;
  for (auto const& one : all) out += grammar::render(one);
  return out;
}

std::vector<grammar::CodeEntry> own_codes() {
  std::vector<grammar::CodeEntry> out;
  for (auto const& entry : grammar::code_entries()) {
    if (entry.id.starts_with("W7")) out.push_back(entry);
  }
  return out;
}

TEST(Messages, EachHasAFixtureThatTriggersItAlone) {
  auto const vocabulary = labor_market();
  for (auto const& entry : own_codes()) {
    std::string name(entry.name);
    std::replace(name.begin(), name.end(), '_', '-');
    auto const folder = root() / "fixtures" / "diagnostics" / (std::string(entry.id) + "-" + name);
    ASSERT_TRUE(fs::exists(folder / "evidence.toml")) << folder;
    auto const said = said_of(folder, vocabulary);
    if (std::getenv("WAYMARK_UPDATE") != nullptr) std::ofstream(folder / "expected.txt", std::ios::binary) << said;
    EXPECT_EQ(said, text_of(folder / "expected.txt")) << folder;
    EXPECT_THAT(said, HasSubstr("[" + std::string(entry.id) + "]"));
    for (auto const& other : own_codes()) {
      bool const is_said = said.find("[" + std::string(other.id) + "]") != std::string::npos;
      EXPECT_EQ(is_said, other.code == entry.code) << folder << " says " << other.id;
    }
  }
}

TEST(Messages, EachHasAPage) {
  for (auto const& entry : own_codes()) {
    auto const page = text_of(root() / "docs" / "diagnostics" / (std::string(entry.id) + ".md"));
    EXPECT_THAT(page, testing::StartsWith("# " + std::string(entry.id) + ": " + std::string(entry.title) + "\n"));
  }
}

}  // namespace
}  // namespace waymark::evidence
