// Text to blocks and logical lines. One pass over the physical lines; each either begins a logical line or continues
// the one before. Indentation says nothing, except where a label is unknown: there it hints at what was meant.
#include "grammar/layout.hpp"

#include <algorithm>
#include <utility>

#include "grammar/brackets.hpp"
#include "grammar/clauses.hpp"
#include "grammar/strays.hpp"
#include "grammar/swallowed.hpp"

namespace waymark::grammar {
namespace {

/// Past the dashes that begin a line, and how many: `-` and `•` are one, an en or em dash two.
struct Dashes {
  At end = nullptr;
  std::uint32_t count = 0;
};
Dashes dashes_at(At at, At end) {
  Dashes out{at, 0};
  for (auto c = character_at(at, end); c.bytes != 0; c = character_at(out.end, end)) {
    bool const one = c.point == '-' || c.point == 0x2022 || c.point == 0xB7;
    bool const two = c.point == 0x2013 || c.point == 0x2014;
    if (!one && !two) break;
    out.count += two ? 2 : 1;
    out.end += c.bytes;
  }
  bool const number = out.count == 1 && *at == '-' && (digit_at(out.end, end) || (out.end < end && *out.end == '$'));
  return number ? Dashes{at, 0} : out;
}

bool ends_in_otherwise(At begin, At end) {
  auto stop = trim_back(begin, round_citation(begin, end));
  while (stop != begin && stop[-1] == ']') {
    auto const open = view(begin, stop).rfind('[');
    if (open == std::string_view::npos) break;
    stop = trim_back(begin, begin + open);
  }
  constexpr std::ptrdiff_t kLength = 9;
  if (stop - begin < kLength) return false;
  auto at = stop - kLength;
  bool const whole = at == begin || blank_at(at - 1, end) != 0 || (static_cast<unsigned char>(at[-1]) & 0x80U) != 0;
  return whole && lower(view(at, stop)) == "otherwise";
}

/// Heads of what has a source, rows and items; not titles, free text, and what a vocabulary says of a column.
bool may_be_cited(BlockKind kind, LogicalLine const& line) {
  bool const head = line.label.begin == line.span.begin && line.kind == ClauseKind::entry && line.dashes == 0;
  switch (kind) {
    case BlockKind::threshold:
    case BlockKind::figure:
    case BlockKind::criterion:
    case BlockKind::list:
    case BlockKind::decision:
    case BlockKind::waiver: return line.dashes != 0 || !holds_text(line.kind);
    case BlockKind::group:
    case BlockKind::source: return head && line.label.begin != line.label.end;
    default: return false;
  }
}

class Splitter {
 public:
  Splitter(std::string_view text, FileId file, FileKind kind, Diagnostics& diagnostics)
      : text_(text), file_(file), kind_(kind), strays_{text, file, kind, diagnostics} {}

  Layout run() {
    auto const end = text_.data() + text_.size();
    auto at = text_.data();
    if (text_.starts_with("\xEF\xBB\xBF")) at += 3;
    while (at != end) {
      auto const stop = std::find_if(at, end, [](char c) { return c == '\n' || c == '\r'; });
      physical_line(at, stop);
      at = stop == end ? end : stop + 1;
    }
    for (auto& block : layout_.blocks) close(block);
    return std::move(layout_);
  }

 private:
  Span span(At begin, At end) const {
    return {file_, static_cast<std::uint32_t>(begin - text_.data()), static_cast<std::uint32_t>(end - text_.data())};
  }
  RawBlock* block() { return layout_.blocks.empty() ? nullptr : &layout_.blocks.back(); }

  void physical_line(At line, At line_end) {
    auto const begin = skip_blanks(line, line_end);
    auto const end = trim_back(begin, line_end);
    if (begin == end) {
      bool const inside_line_end = line != text_.data() && line[-1] == '\r' && line == line_end &&
                                   line != text_.data() + text_.size() && *line == '\n';
      blank_seen_ = blank_seen_ || !inside_line_end;
      return;
    }
    behind_blank_ = std::exchange(blank_seen_, false);
    // The colon of `(N.J.A.C. 6A:19)` ends no label.
    auto const before = round_citation(begin, end);
    auto const first = find_colon(begin, before);
    auto const colon = first == before ? end : first;
    if (colon != end && begins_block(begin, colon, end)) return;
    if (swallowing_) return;
    if (colon == end ? missing_in_head(begin, end, begin == line) : late_colon(begin, colon, end, begin == line))
      return;
    if (block() == nullptr) {
      swallowing_ = true;
      if (auto const* const meant = strays_.outside(begin, colon, end)) {
        start_block(meant->kind, begin, trim_back(begin, colon), colon, end);
      }
      return;
    }
    bool const at_margin = begin == line;
    if (auto const dashes = dashes_at(begin, end); dashes.count != 0) {
      begin_item(begin, dashes, end);
    } else if (colon != end) {
      labelled(begin, colon, end, at_margin);
    } else if (!missing_colon(line, begin, end)) {
      unlabelled(begin, end);
    }
    if (at_margin && !swallowing_) block()->at_margin = true;
  }

