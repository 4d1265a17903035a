// The examples of the shipped policies guard them: every condition and threshold is covered, and no number and no item
// can be changed without an example that fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/check/lines.hpp"
#include "tests/commands/program_run.hpp"

namespace waymark::rules_test {
namespace {

namespace fs = std::filesystem;
using check_test::joined;
using check_test::lines_of;
using commands_test::contents;
using commands_test::run_program;
using commands_test::Scratch;

std::string const kRules = std::string(WAYMARK_ROOT) + "/rules";

// Paths from the folder of the rules.
std::vector<std::string> policies() {
  std::vector<std::string> out;
  for (auto const& entry : fs::recursive_directory_iterator(kRules)) {
    if (entry.path().extension() == ".policy") out.push_back(fs::relative(entry.path(), kRules).string());
  }
  return out;
}

TEST(rules, examples_cover_every_condition_and_threshold) {
  auto const ran = run_program({"test", kRules, "--coverage"});
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, testing::HasSubstr("new-jersey/pathways.policy: coverage: 100 percent: "));
}

// A text that differs from a policy in one place.
struct Change {
  std::string what;
  std::string text;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Each number of a row `from DATE…: VALUE` times ten. Nothing is ten times nothing.
std::vector<Change> tenfold(std::vector<std::string> const& lines) {
  std::vector<Change> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto const& line = lines[i];
    auto const colon = line.find(": ");
    if (!line.starts_with("  from ") || colon == std::string::npos) continue;
    auto const end_of_value = line.find('[');
    for (auto at = colon; at < line.size() && at < end_of_value; ++at) {
      if (!is_digit(line[at])) continue;
      auto end = at;
      while (end < line.size() && (is_digit(line[end]) || line[end] == ',' || line[end] == '.')) ++end;
      std::string number = line.substr(at, end - at);
      std::erase(number, ',');
      if (auto const point = number.find('.'); point == std::string::npos) {
        number += '0';
      } else {
        number.erase(point, 1);
        if (point + 1 < number.size()) number.insert(point + 1, ".");
      }
      if (number.find_first_not_of("0.") != std::string::npos) {
        auto changed = lines;
        changed[i] = line.substr(0, at) + number + line.substr(end);
        out.push_back({changed[i] + " instead of" + line, joined(changed)});
      }
      at = end;
    }
  }
  return out;
}

std::size_t dashes(std::string_view line) {
  auto const begin = line.find_first_not_of(' ');
  if (begin == std::string_view::npos) return 0;
  auto const end = line.find_first_not_of('-', begin);
  return end != std::string_view::npos && line[end] == ' ' ? end - begin : 0;
}

std::size_t indent(std::string_view line) { return line.find_first_not_of(' '); }

// The line after an item: past what continues it, and past the items below it.
std::size_t end_of_item(std::vector<std::string> const& lines, std::size_t begin) {
  auto at = begin + 1;
  while (at < lines.size() && !lines[at].empty() &&
         (dashes(lines[at]) > dashes(lines[begin]) ||
          (dashes(lines[at]) == 0 && indent(lines[at]) > indent(lines[begin])))) {
    ++at;
  }
  return at;
}

// Each item of a list of conditions, and each entry of a Group, left out.
std::vector<Change> shorter(std::vector<std::string> const& lines) {
  std::vector<Change> out;
  bool in_group = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].empty() && lines[i][0] != ' ') in_group = lines[i].starts_with("Group:");
    bool const is_entry = in_group && lines[i].starts_with("  ");
    if (dashes(lines[i]) == 0 && !is_entry) continue;
    auto changed = lines;
    auto const begin = changed.begin() + static_cast<std::ptrdiff_t>(i);
    changed.erase(begin, begin + static_cast<std::ptrdiff_t>(end_of_item(lines, i) - i));
    out.push_back({"without " + lines[i], joined(changed)});
  }
  return out;
}

// Whether some example fails, or nothing can be decided any more.
bool is_noticed(std::string const& folder, std::string const& policy) {
  return run_program({"test", policy, "--workspace", folder}).code != 0;
}

class Guarded : public testing::Test {
 protected:
  Guarded() : folder_(scratch_.path("rules")) { fs::copy(kRules, folder_, fs::copy_options::recursive); }

  template <class Changes>
  std::size_t all_are_noticed(Changes const& changes_of) {
    std::size_t tried = 0;
    for (auto const& policy : policies()) {
      auto const there = fs::path(folder_) / policy;
      auto const written = contents(there);
      EXPECT_FALSE(is_noticed(folder_, there.string())) << policy;
      for (auto const& change : changes_of(lines_of(written))) {
        scratch_.write("rules/" + policy, change.text);
        EXPECT_TRUE(is_noticed(folder_, there.string())) << policy << ": " << change.what;
        ++tried;
      }
      scratch_.write("rules/" + policy, written);
    }
    return tried;
  }

  Scratch scratch_;
  std::string folder_;
};

TEST_F(Guarded, against_a_threshold_ten_times_as_high) { EXPECT_GE(all_are_noticed(tenfold), 8U); }

TEST_F(Guarded, against_an_item_that_is_left_out) { EXPECT_GE(all_are_noticed(shorter), 60U); }

TEST(Changes, are_made_where_they_are_meant) {
  auto const rows = tenfold({"  from 2024-07-01: 1,000.5 students  [Act 7]", "  from 2024-07-01: 0 percent"});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front().text, "  from 2024-07-01: 10005 students  [Act 7]\n  from 2024-07-01: 0 percent\n");
  auto const items =
      shorter({"  Met when any of:", "    - a is yes", "    - all of:", "      -- b is", "         yes"});
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[1].text, "  Met when any of:\n    - a is yes\n");
  EXPECT_EQ(items[2].text, "  Met when any of:\n    - a is yes\n    - all of:\n");
}

}  // namespace
}  // namespace waymark::rules_test
