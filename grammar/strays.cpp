// Lines that begin with words that nobody knows.
#include "grammar/strays.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "grammar/clip.hpp"

namespace waymark::grammar {
namespace {

constexpr std::ptrdiff_t kLongestLabel = 200;

/// Past this many messages none is shown, so nothing is looked up for them.
constexpr std::size_t kMostExplained = 60;

/// Far from `Criterion` letter by letter, and what a hurried hand writes for it.
constexpr std::string_view kCriteria = "Criteria";

std::vector<std::string> const& keywords() {
  static std::vector<std::string> const words = [] {
    std::vector<std::string> out;
    for (auto const& block : block_spellings()) out.emplace_back(block.keyword);
    out.emplace_back(kCriteria);
    return out;
  }();
  return words;
}

bool is_one_word(At begin, At end) { return word_end(begin, end) == end && begin != end; }

bool starts_with_capital(At begin, At end) {
  auto const first = std::string(begin, begin + character_at(begin, end).bytes);
  return letter_at(begin, end) != 0 && lower(first) != first;
}

/// The keyword of a block that this word nearly is.
std::string near_block(At begin, At end) {
  if (!is_one_word(begin, end) || end - begin > kLongestLabel) return {};
  auto near = nearest(view(begin, end), keywords());
  return near == kCriteria ? keyword_of(BlockKind::criterion) : near;
}

/// The end of as many words as `label` has.
At end_of_words_of(std::string_view label, At begin, At end) {
  auto at = begin;
  auto const words = 1 + std::count(label.begin(), label.end(), ' ');
  for (auto i = words; i > 0 && at != end; --i) at = chunk_end(skip_blanks(at, end), end);
  return at;
}

struct NearLabel {
  std::string label;
  At end = nullptr;  ///< of the words that it would replace
};
NearLabel find_near_label(BlockKind block, At begin, At end) {
  if (end - begin > kLongestLabel) return {};
  for (auto const& label : labels_of(block)) {
    auto const stop = end_of_words_of(label, begin, end);
    auto const apart = stop - begin - static_cast<std::ptrdiff_t>(label.size());
    if (apart > 6 || apart < -2) continue;
    if (nearest(view(begin, stop), {label}).empty()) continue;
    auto const mended = label + std::string(stop, end);
    if (recognise(block, mended.data(), mended.data() + mended.size())) return {label, stop};
  }
  return {};
}

/// What follows the colon of this clause and of no field, column or fact.
bool reads_like_body(ClauseKind kind, At at, At end) {
  switch (kind) {
    case ClauseKind::marks: return quote_at(at, end) != 0;
    case ClauseKind::untold:
    case ClauseKind::rows:
      for (; at != end && *at != ','; at = skip_blanks(chunk_end(at, end), end)) {
        if (word_end(at, end) - at == 2 && lower(view(at, at + 2)) == "is") return true;
      }
      return false;
    case ClauseKind::lists_all: return true;
    case ClauseKind::through:
    case ClauseKind::holidays: return digit_at(at, end) != 0;
    default: return false;
  }
}

/// A word of an outcome row that was meant to be `when`.
NearLabel find_near_when(At begin, At end) {
  if (end - begin > kLongestLabel) return {};
  for (auto at = begin; at != end; at = skip_blanks(at, end)) {
    auto const stop = chunk_end(at, end);
    bool const near = stop - at >= 3 && !nearest(view(at, stop), {"when"}).empty();
    auto const mended = "x when" + std::string(stop, end);
    if (near && recognise(BlockKind::decision, mended.data(), mended.data() + mended.size())) {
      return {std::string(begin, at) + "when", stop};
    }
    at = stop;
  }
  return {};
}

/// Another block that has this clause.
BlockKind home_of(At begin, At end) {
  for (auto const& clause : clause_spellings()) {
    if (clause.block == BlockKind::broken || clause.form == LabelForm::open) continue;
    if (recognise(clause.block, begin, end) && !takes_any_label(clause.block) && clause.block != BlockKind::decision &&
        recognise(clause.block, begin, end)->kind == clause.kind) {
      return clause.block;
    }
  }
  return BlockKind::broken;
}

std::string article_for(std::string_view noun) {
  bool const vowel = !noun.empty() && std::string_view("AEIOaeio").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

std::string listed(std::vector<std::string> const& words) {
  std::string out;
  for (auto const& word : words) fmt::format_to(std::back_inserter(out), "{}`{}`", out.empty() ? "" : ", ", word);
  return out;
}

}  // namespace

Span Strays::span(At begin, At end) const {
  return {file, static_cast<std::uint32_t>(begin - text.data()), static_cast<std::uint32_t>(end - text.data())};
}

BlockSpelling const* Strays::outside(At begin, At colon, At end) {
  auto const label_end = trim_back(begin, colon);
  if (colon != end && (!near_block(begin, label_end).empty() || starts_with_capital(begin, end))) {
    return unknown_block(begin, label_end);
  }
  bool const policy = kind == FileKind::policy;
  diagnostics.push_back(diagnose(Code::outside_block, span(begin, end), "this line stands in no block",
                                 policy
                                     ? "begin a policy with `Policy:` and its name, and remarks with `Note:`"
                                     : "begin a vocabulary with `Vocabulary:` and its name, and remarks with `Note:`"));
  return nullptr;
}

void Strays::other_file(BlockSpelling const& block, Span keyword) {
  auto const* const where =
      block.in_policy ? "a policy, a file that ends in .policy" : "a vocabulary, a file that ends in .vocabulary";
  diagnostics.push_back(
      diagnose(Code::block_of_other_file, keyword, fmt::format("{} belongs in {}", article_for(block.keyword), where)));
}

BlockSpelling const* Strays::unknown_block(At begin, At label_end) {
  auto const near = near_block(begin, label_end);
  auto message = fmt::format("there is no block `{}`", clip(view(begin, label_end)));
  if (!near.empty()) message += fmt::format("; did you mean `{}`?", near);
  std::vector<std::string> here;
  for (auto const& block : block_spellings()) {
    if (kind == FileKind::policy ? block.in_policy : block.in_vocabulary) here.emplace_back(block.keyword);
  }
  auto diagnostic = diagnose(Code::unknown_block, span(begin, label_end), std::move(message));
  if (near.empty()) diagnostic.help = "the blocks are " + listed(here);
  if (!near.empty()) diagnostic.edit = Edit{span(begin, label_end), near};
  diagnostics.push_back(std::move(diagnostic));
  auto const* const meant = near.empty() ? nullptr : find_block(near);
  bool const may_stand = meant != nullptr && (kind == FileKind::policy ? meant->in_policy : meant->in_vocabulary);
  return may_stand ? meant : nullptr;
}

BlockSpelling const* Strays::unknown_block_without_colon(At begin, At word_end, At end) {
  auto const* const meant = unknown_block(begin, word_end);
  auto& diagnostic = diagnostics.back();
  if (diagnostic.edit) {
    diagnostic.message = fmt::format("there is no block `{}`; did you mean `{}:`?", clip(view(begin, word_end)),
                                     diagnostic.edit->replacement);
    diagnostic.edit = Edit{span(begin, past_mark(word_end, end)), diagnostic.edit->replacement + ":"};
  }
  return meant;
}

void Strays::missing_colon(At begin, At words_end, At end) {
  auto const past = past_mark(words_end, end);
  auto diagnostic = diagnose(Code::word_needed, span(words_end, past),
                             fmt::format("after `{}` a colon is needed", clip(view(begin, words_end))));
  diagnostic.edit = Edit{span(words_end, past), ":"};
  diagnostics.push_back(std::move(diagnostic));
}

void Strays::late_colon(At begin, At word_end, At colon) {
  auto diagnostic = diagnose(Code::word_needed, span(colon, colon + 1),
                             fmt::format("the colon belongs right after `{}`, before the name", view(begin, word_end)));
  auto const name = std::string(past_mark(word_end, colon), trim_back(begin, colon));
  diagnostic.edit = Edit{span(word_end, colon + 1), ":" + name};
  diagnostics.push_back(std::move(diagnostic));
}

void Strays::reads_like_clause(At begin, At words_end, At end, std::string_view owner) {
  auto const words = clip(view(begin, words_end));
  auto diagnostic = diagnose(Code::reads_like_clause, span(begin, end),
                             fmt::format("this line reads like a clause, and stands in the text of `{}` above", owner),
                             fmt::format("a colon is missing after `{}`; where the line is text, "
                                         "join it to the line above or begin it with another word",
                                         words));
  bool const comma = words_end != end && *words_end == ',';
  diagnostic.edit = Edit{span(words_end, words_end + (comma ? 1 : 0)), ":", true};
  diagnostics.push_back(std::move(diagnostic));
}

void Strays::unknown_clause(RawBlock const& block, At begin, At label_end) {
  if (diagnostics.size() > kMostExplained) {
    diagnostics.push_back(diagnose(Code::unknown_clause, span(begin, label_end), "there is no such clause"));
    return;
  }
  auto const where = article_for(keyword_of(block.kind));
  auto near = find_near_label(block.kind, begin, label_end);
  if (near.label.empty() && block.kind == BlockKind::decision) near = find_near_when(begin, label_end);
  auto const end = near.label.empty() ? label_end : near.end;
  auto diagnostic = diagnose(Code::unknown_clause, span(begin, end),
                             fmt::format("{} has no clause `{}`", where, clip(view(begin, end))));
  auto const home = home_of(begin, label_end);
  if (home != BlockKind::broken) {
    diagnostic.message += fmt::format(", which stands in {}", article_for(keyword_of(home)));
  }
  if (!near.label.empty()) {
    diagnostic.message += fmt::format("; did you mean `{}`?", near.label);
    diagnostic.edit = Edit{span(begin, near.end), near.label};
  } else if (block.kind == BlockKind::decision) {
    diagnostic.help = "a row of a Decision ends in `when:` and a condition, in `when all of:`, or in `otherwise`";
  } else if (home == BlockKind::broken) {
    diagnostic.help = fmt::format("{} may have {}", where, listed(labels_of(block.kind)));
  }
  diagnostics.push_back(std::move(diagnostic));
}

bool Strays::is_misspelled_clause(RawBlock const& block, At begin, At colon, At end) const {
  auto const label_end = trim_back(begin, colon);
  auto const near = find_near_label(block.kind, begin, label_end);
  if (near.label.empty() || near.end != label_end) return false;
  auto const meant = recognise(block.kind, near.label.data(), near.label.data() + near.label.size());
  return meant && reads_like_body(meant->kind, skip_blanks(colon + 1, end), end);
}

bool Strays::looks_like_block(RawBlock const& block, At begin, At label_end, bool in_text) const {
  if (block.at_margin || !starts_with_capital(begin, label_end)) return false;
  auto const known = recognise(block.kind, begin, label_end);
  if (known && (!takes_any_label(block.kind) || known->kind == ClauseKind::note)) return false;
  if (in_text || takes_any_label(block.kind)) return !near_block(begin, label_end).empty();
  return is_one_word(begin, label_end) && !is_near_label(block.kind, begin, label_end);
}

bool Strays::is_misspelled_block(RawBlock const& block, At begin, At label_end, bool at_margin) const {
  return (!near_block(begin, label_end).empty() && !is_near_label(block.kind, begin, label_end)) ||
         (at_margin && looks_like_block(block, begin, label_end, false));
}

BlockSpelling const* find_near_block(At begin, At end) {
  auto const near = starts_with_capital(begin, end) ? near_block(begin, end) : std::string();
  return near.empty() ? nullptr : find_block(near);
}

At past_mark(At at, At end) { return at != end && (*at == ',' || *at == ';') ? at + 1 : at; }

bool is_near_label(BlockKind block, At begin, At label_end) {
  return !find_near_label(block, begin, label_end).label.empty() ||
         (block == BlockKind::decision && !find_near_when(begin, label_end).label.empty());
}

}  // namespace waymark::grammar
