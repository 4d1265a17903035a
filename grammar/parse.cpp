// A whole file: its layout, then each line, then the dashed items under the heads that they belong to.
#include "grammar/parse.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "grammar/bodies.hpp"
#include "grammar/clauses.hpp"
#include "grammar/clip.hpp"
#include "grammar/layout.hpp"
#include "grammar/lines.hpp"
#include "grammar/names.hpp"
#include "grammar/pieces.hpp"

namespace waymark::grammar {
namespace {

constexpr std::size_t kMostDiagnostics = 50;

bool is_empty(Span span) { return span.begin == span.end; }

// --- Heads --------------------------------------------------------------------------------------------------------

bool has_title(BlockKind kind) {
  return kind == BlockKind::policy || kind == BlockKind::example || kind == BlockKind::note ||
         kind == BlockKind::vocabulary;
}

class Head {
 public:
  Head(Reader& in, RawBlock const& raw, Block& block) : in_(in), raw_(raw), block_(block) {}

  void read() {
    auto const& line = raw_.head;
    block_.citation = line.citation;
    bool const readable =
        line.kind != ClauseKind::broken && raw_.kind != BlockKind::broken;  // otherwise it has been reported
    if (has_title(raw_.kind)) {
      title(readable);
      return;
    }
    auto pieces = split(in_.text, line.rest, ',');
    if (readable) add_comma(pieces);
    auto const ok = raw_.kind == BlockKind::unit ? unit(pieces.front(), readable) : name(pieces.front(), readable);
    block_.faulty = block_.faulty || !ok;
    if (raw_.kind != BlockKind::broken) block_.parts = read_parts(in_, pieces, 1);
  }

 private:
  void title(bool readable) {
    block_.name = raw_name(in_, raw_.head.rest);
    if (raw_.kind == BlockKind::note) check_text();
    if (!block_.name.empty() || !readable) return;
    block_.faulty = true;
    auto const* const what = raw_.kind == BlockKind::note ? "words are" : "a name is";
    in_.diagnostics.push_back(
        diagnose(Code::name_needed, raw_.keyword, fmt::format("after `{}:` {} needed", keyword_of(raw_.kind), what)));
  }
  void check_text() {
    if (!read_text(in_, raw_.head.rest)) block_.faulty = true;
  }

  /// `Threshold: x in labs`: the unit stands where its comma is missing, and no other piece says one.
  void add_comma(std::vector<Span>& pieces) {
    if (raw_.kind != BlockKind::threshold && raw_.kind != BlockKind::figure) return;
    auto const first = pieces.front();
    auto const end = in_.text.data() + first.end;
    auto const found = scan_phrase(in_.text.data() + first.begin, end);
    if (!found) return;
    auto at = found->end;
    if (!scan_words(at, end, "in") || skip_blanks(at, end) == end) return;
    bool const typed = std::any_of(pieces.begin() + 1, pieces.end(), [&](Span piece) {
      auto const words = read_part(in_, piece).words;
      return !words.starts_with("by ") && !words.starts_with("for each ");
    });
    if (typed) return;
    auto const offset = [&](At place) { return static_cast<std::uint32_t>(place - in_.text.data()); };
    auto const stop = offset(found->end);
    auto diagnostic = diagnose(Code::word_needed, {first.file, stop, stop},
                               fmt::format("after `{}` a comma is needed", clip(view(found->begin, found->end))));
    diagnostic.edit = Edit{diagnostic.primary.span, ",", true};
    in_.diagnostics.push_back(std::move(diagnostic));
    pieces.front().end = stop;
    pieces.insert(pieces.begin() + 1, Span{first.file, offset(skip_blanks(found->end, end)), first.end});
  }

  bool name(Span span, bool readable) {
    if (is_empty(span) && readable) {
      in_.diagnostics.push_back(diagnose(Code::name_needed, raw_.keyword,
                                         fmt::format("after `{}:` a name is needed", keyword_of(raw_.kind))));
      return false;
    }
    auto read = readable ? read_name(in_, span) : std::nullopt;
    block_.name = read ? std::move(*read) : raw_name(in_, span);
    return read.has_value();
  }

  /// `cent = $0.01`
  bool unit(Span span, bool readable) {
    auto const pieces = split(in_.text, span, '=');
    if (!name(pieces.front(), readable)) return false;
    if (pieces.size() == 1) return true;
    block_.equals = read_value(in_, {span.file, pieces[1].begin, span.end});
    return block_.equals.has_value();
  }

