// A manifest's words for marks, read by the language's own grammar and turned into the column's steps.
#include "engine/evidence/marks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/evidence/findings.hpp"
#include "engine/evidence/headers.hpp"
#include "grammar/parse.hpp"

namespace waymark::evidence {
namespace {

using grammar::Amount;
using grammar::FactValue;
using values::Known;
using values::Steps;
using vocabulary::Kind;
using vocabulary::MarkMeaning;
using vocabulary::Type;
using Meaning = values::Result<MarkMeaning, std::string>;
using Number = values::Result<Steps, std::string>;

// The decimals of a type as a scale: one whole unit in steps.
values::Scale whole_units(std::uint32_t decimals) {
  values::Scale scale;
  for (std::uint32_t i = 0; i < decimals; ++i) scale.numerator *= 10;
  return scale;
}

class MeaningReader {
 public:
  MeaningReader(Type const& type, vocabulary::Vocabulary const& vocabulary) : type_(type), vocabulary_(vocabulary) {}

  Meaning meaning(FactValue const& fact) const {
    switch (fact.kind) {
      case FactValue::Kind::suppressed: return MarkMeaning{Known::suppressed};
      case FactValue::Kind::not_yet_published: return MarkMeaning{Known::not_yet_published};
      case FactValue::Kind::not_covered: return MarkMeaning{Known::not_covered};
      case FactValue::Kind::withdrawn: return MarkMeaning{Known::withdrawn};
      case FactValue::Kind::values: return exactly(fact);
      case FactValue::Kind::at_least:
      case FactValue::Kind::at_most:
      case FactValue::Kind::between: return bounded(fact);
      default:
        return values::failure(
            std::string("A mark can mean an amount, a range, suppressed, not yet published, not "
                        "covered or withdrawn."));
    }
  }

 private:
  Meaning exactly(FactValue const& fact) const {
    auto const value = fact.values.size() == 1 ? single(fact.values.front(), nullptr) : Number(fits_not());
    if (!value) return values::failure(value.error());
    return MarkMeaning{Known::exactly, *value, *value};
  }

  Meaning bounded(FactValue const& fact) const {
    bool const between = fact.kind == FactValue::Kind::between;
    if (fact.values.size() != (between ? 2U : 1U) || !vocabulary::is_ordered(type_)) {
      return values::failure(fits_not().error());
    }
    // `between 0 and 9 students`: the unit may stand once, at the end.
    auto const first = single(fact.values.front(), &fact.values.back());
    auto const last = single(fact.values.back(), nullptr);
    if (!first) return values::failure(first.error());
    if (!last) return values::failure(last.error());
    if (between && *first > *last) return values::failure(std::string("The range begins above its end."));
    MarkMeaning meaning{Known::bounded};
    if (fact.kind != FactValue::Kind::at_most) meaning.lowest = *first;
    if (fact.kind != FactValue::Kind::at_least) meaning.highest = *last;
    return meaning;
  }

  Number single(grammar::Value const& value, grammar::Value const* unit_from) const {
    if (auto const* path = std::get_if<grammar::Path>(&value.node)) return word(*path);
    auto const* amount = std::get_if<Amount>(&value.node);
    if (amount == nullptr) return fits_not();
    auto read = *amount;
    auto const* other = unit_from == nullptr ? nullptr : std::get_if<Amount>(&unit_from->node);
    if (read.unit.empty() && other != nullptr) read.unit = other->unit;
    return steps(read);
  }

  Number word(grammar::Path const& path) const {
    if (path.names.size() != 1) return fits_not();
    auto const& name = path.names.front();
    if (type_.kind == Kind::yes_no && (name.key == "yes" || name.key == "no")) return name.key == "yes" ? 1 : 0;
    if (type_.kind == Kind::choice) {
      auto const& choice = vocabulary_.choices[type_.which];
      auto const entry = choice.find(name.text);
      if (entry) return static_cast<Steps>(*entry);
      return values::failure(fmt::format("\"{}\" is not one of {}.", name.text, choice.shown));
    }
    return fits_not();
  }

  Number steps(Amount const& amount) const {
    switch (type_.kind) {
      case Kind::money: return amount.kind == Amount::Kind::money ? money(amount) : derived(amount);
      case Kind::count: return count(amount);
      case Kind::percent: return percent(amount);
      case Kind::points: return points(amount);
      case Kind::date: return date(amount);
      case Kind::year: return year(amount);
      default: return fits_not();
    }
  }

  Number money(Amount const& amount) const {
    auto const per = type_.per;
    std::string_view const wanted = per == vocabulary::Per::hour   ? "per hour"
                                    : per == vocabulary::Per::year ? "per year"
                                                                   : "";
    if (amount.unit.key != wanted) return fits_not();
    return scaled(amount, whole_units(vocabulary::kMoneyDecimals));
  }

  Number count(Amount const& amount) const {
    if (amount.kind != Amount::Kind::number) return fits_not();
    if (vocabulary_.find_unit(amount.unit.key) == type_.which) {
      return scaled(amount, whole_units(vocabulary_.decimals(type_)));
    }
    return derived(amount);
  }

