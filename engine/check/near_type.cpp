// Words against the built-in types and what the vocabularies declare.
#include "engine/check/near_type.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace waymark::check {
namespace {

/// As names are compared, and as they are written.
using Spelling = std::pair<std::string, std::string>;

std::vector<Spelling> types_of(vocabulary::Vocabulary const& vocabulary) {
  std::vector<Spelling> out = {{"soc", "SOC"}, {"cip", "CIP"}};
  for (auto const* type :
       {"date", "text", "percent", "percentage points", "yes or no", "dollars per year", "dollars per hour"}) {
    out.emplace_back(type, type);
  }
  for (auto const& choice : vocabulary.choices) out.emplace_back(choice.name, choice.shown);
  for (auto const& record : vocabulary.records) out.emplace_back(record.name, record.shown);
  for (auto const& year : vocabulary.calendar.years) out.emplace_back(year.name, year.name);
  return out;
}

}  // namespace

std::string near_type(vocabulary::Vocabulary const& vocabulary, std::string_view words) {
  constexpr std::string_view kOf = " of ";
  auto const of = words.find(kOf);
  auto const before = words.substr(0, of == std::string_view::npos ? 0 : of);
  bool const is_list = before == "list" || !grammar::nearest(before, {"list"}).empty();
  auto const of_what = is_list ? words.substr(of + kOf.size()) : words;
  auto const types = types_of(vocabulary);
  std::vector<std::string> names;
  for (auto const& [name, shown] : types) {
    bool const is_type = vocabulary::singular(name) == vocabulary::singular(of_what);
    if (is_type) return !is_list || before == "list" ? "" : "list of " + shown;
    names.push_back(name);
  }
  auto const near = grammar::nearest(of_what, names);
  auto const found = std::find_if(types.begin(), types.end(), [&](Spelling const& type) { return type.first == near; });
  if (near.empty() || found == types.end()) return "";
  return (is_list ? "list of " : "") + found->second;
}

}  // namespace waymark::check
