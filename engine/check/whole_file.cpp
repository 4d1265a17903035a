// Clauses that stand twice, names that nothing mentions.
#include "engine/check/whole_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/vocabulary/vocabulary.hpp"
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
    case ClauseKind::granted_by:
    case ClauseKind::lasts:
    case ClauseKind::extended:
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
    case ClauseKind::untold:
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

// Such a waiver needs no criterion that names it: what it waives is another for the case at once.
bool waives_a_threshold(Block const& block, grammar::File const& policy) {
  auto const is_criterion = [&](grammar::Phrase const& name) {
    return std::any_of(policy.blocks.begin(), policy.blocks.end(), [&](Block const& other) {
      return other.kind == BlockKind::criterion && other.name.key == name.key;
    });
  };
  return std::any_of(block.clauses.begin(), block.clauses.end(), [&](Clause const& clause) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    return block.kind == BlockKind::waiver && clause.kind == ClauseKind::waives && names != nullptr &&
           !std::all_of(names->names.begin(), names->names.end(), is_criterion);
  });
}

// Whose members go by its name in the singular.
bool is_list(Block const& block) {
  return std::any_of(block.parts.begin(), block.parts.end(), [](grammar::Part const& part) {
    return std::string_view(part.words).substr(part.words.starts_with("a ") ? 2 : 0).starts_with("list of ");
  });
}

bool goes_on(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

/// What stands in the blocks of each name, to be asked which names stand in others' blocks. A name is looked for where
/// its rarest word stands, so that many names in many blocks are found in the time that it takes to read them.
class Mentions {
 public:
  explicit Mentions(std::map<std::string, std::string> const& texts) {
    for (auto const& text : texts) {
      for_each_word(text.second, [&](std::size_t at, std::string_view word) { words_[word].push_back({&text, at}); });
    }
  }

  /// Whether another block holds `key` as whole words. One letter may be an article, of which texts are freed.
  bool elsewhere(std::string_view key) const {
    if (key.size() < 2) return true;
    std::size_t offset = 0;
    std::vector<Place> const* places = nullptr;
    static std::vector<Place> const kNowhere;
    for_each_word(key, [&](std::size_t at, std::string_view word) {
      auto const found = words_.find(word);
      auto const& here = found == words_.end() ? kNowhere : found->second;
      if (places != nullptr && here.size() >= places->size()) return;
      places = &here;
      offset = at;
    });
    if (places == nullptr) return true;  // a name without a letter or a digit is not judged
    return std::any_of(places->begin(), places->end(),
                       [&](Place const& place) { return place.text->first != key && stands_at(place, offset, key); });
  }

 private:
  struct Place {
    std::pair<std::string const, std::string> const* text;
    std::size_t at;
  };

  template <class Found>
  static void for_each_word(std::string_view text, Found found) {
    for (std::size_t at = 0; at < text.size();) {
      auto end = at;
      while (end < text.size() && goes_on(text[end])) ++end;
      if (end != at) found(at, text.substr(at, end - at));
      at = end + (end == at ? 1 : 0);
    }
  }

  // `place` is where the word stands that begins `offset` letters into the key.
  static bool stands_at(Place const& place, std::size_t offset, std::string_view key) {
    std::string_view const text = place.text->second;
    if (place.at < offset || text.substr(place.at - offset, key.size()) != key) return false;
    auto const begin = place.at - offset;
    auto const end = begin + key.size();
    return (begin == 0 || !goes_on(text[begin - 1])) && (end == text.size() || !goes_on(text[end]));
  }

  std::unordered_map<std::string_view, std::vector<Place>> words_;
};

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

/// A message about a name that nothing has: its place among the messages, and the kinds of blocks that may have it.
struct LostName {
  std::size_t diagnostic = 0;
  std::vector<BlockKind> kinds;
};
std::vector<LostName> lost_names(grammar::Diagnostics const& diagnostics) {
  std::vector<LostName> out;
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    if (auto kinds = asked_as(diagnostics[i]); !kinds.empty()) out.push_back({i, std::move(kinds)});
  }
  return out;
}

/// One name that nothing has, and one block that may have it and that nothing uses: it is that which was renamed, and
/// the message about the name says so.
bool was_renamed(Block const& block, std::vector<Block const*> const& unused, std::vector<LostName> const& lost,
                 grammar::Diagnostics& diagnostics) {
  auto const may_be = [&](LostName const& one) { return is_one_of(block.kind, one.kinds); };
  if (std::count_if(lost.begin(), lost.end(), may_be) != 1) return false;
  auto const name = std::find_if(lost.begin(), lost.end(), may_be);
  auto const fits = [&](Block const* other) { return is_one_of(other->kind, name->kinds); };
  if (std::count_if(unused.begin(), unused.end(), fits) != 1) return false;
  diagnostics[name->diagnostic].secondary.push_back({block.name.span, "nothing uses this one"});
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
  Mentions const mentions(texts);
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
    bool const used = mentions.elsewhere(key) || (is_list(block) && mentions.elsewhere(vocabulary::singular(key)));
    if (used || waives_a_threshold(block, policy) || !told.insert(key).second) continue;
    unused.push_back(&block);
  }
  auto const lost = lost_names(diagnostics);
  for (auto const* block : unused) {
    if (was_renamed(*block, unused, lost, diagnostics)) continue;
    diagnostics.push_back(grammar::diagnose(Code::nothing_uses_it, block->name.span,
                                            fmt::format("{} `{}`", kind_words(block->kind), block->name.text),
                                            "Name it where it is meant, or leave the block out."));
  }
}

}  // namespace waymark::check
