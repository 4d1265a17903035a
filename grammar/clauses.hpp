// Which blocks there are, which clauses each may hold, and how they are spelled: the one table of the language's own
// words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/parse.hpp"
#include "grammar/scan.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

struct BlockSpelling {
  BlockKind kind;
  char const* keyword;  ///< `Criterion`
  bool in_policy;
  bool in_vocabulary;
};
std::span<BlockSpelling const> block_spellings();
/// The block whose keyword this word is, in any case.
BlockSpelling const* find_block(std::string_view word);
char const* keyword_of(BlockKind kind);

/// How the words before the colon are matched.
enum class LabelForm : std::uint8_t {
  exact,   ///< `To fix`
  when,    ///< `Met when`, also with a list head behind it: `Met when any of`
  open,    ///< more words follow: `If not covered by wages`, `from 2024-07-01`
  either,  ///< more words may follow: `Given on 2026-11-21`, `Condition, within 180 days`
};
struct ClauseSpelling {
  BlockKind block;
  char const* label;
  ClauseKind kind;
  LabelForm form;
};
std::span<ClauseSpelling const> clause_spellings();
/// The canonical words of a clause, without what may follow them: `If not covered by`.
char const* label_of(ClauseKind kind);

struct Recognised {
  ClauseKind kind = ClauseKind::broken;
  At tail = nullptr;  ///< past the words that name the clause
};
/// What clause of `block` the words `[begin, end)` before a colon name. Fields, facts and outcome rows take any words.
std::optional<Recognised> recognise(BlockKind block, At begin, At end);
/// True where a clause of this spelling may stand in `block`.
bool belongs(ClauseSpelling const& spelling, BlockKind block);
/// Past the words of `label` at the beginning of `[begin, end)`, or nothing.
At past_label(At begin, At end, char const* label);
/// Past `all of` and its like at `at`, or `at` where no list begins.
At past_list_head(At at, At end);
/// A clause whose words begin a line that has no colon: `Met when wage is …`. Only those that cannot be running text.
std::optional<Recognised> clause_without_colon(BlockKind block, At begin, At end);
/// A clause with a comma in its colon's place: `Authority, 20 U.S.C. 2343`.
std::optional<Recognised> clause_with_comma(BlockKind block, At begin, At end);
/// True where the label of a line is any words: the fields of a Record, the facts of an Example.
bool takes_any_label(BlockKind block);
/// True for blocks whose every line is an entry of its own.
bool has_entries(BlockKind block);
/// True for a clause whose text a line with an unknown label continues.
bool holds_text(ClauseKind kind);
/// True for a clause whose body may be any words, free text or names as they stand.
bool takes_any_words(ClauseKind kind);
/// True for a clause whose body is a condition, or may end in one.
bool holds_condition(ClauseKind kind);

/// The labels that `block` knows, for suggestions.
std::vector<std::string> labels_of(BlockKind block);
/// Past the word `when` in `[begin, end)`, or nothing.
At after_when(At begin, At end);
/// True where `[begin, end)` ends in `all of`, `any of`, `none of` or `at least N of`, alone or behind a comma.
bool ends_in_list_head(At begin, At end);

}  // namespace waymark::grammar
