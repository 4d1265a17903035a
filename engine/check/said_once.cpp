// Messages that share a thing that they are about are one group; so are those that a third one joins.
#include "engine/check/said_once.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

namespace waymark::check {
namespace {

using grammar::Diagnostic;
using grammar::Diagnostics;

/// By the index of each message, the index of the first one of its group.
std::vector<std::size_t> groups_of(Diagnostics const& all) {
  std::vector<std::size_t> first(all.size());
  std::map<std::string, std::size_t> by_thing;
  auto const root = [&](std::size_t i) {
    while (first[i] != i) i = first[i];
    return i;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    first[i] = i;
    for (auto const& thing : all[i].about) {
      auto const [at, fresh] = by_thing.emplace(thing, i);
      if (fresh) continue;
      auto const a = root(at->second);
      auto const b = root(i);
      first[std::max(a, b)] = std::min(a, b);
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) first[i] = root(i);
  return first;
}

std::string places(Diagnostic const& of, std::vector<Diagnostic const*> const& more, grammar::Sources const& sources) {
  auto const span = more.front()->primary.span;
  auto const line = sources.place(span.file, span.begin).line;
  bool const here = span.file == of.primary.span.file;
  auto const where = here ? fmt::format("line {}", line) : fmt::format("{}:{}", sources[span.file].path, line);
  if (more.size() == 1) return fmt::format(", here and in 1 more place, at {}", where);
  return fmt::format(", here and in {} more places, first at {}", more.size(), where);
}

}  // namespace

void say_once(grammar::Sources const& sources, Diagnostics& diagnostics) {
  grammar::sort(diagnostics);
  auto const first = groups_of(diagnostics);
  std::map<std::size_t, std::vector<Diagnostic const*>> more;
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    if (first[i] != i) more[first[i]].push_back(&diagnostics[i]);
  }
  Diagnostics out;
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    if (first[i] != i) continue;
    out.push_back(diagnostics[i]);
    if (auto const found = more.find(i); found != more.end()) {
      out.back().message += places(diagnostics[i], found->second, sources);
    }
  }
  diagnostics = std::move(out);
}

}  // namespace waymark::check
