// Reading codes as agencies publish them, and as spreadsheets leave them.
#include "engine/values/code.hpp"

#include <algorithm>
#include <array>

namespace waymark::values {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::string> read_soc(std::string_view text) {
  if (text.size() == 10 && text[7] == '.' && all_digits(text.substr(8))) text = text.substr(0, 7);
  if (text.size() != 7 || text[2] != '-') return std::nullopt;
  if (!all_digits(text.substr(0, 2)) || !all_digits(text.substr(3))) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> read_cip(std::string_view text) {
  if (text.size() == 6 && all_digits(text)) return std::string(text.substr(0, 2)) + "." + std::string(text.substr(2));
  bool const family = text.size() == 2 && all_digits(text);
  bool const dotted = (text.size() == 5 || text.size() == 7) && text[2] == '.' && all_digits(text.substr(0, 2)) &&
                      all_digits(text.substr(3));
  if (!family && !dotted) return std::nullopt;
  return std::string(text);
}

bool is_month(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  if (text.size() != 3) return false;
  std::string lower;
  for (auto const c : text) lower.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  return std::find(kMonths.begin(), kMonths.end(), lower) != kMonths.end();
}

}  // namespace

std::optional<std::string> read_code(CodeSystem system, std::string_view text) {
  text = trimmed(text);
  if (text.starts_with("=\"") && text.ends_with('"') && text.size() > 3) text = text.substr(2, text.size() - 3);
  return system == CodeSystem::soc ? read_soc(text) : read_cip(text);
}

bool looks_like_spreadsheet_date(std::string_view text) {
  text = trimmed(text);
  if (auto const dash = text.find('-'); dash != std::string_view::npos) {
    auto const left = text.substr(0, dash);
    auto const right = text.substr(dash + 1);
    return (is_month(left) && all_digits(right)) || (all_digits(left) && is_month(right.substr(0, 3)));
  }
  auto const first = text.find('/');
  auto const second = first == std::string_view::npos ? first : text.find('/', first + 1);
  return second != std::string_view::npos && all_digits(text.substr(0, first)) &&
         all_digits(text.substr(first + 1, second - first - 1)) && all_digits(text.substr(second + 1));
}

bool is_within(CodeSystem system, std::string_view code, std::string_view group) {
  if (code == group) return true;
  if (system == CodeSystem::cip) {
    // 48 holds 48.05 and 48.0508, 48.05 holds 48.0508; a family's prefix ends at the dot, so 4 holds nothing.
    return code.starts_with(group) && (group.size() == 5 || (group.size() == 2 && code[2] == '.'));
  }
  auto const significant = group.substr(0, group.find_last_not_of('0') + 1);
  return group.ends_with('0') && code.starts_with(significant);
}

}  // namespace waymark::values
