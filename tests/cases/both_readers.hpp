// The plain reader with the other behind it, against the other alone: everything that either gives, as text.
#pragma once

#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

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

/// A reader of lines, and everything that it gave.
class Given {
 public:
  Given(vocabulary::Vocabulary const& vocabulary, vocabulary::RecordId record,
        std::map<std::string, vocabulary::Type> waived)
      : setting_{vocabulary, record, symbols_, nullptr, std::move(waived), true},
        batch_(empty_batch(record, vocabulary)) {
    symbols_.intern("essex  COUNTY");
  }

  /// At most `chunk` bytes come at a time, at most `most` rows are asked for.
  std::string by_one(std::string const& text, std::size_t chunk, std::size_t most, Plainly plainly) {
    auto const reader = open_json_lines("in", pull_from(text, chunk), setting_, plainly);
    // Into what holds rows already, too.
    while (reader->read(batch_, most)) take_diagnostics(*reader);
    take_diagnostics(*reader);
    return all();
  }

  /// Several blocks are given before the first is settled, and they are read last one first.
  std::string by_blocks(std::string const& text, std::size_t chunk, std::size_t most, std::size_t at_once) {
    auto const reader = open_json_lines("in", pull_from(text, chunk), setting_, Plainly::all);
    std::vector<std::unique_ptr<Block>> blocks;
    for (std::size_t i = 0; i < at_once; ++i) blocks.push_back(reader->new_block());
    auto const is_ready = [asked = 0]() mutable { return ++asked % 3 != 0; };
    for (bool more = true; more;) {
      std::size_t given = 0;
      while (given < at_once && (more = reader->next_block(*blocks[given], most, is_ready))) ++given;
      for (auto i = given; i > 0; --i) blocks[i - 1]->read();
      for (std::size_t i = 0; i < given; ++i) {
        add(reader->settle(*blocks[i]));
        take_diagnostics(*reader);
      }
    }
    return all();
  }

 private:
  void take_diagnostics(Reader& reader) {
    for (auto const& one : reader.take_diagnostics()) said_ += render(one);
  }
  void add(Batch const& batch) {
    batch_.file = batch.file;
    if (batch.size() == 0) return;
    append(batch_.facts, batch.facts);
    batch_.origins.insert(batch_.origins.end(), batch.origins.begin(), batch.origins.end());
    batch_.waivers.insert(batch_.waivers.end(), batch.waivers.begin(), batch.waivers.end());
  }
  /// Columns, origins, waivers, what was said, and the symbols in their order.
  std::string all() const {
    std::string out;
    write_columns(out, batch_.facts);
    out += batch_.file + "\n";
    for (auto const& origin : batch_.origins) {
      out += fmt::format("{} {} {} {}\n", origin.id, origin.line, origin.fault, origin.received);
    }
    for (auto const& waivers : batch_.waivers) {
      out += "waivers";
      for (auto const& waiver : waivers) out += fmt::format(" {} {}", waiver.waiver, waiver.value_text);
      out += "\n";
    }
    out += said_;
    for (values::Symbol symbol = 0; symbol < symbols_.size(); ++symbol) out += symbols_.text(symbol) + "\n";
    return out;
  }

  values::Symbols symbols_;
  Setting setting_;
  Batch batch_;
  std::string said_;
};

}  // namespace waymark::cases::sample
