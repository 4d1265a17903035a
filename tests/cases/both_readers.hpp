// The plain reader with the other behind it, against the other alone: everything that either gives, as text.
#pragma once

#include <fmt/format.h>

#include <string>

#include "engine/cases/reader_base.hpp"
#include "tests/cases/sample.hpp"

namespace waymark::cases::sample {

inline void write_columns(std::string& out, RecordColumns const& columns) {
  out += fmt::format("{{record {} rows {}\n", columns.record, columns.rows);
  auto const numbers = [&](char const* name, auto const& all) {
    out += name;
    for (auto const& one : all) out += fmt::format(" {}", static_cast<std::int64_t>(one));
    out += "\n";
  };
  for (auto const& field : columns.fields) {
    numbers("lowest", field.values.lowest);
    numbers("highest", field.values.highest);
    numbers("known", field.values.known);
    numbers("offsets", field.offsets);
    numbers("years", field.years);
    numbers("lists", field.list_known);
    numbers("presence", field.presence);
    for (auto const& members : field.members) write_columns(out, members);
  }
  out += "}\n";
}

/// What reading `text` gives: columns, origins, waivers, what is said, and the symbols in their order.
inline std::string all_that_is_read(std::string const& text, std::size_t chunk, std::size_t most, Plainly plainly,
                                    vocabulary::Vocabulary const& vocabulary, vocabulary::RecordId record,
                                    std::map<std::string, vocabulary::Type> const& waived) {
  values::Symbols symbols;
  symbols.intern("essex  COUNTY");
  Setting const setting{vocabulary, record, symbols, nullptr, waived, true};
  auto const reader = open_json_lines("in", pull_from(text, chunk), setting, plainly);
  std::string out;
  bool more = true;
  while (more) {
    auto batch = empty_batch(record, vocabulary);
    // Into what holds rows already, too.
    more = reader->read(batch, most) && reader->read(batch, most);
    write_columns(out, batch.facts);
    out += batch.file + "\n";
    for (auto const& origin : batch.origins) {
      out += fmt::format("{} {} {} {}\n", origin.id, origin.line, origin.fault, origin.received);
    }
    for (auto const& waivers : batch.waivers) {
      out += "waivers";
      for (auto const& waiver : waivers) out += fmt::format(" {} {}", waiver.waiver, waiver.value_text);
      out += "\n";
    }
    for (auto const& one : reader->take_diagnostics()) out += render(one);
  }
  for (values::Symbol symbol = 0; symbol < symbols.size(); ++symbol) out += symbols.text(symbol) + "\n";
  return out;
}

}  // namespace waymark::cases::sample
