// Vocabulary files -> one Vocabulary: units first, then choices, records and years, then what is made of them.
#include <map>
#include <string>
#include <string_view>

#include "engine/check/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/check/units.hpp"
#include "grammar/print.hpp"

namespace waymark::check {
namespace {

using grammar::Block;
using grammar::BlockKind;
using grammar::Clause;
using grammar::ClauseKind;
using grammar::Code;
using grammar::Part;
using vocabulary::Kind;

std::string as_written(grammar::Phrase const& phrase) { return phrase.text; }

bool take_front(std::string_view& words, std::string_view front) {
  if (!words.starts_with(front)) return false;
  words.remove_prefix(front.size());
  return true;
}

// `key "rates.{student group}"` -> {"rates", "{student group}"}: a dot inside braces does not part keys.
std::vector<std::string> key_path(std::string_view key) {
  std::vector<std::string> out(1);
  bool in_braces = false;
  for (auto const c : key) {
    in_braces = c == '{' || (in_braces && c != '}');
    if (c == '.' && !in_braces) {
      out.emplace_back();
    } else {
      out.back().push_back(c);
    }
  }
  return out;
}

class Reading {
 public:
  explicit Reading(grammar::Sources const& sources) : sources_(sources) {}

  CheckedVocabulary read(std::vector<grammar::File const*> const& files) {
    std::vector<Block const*> blocks;
    for (auto const* file : files) {
      for (auto const& block : file->blocks) blocks.push_back(&block);
    }
    each(blocks, BlockKind::calendar, [&](Block const& block) { calendar(block); });
    add_year("program year", 7, 1);
    add_year("calendar year", 1, 1);
    each(blocks, BlockKind::unit, [&](Block const& block) { unit(block); });
    each(blocks, BlockKind::choice, [&](Block const& block) { choice(block); });
    each(blocks, BlockKind::record, [&](Block const& block) { record_head(block); });
    for (auto const* block : records_) record_fields(*block);
    each(blocks, BlockKind::source, [&](Block const& block) { source(block); });
    return std::move(out_);
  }

 private:
  template <class Function>
  void each(std::vector<Block const*> const& blocks, BlockKind kind, Function function) {
    for (auto const* block : blocks) {
      if (block->kind == kind && !block->name.empty()) function(*block);
    }
  }

  void report(Code code, grammar::Span span, std::string message, std::string help = {}) {
    out_.diagnostics.push_back(grammar::diagnose(code, span, std::move(message), std::move(help)));
  }

  // Names of one kind of block are unique over all vocabularies; the second is told of the first.
  bool is_new(std::map<std::string, grammar::Span>& seen, Block const& block, std::string_view kind) {
    auto const [at, fresh] = seen.emplace(block.name.key, block.name.span);
    if (fresh) return true;
    auto diagnostic = grammar::diagnose(Code::declared_twice, block.name.span,
                                        fmt::format("There are two blocks `{}: {}`", kind, block.name.text),
                                        "Give one of them another name, or delete it.");
    diagnostic.secondary.push_back({at->second, "the first one"});
    out_.diagnostics.push_back(std::move(diagnostic));
    return false;
  }

  void add_year(std::string const& name, unsigned month, unsigned day) {
    auto const same = [&](values::YearKind const& kind) { return kind.name == name; };
    auto& years = out_.vocabulary.calendar.years;
    if (std::none_of(years.begin(), years.end(), same)) years.push_back({name, month, day});
  }

  void calendar(Block const& block) {
    if (!is_new(calendars_, block, "Calendar")) return;
    for (auto const& clause : block.clauses) {
      if (clause.kind == ClauseKind::starts) year_start(clause);
      if (clause.kind == ClauseKind::through) {
        if (auto const* range = std::get_if<grammar::DateRange>(&clause.body)) {
          out_.vocabulary.calendar.through = date(range->from.empty() ? range->through : range->from, clause.span);
        }
      }
      if (clause.kind == ClauseKind::holidays) holidays(clause);
    }
  }

  std::optional<values::Date> date(std::string const& text, grammar::Span span) {
    auto const read = values::read_date(text);
    if (!read) report(Code::not_a_day, span, fmt::format("`{}` is not a day of the calendar", text));
    return read;
  }

