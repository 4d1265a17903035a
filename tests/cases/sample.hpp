// The record that every test of submissions reads, with a field of each kind, and facts as text to compare.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/columns.hpp"
#include "engine/cases/readers.hpp"

namespace waymark::cases::sample {

using vocabulary::Dimension;
using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Per;
using vocabulary::Type;
using vocabulary::Vocabulary;

inline constexpr values::Scale kOne{1, 1};
inline constexpr values::Scale kDollars{100, 1};
inline constexpr values::Scale kPercents{1'000'000, 1};
inline constexpr values::Scale kPermille{100'000, 1};

class Builder {
 public:
  Builder() {
    vocabulary_.calendar.years = {{"program year", 7, 1}, {"calendar year", 1, 1}};
    choice("request", {"new", "renewal"});
    choice("outcome", {"approve", "renew", "phase out"});
    vocabulary_.choices.push_back({"student group",
                                   "student group",
                                   false,
                                   false,
                                   {{"male", "male", "male"},
                                    {"economically disadvantaged", "economically disadvantaged", "econ"},
                                    {"english learners", "English learners", "el"}}});
    vocabulary_.records.resize(3);
    pathway();
    course();
    decision();
  }
  Vocabulary take() { return std::move(vocabulary_); }

 private:
  void choice(std::string const& name, std::vector<std::string> const& entries) {
    vocabulary::Choice out{name, name, false, false, {}};
    for (auto const& entry : entries) out.entries.push_back({entry, entry, data_key(entry)});
    vocabulary_.choices.push_back(out);
  }
  static std::string data_key(std::string name) {
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
  }

  Type type(Kind kind, std::uint16_t which = 0) {
    Type out;
    out.kind = kind;
    out.which = which;
    return out;
  }
  Type count(std::string_view unit) { return type(Kind::count, vocabulary_.unit(unit)); }
  static Type money(Per per) {
    Type out;
    out.kind = Kind::money;
    out.per = per;
    return out;
  }
  Type code(values::CodeSystem system) {
    auto out = type(Kind::code);
    out.system = system;
    return out;
  }
  static Type list(Type of) {
    of.list = true;
    return of;
  }

  Field& add(std::uint16_t record, std::string const& name, std::vector<std::string> path, Type of,
             values::Scale scale = kOne) {
    Field out;
    out.name = name;
    out.shown = name;
    out.path = std::move(path);
    out.quantity = {of, scale};
    vocabulary_.records[record].fields.push_back(static_cast<vocabulary::FieldId>(vocabulary_.fields.size()));
    return vocabulary_.fields.emplace_back(std::move(out));
  }

  void pathway() {
    auto& record = vocabulary_.records[0];
    record.name = record.shown = "pathway";
    record.ignored = {"lea", "title"};
    add(0, "request", {"kind"}, type(Kind::choice, 0));
    add(0, "program", {"cip"}, code(values::CodeSystem::cip));
    add(0, "occupations", {"soc"}, list(code(values::CodeSystem::soc)));
    add(0, "region", {"region"}, type(Kind::text));
    add(0, "credits", {"credits"}, count("credits"));
    add(0, "articulation", {"articulation"}, type(Kind::yes_no));
    add(0, "credentials", {"credentials"}, list(type(Kind::text)));
    add(0, "enrollment", {"enrollment"}, count("students"));
    add(0, "tuition", {"tuition"}, money(Per::year), kDollars);
    add(0, "entry wage", {"entry_wage_cents"}, money(Per::hour), kOne);
    auto const graduates = count("graduates");
    vocabulary_.units[graduates.which].decimals = 1;
    add(0, "graduates", {"graduates"}, graduates, {10, 1});
    auto& satisfaction = add(0, "satisfaction", {"satisfaction"}, type(Kind::percent), kPercents);
    satisfaction.lowest = 0;
    satisfaction.highest = 100'000'000;
    add(0, "growth", {"growth_permille"}, type(Kind::percent), kPermille).may_be_negative = true;
    add(0, "gap", {"gap"}, type(Kind::points), kPercents);
    add(0, "last decided", {"last_decided"}, type(Kind::date));
    add(0, "first year", {"first_year"}, type(Kind::year, 0));
    add(0, "overall completion rate", {"rates", "all"}, type(Kind::percent), kPermille);
    add(0, "group completion rate", {"rates", "{student group}"}, type(Kind::percent), kPermille).each = {group()};
    add(0, "group size", {"group_size"}, count("students")).each = {group()};
    add(0, "completers", {"completers"}, count("students")).each = {year()};
    add(0, "seats", {"seats_{year}"}, count("seats")).each = {year()};
    add(0, "visits", {"visits"}, count("visits")).each = {{Dimension::Of::year, 1}};
    add(0, "group completers", {"group_completers"}, count("students")).each = {group(), year()};
    add(0, "courses", {"courses"}, list(type(Kind::record, 1)));
    add(0, "last decision", {"last_decision"}, type(Kind::record, 2));
  }

  void course() {
    vocabulary_.records[1].name = vocabulary_.records[1].shown = "course";
    add(1, "course title", {"title"}, type(Kind::text));
    add(1, "course credits", {"credits"}, count("credits"));
    add(1, "course subjects", {"subjects"}, list(type(Kind::text)));
    add(1, "course completers", {"completers"}, count("students")).each = {year()};
  }

  void decision() {
    vocabulary_.records[2].name = vocabulary_.records[2].shown = "earlier decision";
    add(2, "decided outcome", {"outcome"}, type(Kind::choice, 1));
    add(2, "decided on", {"date"}, type(Kind::date));
  }

  static Dimension group() { return {Dimension::Of::choice, 2}; }
  static Dimension year() { return {Dimension::Of::year, 0}; }

  Vocabulary vocabulary_;
};

inline Vocabulary const& vocabulary() {
  static auto const kept = Builder().take();
  return kept;
}

inline std::string one_value(FactColumn const& column, std::size_t at, Field const& field,
                             values::Symbols const& symbols) {
  auto type = field.quantity.type;
  type.list = false;
  auto const write = [&](values::Steps steps) -> std::string {
    if (steps == values::kNoLowest || steps == values::kNoHighest) return "…";
    if (type.kind == Kind::choice)
      return vocabulary().choices[type.which].entries[static_cast<std::size_t>(steps)].name;
    if (type.kind == Kind::code || type.kind == Kind::text) return symbols.text(static_cast<values::Symbol>(steps));
    return write_steps(steps, type, vocabulary());
  };
  auto const low = write(column.lowest[at]);
  auto const high = write(column.highest[at]);
  if (column.known[at] == values::Known::exactly) return low == high ? low : low + " and yet " + high;
  auto const range = low == "…" && high == "…" ? "" : fmt::format(" ({} to {})", low, high);
  return std::string(values::words(column.known[at])) + range;
}

/// The facts of one row that were submitted: `enrollment: 25 students; region: Essex`.
inline std::string facts(RecordColumns const& columns, std::size_t row, values::Symbols const& symbols);

inline void add_fact(std::string& out, std::string const& name, std::string const& value) {
  out += (out.empty() ? "" : "; ") + name + ": " + value;
}

inline void add_years(std::string& out, FieldColumn const& column, Field const& field, std::size_t row,
                      std::size_t entries, values::Symbols const& symbols) {
  for (std::size_t entry = 0; entry < entries; ++entry) {
    auto const slot = row * entries + entry;
    for (auto i = column.offsets[slot]; i < column.offsets[slot + 1]; ++i) {
      auto name = field.name;
      if (entries > 1) name += " " + vocabulary().choices[field.each.front().which].entries[entry].data_key;
      add_fact(out, fmt::format("{} {}", name, column.years[i]), one_value(column.values, i, field, symbols));
    }
  }
}

inline void add_list(std::string& out, FieldColumn const& column, Field const& field, std::size_t row,
                     values::Symbols const& symbols) {
  if (column.list_known[row] == values::Known::not_submitted) return;
  std::string members;
  for (auto i = column.offsets[row]; i < column.offsets[row + 1]; ++i) {
    members += members.empty() ? "" : ", ";
    members += field.quantity.type.kind == Kind::record ? "{" + facts(column.members[0], i, symbols) + "}"
                                                        : one_value(column.values, i, field, symbols);
  }
  bool const known = column.list_known[row] == values::Known::exactly;
  add_fact(out, field.name, known ? "[" + members + "]" : std::string(values::words(column.list_known[row])));
}

inline void add_field(std::string& out, FieldColumn const& column, Field const& field, std::size_t row,
                      values::Symbols const& symbols) {
  auto const entries = entries_of(field, vocabulary());
  switch (layout_of(field)) {
    case Layout::single:
    case Layout::per_choice:
      for (std::size_t entry = 0; entry < entries; ++entry) {
        auto const at = row * entries + entry;
        if (column.values.known[at] == values::Known::not_submitted) continue;
        auto name = field.name;
        if (entries > 1) name += " " + vocabulary().choices[field.each.front().which].entries[entry].data_key;
        add_fact(out, name, one_value(column.values, at, field, symbols));
      }
      break;
    case Layout::yearly: add_years(out, column, field, row, entries, symbols); break;
    case Layout::list:
    case Layout::record_list: add_list(out, column, field, row, symbols); break;
    case Layout::record:
      if (column.presence[row] == FieldColumn::Presence::none) add_fact(out, field.name, "none");
      if (column.presence[row] == FieldColumn::Presence::there) {
        add_fact(out, field.name, "{" + facts(column.members[0], row, symbols) + "}");
      }
      break;
  }
}

inline std::string facts(RecordColumns const& columns, std::size_t row, values::Symbols const& symbols) {
  std::string out;
  auto const& record = vocabulary().records[columns.record];
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    add_field(out, columns.fields[i], vocabulary().fields[record.fields[i]], row, symbols);
  }
  return out;
}

/// What must hold of columns, whatever was read: empty, or what does not.
inline std::string broken_shape(RecordColumns const& columns) {
  auto const& record = vocabulary().records[columns.record];
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    auto const& field = vocabulary().fields[record.fields[i]];
    auto const& column = columns.fields[i];
    auto const size = column.values.size();
    auto const slots = columns.rows * entries_of(field, vocabulary());
    auto const layout = layout_of(field);
    bool good = column.values.lowest.size() == size && column.values.highest.size() == size;
    if (layout == Layout::single || layout == Layout::per_choice) good = good && size == slots;
    if (layout == Layout::yearly) {
      good = good && column.offsets.size() == slots + 1 && column.offsets.back() == size && column.years.size() == size;
    }
    if (layout == Layout::list) good = good && column.offsets.size() == slots + 1 && column.offsets.back() == size;
    if (layout == Layout::record_list) {
      good = good && column.offsets.size() == slots + 1 && column.offsets.back() == column.members[0].rows;
    }
    if (layout == Layout::record) good = good && column.presence.size() == slots && column.members[0].rows == slots;
    if (!std::is_sorted(column.offsets.begin(), column.offsets.end())) good = false;
    if (!good) return field.name;
    if (!column.members.empty()) {
      if (auto inner = broken_shape(column.members[0]); !inner.empty()) return inner;
    }
  }
  return "";
}