  Reader& in_;
  RawBlock const& raw_;
  Block& block_;
};

// --- Items --------------------------------------------------------------------------------------------------------

/// The list that a condition ends in: `for every student group, any of:`
Junction* open_list(Condition& condition) {
  auto* at = &condition;
  for (;;) {
    if (auto* const junction = std::get_if<Junction>(&at->node)) return junction;
    if (auto* const quantified = std::get_if<Quantified>(&at->node)) {
      at = &*quantified->body;
    } else if (auto* const windowed = std::get_if<Windowed>(&at->node)) {
      at = &*windowed->body;
    } else {
      return nullptr;
    }
  }
}

Condition* condition_of(Clause& clause) {
  if (auto* const condition = std::get_if<Condition>(&clause.body)) return condition;
  auto* const row = std::get_if<OutcomeRow>(&clause.body);
  return row != nullptr && row->when ? &*row->when : nullptr;
}

/// A list that is being filled: where its head stands, and whether something in it has been reported.
struct OpenList {
  Junction* list = nullptr;  ///< null: there is none, or it is not known
  Span head;
  bool reported = false;  ///< nothing more is said about this list's shape

  void open(Condition& condition, Span at) { *this = {open_list(condition), at, false}; }
};

class BlockReader {
 public:
  BlockReader(Reader& in, RawBlock const& raw) : in_(in), raw_(raw) {}

  Block run() {
    block_.kind = raw_.kind;
    block_.faulty = raw_.faulty || raw_.kind == BlockKind::broken;
    block_.head = {in_.file, raw_.head.span.begin, raw_.head.rest.end};
    block_.span = raw_.head.span;
    Head(in_, raw_, block_).read();
    block_.clauses.reserve(raw_.lines.size());
    for (auto const& line : raw_.lines) {
      block_.span.end = line.span.end;
      if (line.dashes != 0) {
        item(line);
      } else {
        clause(line);
      }
    }
    close(inner_);
    close(outer_);
    if (broken_list_) break_clause();
    return std::move(block_);
  }

 private:
  void clause(LogicalLine const& line) {
    auto read = read_clause(in_, raw_.kind, line);
    bool const broken = read.kind == ClauseKind::broken;
    block_.faulty = block_.faulty || broken;
    bool const aside = read.kind == ClauseKind::note;
    if (!aside) {
      close(inner_);
      close(outer_);
      if (broken_list_) break_clause();
    }
    block_.clauses.push_back(std::move(read));
    if (aside) return;
    owner_ = block_.clauses.size() - 1;
    outer_ = inner_ = {};
    lost_ = broken;
    shallow_ = false;
    if (auto* const condition = condition_of(block_.clauses.back())) {
      outer_.open(*condition, line.tail.begin == line.tail.end ? line.span : line.tail);
    }
  }

  void item(LogicalLine const& line) {
    auto const depth = place(line);
    auto read = line.kind == ClauseKind::broken ? std::nullopt : read_condition(in_, line.rest);
    if (!read) return forget(depth);
    if (depth == 0) return;
    read->citation = line.citation;
    auto& owner = block_.clauses[owner_];
    owner.span.end = std::max(owner.span.end, line.span.end);
    if (depth == 1) close(inner_);
    auto& items = (depth == 1 ? outer_ : inner_).list->items;
    items.push_back(std::move(*read));
    if (depth == 1) inner_.open(items.back(), line.rest);
  }

  /// An item that could not be read: nobody knows whether it opened a list, and its own list is not empty.
  void forget(std::size_t depth) {
    block_.faulty = true;
    (depth == 2 ? inner_ : outer_).reported = true;
    if (depth == 2) return;
    close(inner_);
    inner_.reported = true;
  }

  /// The depth at which this item belongs, 0 when it belongs nowhere; says so once a list.
  std::size_t place(LogicalLine const& line) {
    if (lost_) return 0;
    if (outer_.list == nullptr) {
      report(outer_, Code::item_without_list, line, "this item stands under no list",
             "end the line above in `all of:`, `any of:`, `none of:` or `at least 2 of:`");
      return 0;
    }
    if (line.dashes == 1 || shallow_) return 1;
    if (line.dashes > 2) {
      report(inner_, Code::too_many_dashes, line, "a list has two levels of dashes at most",
             "name the inner list with a Figure, and ask for it here: `… is yes`");
      return 0;
    }
    if (inner_.list != nullptr) return 2;
    if (inner_.reported) return 0;
    report(inner_, Code::item_without_list, line, "this item has two dashes, and the line above it opens no list", "");
    in_.diagnostics.back().edit = Edit{line.mark, "-"};
    shallow_ = true;
    return 1;
  }

  void report(OpenList& open, Code code, LogicalLine const& line, std::string message, std::string help) {
    if (!open.reported) in_.diagnostics.push_back(diagnose(code, line.mark, std::move(message), std::move(help)));
    open.reported = true;
    block_.faulty = true;
  }

  void close(OpenList& open) {
    if (open.list != nullptr && open.list->items.empty()) {
      if (!open.reported) {
        in_.diagnostics.push_back(diagnose(Code::list_without_items, open.head, "this list has no items",
                                           "give each condition a line of its own below, behind a dash"));
      }
      block_.faulty = true;
      broken_list_ = true;
    }
    open = {};
  }
  void break_clause() {
    block_.clauses[owner_].kind = ClauseKind::broken;
    block_.clauses[owner_].body = std::monostate{};
    broken_list_ = false;
  }