  void year_start(Clause const& clause) {
    auto const& declared = std::get<grammar::Declared>(clause.body);
    std::string_view words = declared.parts.empty() ? std::string_view() : declared.parts.front().words;
    auto const day = take_front(words, "starts ") ? values::read_date("2001-" + std::string(words)) : std::nullopt;
    if (!day) {
      report(Code::not_a_day, clause.span, "A kind of year needs the day on which it starts",
             fmt::format("Write: `{}: starts 07-01`, the month first.", declared.name.text));
      return;
    }
    auto const text = values::write_date(*day);
    auto const number = [&](std::size_t at) {
      return static_cast<unsigned>((text[at] - '0') * 10 + text[at + 1] - '0');
    };
    add_year(vocabulary::singular(declared.name.key), number(5), number(8));
  }

  void holidays(Clause const& clause) {
    auto& days = out_.vocabulary.calendar.holidays;
    for (auto const& value : std::get<grammar::Values>(clause.body).values) {
      auto const* amount = std::get_if<grammar::Amount>(&value.node);
      if (auto const day = date(amount != nullptr ? amount->digits : std::string(), value.span)) days.push_back(*day);
    }
    std::sort(days.begin(), days.end());
  }

  void unit(Block const& block) {
    if (!is_new(units_, block, "Unit")) return;
    if (!block.equals) {
      auto const id = out_.vocabulary.unit(block.name.text);
      for (auto const& part : block.parts) {
        std::string_view words = part.words;
        bool const fits = take_front(words, "at most ") && words.size() >= 10 && words[0] >= '0' && words[0] <= '6' &&
                          words.substr(1).starts_with(" decimal");
        if (fits) {
          out_.vocabulary.units[id].decimals = static_cast<std::uint32_t>(words[0] - '0');
        } else {
          report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a unit", part.written),
                 "Write `at most 1 decimal` (up to 6), or `= $0.01`.");
        }
      }
      return;
    }
    auto const* amount = std::get_if<grammar::Amount>(&block.equals->node);
    auto const reading = amount != nullptr ? read_amount(out_.vocabulary, *amount) : AmountReading();
    if (!reading.amount || reading.amount->bare || reading.amount->steps <= 0) {
      report(Code::part_not_understood, block.equals->span,
             amount == nullptr || reading.fault == AmountFault::none ? "A unit is worth an amount of another one"
                                                                     : fault_words(reading.fault, *amount, "the unit"),
             "Write for example: `Unit: cent = $0.01`.");
      return;
    }
    if (vocabulary::singular(block.name.key) == "full-time year") {
      out_.vocabulary.full_time_hours = reading.amount->steps;
      return;
    }
    out_.vocabulary.derived_units.push_back(
        {vocabulary::singular(block.name.key), {reading.amount->type, {reading.amount->steps, 1}}});
  }

  void choice(Block const& block) {
    if (!is_new(choices_, block, "Choice")) return;
    vocabulary::Choice choice;
    choice.name = block.name.key;
    choice.shown = as_written(block.name);
    for (auto const& part : block.parts) {
      if (part.words == "lowest first") {
        choice.lowest_first = true;
      } else if (part.words == "best first") {
        choice.best_first = true;
      } else {
        report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a choice", part.written),
               "Write `lowest first` or `best first`, or nothing.");
      }
    }
    for (auto const& clause : block.clauses) {
      if (clause.kind == ClauseKind::entry) choice_entry(clause, choice);
    }
    if (choice.entries.empty() && !block.faulty) {
      report(Code::empty_block, block.name.span, fmt::format("The choice `{}` has no entries", choice.shown),
             "Write one entry a line below it.");
    }
    out_.vocabulary.choices.push_back(std::move(choice));
  }

