// Columns back into words, a row at a time.
#include "engine/commands/facts_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/cases/columns.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using cases::FieldColumn;
using cases::Layout;
using values::Known;
using vocabulary::Kind;
using Json = std::optional<std::string>;  // nothing: not submitted, and not written

class FactsWriter {
 public:
  FactsWriter(vocabulary::Vocabulary const& vocabulary, values::Symbols const& symbols, FactKeys const& keys)
      : vocabulary_(vocabulary), symbols_(symbols), keys_(keys) {}

  ledger::Object record(cases::RecordColumns const& columns, std::size_t row) const {
    ledger::Object out;
    auto const& fields = vocabulary_.records[columns.record].fields;
    for (auto const& [key, position] : keys_.of_records[columns.record]) {
      auto const& field = vocabulary_.fields[fields[position]];
      if (auto const value = of_field(field, columns.fields[position], row)) out.put(key, *value);
    }
    return out;
  }

 private:
  Json of_field(vocabulary::Field const& field, FieldColumn const& column, std::size_t row) const {
    switch (cases::layout_of(field)) {
      case Layout::single: return single(field.quantity.type, column.values, row);
      case Layout::per_choice: return per_choice(field, column, row);
      case Layout::yearly: return yearly(field, column, row);
      case Layout::list: return list(field, column, row);
      case Layout::record_list: return record_list(column, row);
      case Layout::record: return nested(column, row);
    }
    return std::nullopt;
  }

  Json single(vocabulary::Type const& type, cases::FactColumn const& column, std::size_t at) const {
    auto const known = column.known[at];
    if (known == Known::not_submitted) return std::nullopt;
    if (known == Known::exactly) return word(type, column.lowest[at]);
    if (known != Known::bounded) return missing(known);
    ledger::Object range;
    if (column.lowest[at] != values::kNoLowest) range.put("at_least", word(type, column.lowest[at]));
    if (column.highest[at] != values::kNoHighest) range.put("at_most", word(type, column.highest[at]));
    return range.json();
  }

  std::string word(vocabulary::Type const& type, values::Steps steps) const {
    return fact_json(type, steps, vocabulary_, symbols_);
  }

  Json per_choice(vocabulary::Field const& field, FieldColumn const& column, std::size_t row) const {
    auto const entries = cases::entries_of(field, vocabulary_);
    ledger::Object out;
    for (std::size_t i = 0; i < entries; ++i) {
      auto const value = single(field.quantity.type, column.values, row * entries + i);
      if (value) put_entry(out, field, i, *value);
    }
    return unless_empty(out);
  }

  Json yearly(vocabulary::Field const& field, FieldColumn const& column, std::size_t row) const {
    auto const entries = cases::entries_of(field, vocabulary_);
    ledger::Object out;
    for (std::size_t i = 0; i < entries; ++i) {
      auto years = of_years(field, column, row * entries + i);
      if (!years) continue;
      if (field.each.size() == 1) return years;
      put_entry(out, field, i, *years);
    }
    return unless_empty(out);
  }

  Json of_years(vocabulary::Field const& field, FieldColumn const& column, std::size_t slot) const {
    auto const& kind = vocabulary_.calendar.years[field.each.back().which];
    ledger::Object out;
    for (auto at = column.offsets[slot]; at < column.offsets[slot + 1]; ++at) {
      auto const value = single(field.quantity.type, column.values, at);
      if (value) out.put(values::write_year(column.years[at], kind), *value);
    }
    return unless_empty(out);
  }

  Json list(vocabulary::Field const& field, FieldColumn const& column, std::size_t row) const {
    if (auto const why = column.list_known[row]; why != Known::exactly) return missing_list(why);
    std::vector<std::string> items;
    for (auto at = column.offsets[row]; at < column.offsets[row + 1]; ++at) {
      items.push_back(single(field.quantity.type, column.values, at).value_or("null"));
    }
    return ledger::list_json(items);
  }

