// A policy in which something is missing, doubled or exchanged is answered with messages, and never with a crash; a
// line that is gone says so in few of them.
#include <gtest/gtest.h>

#include "tests/check/lines.hpp"
#include "tests/check/reading.hpp"
#include "tests/environment.hpp"

namespace waymark::check {
namespace {

using check_test::joined;
using check_test::lines_of;

// Every message points into a file, and every program that is given rests on no error.
void expect_sound(Reading const& reading) {
  for (auto const& diagnostic : reading.diagnostics) {
    EXPECT_FALSE(grammar::render(diagnostic, reading.sources).empty());
    EXPECT_LE(diagnostic.primary.span.end, reading.sources[diagnostic.primary.span.file].text.size());
  }
  EXPECT_EQ(reading.checked.epochs.empty(), grammar::has_errors(reading.diagnostics));
}

class Damage : public testing::Test {
 protected:
  std::string const vocabulary_ = text_of("tests/check/constructs.vocabulary");
  std::string const policy_ = text_of("tests/check/constructs.policy");
};

TEST_F(Damage, ALineIsMissing) {
  auto const lines = lines_of(policy_);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto some = lines;
    some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
    SCOPED_TRACE(lines[i]);
    expect_sound(*read_policy(vocabulary_, joined(some)));
  }
}

TEST_F(Damage, ALineStandsTwice) {
  auto const lines = lines_of(policy_);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto some = lines;
    some.insert(some.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    SCOPED_TRACE(lines[i]);
    expect_sound(*read_policy(vocabulary_, joined(some)));
  }
}

TEST_F(Damage, AWordIsMissingOrIsAnother) {
  auto const lines = lines_of(policy_);
  std::uint32_t seed = 1;
  std::size_t number = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (auto const* with : {"", " enrollment", " the last decision", " courses", " 3 students", " core", " of"}) {
      seed = seed * 1664525U + 1013904223U;
      if (++number % tests::divisor() != 0) continue;
      auto some = lines;
      auto& line = some[i];
      std::vector<std::size_t> blanks;
      for (std::size_t at = 0; at + 1 < line.size(); ++at) {
        if (line[at] == ' ' && line[at + 1] != ' ') blanks.push_back(at);
      }
      if (blanks.empty()) continue;
      auto const begin = blanks[(seed >> 16U) % blanks.size()];
      auto const end = std::min(line.find(' ', begin + 1), line.size());
      line.replace(begin, end - begin, with);
      SCOPED_TRACE(line);
      expect_sound(*read_policy(vocabulary_, joined(some)));
    }
  }
}

TEST_F(Damage, ALineOfTheVocabularyIsMissing) {
  auto const lines = lines_of(vocabulary_);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto some = lines;
    some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
    SCOPED_TRACE(lines[i]);
    expect_sound(*read_policy(joined(some), policy_));
  }
}

}  // namespace
}  // namespace waymark::check
