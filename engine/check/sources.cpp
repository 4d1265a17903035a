// Source blocks: keys, columns and marks of a table that an agency publishes.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/vocabulary_reader.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using vocabulary::Kind;

namespace {

std::string column_name(grammar::Part const& part) {
  if (part.quoted) return *part.quoted;
  auto const blank = part.written.find(' ');
  return blank == std::string::npos ? std::string() : part.written.substr(blank + 1);
}

bool is_column(grammar::Part const& part) { return part.words == "column" || part.words.starts_with("column "); }

bool is_title_column(grammar::Part const& part) {
  return part.words == "title column" || part.words.starts_with("title column ");
}

// `named by its first year`
std::optional<vocabulary::YearNamed> year_named(grammar::Part const& part) {
  if (part.words == "named by its first year") return vocabulary::YearNamed::by_first;
  if (part.words == "named by its last year") return vocabulary::YearNamed::by_last;
  return std::nullopt;
}

}  // namespace

void VocabularyReader::source(Block const& block) {
  if (!is_new(source_names_, block, "Source")) return;
  current_ = block.name.key;
  columns_.clear();
  last_is_column_ = false;
  vocabulary::Source made;
  made.name = block.name.key;
  made.shown = block.name.text;
  if (block.citation) made.citation = block.citation->text;
  auto const keys = source_keys(block);
  for (auto const& clause : block.clauses) source_clause(clause, keys, made);
  current_ = block.name.key;
  source_is_whole(block, keys, made);
  untold(block, made);
  std::stable_sort(made.keys.begin(), made.keys.end(), [&](auto const& a, auto const& b) {
    auto const at = [&](auto const& k) { return std::find(keys.begin(), keys.end(), k.name) - keys.begin(); };
    return at(a) < at(b);
  });
  out_.vocabulary.sources.push_back(std::move(made));
}

void VocabularyReader::source_is_whole(Block const& block, std::vector<std::string> const& keys,
                                       vocabulary::Source const& made) {
  if (block.faulty) return;
  for (auto const& key : keys) {
    auto const is_key = [&](vocabulary::SourceKey const& k) { return k.name == key; };
    if (std::any_of(made.keys.begin(), made.keys.end(), is_key)) continue;
    report(Code::empty_block, block.head, fmt::format("`{}` is a key of `{}` and has no line", key, made.shown),
           fmt::format("Add a line: `{}: column …`.", key));
  }
  bool const told = std::any_of(block.parts.begin(), block.parts.end(),
                                [](Part const& part) { return !part.words.starts_with("for "); });
  if (!keys.empty() || told) return;
  report(Code::empty_block, block.head, fmt::format("`{}` does not say by what its rows are found", made.shown),
         fmt::format("Write for example: `Source: {}, for area and occupation`.", made.shown));
}

// `for area and occupation`; a comma parts keys too.
std::vector<std::string> VocabularyReader::source_keys(Block const& block) {
  std::vector<std::string> keys;
  bool inside = false;
  for (auto const& part : block.parts) {
    std::string_view words = part.words;
    inside = take_front(words, "for ") || inside;
    if (!inside) {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a source", part.written),
             "Write `for` and its keys.");
      continue;
    }
    take_front(words, "and ");
    for (std::size_t at = 0; at <= words.size();) {
      auto const end = std::min(words.find(" and ", at), words.size());
      auto const name = words.substr(at, end - at);
      if (!name.empty()) keys.push_back(grammar::name_key(name));
      at = end + 5;
    }
  }
  return keys;
}

// In a measure each cell says by itself that it is not known.
void VocabularyReader::untold(Block const& block, vocabulary::Source const& made) {
  if (made.untold.empty() || made.is_list()) return;
  for (auto const& clause : block.clauses) {
    if (clause.kind != ClauseKind::untold) continue;
    report(Code::clause_not_here, clause.span,
           fmt::format("`Untold` speaks of who is on a list, and `{}` has values", made.shown),
           "Say of a column with `Marks` which of its cells are not known.");
  }
}

