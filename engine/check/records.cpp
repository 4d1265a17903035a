// Record blocks: fields, their types and where they stand in data.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/near_type.hpp"
#include "engine/check/vocabulary_reader.hpp"
#include "grammar/print.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using vocabulary::Kind;

namespace {

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

}  // namespace

void VocabularyReader::record_head(Block const& block) {
  if (!is_new(record_names_, block, "Record")) {
    for (auto const& clause : block.clauses) {
      auto const* declared = std::get_if<grammar::Declared>(&clause.body);
      if (declared != nullptr) out_.faulty.insert(declared->name.key);
    }
    return;
  }
  current_ = block.name.key;
  vocabulary::Record record;
  record.name = block.name.key;
  record.shown = block.name.text;
  for (auto const& part : block.parts) {
    if (part.words == "key" && part.quoted) {
      record.id_key = *part.quoted;
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a record", part.written),
             "Write `key \"id\"`, the data key of its identifier.");
      out_.faulty.erase(current_);  // its fields stand all the same
    }
  }
  out_.vocabulary.records.push_back(std::move(record));
  records_.push_back(&block);
}

void VocabularyReader::record_fields(Block const& block) {
  auto const id = *out_.vocabulary.record(block.name.key);
  Places seen;
  Places keys;
  bool has_field = block.faulty;
  for (auto const& clause : block.clauses) {
    if (clause.kind == ClauseKind::ignored) {
      for (auto const& name : std::get<grammar::Names>(clause.body).names) {
        out_.vocabulary.records[id].ignored.push_back(name.text);
      }
    }
    if (clause.kind != ClauseKind::field) continue;
    has_field = true;
    add_field(id, clause, seen, keys);
  }
  if (has_field) return;
  current_ = block.name.key;
  report(Code::empty_block, block.name.span, fmt::format("The record `{}` has no fields", block.name.text),
         "Write one a line: its name, a colon, and what it holds.");
}

void VocabularyReader::add_field(vocabulary::RecordId id, Clause const& clause, Places& seen, Places& keys) {
  auto const& declared = std::get<grammar::Declared>(clause.body);
  current_ = declared.name.key;
  auto const [at, fresh] = seen.emplace(declared.name.key, declared.name.span);
  if (!fresh) {
    report(Code::declared_twice, declared.name.span, fmt::format("The field `{}` stands twice", declared.name.text),
           "Delete one of them, or give it another name.")
        .secondary.push_back({at->second, "the first one"});
    return;
  }
  auto const before = out_.diagnostics.size();
  auto made = field(declared);
  if (out_.diagnostics.size() != before) out_.faulty_texts.push_back(grammar::name_key(sources_.text(clause.span)));
  if (!made) return;
  std::string path;
  for (auto const& step : made->path) path += step + ".";
  auto const [same, new_key] = keys.emplace(path, declared.name.span);
  if (!new_key) {
    report(Code::declared_twice, declared.name.span,
           fmt::format("`{}` is read from the key of another field", declared.name.text),
           "Give one of them another key: `key \"…\"`.")
        .secondary.push_back({same->second, "the other field"});
  }
  out_.vocabulary.fields.push_back(std::move(*made));
  out_.fields.push_back(declared.name.span);
  out_.vocabulary.records[id].fields.push_back(static_cast<vocabulary::FieldId>(out_.vocabulary.fields.size() - 1));
}

std::optional<vocabulary::Field> VocabularyReader::field(grammar::Declared const& declared) {
  vocabulary::Field made;
  made.name = declared.name.key;
  made.shown = declared.name.text;
  if (declared.parts.empty()) {
    report(Code::part_not_understood, declared.name.span, fmt::format("`{}` does not say what it is", made.shown),
           "Write after the colon what it holds: `students`, `dollars per year`, `text`, `yes or no`, `date` …");
    return std::nullopt;
  }
  type_is_misspelled(declared.parts.front());
  made.quantity = quantity_of_words(out_.vocabulary, declared.parts.front().words);
  if (made.quantity.type.kind == Kind::record && has_no_fields(made.quantity.type)) out_.faulty.insert(current_);
  std::string key = grammar::data_key(made.name);
  for (std::size_t i = 1; i < declared.parts.size(); ++i) field_part(declared.parts[i], made, key);
  made.path = key_path(key);
  std::sort(made.each.begin(), made.each.end(),
            [](auto const& a, auto const& b) { return static_cast<int>(a.of) < static_cast<int>(b.of); });
  return made;
}

