// Lines that begin with words that nobody knows: was a block meant, a clause, or something that belongs elsewhere?
#pragma once

#include <string_view>

#include "grammar/clauses.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/layout.hpp"

namespace waymark::grammar {

/// True where the words before a colon are nearly a label that `block` knows.
bool is_near_label(BlockKind block, At begin, At label_end);

/// The block whose keyword this word, which begins with a capital, nearly is.
BlockSpelling const* find_near_block(At begin, At end);
/// Past the comma or semicolon that stands at `at` in a colon's place, or `at`.
At past_mark(At at, At end);

struct Strays {
  std::string_view text;
  FileId file;
  FileKind kind;
  Diagnostics& diagnostics;

  /// A line before the first block; the block that it was meant to begin, where one is near.
  BlockSpelling const* outside(At begin, At colon, At end);
  /// A block that belongs in the other kind of file.
  void other_file(BlockSpelling const& block, Span keyword);
  /// There is no block of this name. The one that was meant, where one is near and may stand in this kind of file.
  BlockSpelling const* unknown_block(At begin, At label_end);
  /// The same of a word that no colon follows.
  BlockSpelling const* unknown_block_without_colon(At begin, At word_end, At end);
  /// `words` name a block or a clause, and no colon follows them, but perhaps another mark.
  void missing_colon(At begin, At words_end, At end);
  /// `Criterion need:` is `Criterion: need`.
  void late_colon(At begin, At word_end, At colon);
  /// A line of free text that reads like a clause or a head; `owner` is the clause or block whose text it is.
  void reads_like_clause(At begin, At words_end, At end, std::string_view owner);
  void unknown_clause(RawBlock const& block, At begin, At label_end);

  /// A label that nearly names a clause of a block whose labels are any words, where what follows the colon reads like
  /// that clause: `Mark: "*" is suppressed`.
  bool is_misspelled_clause(RawBlock const& block, At begin, At colon, At end) const;

  /// At the margin, with a capital, and no label of `block`: a block was meant. In running text only a near word
  /// counts.
  bool looks_like_block(RawBlock const& block, At begin, At label_end, bool in_text) const;
  /// True of a label that is nearer to a block's keyword than to a clause of `block`.
  bool is_misspelled_block(RawBlock const& block, At begin, At label_end, bool at_margin) const;

 private:
  Span span(At begin, At end) const;
};

}  // namespace waymark::grammar