void VocabularyReader::lists_all(Clause const& clause, vocabulary::Source& made) {
  auto const& names = std::get<grammar::Names>(clause.body).names;
  auto const quantity = names.empty() ? vocabulary::Quantity() : quantity_of_words(out_.vocabulary, names.front().key);
  if (quantity.type.kind == Kind::code && quantity.type.edition != 0) {
    made.lists_all = quantity.type;
  } else {
    report(Code::part_not_understood, clause.span, "`Lists all` names an edition of a code",
           "Write for example: `Lists all: SOC 2018`.");
  }
}

void VocabularyReader::source_clause(Clause const& clause, std::vector<std::string> const& keys,
                                     vocabulary::Source& made) {
  if (clause.kind == ClauseKind::rows || clause.kind == ClauseKind::untold) {
    auto& filters = clause.kind == ClauseKind::rows ? made.rows : made.untold;
    for (auto const& filter : std::get<grammar::RowFilters>(clause.body).filters) {
      filters.push_back({filter.column, filter.negated, filter.texts});
    }
  } else if (clause.kind == ClauseKind::lists_all) {
    lists_all(clause, made);
  } else if (clause.kind == ClauseKind::field) {
    auto const& declared = std::get<grammar::Declared>(clause.body);
    bool const is_key = std::find(keys.begin(), keys.end(), declared.name.key) != keys.end();
    current_ = is_key ? made.name : declared.name.key;
    last_is_column_ = !is_key;
    auto const [at, fresh] = columns_.emplace(declared.name.key, declared.name.span);
    if (!fresh) {
      report(Code::declared_twice, declared.name.span,
             fmt::format("`{}` stands twice in `{}`", declared.name.text, made.shown), "Delete one of them.")
          .secondary.push_back({at->second, "the first one"});
    } else if (is_key) {
      source_key(declared, made);
    } else {
      source_column(declared, made);
    }
  } else if (clause.kind == ClauseKind::marks) {
    marks(clause, made);
  }
}

// A key without a type is what the record's field of that name is, in the singular or the plural; else text.
vocabulary::Type VocabularyReader::key_type(std::string const& name) const {
  for (auto const& field : out_.vocabulary.fields) {
    if (vocabulary::singular(field.name) != vocabulary::singular(name)) continue;
    auto type = field.quantity.type;
    type.list = false;
    return type;
  }
  return {Kind::text};
}

void VocabularyReader::source_key(grammar::Declared const& declared, vocabulary::Source& made) {
  vocabulary::SourceKey key;
  key.name = declared.name.key;
  key.shown = declared.name.text;
  key.type = key_type(key.name);
  for (std::size_t i = 0; i < declared.parts.size(); ++i) {
    auto const& part = declared.parts[i];
    if (is_column(part)) {
      key.column = column_name(part);
    } else if (is_title_column(part)) {
      auto shorter = part;
      shorter.written = part.written.substr(std::min(part.written.size(), std::string_view("title ").size()));
      key.title_column = column_name(shorter);
    } else if (auto const named = year_named(part); named && key.type.kind == Kind::year) {
      key.named = *named;
    } else if (i == 0) {
      key.type =
          type_is_misspelled(part) ? vocabulary::Type{Kind::text} : quantity_of_words(out_.vocabulary, part.words).type;
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a key", part.written),
             "A key may say: its type, `column NAME`, `title column NAME`, and of a year `named by its first year` or "
             "`named by its last year`.");
    }
  }
  if (key.type.list || key.type.kind == Kind::record || is_numeric(key.type)) {
    report(Code::part_not_understood, declared.name.span,
           fmt::format("`{}` is {}, and rows are not found by that", key.shown,
                       vocabulary::words(key.type, out_.vocabulary)),
           "A key is a code, a text, a choice, a date or a year.");
  }
  if (key.column.empty()) key.column = key.name;
  made.keys.push_back(std::move(key));
}

