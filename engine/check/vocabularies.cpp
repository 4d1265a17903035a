// Vocabulary files -> one Vocabulary: calendars, units and choices here.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/vocabulary_reader.hpp"
#include "engine/check/whole_file.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using vocabulary::Kind;

bool take_front(std::string_view& words, std::string_view front) {
  if (!words.starts_with(front)) return false;
  words.remove_prefix(front.size());
  return true;
}

template <class Function>
void VocabularyReader::each(BlockKind kind, Function function) {
  for (auto const* block : blocks_) {
    if (block->kind == kind && !block->name.empty()) function(*block);
  }
}

grammar::Diagnostic& VocabularyReader::report(Code code, Span span, std::string message, std::string help) {
  if (!current_.empty()) out_.faulty.insert(current_);
  out_.diagnostics.push_back(grammar::diagnose(code, span, std::move(message), std::move(help)));
  return out_.diagnostics.back();
}

// What the grammar could not read: its names are not judged; where it has none, nothing that may rest on it is.
void VocabularyReader::faults_of_grammar(Block const& block) {
  if (block.kind == BlockKind::broken || (block.faulty && block.name.empty())) out_.unclear = true;
  if (!block.faulty) return;
  bool const by_name = block.kind == BlockKind::record || block.kind == BlockKind::source;
  if (!by_name && block.kind != BlockKind::note && block.kind != BlockKind::vocabulary) out_.unclear = true;
  if (block.kind == BlockKind::source) out_.faulty.insert(block.name.key);
  for (auto const& clause : block.clauses) {
    if (clause.kind != ClauseKind::broken) continue;
    auto const name = grammar::name_key(sources_.text(clause.label));
    if (name.empty()) out_.unclear = true;
    out_.faulty.insert(name);
  }
}

CheckedVocabulary VocabularyReader::read(std::vector<grammar::File const*> const& files) {
  for (auto const* file : files) {
    for (auto const& block : file->blocks) blocks_.push_back(&block);
    check_clauses_once(*file, out_.diagnostics);
  }
  for (auto const* block : blocks_) faults_of_grammar(*block);
  each(BlockKind::calendar, [&](Block const& block) { calendar(block); });
  add_year("program year", 7, 1);
  add_year("calendar year", 1, 1);
  each(BlockKind::unit, [&](Block const& block) { unit(block); });
  if (!out_.diagnostics.empty()) out_.unclear = true;
  each(BlockKind::choice, [&](Block const& block) { choice(block); });
  each(BlockKind::record, [&](Block const& block) { record_head(block); });
  for (auto const* block : records_) record_fields(*block);
  records_within_themselves();
  each(BlockKind::source, [&](Block const& block) { source(block); });
  return std::move(out_);
}

// Names of one kind of block are unique over all vocabularies; the second is told of the first.
bool VocabularyReader::is_new(Places& seen, Block const& block, std::string_view kind) {
  current_.clear();
  auto const [at, fresh] = seen.emplace(block.name.key, block.name.span);
  if (fresh) return true;
  report(Code::declared_twice, block.name.span, fmt::format("There are two blocks `{}: {}`", kind, block.name.text),
         "Give one of them another name, or delete it.")
      .secondary.push_back({at->second, "the first one"});
  return false;
}

void VocabularyReader::add_year(std::string const& name, unsigned month, unsigned day) {
  auto const same = [&](values::YearKind const& kind) { return kind.name == name; };
  auto& years = out_.vocabulary.calendar.years;
  if (std::none_of(years.begin(), years.end(), same)) years.push_back({name, month, day});
}