  Number percent(Amount const& amount) const {
    if (amount.kind != Amount::Kind::percent || !amount.unit.empty()) return derived(amount);
    return scaled(amount, whole_units(vocabulary::kPercentDecimals));
  }

  Number points(Amount const& amount) const {
    if (vocabulary::singular(amount.unit.key) != "percentage point") return fits_not();
    return scaled(amount, whole_units(vocabulary::kPercentDecimals));
  }

  Number date(Amount const& amount) const {
    auto const read = amount.kind == Amount::Kind::date ? values::read_date(amount.digits) : std::nullopt;
    return read ? Number(read->days) : fits_not();
  }

  Number year(Amount const& amount) const {
    auto const read =
        amount.unit.empty() ? values::read_year(amount.digits, vocabulary_.calendar.years[type_.which]) : std::nullopt;
    return read ? Number(*read) : fits_not();
  }

  // `5,000 cents per hour`, `40,000 dollars per year`, and what else the vocabulary derives.
  Number derived(Amount const& amount) const {
    auto const key = vocabulary::singular(amount.unit.key);
    for (auto const& unit : vocabulary_.derived_units) {
      if (amount.kind == Amount::Kind::number && unit.key == key && unit.quantity.type == type_) {
        return scaled(amount, unit.quantity.scale);
      }
    }
    return fits_not();
  }

  Number scaled(Amount const& amount, values::Scale scale) const {
    if (auto const grouped = values::point_between_thousands(amount.digits, scale); !grouped.empty()) {
      return values::failure(
          fmt::format("{} has a point before three digits: a comma groups thousands, {}.", amount.digits, grouped));
    }
    auto const read = values::read_decimal(amount.digits, scale);
    if (read) return *read;
    return values::failure(
        fmt::format("{} has more digits than {} can hold.", amount.digits, vocabulary::words(type_, vocabulary_)));
  }

  Number fits_not() const {
    return values::failure(fmt::format("The column is in {}, and this is not.", vocabulary::words(type_, vocabulary_)));
  }

  Type const& type_;
  vocabulary::Vocabulary const& vocabulary_;
};

// What a person would write for a column of this type.
std::string example(Type const& type, vocabulary::Vocabulary const& vocabulary) {
  if (!vocabulary::is_ordered(type)) return "\"suppressed\"";
  Steps one = 1;
  if (type.kind == Kind::year) one = 2024;
  if (vocabulary::is_numeric(type)) one = 5000 * whole_units(vocabulary.decimals(type)).numerator;
  if (type.kind == Kind::percent || type.kind == Kind::points) one = 95'000'000;
  return fmt::format("\"at least {}\" or \"suppressed\"", vocabulary::write_steps(one, type, vocabulary));
}

}  // namespace

Meaning read_mark_meaning(std::string const& words, Type const& type, vocabulary::Vocabulary const& vocabulary) {
  grammar::Sources sources;
  auto const file = sources.add("mark", words);
  grammar::Diagnostics diagnostics;
  auto const fact = grammar::read_fact_value(sources, {file, 0, static_cast<std::uint32_t>(words.size())}, diagnostics);
  if (fact) return MeaningReader(type, vocabulary).meaning(*fact);
  if (diagnostics.empty()) return values::failure(std::string("It is no amount, range or reason."));
  return values::failure(diagnostics.front().message);
}

std::vector<MarkTable> mark_tables(Manifest const& manifest, ReleaseEntry const& entry,
                                   vocabulary::Source const& source, vocabulary::Vocabulary const& vocabulary,
                                   grammar::DataDiagnostics& errors) {
  std::vector<MarkTable> tables;
  for (auto const& column : source.columns) {
    auto& table = tables.emplace_back();
    for (auto const& mark : column.marks) table[std::string(trimmed(mark.text))] = mark.meaning;
    auto const override_with = [&](ReleaseEntry::ColumnMarks const& marks) {
      for (auto const& [text, words] : marks.marks) {
        auto meaning = read_mark_meaning(words, column.quantity.type, vocabulary);
        if (meaning) {
          table[std::string(trimmed(text))] = *meaning;
          continue;
        }
        errors.push_back(finding(grammar::Code::manifest_mark_meaning, manifest.path,
                                 marks.line == 0 ? entry.line : marks.line, 0,
                                 fmt::format("The mark \"{}\" cannot mean \"{}\" in the column {}. {}", text, words,
                                             column.column, meaning.error()),
                                 fmt::format("Write for example {}.", example(column.quantity.type, vocabulary))));
      }
    };
    // The exact header after the patterns, so that it wins.
    for (bool const pattern : {true, false}) {
      for (auto const& marks : entry.marks) {
        if (marks.column.ends_with('*') == pattern && column_matches(marks.column, column.column)) override_with(marks);
      }
    }
  }
  return tables;
}

}  // namespace waymark::evidence
