// The table of the language's own words.
#include "grammar/clauses.hpp"

#include <algorithm>

#include "grammar/amounts.hpp"

namespace waymark::grammar {
namespace {

constexpr BlockSpelling kBlocks[] = {
    {BlockKind::policy, "Policy", true, false},         {BlockKind::threshold, "Threshold", true, false},
    {BlockKind::figure, "Figure", true, false},         {BlockKind::criterion, "Criterion", true, false},
    {BlockKind::group, "Group", true, false},           {BlockKind::list, "List", true, false},
    {BlockKind::decision, "Decision", true, false},     {BlockKind::waiver, "Waiver", true, false},
    {BlockKind::example, "Example", true, false},       {BlockKind::note, "Note", true, true},
    {BlockKind::vocabulary, "Vocabulary", false, true}, {BlockKind::record, "Record", false, true},
    {BlockKind::choice, "Choice", false, true},         {BlockKind::unit, "Unit", false, true},
    {BlockKind::source, "Source", false, true},         {BlockKind::calendar, "Calendar", false, true},
};

using B = BlockKind;
using C = ClauseKind;
using F = LabelForm;
/// `broken` as a block means: every block, but those whose labels are any words.
constexpr ClauseSpelling kClauses[] = {
    {B::broken, "Authority", C::authority, F::exact},
    {B::broken, "In force", C::in_force, F::exact},
    {B::policy, "Jurisdiction", C::jurisdiction, F::exact},
    {B::policy, "Reviews", C::reviews, F::exact},
    {B::policy, "Uses", C::uses, F::exact},
    {B::policy, "Builds on", C::builds_on, F::exact},
    {B::policy, "Replaces", C::replaces, F::exact},
    {B::policy, "Reports", C::reports, F::exact},
    {B::threshold, "from", C::threshold_row, F::open},
    {B::threshold, "Not coverable", C::not_coverable, F::exact},
    {B::figure, "Yes when", C::yes_when, F::when},
    {B::figure, "Does not apply when", C::does_not_apply_when, F::when},
    {B::figure, "If not covered by", C::not_covered, F::open},
    {B::figure, "If not published by", C::not_published, F::open},
    {B::figure, "when", C::case_when, F::open},
    {B::figure, "otherwise", C::case_otherwise, F::exact},
    {B::figure, "Not coverable", C::not_coverable, F::exact},
    {B::criterion, "Met when", C::met_when, F::when},
    {B::criterion, "Not met when", C::not_met_when, F::when},
    {B::criterion, "Does not apply when", C::does_not_apply_when, F::when},
    {B::criterion, "Waived when", C::waived_when, F::when},
    {B::criterion, "To fix", C::to_fix, F::exact},
    {B::criterion, "Not coverable", C::not_coverable, F::exact},
    {B::list, "Of", C::of, F::exact},
    {B::list, "On it when", C::on_it_when, F::when},
    {B::list, "Left out", C::left_out, F::exact},
    {B::list, "Highest", C::highest, F::exact},
    {B::list, "Lowest", C::lowest, F::exact},
    {B::list, "Ties", C::ties, F::exact},
    {B::list, "Not coverable", C::not_coverable, F::exact},
    {B::decision, "When", C::decision_when, F::when},
    {B::decision, "Condition", C::condition_within, F::either},
    {B::decision, "Recommends", C::recommends, F::exact},
    {B::decision, "Remembers", C::remembers, F::exact},
    {B::decision, "Schedule", C::schedule, F::exact},
    {B::decision, "To fix", C::to_fix, F::exact},
    {B::decision, "Not coverable", C::not_coverable, F::exact},
    {B::waiver, "Waives", C::waives, F::exact},
    {B::waiver, "Granted by", C::granted_by, F::exact},
    {B::waiver, "Lasts", C::lasts, F::exact},
    {B::waiver, "Extended", C::extended, F::exact},
    {B::example, "Given", C::given, F::either},
    {B::example, "Expect", C::expect, F::exact},
    {B::record, "Ignored", C::ignored, F::exact},
    {B::source, "Rows", C::rows, F::exact},
    {B::source, "Untold", C::untold, F::exact},
    {B::source, "Marks", C::marks, F::exact},
    {B::source, "Lists all", C::lists_all, F::exact},
    {B::calendar, "Through", C::through, F::exact},
    {B::calendar, "Holidays", C::holidays, F::exact},
    {B::note, "Note", C::note, F::exact},
};

/// Past `all of` and its like at `at`, or nothing.
At past_list_words(At at, At end) {
  for (char const* const words : {"all of", "any of", "none of"}) {
    if (scan_words(at, end, words)) return at;
  }
  std::uint32_t count = 0;
  bool const counted = scan_words(at, end, "at least") && scan_count(at, end, count) && scan_words(at, end, "of");
  return counted ? at : nullptr;
}

bool is_list_head(At at, At end) {
  auto const stop = past_list_words(at, end);
  return stop != nullptr && skip_blanks(stop, end) == end;
}

bool fits(LabelForm form, At tail, At end) {
  bool const ended = skip_blanks(tail, end) == end;
  switch (form) {
    case F::exact: return ended;
    case F::when: return ended || is_list_head(tail, end);
    case F::open: return !ended;
    case F::either: return true;
  }
  return false;
}

ClauseKind any_label_kind(BlockKind block) {
  switch (block) {
    case B::calendar: return C::starts;
    case B::example: return C::fact;
    default: return C::field;
  }
}

}  // namespace

bool belongs(ClauseSpelling const& spelling, BlockKind block) {
  return spelling.block == block || (spelling.block == B::broken && !takes_any_label(block) && block != B::note);
}

At past_label(At begin, At end, char const* label) {
  auto at = begin;
  return scan_words(at, end, lower(label)) ? at : nullptr;
}

At past_list_head(At at, At end) {
  auto const past = past_list_words(at, end);
  return past == nullptr ? at : past;
}

std::span<BlockSpelling const> block_spellings() { return kBlocks; }

BlockSpelling const* find_block(std::string_view word) {
  auto const small = lower(word);
  auto const found = std::find_if(std::begin(kBlocks), std::end(kBlocks),
                                  [&](BlockSpelling const& block) { return lower(block.keyword) == small; });
  return found == std::end(kBlocks) ? nullptr : found;
}

char const* keyword_of(BlockKind kind) {
  for (auto const& block : kBlocks) {
    if (block.kind == kind) return block.keyword;
  }
  return "block";
}

std::span<ClauseSpelling const> clause_spellings() { return kClauses; }

char const* label_of(ClauseKind kind) {
  for (auto const& clause : kClauses) {
    if (clause.kind == kind) return clause.label;
  }
  return "";
}

bool takes_any_label(BlockKind block) {
  return block == B::record || block == B::source || block == B::calendar || block == B::example;
}

bool has_entries(BlockKind block) { return block == B::group || block == B::choice; }

bool holds_text(ClauseKind kind) {
  switch (kind) {
    case C::note:
    case C::jurisdiction:
    case C::authority:
    case C::to_fix:
    case C::recommends:
    case C::condition_within:
    case C::granted_by:
    case C::not_coverable: return true;
    default: return false;
  }
}

bool takes_any_words(ClauseKind kind) {
  switch (kind) {
    case C::uses:
    case C::builds_on:
    case C::replaces:
    case C::ignored:
    case C::lists_all:
    case C::ties:
    case C::lasts:
    case C::extended: return true;
    default: return holds_text(kind);
  }
}

bool holds_condition(ClauseKind kind) {
  switch (kind) {
    case C::yes_when:
    case C::met_when:
    case C::not_met_when:
    case C::waived_when:
    case C::does_not_apply_when:
    case C::on_it_when:
    case C::decision_when:
    case C::outcome_row: return true;
    default: return false;
  }
}

std::optional<Recognised> recognise(BlockKind block, At begin, At end) {
  if (auto const tail = past_label(begin, end, "Note"); tail != nullptr && skip_blanks(tail, end) == end) {
    return Recognised{C::note, tail};
  }
  for (auto const& spelling : kClauses) {
    if (!belongs(spelling, block)) continue;
    auto const tail = past_label(begin, end, spelling.label);
    if (tail != nullptr && fits(spelling.form, tail, end)) return Recognised{spelling.kind, tail};
  }
  if (takes_any_label(block)) return Recognised{any_label_kind(block), end};
  if (block != B::decision) return std::nullopt;
  auto const tail = after_when(begin, end);
  if (tail == nullptr || !fits(F::when, tail, end)) return std::nullopt;
  return Recognised{C::outcome_row, tail};
}

std::optional<Recognised> clause_without_colon(BlockKind block, At begin, At end) {
  for (auto const& spelling : kClauses) {
    if (spelling.block != block || spelling.form != F::when || spelling.kind == C::decision_when) continue;
    if (auto const tail = past_label(begin, end, spelling.label))
      return Recognised{spelling.kind, past_list_head(tail, end)};
  }
  if (block != B::decision) return std::nullopt;
  auto const tail = after_when(begin, end);
  if (tail == nullptr) return std::nullopt;
  return Recognised{C::outcome_row, past_list_head(tail, end)};
}

std::optional<Recognised> clause_with_comma(BlockKind block, At begin, At end) {
  for (auto const& spelling : kClauses) {
    bool const whole = spelling.form == F::exact || spelling.form == F::when;
    auto const tail = whole && belongs(spelling, block) ? past_label(begin, end, spelling.label) : nullptr;
    if (tail != nullptr && tail != end && *tail == ',') return Recognised{spelling.kind, tail};
  }
  return std::nullopt;
}

std::vector<std::string> labels_of(BlockKind block) {
  std::vector<std::string> out;
  for (auto const& spelling : kClauses) {
    if (spelling.block == block) out.emplace_back(spelling.label);
  }
  for (auto const& spelling : kClauses) {
    if (spelling.block == B::broken && belongs(spelling, block)) out.emplace_back(spelling.label);
  }
  out.emplace_back("Note");
  return out;
}

At after_when(At begin, At end) {
  for (auto at = skip_blanks(begin, end); at != end; at = skip_blanks(at, end)) {
    if (scan_words(at, end, "when")) return at;
    at = chunk_end(at, end);
  }
  return nullptr;
}

bool ends_in_list_head(At begin, At end) {
  auto start = begin;
  for (auto at = begin; at != end; ++at) {
    if (*at == ',') start = at + 1;
  }
  return is_list_head(start, end);
}

}  // namespace waymark::grammar
