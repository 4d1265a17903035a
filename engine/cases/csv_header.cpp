// A clerk's header is read as it is meant where it can mean one thing only.
#include "engine/cases/csv_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "engine/cases/tree.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::cases {
namespace {

std::vector<std::string> split_at_dots(std::string_view name) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= name.size();) {
    auto const end = std::min(name.find('.', at), name.size());
    out.emplace_back(trimmed(name.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

bool is_bound(std::string const& key) { return key == "at_least" || key == "at_most" || key == "missing"; }

bool same(Keys::Found const& a, Keys::Found const& b) {
  auto const& x = a.meaning;
  auto const& y = b.meaning;
  return a.field == b.field && std::tuple(x.field, x.entry, x.id, x.waivers, x.ignored) ==
                                   std::tuple(y.field, y.entry, y.id, y.waivers, y.ignored);
}

// All ways that are written like `path`; the first is taken unless another leads elsewhere.
bool look_up(std::vector<std::string> const& path, Keys const& keys, ColumnMeaning& out) {
  if (auto const exactly = keys.find(path)) {
    out.path = path;
    out.found = exactly;
    return true;
  }
  for (auto const& way : keys.like(path)) {
    auto const found = keys.find(way);
    if (!out.found) {
      out.path = way;
      out.found = found;
    } else if (found && !same(*out.found, *found)) {
      out.other = dotted(way);
    }
  }
  return out.found.has_value();
}

}  // namespace

ColumnMeaning column_meaning(std::string_view name, Keys const& keys) {
  auto path = split_at_dots(name);
  ColumnMeaning out;
  if (look_up(path, keys, out)) return out;
  auto last = as_key(path.back());
  if (!is_bound(last) || path.size() == 1) return out;
  path.pop_back();
  if (!look_up(path, keys, out) || !out.holds_fact()) return {};
  out.path.push_back(std::move(last));
  out.bound = true;
  return out;
}

std::string dotted(std::vector<std::string> const& path) {
  std::string out;
  for (auto const& key : path) out += (out.empty() ? "" : ".") + key;
  return out;
}

std::vector<std::string> column_names(Keys const& keys) {
  std::vector<std::string> out;
  for (auto const& key : keys.level(keys.of(keys.record())).keys()) {
    if (key.meaning.field != kNoField || key.meaning.id) out.push_back(key.text);
    if (key.meaning.below == kNoLevel) continue;
    for (auto const& inner : keys.level(key.meaning.below).keys()) out.push_back(key.text + "." + inner.text);
  }
  return out;
}

std::string column_help(std::string_view name, Keys const& keys, vocabulary::Vocabulary const& vocabulary) {
  auto const wanted = as_key(name);
  for (auto const id : vocabulary.records[keys.record()].fields) {
    auto const& field = vocabulary.fields[id];
    if (as_key(field.name) == wanted && field.each.empty() && dotted(field.path) != wanted) {
      return fmt::format("The key of {} is \"{}\".", field.shown, dotted(field.path));
    }
  }
  for (auto const& key : keys.level(keys.of(keys.record())).keys()) {
    if (as_key(key.text) != wanted || key.meaning.below == kNoLevel) continue;
    auto const& below = keys.level(key.meaning.below);
    auto const inner = below.keys().empty() ? std::string("2024-25") : below.keys().front().text;
    return fmt::format("It needs a key of its own after a point: \"{}.{}\".", key.text, inner);
  }
  auto const near = grammar::nearest(wanted, column_names(keys));
  return near.empty() ? "" : fmt::format("Did you mean \"{}\"?", near);
}

std::string_view other_separator(std::vector<std::string> const& cells) {
  if (cells.size() != 1) return "";
  auto const& only = cells.front();
  if (only.find(';') != std::string::npos) return "semicolons";
  if (only.find('\t') != std::string::npos) return "tabs";
  return "";
}

}  // namespace waymark::cases
