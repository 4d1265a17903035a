// Clauses that stand twice, names that nothing mentions.
#include "engine/check/whole_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grammar/parse.hpp"

namespace waymark::check {
namespace {

using grammar::Block;
using grammar::BlockKind;
using grammar::Clause;
using grammar::ClauseKind;
using grammar::Code;

// Two kinds that answer one question, such as `Met when` and `Not met when`, are one here; `broken`: may stand often.
ClauseKind question_of(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::not_met_when: return ClauseKind::met_when;
    case ClauseKind::lowest: return ClauseKind::highest;
    case ClauseKind::jurisdiction:
    case ClauseKind::to_fix:
    case ClauseKind::reviews:
    case ClauseKind::of:
    case ClauseKind::waives:
    case ClauseKind::in_force:
    case ClauseKind::continues:
    case ClauseKind::is_value:
    case ClauseKind::case_otherwise:
    case ClauseKind::yes_when:
    case ClauseKind::met_when:
    case ClauseKind::waived_when:
    case ClauseKind::does_not_apply_when:
    case ClauseKind::on_it_when:
    case ClauseKind::decision_when:
    case ClauseKind::given:
    case ClauseKind::expect:
    case ClauseKind::through:
    case ClauseKind::lists_all:
    case ClauseKind::highest:
    case ClauseKind::ties: return kind;
    default: return ClauseKind::broken;
  }
}

std::string_view advice(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::yes_when:
    case ClauseKind::met_when:
    case ClauseKind::waived_when:
    case ClauseKind::does_not_apply_when:
    case ClauseKind::on_it_when:
    case ClauseKind::decision_when: return "Keep one of them, or join them in a list: `all of:`, `any of:`.";
    default: return "Keep one of them.";
  }
}

bool may_be_unused(BlockKind kind, bool has_decision) {
  switch (kind) {
    case BlockKind::threshold:
    case BlockKind::group:
    case BlockKind::waiver: return true;
    case BlockKind::figure:
    case BlockKind::criterion: return has_decision;
    default: return false;
  }
}

bool goes_on(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether `text` holds `key` as whole words. One letter may be an article, of which texts are freed.
bool mentions(std::string_view text, std::string_view key) {
  if (key.size() < 2) return true;
  for (auto at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    bool const begins = at == 0 || !goes_on(text[at - 1]);
    auto const end = at + key.size();
    if (begins && (end == text.size() || !goes_on(text[end]))) return true;
  }
  return false;
}

/// What an unknown name was asked as, where no other was offered: the kinds of blocks that may have it.
std::vector<BlockKind> asked_as(grammar::Diagnostic const& diagnostic) {
  bool const by_name = std::any_of(diagnostic.about.begin(), diagnostic.about.end(),
                                   [](std::string const& thing) { return thing.starts_with("name\t"); });
  if (diagnostic.edit || !by_name) return {};
  if (diagnostic.code == Code::not_a_criterion) return {BlockKind::criterion};
  if (diagnostic.code != Code::unknown_name) return {};
  if (diagnostic.message.starts_with("There is no criterion")) return {BlockKind::criterion};
  if (diagnostic.message.starts_with("There is no group")) return {BlockKind::group};
  if (diagnostic.message.starts_with("There is no waiver")) return {BlockKind::waiver};
  return {BlockKind::threshold, BlockKind::figure};
}

bool is_one_of(BlockKind kind, std::vector<BlockKind> const& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// One name that nothing has, and one block that may have it and that nothing uses: it is that which was renamed, and
/// the message about the name says so.
bool was_renamed(Block const& block, std::vector<Block const*> const& unused, grammar::Diagnostics& diagnostics) {
  auto const may_be = [&](grammar::Diagnostic const& one) { return is_one_of(block.kind, asked_as(one)); };
  if (std::count_if(diagnostics.begin(), diagnostics.end(), may_be) != 1) return false;
  auto const lost = std::find_if(diagnostics.begin(), diagnostics.end(), may_be);
  auto const kinds = asked_as(*lost);
  auto const fits = [&](Block const* other) { return is_one_of(other->kind, kinds); };
  if (std::count_if(unused.begin(), unused.end(), fits) != 1) return false;
  lost->secondary.push_back({block.name.span, "nothing uses this one"});
  return true;
}

std::string_view kind_words(BlockKind kind) {
  switch (kind) {
    case BlockKind::criterion: return "No group and no decision asks for";
    case BlockKind::group: return "No decision counts";
    default: return "Nothing uses";
  }
}

}  // namespace

void check_clauses_once(grammar::File const& file, grammar::Diagnostics& diagnostics) {
  for (auto const& block : file.blocks) {
    std::map<ClauseKind, Clause const*> first;
    for (auto const& clause : block.clauses) {
      auto const question = question_of(clause.kind);
      if (question == ClauseKind::broken) continue;
      auto const [at, fresh] = first.emplace(question, &clause);
      if (fresh) continue;
      auto const place = clause.label.begin == clause.label.end ? clause.span : clause.label;
      auto diagnostic = grammar::diagnose(Code::clause_twice, place, "This is said twice in one block",
                                          std::string(advice(question)));
      auto const other = at->second->label.begin == at->second->label.end ? at->second->span : at->second->label;
      diagnostic.secondary.push_back({other, "the first time"});
      diagnostics.push_back(std::move(diagnostic));
    }
  }
}

void check_unused(grammar::Sources const& sources, grammar::File const& policy, Extent const& period,
                  grammar::Diagnostics& diagnostics) {
  auto const has = [&](BlockKind kind) {
    return std::any_of(policy.blocks.begin(), policy.blocks.end(), [&](Block const& b) { return b.kind == kind; });
  };
  // Without decisions a policy is read for its criteria and figures, or for its lists.
  bool const has_decision = has(BlockKind::decision) || has(BlockKind::list);
  std::map<std::string, std::string> texts;  // what stands in the blocks of each name; unnamed ones under ""
  for (auto const& block : policy.blocks) {
    if (block.kind == BlockKind::example || block.kind == BlockKind::note) continue;
    auto& text = texts[may_be_unused(block.kind, true) ? block.name.key : std::string()];
    text += " ; " + grammar::name_key(sources.text(block.span));
  }
  std::set<std::string> meant;
  for (auto const& diagnostic : diagnostics) {
    if (diagnostic.edit) meant.insert(grammar::name_key(diagnostic.edit->replacement));
  }
  std::set<std::string> told;
  std::vector<Block const*> unused;
  for (auto const& block : policy.blocks) {
    auto const own = period_of(block);
    bool const never = own && ((own->through && *own->through < period.from) ||
                               (own->from && period.through && *own->from > *period.through));
    auto const& key = block.name.key;
    if (!may_be_unused(block.kind, has_decision) || block.faulty || key.empty() || never || meant.contains(key))
      continue;
    bool const mentioned = std::any_of(texts.begin(), texts.end(), [&](auto const& other) {
      return other.first != key && mentions(other.second, key);
    });
    if (mentioned || !told.insert(key).second) continue;
    unused.push_back(&block);
  }
  for (auto const* block : unused) {
    if (was_renamed(*block, unused, diagnostics)) continue;
    diagnostics.push_back(grammar::diagnose(Code::nothing_uses_it, block->name.span,
                                            fmt::format("{} `{}`", kind_words(block->kind), block->name.text),
                                            "Name it where it is meant, or leave the block out."));
  }
}

}  // namespace waymark::check