  Json record_list(FieldColumn const& column, std::size_t row) const {
    if (auto const why = column.list_known[row]; why != Known::exactly) return missing_list(why);
    std::vector<std::string> items;
    for (auto at = column.offsets[row]; at < column.offsets[row + 1]; ++at) {
      items.push_back(record(column.members.front(), at).json());
    }
    return ledger::list_json(items);
  }

  Json nested(FieldColumn const& column, std::size_t row) const {
    switch (column.presence[row]) {
      case FieldColumn::Presence::unknown: return std::nullopt;
      case FieldColumn::Presence::none: return ledger::text_json("none");
      case FieldColumn::Presence::there: break;
    }
    return record(column.members.front(), row).json();
  }

  void put_entry(ledger::Object& out, vocabulary::Field const& field, std::size_t i, std::string_view value) const {
    out.put(ascii_key(entry(field.each.front().which, i).data_key), value);
  }
  vocabulary::ChoiceEntry const& entry(std::uint16_t choice, std::size_t i) const {
    return vocabulary_.choices[choice].entries[i];
  }
  static Json missing_list(Known why) { return why == Known::not_submitted ? std::nullopt : missing(why); }
  static Json missing(Known why) { return ledger::Object().text("missing", values::words(why)).json(); }
  static Json unless_empty(ledger::Object const& object) { return object.empty() ? std::nullopt : Json(object.json()); }

  vocabulary::Vocabulary const& vocabulary_;
  values::Symbols const& symbols_;
  FactKeys const& keys_;
};

std::string whole_steps(values::Int128 steps, vocabulary::Type const& type, vocabulary::Vocabulary const& vocabulary) {
  if (type.kind == Kind::date) return values::write_date({static_cast<std::int32_t>(steps)});
  if (type.kind == Kind::year)
    return values::write_year(static_cast<int>(steps), vocabulary.calendar.years[type.which]);
  auto const decimals = vocabulary.decimals(type);
  return values::write_decimal(steps, decimals, decimals, false);
}

std::string big(values::Int128 number) { return values::write_decimal(number, 0, 0, false); }

}  // namespace

FactKeys::FactKeys(vocabulary::Vocabulary const& vocabulary) {
  for (auto const& record : vocabulary.records) {
    auto& keys = of_records.emplace_back();
    for (std::size_t position = 0; position < record.fields.size(); ++position) {
      keys.emplace_back(ascii_key(grammar::data_key(vocabulary.fields[record.fields[position]].name)), position);
    }
    std::sort(keys.begin(), keys.end());
  }
}

ledger::Object facts_of(cases::RecordColumns const& columns, std::size_t row, FactKeys const& keys,
                        vocabulary::Vocabulary const& vocabulary, values::Symbols const& symbols) {
  return FactsWriter(vocabulary, symbols, keys).record(columns, row);
}

std::string fact_json(vocabulary::Type const& type, values::Steps steps, vocabulary::Vocabulary const& vocabulary,
                      values::Symbols const& symbols) {
  switch (type.kind) {
    case Kind::choice:
      return ledger::text_json(vocabulary.choices[type.which].entries[static_cast<std::size_t>(steps)].data_key);
    case Kind::code:
    case Kind::text: return ledger::text_json(symbols.text(static_cast<values::Symbol>(steps)));
    case Kind::yes_no: return ledger::flag_json(steps != 0);
    default: return ledger::text_json(plain_number(values::ratio_of(steps), type, vocabulary));
  }
}

std::string plain_number(values::Ratio number, vocabulary::Type const& type, vocabulary::Vocabulary const& vocabulary) {
  if (!values::is_finite(number)) return "";
  auto const whole = static_cast<values::Int128>(number.denominator);
  if (number.numerator % whole == 0) return whole_steps(number.numerator / whole, type, vocabulary);
  auto a = number.numerator < 0 ? -number.numerator : number.numerator;
  auto b = whole;
  while (b != 0) {
    auto const rest = a % b;
    a = b;
    b = rest;
  }
  return fmt::format("{}/{}", big(number.numerator / a), big(whole / a));
}

std::string ascii_key(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '%') {
      out.push_back(c);
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

}  // namespace waymark::commands