bool VocabularyReader::has_no_fields(vocabulary::Type const& record) const {
  auto const& name = out_.vocabulary.records[record.which].name;
  auto const found =
      std::find_if(records_.begin(), records_.end(), [&](Block const* block) { return block->name.key == name; });
  return found != records_.end() && std::none_of((*found)->clauses.begin(), (*found)->clauses.end(),
                                                 [](Clause const& c) { return c.kind == ClauseKind::field; });
}

// A Unit block may say that a word is one, however near it is to a type.
bool VocabularyReader::type_is_misspelled(Part const& part) {
  if (units_.contains(part.words) || units_.contains(vocabulary::singular(part.words))) return false;
  auto const meant = near_type(out_.vocabulary, part.words);
  if (meant.empty()) return false;
  report(Code::part_not_understood, part.span,
         fmt::format("`{}` would be a unit; did you mean `{}`?", part.written, meant),
         "If it is a unit, declare it with a block: `Unit: …`.")
      .edit = grammar::Edit{part.span, meant};
  return true;
}

void VocabularyReader::field_part(Part const& part, vocabulary::Field& made, std::string& key) {
  std::string_view words = part.words;
  if (words == "key" && part.quoted) {
    key = *part.quoted;
  } else if (words == "may be negative") {
    made.may_be_negative = true;
  } else if (words == "review date" && made.quantity.type.kind == Kind::date) {
    made.review_date = true;
  } else if (words == "review date") {
    report(Code::part_not_understood, part.span,
           fmt::format("`{}` is no date, so nothing is reviewed by it", made.shown), "Write `date, review date`.");
  } else if (words == "identifies" || words.starts_with("identifies ")) {
    identity(part, made);
  } else if (take_front(words, "for each ")) {
    dimension(part, words, made);
  } else if (words.starts_with("between ")) {
    range(part, made.quantity, made.lowest, made.highest);
  } else {
    report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a field", part.written),
           "A field may say: `key \"…\"`, `for each …`, `may be negative`, `between A and B`, `review date`, "
           "`identifies the record`.");
  }
}

// `program number: text, identifies the pathway`
void VocabularyReader::identity(Part const& part, vocabulary::Field& made) {
  auto const& type = made.quantity.type;
  made.identifies = !type.list && made.each.empty() && (type.kind == Kind::text || type.kind == Kind::code);
  if (made.identifies) return;
  report(Code::part_not_understood, part.span,
         fmt::format("`{}` is no single text and no code, so it cannot tell one record from another", made.shown),
         "Let a field of `text` or of a code identify the record.");
}

void VocabularyReader::dimension(Part const& part, std::string_view words, vocabulary::Field& made) {
  using Of = vocabulary::Dimension::Of;
  vocabulary::Dimension one;
  if (auto const choice = out_.vocabulary.choice(words)) {
    one = {Of::choice, *choice};
  } else if (auto const year = out_.vocabulary.year_kind(words)) {
    one = {Of::year, *year};
  } else {
    if (out_.faulty.contains(std::string(words))) {
      out_.faulty.insert(current_);
      return;
    }
    report(Code::unknown_range, part.span, fmt::format("There is no choice and no kind of year `{}`", words),
           "A field may have one value for each entry of a Choice, or for each year of a kind that a Calendar names.");
    out_.faulty.insert(std::string(words));
    return;
  }
  bool const same = std::any_of(made.each.begin(), made.each.end(), [&](auto const& d) { return d.of == one.of; });
  bool const whole = made.quantity.type.list || made.quantity.type.kind == Kind::record;
  if (same || whole) {
    report(Code::part_not_understood, part.span,
           whole ? fmt::format("`{}` is a list or a record, and stands there once", made.shown)
                 : fmt::format("`{}` has one value for each of two things of a kind", made.shown),
           "A field may be for each entry of one choice, for each year of one kind, or both.");
    return;
  }
  made.each.push_back(one);
}