/// Bytes, at most `chunk` at a time.
inline Pull pull_from(std::string text, std::size_t chunk = 1 << 20) {
  return [all = cases::pull_from(std::move(text)), chunk](char* into, std::size_t most) {
    return all(into, std::min(most, chunk));
  };
}

/// All that one input gave.
struct Outcome {
  values::Symbols symbols;
  Batch batch = empty_batch(0, vocabulary());
  grammar::DataDiagnostics diagnostics;

  std::string facts(std::size_t row) const { return sample::facts(batch.facts, row, symbols); }
  /// Rows as lines: `P1: enrollment: 25 students`, or `P1: not reviewed`.
  std::vector<std::string> rows() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      auto const& origin = batch.origins[i];
      out.push_back(origin.id + ": " + (origin.fault.empty() ? facts(i) : "not reviewed"));
    }
    return out;
  }
  std::string rendered() const {
    std::string out;
    for (auto const& diagnostic : diagnostics) out += render(diagnostic);
    return out;
  }
};

inline void read_all(Reader& reader, Outcome& out, std::size_t most = 4096) {
  bool more = true;
  while (more) {
    more = reader.read(out.batch, most);
    for (auto& each : reader.take_diagnostics()) out.diagnostics.push_back(std::move(each));
  }
}

/// `rural waiver` waives a threshold in students.
inline std::map<std::string, Type> waived() {
  auto const& fields = vocabulary().fields;
  auto const enrollment =
      std::find_if(fields.begin(), fields.end(), [](Field const& f) { return f.name == "enrollment"; });
  return {{"rural waiver", enrollment->quantity.type}};
}

inline Outcome read(Format format, std::string_view text, std::size_t chunk = 1 << 20, std::size_t most = 4096) {
  Outcome out;
  auto const reader =
      open(format, "in", pull_from(std::string(text), chunk), {vocabulary(), 0, out.symbols, nullptr, waived()});
  read_all(*reader, out, most);
  return out;
}

}  // namespace waymark::cases::sample
