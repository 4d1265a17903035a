// The text that a user wrote, where each piece of it stands, and how a byte offset becomes a line and a column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::grammar {

/// Index of a file in `Sources`.
using FileId = std::uint32_t;

/// A half-open range of bytes in one file. `begin == end` marks a place between two characters.
struct Span {
  FileId file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(Span const&, Span const&) = default;
  friend auto operator<=>(Span const&, Span const&) = default;
};

/// The smallest span that covers both; `a` and `b` are of the same file.
Span cover(Span a, Span b);

/// A place as people count: from 1, a column is a character (a code point), not a byte.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// One file as it was read. The bytes are kept untouched: spans point into them.
struct Source {
  std::string path;  ///< as the user named it
  std::string text;
};

/// All files of one run, in the order in which they were read.
class Sources {
 public:
  FileId add(std::string path, std::string text);

  Source const& operator[](FileId id) const { return files_[id]; }
  std::size_t size() const { return files_.size(); }

  std::string_view text(Span span) const;
  Place place(FileId file, std::uint32_t offset) const;
  /// The physical line that holds `offset`, without its line end.
  Span line_at(FileId file, std::uint32_t offset) const;

 private:
  std::vector<Source> files_;
  std::vector<std::vector<std::uint32_t>> line_starts_;
};

}  // namespace waymark::grammar