void VocabularyReader::range(Part const& part, vocabulary::Quantity const& quantity,
                             std::optional<values::Steps>& lowest, std::optional<values::Steps>& highest) {
  auto const before = out_.diagnostics.size();
  auto const value = grammar::read_fact_value(sources_, part.span, out_.diagnostics);
  if (out_.diagnostics.size() != before) out_.faulty.insert(current_);
  if (!value || value->kind != grammar::FactValue::Kind::between || value->values.size() != 2) return;
  if (!is_ordered(quantity.type)) {
    report(Code::part_not_understood, part.span,
           fmt::format("{} lies between nothing", vocabulary::words(quantity.type, out_.vocabulary)),
           "Only numbers, dates and years have a range.");
    return;
  }
  lowest = steps(value->values[0], quantity);
  highest = steps(value->values[1], quantity);
  if (!lowest || !highest || *lowest <= *highest) return;
  report(Code::part_not_understood, part.span, "The first of the two is the larger one", "Exchange them.");
}

std::optional<values::Steps> VocabularyReader::steps(grammar::Value const& value,
                                                     vocabulary::Quantity const& quantity) {
  auto const* amount = std::get_if<grammar::Amount>(&value.node);
  if (amount == nullptr) {
    report(Code::wrong_unit, value.span, fmt::format("`{}` is not an amount", grammar::print(value)),
           "Write a number with its unit.");
    return std::nullopt;
  }
  auto const reading = read_amount_as(out_.vocabulary, *amount, quantity.type);
  auto const unit = vocabulary::words(quantity.type, out_.vocabulary);
  if (!reading.amount) {
    report(fault_code(reading.fault), value.span, fault_words(reading.fault, *amount, unit), fault_help(reading.fault));
    return std::nullopt;
  }
  if (reading.amount->type != quantity.type) {
    report(Code::wrong_unit, value.span,
           fmt::format("`{}` is in {}, here {} is meant", grammar::print(value),
                       vocabulary::words(reading.amount->type, out_.vocabulary), unit),
           fmt::format("Write it in {}.", unit));
    return std::nullopt;
  }
  return reading.amount->steps;
}

bool VocabularyReader::leads_to(vocabulary::RecordId from, vocabulary::RecordId to, std::vector<bool>& seen) const {
  if (seen[from]) return false;
  seen[from] = true;
  for (auto const id : out_.vocabulary.records[from].fields) {
    auto const& type = out_.vocabulary.fields[id].quantity.type;
    if (type.kind == Kind::record && (type.which == to || leads_to(type.which, to, seen))) return true;
  }
  return false;
}

// A record that holds itself has no end.
void VocabularyReader::records_within_themselves() {
  auto const& records = out_.vocabulary.records;
  std::vector<bool> told(records.size());
  for (vocabulary::RecordId id = 0; id < records.size(); ++id) {
    for (auto const field_id : records[id].fields) {
      auto const type = out_.vocabulary.fields[field_id].quantity.type;
      std::vector<bool> seen(records.size());
      if (type.kind != Kind::record || told[id] || told[type.which]) continue;
      if (type.which != id && !leads_to(type.which, id, seen)) continue;
      told[id] = true;
      current_ = out_.vocabulary.fields[field_id].name;
      out_.unclear = true;
      report(Code::goes_in_circles, out_.fields[field_id],
             fmt::format("`{}` holds `{}`, and so in the end itself", records[id].shown, records[type.which].shown),
             "Declare a record of its own for what is held.");
    }
  }
}

}  // namespace waymark::check
