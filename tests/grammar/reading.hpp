// What the tests of the grammar share: reading a text, and saying what was said of it.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"

namespace waymark::grammar {

/// A text that has been read, with the sources that its spans point into.
struct Reading {
  Sources sources;
  Parsed parsed;

  explicit Reading(std::string text, FileKind kind = FileKind::policy, std::string path = "test.policy") {
    auto const file = sources.add(std::move(path), std::move(text));
    parsed = parse(sources, file, kind);
  }

  std::string messages() const {
    std::string out;
    for (auto const& diagnostic : parsed.diagnostics) out += render(diagnostic, sources);
    return out;
  }
  /// `W105 W120 `: the codes, in order.
  std::string codes() const {
    std::string out;
    for (auto const& diagnostic : parsed.diagnostics) out += std::string(entry_of(diagnostic.code).id) + " ";
    return out;
  }
  Block const& block(std::size_t i) const { return parsed.file.blocks.at(i); }
  Clause const& clause(std::size_t block_index, std::size_t i) const { return block(block_index).clauses.at(i); }
  template <class Body>
  Body const& body(std::size_t block_index, std::size_t i) const {
    return std::get<Body>(clause(block_index, i).body);
  }
};

inline std::string file_text(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline std::filesystem::path root() { return WAYMARK_ROOT; }
inline FileKind kind_of(std::filesystem::path const& path) {
  return path.extension() == ".vocabulary" ? FileKind::vocabulary : FileKind::policy;
}

}  // namespace waymark::grammar