  void choice_entry(Clause const& clause, vocabulary::Choice& choice) {
    auto const& names = std::get<grammar::Names>(clause.body);
    if (names.names.empty()) return;
    vocabulary::ChoiceEntry entry{names.names.front().key, as_written(names.names.front()),
                                  grammar::data_key(names.names.front().key)};
    for (auto const& part : names.parts) {
      if (part.words == "key" && part.quoted) {
        entry.data_key = *part.quoted;
      } else if (part.words == "adverse") {
        entry.adverse = true;
      } else if (part.words == "favourable" || part.words == "favorable") {
        entry.favourable = true;
      } else {
        report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about an entry", part.written),
               "Write `key \"…\"`, `favourable` or `adverse`.");
      }
    }
    if (choice.find(entry.name)) {
      report(Code::declared_twice, clause.span, fmt::format("`{}` stands twice in `{}`", entry.shown, choice.shown),
             "Delete one of them.");
      return;
    }
    choice.entries.push_back(std::move(entry));
  }

  void record_head(Block const& block) {
    if (!is_new(record_names_, block, "Record")) return;
    vocabulary::Record record;
    record.name = block.name.key;
    record.shown = as_written(block.name);
    for (auto const& part : block.parts) {
      if (part.words == "key" && part.quoted) {
        record.id_key = *part.quoted;
      } else {
        report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a record", part.written),
               "Write `key \"id\"`, the data key of its identifier.");
      }
    }
    out_.vocabulary.records.push_back(std::move(record));
    records_.push_back(&block);
  }

  void record_fields(Block const& block) {
    auto const id = *out_.vocabulary.record(block.name.key);
    std::map<std::string, grammar::Span> seen;
    for (auto const& clause : block.clauses) {
      if (clause.kind == ClauseKind::ignored) {
        for (auto const& name : std::get<grammar::Names>(clause.body).names) {
          out_.vocabulary.records[id].ignored.push_back(name.text);
        }
      }
      if (clause.kind != ClauseKind::field) continue;
      auto const& declared = std::get<grammar::Declared>(clause.body);
      if (!seen.emplace(declared.name.key, declared.name.span).second) {
        report(Code::declared_twice, declared.name.span, fmt::format("The field `{}` stands twice", declared.name.text),
               "Delete one of them, or give it another name.");
        continue;
      }
      if (auto made = field(declared)) {
        out_.vocabulary.fields.push_back(std::move(*made));
        out_.vocabulary.records[id].fields.push_back(
            static_cast<vocabulary::FieldId>(out_.vocabulary.fields.size() - 1));
      }
    }
  }

  std::optional<vocabulary::Field> field(grammar::Declared const& declared) {
    vocabulary::Field made;
    made.name = declared.name.key;
    made.shown = as_written(declared.name);
    if (declared.parts.empty()) {
      report(Code::part_not_understood, declared.name.span, fmt::format("`{}` does not say what it is", made.shown),
             "Write after the colon what it holds: `students`, `dollars per year`, `text`, `yes or no`, `date` …");
      return std::nullopt;
    }
    made.quantity = quantity_of_words(out_.vocabulary, declared.parts.front().words);
    std::string key = grammar::data_key(made.name);
    for (std::size_t i = 1; i < declared.parts.size(); ++i) field_part(declared.parts[i], made, key);
    made.path = key_path(key);
    std::sort(made.each.begin(), made.each.end(),
              [](auto const& a, auto const& b) { return static_cast<int>(a.of) < static_cast<int>(b.of); });
    return made;
  }

  void field_part(Part const& part, vocabulary::Field& made, std::string& key) {
    std::string_view words = part.words;
    if (words == "key" && part.quoted) {
      key = *part.quoted;
    } else if (words == "may be negative") {
      made.may_be_negative = true;
    } else if (words == "review date") {
      made.review_date = true;
    } else if (take_front(words, "for each ")) {
      dimension(part, words, made);
    } else if (words.starts_with("between ")) {
      range(part, made.quantity, made.lowest, made.highest);
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a field", part.written),
             "A field may say: `key \"…\"`, `for each …`, `may be negative`, `between A and B`, `review date`.");
    }
  }

  void dimension(Part const& part, std::string_view words, vocabulary::Field& made) {
    using Of = vocabulary::Dimension::Of;
    if (auto const choice = out_.vocabulary.choice(words)) {
      made.each.push_back({Of::choice, *choice});
    } else if (auto const year = out_.vocabulary.year_kind(words)) {
      made.each.push_back({Of::year, *year});
    } else {
      report(
          Code::unknown_range, part.span, fmt::format("There is no choice and no kind of year `{}`", words),
          "A field may have one value for each entry of a Choice, or for each year of a kind that a Calendar names.");
    }
  }

  void range(Part const& part, vocabulary::Quantity const& quantity, std::optional<values::Steps>& lowest,
             std::optional<values::Steps>& highest) {
    auto const value = grammar::read_fact_value(sources_, part.span, out_.diagnostics);
    if (!value || value->kind != grammar::FactValue::Kind::between || value->values.size() != 2) return;
    lowest = steps(value->values[0], quantity);
    highest = steps(value->values[1], quantity);
  }

  std::optional<values::Steps> steps(grammar::Value const& value, vocabulary::Quantity const& quantity) {
    auto const* amount = std::get_if<grammar::Amount>(&value.node);
    if (amount == nullptr) {
      report(Code::wrong_unit, value.span, fmt::format("`{}` is not an amount", grammar::print(value)));
      return std::nullopt;
    }
    auto const reading = read_amount_as(out_.vocabulary, *amount, quantity.type);
    auto const unit = vocabulary::words(quantity.type, out_.vocabulary);
    if (!reading.amount) {
      report(Code::wrong_unit, value.span, fault_words(reading.fault, *amount, unit));
      return std::nullopt;
    }
    if (reading.amount->type != quantity.type) {
      report(Code::wrong_unit, value.span,
             fmt::format("`{}` is in {}, here {} is meant", grammar::print(value),
                         vocabulary::words(reading.amount->type, out_.vocabulary), unit));
      return std::nullopt;
    }
    return reading.amount->steps;
  }

  void source(Block const& block) {
    if (!is_new(source_names_, block, "Source")) return;
    vocabulary::Source made;
    made.name = block.name.key;
    made.shown = as_written(block.name);
    if (block.citation) made.citation = block.citation->text;
    auto const keys = source_keys(block);
    for (auto const& clause : block.clauses) source_clause(clause, keys, made);
    for (auto const& key : keys) {
      auto const there = [&](vocabulary::SourceKey const& k) { return k.name == key; };
      if (!block.faulty && std::none_of(made.keys.begin(), made.keys.end(), there)) {
        report(Code::empty_block, block.head, fmt::format("`{}` is a key of `{}` and has no line", key, made.shown),
               fmt::format("Add a line: `{}: column …`.", key));
      }
    }
    if (keys.empty() && !block.faulty) {
      report(Code::empty_block, block.head, fmt::format("`{}` does not say by what its rows are found", made.shown),
             fmt::format("Write for example: `Source: {}, for area and occupation`.", made.shown));
    }
    std::stable_sort(made.keys.begin(), made.keys.end(), [&](auto const& a, auto const& b) {
      auto const at = [&](auto const& k) { return std::find(keys.begin(), keys.end(), k.name) - keys.begin(); };
      return at(a) < at(b);
    });
    out_.vocabulary.sources.push_back(std::move(made));
  }

  // `for area and occupation`; a comma parts keys too.
  std::vector<std::string> source_keys(Block const& block) {
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
      for (std::size_t at = 0; at <= words.size();) {
        auto const end = std::min(words.find(" and ", at), words.size());
        auto name = words.substr(at, end - at);
        if (take_front(name, "and ") || !name.empty()) keys.push_back(grammar::name_key(name));
        at = end + 5;
      }
    }
    return keys;
  }

  void source_clause(Clause const& clause, std::vector<std::string> const& keys, vocabulary::Source& made) {
    if (clause.kind == ClauseKind::rows) {
      for (auto const& filter : std::get<grammar::RowFilters>(clause.body).filters) {
        made.rows.push_back({filter.column, filter.negated, filter.texts});
      }
    } else if (clause.kind == ClauseKind::lists_all) {
      auto const& names = std::get<grammar::Names>(clause.body).names;
      auto const quantity =
          names.empty() ? vocabulary::Quantity() : quantity_of_words(out_.vocabulary, names.front().key);
      if (quantity.type.kind == Kind::code && quantity.type.edition != 0) {
        made.lists_all = quantity.type;
      } else {
        report(Code::part_not_understood, clause.span, "`Lists all` names an edition of a code",
               "Write for example: `Lists all: SOC 2018`.");
      }
    } else if (clause.kind == ClauseKind::field) {
      auto const& declared = std::get<grammar::Declared>(clause.body);
      bool const is_key = std::find(keys.begin(), keys.end(), declared.name.key) != keys.end();
      is_key ? source_key(declared, made) : source_column(declared, made);
      last_is_column_ = !is_key;
    } else if (clause.kind == ClauseKind::marks) {
      marks(clause, made);
    }
  }

  static std::string column_name(Part const& part) {
    if (part.quoted) return *part.quoted;
    auto const blank = part.written.find(' ');
    return blank == std::string::npos ? std::string() : part.written.substr(blank + 1);
  }
  static bool is_column(Part const& part) { return part.words == "column" || part.words.starts_with("column "); }

  // A key without a type is what the record's field of that name is, in the singular or the plural; else text.
  vocabulary::Type key_type(std::string const& name) const {
    for (auto const& field : out_.vocabulary.fields) {
      if (vocabulary::singular(field.name) != vocabulary::singular(name)) continue;
      auto type = field.quantity.type;
      type.list = false;
      return type;
    }
    return {Kind::text};
  }

  void source_key(grammar::Declared const& declared, vocabulary::Source& made) {
    vocabulary::SourceKey key;
    key.name = declared.name.key;
    key.shown = as_written(declared.name);
    key.type = key_type(key.name);
    for (std::size_t i = 0; i < declared.parts.size(); ++i) {
      auto const& part = declared.parts[i];
      if (is_column(part)) {
        key.column = column_name(part);
      } else if (part.words == "title column" || part.words.starts_with("title column ")) {
        auto shorter = part;
        shorter.written = part.written.substr(std::min(part.written.size(), std::string_view("title ").size()));
        key.title_column = column_name(shorter);
      } else if (i == 0) {
        key.type = quantity_of_words(out_.vocabulary, part.words).type;
      } else {
        report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a key", part.written),
               "A key may say: its type, `column NAME`, `title column NAME`.");
      }
    }
    if (key.column.empty()) key.column = key.name;
    made.keys.push_back(std::move(key));
  }

  void source_column(grammar::Declared const& declared, vocabulary::Source& made) {
    vocabulary::SourceColumn column;
    column.name = declared.name.key;
    column.shown = as_written(declared.name);
    bool typed = false;
    for (std::size_t i = 0; i < declared.parts.size(); ++i) {
      auto const& part = declared.parts[i];
      if (is_column(part)) {
        column.column = column_name(part);
      } else if (part.words == "may be negative") {
        column.may_be_negative = true;
      } else if (part.words.starts_with("between ")) {
        range(part, column.quantity, column.lowest, column.highest);
      } else if (i == 0) {
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

  void marks(Clause const& clause, vocabulary::Source& made) {
    if (made.columns.empty() || !last_is_column_) {
      report(Code::part_not_understood, clause.span, "`Marks` stands under no column",
             "Move it below the line of the column in which the marks stand.");
      return;
    }
    auto& column = made.columns.back();
    for (auto const& rule : std::get<grammar::Marks>(clause.body).rules) {
      auto const meaning = mark_meaning(rule.meaning, column.quantity);
      if (!meaning) continue;
      for (auto const& mark : rule.marks) column.marks.push_back({mark, *meaning});
    }
  }

  std::optional<vocabulary::MarkMeaning> mark_meaning(grammar::FactValue const& value,
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

  grammar::Sources const& sources_;
  CheckedVocabulary out_;
  std::map<std::string, grammar::Span> calendars_, units_, choices_, record_names_, source_names_;
  std::vector<Block const*> records_;
  bool last_is_column_ = false;
};

}  // namespace

CheckedVocabulary check_vocabularies(grammar::Sources const& sources, std::vector<grammar::File const*> const& files) {
  return Reading(sources).read(files);
}

}  // namespace waymark::check