void VocabularyReader::calendar(Block const& block) {
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

std::optional<values::Date> VocabularyReader::date(std::string const& text, grammar::Span span) {
  auto const read = values::read_date(text);
  if (!read) report(Code::not_a_day, span, fmt::format("`{}` is not a day of the calendar", text), kDay);
  return read;
}

void VocabularyReader::year_start(Clause const& clause) {
  auto const& declared = std::get<grammar::Declared>(clause.body);
  std::string_view words = declared.parts.empty() ? std::string_view() : declared.parts.front().words;
  auto const day = take_front(words, "starts ") ? values::read_date("2001-" + std::string(words)) : std::nullopt;
  if (!day) {
    report(Code::not_a_day, clause.span, "A kind of year needs the day on which it starts",
           fmt::format("Write: `{}: starts 07-01`, the month first.", declared.name.text));
    add_year(vocabulary::singular(declared.name.key), 1, 1);  // its name can be used all the same
    return;
  }
  auto const text = values::write_date(*day);
  auto const number = [&](std::size_t at) { return static_cast<unsigned>((text[at] - '0') * 10 + text[at + 1] - '0'); };
  add_year(vocabulary::singular(declared.name.key), number(5), number(8));
}

void VocabularyReader::holidays(Clause const& clause) {
  auto& days = out_.vocabulary.calendar.holidays;
  for (auto const& value : std::get<grammar::Values>(clause.body).values) {
    auto const* amount = std::get_if<grammar::Amount>(&value.node);
    if (auto const day = date(amount != nullptr ? amount->digits : std::string(), value.span)) days.push_back(*day);
  }
  std::sort(days.begin(), days.end());
}

void VocabularyReader::unit_decimals(Block const& block) {
  auto const id = out_.vocabulary.unit(block.name.text);
  for (auto const& part : block.parts) {
    std::string_view words = part.words;
    bool const fits = take_front(words, "at most ") && words.size() >= 9 && words[0] >= '0' && words[0] <= '6' &&
                      (words.substr(1) == " decimal" || words.substr(1) == " decimals");
    if (fits) {
      out_.vocabulary.units[id].decimals = static_cast<std::uint32_t>(words[0] - '0');
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a unit", part.written),
             "Write `at most 1 decimal` (up to 6), or `= $0.01`.");
    }
  }
}

void VocabularyReader::unit(Block const& block) {
  if (!is_new(units_, block, "Unit")) return;
  if (!block.equals) return unit_decimals(block);
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

void VocabularyReader::choice(Block const& block) {
  if (!is_new(choices_, block, "Choice")) return;
  current_ = block.name.key;
  vocabulary::Choice choice;
  choice.name = block.name.key;
  choice.shown = block.name.text;
  for (auto const& part : block.parts) {
    if (part.words == "lowest first") {
      choice.lowest_first = true;
    } else if (part.words == "best first") {
      choice.best_first = true;
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a choice", part.written),
             "Write `lowest first` or `best first`, or nothing.");
      choice.lowest_first = true;  // an order was meant
    }
  }
  Places seen;
  Places keys;
  for (auto const& clause : block.clauses) {
    if (clause.kind == ClauseKind::entry) choice_entry(clause, choice, seen, keys);
  }
  if (choice.entries.empty() && !block.faulty) {
    report(Code::empty_block, block.name.span, fmt::format("The choice `{}` has no entries", choice.shown),
           "Write one entry a line below it.");
  }
  out_.faulty.erase(current_);  // the entries that it has can be named all the same
  out_.vocabulary.choices.push_back(std::move(choice));
}

void VocabularyReader::entry_part(Part const& part, vocabulary::ChoiceEntry& entry) {
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

void VocabularyReader::choice_entry(Clause const& clause, vocabulary::Choice& choice, Places& seen, Places& keys) {
  auto const& names = std::get<grammar::Names>(clause.body);
  if (names.names.empty()) return;
  auto const& name = names.names.front();
  vocabulary::ChoiceEntry entry{name.key, name.text, grammar::data_key(name.key)};
  for (auto const& part : names.parts) entry_part(part, entry);
  bool const built_in = choice.name == "outcome" && (name.key == "needs information" || name.key == "not reviewed");
  auto const [at, fresh] = seen.emplace(name.key, clause.span);
  auto const [same, new_key] = keys.emplace(grammar::name_key(entry.data_key), clause.span);
  if (built_in) {
    report(Code::declared_twice, clause.span, fmt::format("`{}` is an outcome of every policy already", entry.shown),
           "Leave the line out.");
  } else if (!fresh || !new_key) {
    report(Code::declared_twice, clause.span,
           !fresh ? fmt::format("`{}` stands twice in `{}`", entry.shown, choice.shown)
                  : fmt::format("`{}` is written in data like another entry", entry.shown),
           !fresh ? "Delete one of them." : "Give one of them another key: `key \"…\"`.")
        .secondary.push_back({!fresh ? at->second : same->second, "the first one"});
  }
  if (fresh && !built_in) choice.entries.push_back(std::move(entry));
}

CheckedVocabulary check_vocabularies(grammar::Sources const& sources, std::vector<grammar::File const*> const& files) {
  auto out = VocabularyReader(sources).read(files);
  grammar::sort(out.diagnostics);
  return out;
}

}  // namespace waymark::check