void VocabularyReader::source_column(grammar::Declared const& declared, vocabulary::Source& made) {
  vocabulary::SourceColumn column;
  column.name = declared.name.key;
  column.shown = declared.name.text;
  bool typed = false;
  for (std::size_t i = 0; i < declared.parts.size(); ++i) {
    auto const& part = declared.parts[i];
    if (is_column(part)) {
      column.column = column_name(part);
    } else if (part.words == "may be negative") {
      column.may_be_negative = true;
    } else if (part.words.starts_with("between ")) {
      range(part, column.quantity, column.lowest, column.highest);
    } else if (auto const named = year_named(part); named && column.quantity.type.kind == Kind::year) {
      column.named = *named;
    } else if (i == 0) {
      type_is_misspelled(part);
      column.quantity = quantity_of_words(out_.vocabulary, part.words);
      typed = true;
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a column", part.written),
             "A column may say: its unit, `column NAME`, `may be negative`, `between A and B`.");
    }
  }
  if (!typed) {
    report(Code::part_not_understood, declared.name.span, fmt::format("`{}` does not say its unit", column.shown),
           "Write it first: `dollars per year, column A_MEDIAN`. A name that is a key must stand after `for` in the "
           "head.");
  }
  if (column.column.empty()) column.column = column.name;
  made.columns.push_back(std::move(column));
}

void VocabularyReader::marks(Clause const& clause, vocabulary::Source& made) {
  if (made.columns.empty() || !last_is_column_) {
    report(Code::part_not_understood, clause.span, "`Marks` stands under no column",
           "Move it below the line of the column in which the marks stand.");
    return;
  }
  auto& column = made.columns.back();
  Places seen;
  for (auto const& one : column.marks) seen.emplace(one.text, clause.span);
  for (auto const& rule : std::get<grammar::Marks>(clause.body).rules) {
    auto const meaning = mark_meaning(rule.meaning, column.quantity);
    for (auto const& mark : rule.marks) {
      auto const [at, fresh] = seen.emplace(mark, rule.span);
      if (!fresh) {
        report(Code::listed_twice, rule.span, fmt::format("The mark `{}` has two meanings", mark), "Keep one of them.")
            .secondary.push_back({at->second, "the first one"});
      } else if (meaning) {
        column.marks.push_back({mark, *meaning});
      }
    }
  }
}

std::optional<vocabulary::MarkMeaning> VocabularyReader::mark_meaning(grammar::FactValue const& value,
                                                                      vocabulary::Quantity const& quantity) {
  using FactKind = grammar::FactValue::Kind;
  using values::Known;
  auto const bound = [&](std::size_t i) { return steps(value.values[i], quantity); };
  switch (value.kind) {
    case FactKind::suppressed: return vocabulary::MarkMeaning{Known::suppressed};
    case FactKind::not_yet_published: return vocabulary::MarkMeaning{Known::not_yet_published};
    case FactKind::not_covered: return vocabulary::MarkMeaning{Known::not_covered};
    case FactKind::withdrawn: return vocabulary::MarkMeaning{Known::withdrawn};
    case FactKind::at_least:
      if (auto const low = bound(0)) return vocabulary::MarkMeaning{Known::bounded, *low, values::kNoHighest};
      return std::nullopt;
    case FactKind::at_most:
      if (auto const high = bound(0)) return vocabulary::MarkMeaning{Known::bounded, values::kNoLowest, *high};
      return std::nullopt;
    case FactKind::between: {
      auto const low = bound(0);
      auto const high = bound(1);
      if (low && high) return vocabulary::MarkMeaning{Known::bounded, *low, *high};
      return std::nullopt;
    }
    case FactKind::values: {
      auto const exact = value.values.size() == 1 ? bound(0) : std::nullopt;
      if (exact) return vocabulary::MarkMeaning{Known::exactly, *exact, *exact};
      return std::nullopt;
    }
    default:
      report(Code::part_not_understood, value.span, "A mark cannot mean that",
             "It may mean: suppressed, not yet published, not covered, withdrawn, `at least V`, `at most V`, "
             "`between A and B`, or a value.");
      return std::nullopt;
  }
}

}  // namespace waymark::check
