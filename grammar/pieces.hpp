// Pieces of heads and clauses that are words and not sentences: names, parts between commas, free text.
#pragma once

#include <optional>
#include <vector>

#include "grammar/lines.hpp"

namespace waymark::grammar {

/// A name that is declared or listed: the whole of `span`. Says which word cannot stand in one, and offers the quotes.
std::optional<Phrase> read_name(Reader& in, Span span);
/// A name of any words at all, where `span` is not empty: a title, a file, a column that is left out.
Phrase raw_name(Reader const& in, Span span);
std::vector<Phrase> raw_names(Reader const& in, Span span);
/// `in openings per year`, `key "econ"`
Part read_part(Reader const& in, Span span);
std::vector<Part> read_parts(Reader const& in, std::vector<Span> const& pieces, std::size_t first);
/// Free text with the paths in its braces.
std::optional<Text> read_text(Reader& in, Span span);

}  // namespace waymark::grammar
