// Printing what was read and reading it again is the same program; printing twice is printing once.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "made_policy.hpp"
#include "reading.hpp"

namespace waymark::grammar {
namespace {

namespace fs = std::filesystem;

void expect_same_again(std::string const& text, FileKind kind, std::string const& name) {
  Reading const first(text, kind, name);
  ASSERT_EQ(first.messages(), "") << text;
  auto const printed = print(first.parsed.file);
  Reading const second(printed, kind, name + " printed");
  EXPECT_EQ(second.messages(), "") << printed;
  EXPECT_EQ(dump(second.parsed.file), dump(first.parsed.file)) << printed;
  EXPECT_EQ(print(second.parsed.file), printed);
}

void expect_same_in(fs::path const& folder) {
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    auto const& path = entry.path();
    if (path.extension() != ".policy" && path.extension() != ".vocabulary") continue;
    auto const text = file_text(path);
    auto const policy = text.find("\nPolicy:");
    bool const both = policy != std::string::npos && kind_of(path) == FileKind::policy &&
                      (text.starts_with("Vocabulary:") || text.starts_with("Record:"));
    if (both) {
      expect_same_again(text.substr(0, policy + 1), FileKind::vocabulary, path.string());
      expect_same_again(text.substr(policy + 1), FileKind::policy, path.string());
    } else if (Reading(text, kind_of(path)).parsed.diagnostics.empty()) {
      expect_same_again(text, kind_of(path), path.string());
    }
  }
}

TEST(Print, Drafts) { expect_same_in(root() / ".." / "shared" / "design" / "drafts"); }
TEST(Print, Rules) { expect_same_in(root() / "rules"); }
TEST(Print, Fixtures) { expect_same_in(root() / "fixtures"); }

TEST(Print, TheLayout) {
  char const* const text =
      "criterion: Labor  Market demand [Example Code 1-2(a)]\n"
      "met when: any of:\n"
      "\xE2\x80\xA2 regional openings is at least required openings\n"
      "\xE2\x80\xA2 all of:\n"
      "\xE2\x80\x93 regional growth is more than 0%   [Board action 2026-03-12]\n"
      "to fix: show {required openings} in the region, or letters from employers, or a plan that says by when the "
      "region "
      "will have them.\n";
  char const* const expected =
      "Criterion: Labor Market demand                                              [Example Code 1-2(a)]\n"
      "  Met when any of:\n"
      "    - regional openings is at least required openings\n"
      "    - all of:\n"
      "      -- regional growth is more than 0 percent                             [Board action 2026-03-12]\n"
      "  To fix: show {required openings} in the region, or letters from employers,\n"
      "      or a plan that says by when the region will have them.\n";
  Reading const reading(text);
  EXPECT_EQ(reading.messages(), "");
  EXPECT_EQ(print(reading.parsed.file), expected);
}

TEST(Print, LongTextIsNeverCutWhereALineWouldBegin) {
  std::string text = "Decision: d\n  To fix:";
  for (int i = 0; i < 40; ++i) text += " words that end otherwise \xE2\x80\x93 Condition: - from";
  expect_same_again(text + "\n  Deny otherwise\n", FileKind::policy, "long");
}

RC_GTEST_PROP(Print, MadePolicies, ()) {
  auto const text = *made_policy();
  Reading const first(text);
  RC_ASSERT(first.messages() == "");
  auto const printed = print(first.parsed.file);
  Reading const second(printed);
  RC_ASSERT(second.messages() == "");
  RC_ASSERT(dump(second.parsed.file) == dump(first.parsed.file));
  RC_ASSERT(print(second.parsed.file) == printed);
}

RC_GTEST_PROP(Print, DamagedPoliciesAreReadToTheirEnd, ()) {
  auto text = *made_policy();
  auto const cut = *rc::gen::inRange<std::size_t>(0, text.size());
  auto const length = *rc::gen::inRange<std::size_t>(0, 12);
  text.erase(cut, length);
  Reading const reading(text);
  for (auto const& diagnostic : reading.parsed.diagnostics) {
    RC_ASSERT(diagnostic.primary.span.end <= text.size());
    RC_ASSERT(!diagnostic.message.empty());
  }
  auto const faulty = [](Block const& block) { return block.faulty; };
  auto const& blocks = reading.parsed.file.blocks;
  if (reading.parsed.diagnostics.empty()) RC_ASSERT(std::none_of(blocks.begin(), blocks.end(), faulty));
}

}  // namespace
}  // namespace waymark::grammar