  Reader& in_;
  RawBlock const& raw_;
  Block block_;
  std::size_t owner_ = 0;  ///< the clause to which items belong
  OpenList outer_;
  OpenList inner_;
  bool lost_ = false;         ///< the clause above could not be read: its items are read for their own faults only
  bool shallow_ = false;      ///< two dashes have stood where one was meant: they count as one in this list
  bool broken_list_ = false;  ///< a list of the clause has no items
};

// --- Files --------------------------------------------------------------------------------------------------------

std::optional<Diagnostic> unreadable(std::string_view text, FileId file) {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return diagnose(Code::file_too_large, {file, 0, 0}, "the file is too large to be read; a policy has a few pages");
  }
  bool const wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  auto const bad = first_bad_byte(text);
  if (!bad) return std::nullopt;
  auto const at = static_cast<std::uint32_t>(*bad);
  return diagnose(Code::not_utf8, {file, at, at + 1}, "this is not UTF-8 text",
                  wide ? "the file was saved as UTF-16; save it as UTF-8" : "save the file as UTF-8");
}

bool is_within(Span inner, Span outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

/// The names of blocks that hold a word which cannot stand in one; where such a name is used it cannot be read either.
std::vector<std::string> unreadable_names(Parsed const& parsed) {
  std::vector<std::string> out;
  for (auto const& diagnostic : parsed.diagnostics) {
    if (diagnostic.code != Code::reserved_in_name || out.size() == kMostDiagnostics) continue;
    for (auto const& block : parsed.file.blocks) {
      if (is_within(diagnostic.primary.span, block.name.span)) out.push_back(" " + block.name.key + " ");
    }
  }
  return out;
}

/// Such a name is said to be none where it is given, and not again where it is used.
void say_names_once(std::string_view text, Parsed& parsed) {
  auto const names = unreadable_names(parsed);
  if (names.empty()) return;
  auto const follows = [&](Diagnostic const& diagnostic) {
    auto const code = diagnostic.code;
    if (code != Code::word_needed && code != Code::words_left_over && code != Code::reserved_in_name) return false;
    auto const at = diagnostic.primary.span.begin;
    auto const& blocks = parsed.file.blocks;
    bool const in_head = std::any_of(blocks.begin(), blocks.end(), [&](Block const& block) {
      return block.head.begin <= at && at <= block.head.end;
    });
    if (in_head) return false;
    auto const begin = text.find_last_of("\r\n", at) + 1;  // 0 on the first line
    auto const line = text.substr(begin, text.find_first_of("\r\n", at) - begin);
    auto const key = " " + name_key(line) + " ";
    return std::any_of(names.begin(), names.end(),
                       [&](std::string const& name) { return key.find(name) != std::string::npos; });
  };
  auto& all = parsed.diagnostics;
  all.erase(std::remove_if(all.begin(), all.end(), follows), all.end());
}

/// Sorted, no more than a person reads, each with the citation of its block.
void finish(Parsed& parsed) {
  auto& all = parsed.diagnostics;
  parsed.file.faulty = has_errors(all);
  sort(all);
  if (all.size() > kMostDiagnostics) {
    auto const more = all.size() - kMostDiagnostics;
    auto const span = all[kMostDiagnostics].primary.span;
    all.resize(kMostDiagnostics);
    all.push_back(diagnose(Code::too_many_faults, span, fmt::format("and {} more", more)));
  }
  auto const& blocks = parsed.file.blocks;
  for (auto& diagnostic : all) {
    auto const at = diagnostic.primary.span.begin;
    auto const after = std::upper_bound(blocks.begin(), blocks.end(), at, [](std::uint32_t offset, Block const& block) {
      return offset < block.span.begin;
    });
    if (after == blocks.begin()) continue;
    auto const& block = *(after - 1);
    if (at <= block.span.end && block.citation) diagnostic.heading = block.citation->text;
  }
}

}  // namespace

Parsed parse(Sources const& sources, FileId file, FileKind kind) {
  Parsed out;
  out.file.id = file;
  std::string_view const text = sources[file].text;
  if (auto fault = unreadable(text, file)) {
    out.diagnostics.push_back(std::move(*fault));
    out.file.faulty = true;
    return out;
  }
  Reader reader{text, file, out.diagnostics};
  auto const layout = lay_out(text, file, kind, out.diagnostics);
  out.file.blocks.reserve(layout.blocks.size());
  for (auto const& raw : layout.blocks) out.file.blocks.push_back(BlockReader(reader, raw).run());
  say_names_once(text, out);
  finish(out);
  return out;
}

std::optional<FactValue> read_fact_value(Sources const& sources, Span span, Diagnostics& diagnostics) {
  Reader reader{sources[span.file].text, span.file, diagnostics};
  return read_fact(reader, span);
}

std::optional<Value> read_value(Sources const& sources, Span span, Diagnostics& diagnostics) {
  Reader reader{sources[span.file].text, span.file, diagnostics};
  return read_value(reader, span);
}

}  // namespace waymark::grammar
