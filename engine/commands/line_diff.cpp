// Longest common subsequence of lines, by the textbook's table over what is left between equal ends; where that table
// would be too large, the middle is replaced as a whole.
#include "engine/commands/line_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace waymark::commands {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;
constexpr std::size_t kLargestTable = 4'000'000;

struct Step {
  char sign;  // ' ' in both, '-' only before, '+' only after
  std::string_view line;
};

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    std::size_t const end = text.find('\n');
    std::size_t const length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

void replace_whole(Lines const& before, Lines const& after, std::vector<Step>& steps) {
  for (std::string_view line : before) steps.push_back({'-', line});
  for (std::string_view line : after) steps.push_back({'+', line});
}

void compare_middle(Lines const& before, Lines const& after, std::vector<Step>& steps) {
  std::size_t const n = before.size();
  std::size_t const m = after.size();
  if (n == 0 || m == 0 || n > kLargestTable / m) return replace_whole(before, after, steps);
  std::size_t const width = m + 1;
  std::vector<std::uint32_t> common((n + 1) * width);  // of the tails from (i, j) on
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      common[i * width + j] = before[i] == after[j] ? common[(i + 1) * width + j + 1] + 1
                                                    : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && before[i] == after[j]) {
      steps.push_back({' ', before[i++]});
      ++j;
    } else if (j == m || (i < n && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      steps.push_back({'-', before[i++]});
    } else {
      steps.push_back({'+', after[j++]});
    }
  }
}

std::vector<Step> compare(Lines const& before, Lines const& after) {
  std::size_t const shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  auto const middle = [&](Lines const& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  std::vector<Step> steps;
  for (std::size_t i = 0; i < head; ++i) steps.push_back({' ', before[i]});
  compare_middle(middle(before), middle(after), steps);
  for (std::size_t i = before.size() - tail; i < before.size(); ++i) steps.push_back({' ', before[i]});
  return steps;
}

// `diff -u` names an empty range by the line before it.
std::string range(std::size_t first, std::size_t count) {
  return count == 1 ? fmt::format("{}", first + 1) : fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

std::string hunk(std::vector<Step> const& steps, std::size_t from, std::size_t to) {
  std::size_t start[2] = {0, 0};
  std::size_t count[2] = {0, 0};
  std::string body;
  for (std::size_t i = 0; i < to; ++i) {
    std::size_t* const counted = i < from ? start : count;
    if (steps[i].sign != '+') ++counted[0];
    if (steps[i].sign != '-') ++counted[1];
    if (i < from) continue;
    body += steps[i].sign;
    body += steps[i].line;
    if (!steps[i].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
  }
  return fmt::format("@@ -{} +{} @@\n{}", range(start[0], count[0]), range(start[1], count[1]), body);
}

}  // namespace

std::string line_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  std::vector<Step> const steps = compare(lines_of(before), lines_of(after));
  std::string text = fmt::format("--- {0}\n+++ {0}\n", path);
  auto const changed = [&](std::size_t i) { return steps[i].sign != ' '; };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!changed(i)) continue;
    std::size_t end = i + 1;  // after the last change that lies near enough to be shown together
    for (std::size_t j = end; j < steps.size() && j < end + 2 * kContext + 1; ++j) {
      if (changed(j)) end = j + 1;
    }
    text += hunk(steps, i - std::min(i, kContext), std::min(end + kContext, steps.size()));
    i = end;
  }
  return text;
}

}  // namespace waymark::commands