  /// `Criterion wage` and `Met when wage is …`: read as if the colon stood there, once that has been said.
  bool missing_colon(At line, At begin, At end) {
    bool const may_be_clause = is_capital(begin) && !continues_text() && !has_entries(block()->kind);
    if (auto const clause = may_be_clause ? clause_with_comma(block()->kind, begin, end) : std::nullopt) {
      break_clause(begin, clause->tail, end);
      return true;
    }
    if (continues_words()) return missing_in_text(line, begin, end);
    auto const clause = clause_without_colon(block()->kind, begin, end);
    if (!clause) return false;
    break_clause(begin, clause->tail, end);
    return true;
  }
  void break_clause(At begin, At label_end, At end) {
    strays_.missing_colon(begin, label_end, end);
    block()->faulty = true;
    add(ClauseKind::broken, begin, nullptr, begin, end);
  }

  bool may_stand(BlockSpelling const& spelling) const {
    return kind_ == FileKind::policy ? spelling.in_policy : spelling.in_vocabulary;
  }

  /// True where a line at the margin may be the head of a block although its colon is not where it should be. Lines at
  /// the margin hint at nothing where others of the block stand there too, but for one behind a blank line.
  bool may_be_head(At begin, At word, At end, bool at_margin) {
    if (!at_margin || !is_capital(begin) || skip_blanks(word, end) == end) return false;
    if (block() == nullptr) return true;
    // The entries of a block above stand further in, once there are some.
    bool const no_entry = !has_entries(block()->kind) || !block()->lines.empty();
    return no_entry && (behind_blank_ || !block()->at_margin);
  }

  /// `Criterion need`, `Criterion, need`, and behind a blank line `Citeria need`.
  bool missing_in_head(At begin, At end, bool at_margin) {
    auto const word = word_end(begin, end);
    if (!may_be_head(begin, word, end, at_margin)) return false;
    auto const* const spelling = find_block(view(begin, word));
    if (spelling == nullptr) return misspelled_without_colon(begin, word, end);
    if (!may_stand(*spelling)) return false;
    bool const prose = spelling->kind == BlockKind::note || end[-1] == '.';
    if (block() == nullptr && prose) return false;
    if (block() != nullptr && continues_words()) {
      if (prose) return false;
      if (!behind_blank_ && end[-1] != ']') {
        strays_.reads_like_clause(begin, word, end, owner_of_text());
        return false;
      }
    }
    strays_.missing_colon(begin, word, end);
    start_block(spelling->kind, begin, word, past_mark(word, end) - 1, end);
    return true;
  }

  bool misspelled_without_colon(At begin, At word, At end) {
    bool const stands_out = block() == nullptr || (behind_blank_ && !block()->at_margin);
    bool const prose = end[-1] == '.' || (block() != nullptr && block()->kind == BlockKind::note);
    auto const* const near = stands_out && !prose ? find_near_block(begin, word) : nullptr;
    if (near == nullptr || near->kind == BlockKind::note || !may_stand(*near)) return false;
    strays_.unknown_block_without_colon(begin, word, end);
    start_block(near->kind, begin, word, past_mark(word, end) - 1, end);
    return true;
  }

  /// `Criterion need:`, with nothing behind the colon but a citation.
  bool late_colon(At begin, At colon, At end, bool at_margin) {
    auto const word = word_end(begin, colon);
    auto const tail = skip_blanks(colon + 1, end);
    if ((tail != end && *tail != '[') || !may_be_head(begin, word, colon, at_margin)) return false;
    auto const* const spelling = find_block(view(begin, word));
    if (spelling == nullptr || spelling->kind == BlockKind::note || !may_stand(*spelling)) return false;
    if (block() != nullptr && continues_words() && !behind_blank_) return false;
    strays_.late_colon(begin, word, colon);
    start_block(spelling->kind, begin, word, past_mark(word, end) - 1, end);
    layout_.blocks.back().head.rest.end = span(begin, trim_back(begin, colon)).end;
    return true;
  }

