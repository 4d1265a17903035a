// The four ways in which submissions come: JSON Lines, JSON, CSV and TOML. All give the same columns.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/cases/cases.hpp"
#include "engine/values/result.hpp"

namespace waymark::cases {

enum class Format : std::uint8_t { json_lines, json, csv, toml };

/// By the ending of a file's name: .jsonl, .ndjson, .json, .csv, .toml; nothing for others.
std::optional<Format> format_of(std::string_view path);

/// What is said once in a run, and not once a file: unknown keys, and ids that come again.
class Notices;
std::shared_ptr<Notices> new_notices();
/// At the end of a run: that not every id was compared with all others (W836), where that is so.
std::optional<grammar::DataDiagnostic> ids_not_compared(Notices const& notices, std::string file);

/// What every reader needs: `symbols` receives the words of the data.
struct Setting {
  vocabulary::Vocabulary const& vocabulary;
  vocabulary::RecordId record;
  values::Symbols& symbols;
  std::shared_ptr<Notices> notices = nullptr;  ///< shared by the readers of one run; without, the reader has its own
  /// By the name key of a waiver of a threshold: in what the value is that stands in the threshold's place.
  std::map<std::string, vocabulary::Type> waived = {};
  bool keep_received = false;  ///< fill Origin::received: for who records what was decided
};

/// Puts the next bytes of an input where it is told, at most as many as asked, and says how many: none at its end. A
/// failure ends the input with one diagnostic.
using Pull = std::function<values::Result<std::size_t, values::WorldError>(char* into, std::size_t most)>;

/// Of bytes that are there.
Pull pull_from(std::string bytes);

/// A reader over bytes as they come: JSON Lines are decided line by line, the other formats are read whole. Lines,
/// files and nesting have limits (16 MiB, 1 GiB, 64) that give a diagnostic, not a crash. A leading BOM is nothing.
std::unique_ptr<Reader> open(Format format, std::string name, Pull pull, Setting const& setting);

}  // namespace waymark::cases