  /// A clause in free text: where it cannot well be prose it is read as broken, else it stays in the text.
  bool missing_in_text(At line, At begin, At end) {
    auto const& owner = last_line().span;
    auto owner_line = text_.data() + owner.begin;
    while (owner_line != text_.data() && owner_line[-1] != '\n' && owner_line[-1] != '\r') --owner_line;
    bool const as_clause = begin - line <= text_.data() + owner.begin - owner_line && !block()->lines.empty();
    auto const found = swallowed_clause(block()->kind, begin, end, as_clause);
    if (found && found->is_sure) break_clause(begin, found->label_end, end);
    if (found && !found->is_sure) strays_.reads_like_clause(begin, found->label_end, end, owner_of_text());
    return found && found->is_sure;
  }
  std::string_view owner_of_text() {
    auto const label = last_line().label;
    return text_.substr(label.begin, label.end - label.begin);
  }

  /// A keyword and a colon; a `Note` inside a block is its clause.
  bool begins_block(At begin, At colon, At end) {
    auto const word = trim_back(begin, colon);
    auto const* const spelling = find_block(view(begin, word));
    if (spelling == nullptr) return false;
    bool const inside = !swallowing_ && block() != nullptr && block()->kind != BlockKind::note;
    if (spelling->kind == BlockKind::note && inside) return false;
    bool const here = may_stand(*spelling);
    swallowing_ = !here;
    if (!here) {
      strays_.other_file(*spelling, span(begin, word));
      return true;
    }
    start_block(spelling->kind, begin, word, colon, end);
    return true;
  }

  void start_block(BlockKind kind, At begin, At word, At colon, At end) {
    RawBlock out;
    out.kind = kind;
    out.keyword = span(begin, word);
    out.head.kind = ClauseKind::entry;
    out.head.label = out.keyword;
    out.head.rest = span(skip_blanks(colon + 1, end), end);
    out.head.span = span(begin, end);
    layout_.blocks.push_back(std::move(out));
    expecting_ = false;
    swallowing_ = false;
  }

  /// A keyword that no block has: read as the one that was meant; else only its name is kept, so that nobody is told of
  /// it where it is used.
  void misspelled(At begin, At colon, At end) {
    auto const word = trim_back(begin, colon);
    auto const* const meant = strays_.unknown_block(begin, word);
    start_block(meant != nullptr ? meant->kind : BlockKind::broken, begin, word, colon, end);
    swallowing_ = meant == nullptr;
  }

  void begin_item(At begin, Dashes dashes, At end) {
    LogicalLine line;
    line.kind = ClauseKind::entry;
    line.dashes = dashes.count;
    line.mark = span(begin, dashes.end);
    line.rest = line.tail = span(skip_blanks(dashes.end, end), end);
    line.span = span(begin, end);
    block()->lines.push_back(std::move(line));
  }

  void add(ClauseKind kind, At begin, At colon, At tail, At end) {
    LogicalLine line;
    line.kind = kind;
    if (colon != nullptr) line.label = span(begin, trim_back(begin, colon));
    line.rest = span(colon != nullptr ? skip_blanks(colon + 1, end) : begin, end);
    line.tail = span(tail, end);
    line.span = span(begin, end);
    block()->lines.push_back(std::move(line));
  }

  void labelled(At begin, At colon, At end, bool at_margin) {
    auto const label_end = trim_back(begin, colon);
    if (has_entries(block()->kind) && !recognise(block()->kind, begin, label_end)) {
      if (strays_.is_misspelled_block(*block(), begin, label_end, at_margin)) return misspelled(begin, colon, end);
      return add(ClauseKind::entry, begin, nullptr, begin, end);
    }
    bool const in_text = continues_text();
    bool const blockish = at_margin && strays_.looks_like_block(*block(), begin, label_end, in_text);
    auto const found = blockish ? std::nullopt : recognise(block()->kind, begin, label_end);
    bool const any_words = found && (found->kind == ClauseKind::field || found->kind == ClauseKind::starts);
    if (any_words && strays_.is_misspelled_clause(*block(), begin, colon, end)) {
      return unknown_clause(begin, colon, end);
    }
    if (found) {
      auto kind = found->kind;
      if (kind == ClauseKind::expect) expecting_ = true;
      if (kind == ClauseKind::fact && expecting_) kind = ClauseKind::expectation;
      add(kind, begin, colon, found->tail, end);
      return;
    }
    if (!blockish && in_text && !is_near_label(block()->kind, begin, label_end)) return extend(end);
    if (!blockish && continues_condition() && ends_in_list_head(begin, label_end)) return extend(end);
    if (blockish || strays_.is_misspelled_block(*block(), begin, label_end, at_margin)) {
      return misspelled(begin, colon, end);
    }
    unknown_clause(begin, colon, end);
  }
  void unknown_clause(At begin, At colon, At end) {
    strays_.unknown_clause(*block(), begin, trim_back(begin, colon));
    block()->faulty = true;
    add(ClauseKind::broken, begin, colon, begin, end);
  }

  void unlabelled(At begin, At end) {
    auto const kind = block()->kind;
    if (has_entries(kind)) return add(ClauseKind::entry, begin, nullptr, begin, end);
    if (kind == BlockKind::figure && *begin == '=') return add(ClauseKind::is_value, begin, nullptr, begin + 1, end);
    if (kind == BlockKind::threshold) {
      auto at = begin;
      if (scan_words(at, end, "continues until changed")) return add(ClauseKind::continues, begin, nullptr, at, end);
    }
    if (kind == BlockKind::decision && ends_in_otherwise(begin, end)) {
      return add(ClauseKind::outcome_row, begin, nullptr, begin, end);
    }
    extend(end);
  }

  LogicalLine& last_line() { return block()->lines.empty() ? block()->head : block()->lines.back(); }

  bool continues_text() {
    if (block()->lines.empty()) return block()->kind == BlockKind::note;
    auto const& line = block()->lines.back();
    return line.dashes == 0 && holds_text(line.kind);
  }
  /// True also of a title, and of names that are taken as they stand.
  bool continues_words() {
    if (!block()->lines.empty()) return last_line().dashes == 0 && takes_any_words(last_line().kind);
    auto const kind = block()->kind;
    return kind == BlockKind::note || kind == BlockKind::policy || kind == BlockKind::vocabulary ||
           kind == BlockKind::example;
  }
  bool continues_condition() {
    if (block()->lines.empty()) return false;
    auto const& line = block()->lines.back();
    return line.dashes != 0 || holds_condition(line.kind);
  }

  void extend(At end) {
    auto& line = last_line();
    auto const stop = span(end, end).end;
    line.span.end = line.rest.end = line.tail.end = stop;
    line.rest.begin = std::min(line.rest.begin, stop);
  }

  /// Takes the citations off all lines.
  void close(RawBlock& raw) {
    take_citation(raw, raw.head, raw.kind == BlockKind::note);
    for (auto& line : raw.lines) take_citation(raw, line, line.dashes == 0 && holds_text(line.kind));
  }

  void take_citation(RawBlock& raw, LogicalLine& line, bool is_text) {
    if (line.kind == ClauseKind::broken) return;
    Brackets brackets{text_, strays_.diagnostics};
    auto body = brackets.take(line.span, is_text, line.citation);
    if (body && !line.citation && may_be_cited(raw.kind, line)) body = brackets.take_round(*body, line.citation);
    if (!body) {
      line.kind = ClauseKind::broken;
      raw.faulty = true;
    }
    auto const end = body ? body->end : line.span.end;
    for (auto* const piece : {&line.rest, &line.tail}) {
      piece->end = std::max(piece->begin, std::min(piece->end, end));
      trim(*piece);
    }
  }

  void trim(Span& piece) const {
    auto const end = text_.data() + piece.end;
    auto const begin = skip_blanks(text_.data() + piece.begin, end);
    piece = span(begin, trim_back(begin, end));
  }

  std::string_view text_;
  FileId file_;
  FileKind kind_;
  Strays strays_;
  Layout layout_;
  bool expecting_ = false;     ///< the `Expect:` of this Example has been read
  bool blank_seen_ = false;    ///< since the last line with words
  bool behind_blank_ = false;  ///< a blank line precedes this one
  bool swallowing_ = false;    ///< until a block begins: what precedes has been reported
};

}  // namespace

Layout lay_out(std::string_view text, FileId file, FileKind kind, Diagnostics& diagnostics) {
  return Splitter(text, file, kind, diagnostics).run();
}

}  // namespace waymark::grammar
