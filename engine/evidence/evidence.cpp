// From a manifest to releases: files are opened, hashed, decoded, read and put in order.
#include "engine/evidence/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "engine/evidence/encoding.hpp"
#include "engine/evidence/findings.hpp"
#include "engine/evidence/marks.hpp"
#include "engine/evidence/tables.hpp"
#include "engine/values/hash.hpp"
#include "engine/values/utf8.hpp"
#include "grammar/parse.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string path_of(Manifest const& manifest, std::string const& file) {
  auto const path = std::filesystem::path(manifest.folder) / file;
  return path.lexically_normal().generic_string();
}

// The bytes of a file as UTF-8; nothing when they are not, which is an error with its place.
std::optional<std::string> decoded(std::string bytes, ReleaseEntry const& entry, Findings& findings) {
  if (entry.encoding == "windows-1252" && !bytes.starts_with(kByteOrderMark)) return utf8_from_windows_1252(bytes);
  auto const good = values::valid_utf8_prefix(bytes);
  if (good == bytes.size()) return bytes;
  if (bytes.starts_with("PK\x03\x04")) {
    findings.add(Code::evidence_not_utf8, 0, 0, "The file is a spreadsheet or an archive and no text.",
                 "Save the sheet with the table as \"CSV UTF-8\" and name that file in the manifest.");
    return std::nullopt;
  }
  auto const before = std::string_view(bytes).substr(0, good);
  auto const line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  auto const line_start = before.rfind('\n');
  auto const column =
      values::count_characters(before.substr(line_start == std::string_view::npos ? 0 : line_start + 1));
  findings.add(Code::evidence_not_utf8, line, column + 1, "The text is not UTF-8 from here on.",
               "Write encoding = \"windows-1252\" in the manifest if it was saved from a spreadsheet on Windows.");
  return std::nullopt;
}

class Reading {
 public:
  Reading(Manifest const& manifest, vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols,
          ReadFile const& read_file)
      : manifest_(manifest), vocabulary_(vocabulary), symbols_(symbols), read_file_(read_file) {
    out_.evidence.releases.resize(vocabulary.sources.size());
  }

  EvidenceRead run(std::vector<vocabulary::SourceId> const& wanted) {
    for (auto const& entry : manifest_.releases) {
      auto const source = vocabulary_.source(entry.source);
      if (source && std::find(wanted.begin(), wanted.end(), *source) != wanted.end()) read(entry, *source);
    }
    for (auto& releases : out_.evidence.releases) {
      std::stable_sort(releases.begin(), releases.end(), [](Release const& a, Release const& b) {
        return a.entry.released < b.entry.released;  // nothing comes before every date
      });
      tell_of_equally_new(releases);
    }
    for (auto const source : wanted) tell_of_no_release(source);
    return std::move(out_);
  }

 private:
  void read(ReleaseEntry const& entry, vocabulary::SourceId id) {
    auto const path = path_of(manifest_, entry.file);
    auto bytes = read_file_(path);
    if (!bytes) {
      fail(Code::evidence_file_missing, entry, bytes.error().message + ".",
           fmt::format("Put the file there, or correct the file of the release \"{}\".", entry.name));
      return;
    }
    auto hash = values::hex(values::sha256(*bytes));
    if (!entry.sha256.empty() && entry.sha256 != hash) {
      fail(Code::evidence_hash_differs, entry,
           fmt::format("{} is not the file that was pinned: its SHA-256 is {}, and the manifest says {}.", path, hash,
                       entry.sha256),
           "Bring back the file that was pinned. If the new one is meant, it is another release with a hash of its "
           "own.");
      return;
    }
    Findings findings(path);
    auto const& source = vocabulary_.sources[id];
    auto const size = bytes->size();
    auto const text = decoded(std::move(*bytes), entry, findings);
    auto const errors_before = out_.errors.size();
    auto const marks = mark_tables(manifest_, entry, source, vocabulary_, out_.errors);
    if (text && out_.errors.size() == errors_before) {
      auto table = read_table(*text, entry, source, marks, vocabulary_, symbols_, findings);
      out_.evidence.releases[id].push_back({id, entry, path, std::move(hash), size, std::move(table)});
    }
    findings.give(out_.errors, out_.evidence.warnings);
  }

  void fail(Code code, ReleaseEntry const& entry, std::string message, std::string help) {
    out_.errors.push_back(finding(code, manifest_.path, entry.line, 0, std::move(message), std::move(help)));
  }

  // Which of two releases of one day is the newer would depend on their order in the manifest.
  void tell_of_equally_new(std::vector<Release> const& releases) {
    for (std::size_t i = 1; i < releases.size(); ++i) {
      auto const& before = releases[i - 1].entry;
      auto const& entry = releases[i].entry;
      if (before.released != entry.released) continue;
      fail(Code::evidence_equally_new, entry,
           entry.released
               ? fmt::format("The releases \"{}\" and \"{}\" of the Source {} are both of {}, so neither is the newer.",
                             before.name, entry.name, entry.source, values::write_date(*entry.released))
               : fmt::format("The releases \"{}\" and \"{}\" of the Source {} do not say when they were released, so "
                             "neither is the newer.",
                             before.name, entry.name, entry.source),
           "Give each release of a Source its own day: released = 2025-04-02.");
    }
  }

  void tell_of_no_release(vocabulary::SourceId id) {
    auto const& source = vocabulary_.sources[id];
    auto const names_it = [&](ReleaseEntry const& entry) { return entry.source == source.name; };
    auto const& entries = manifest_.releases;
    if (manifest_.path.empty() || std::any_of(entries.begin(), entries.end(), names_it)) return;
    std::vector<std::string> names;
    for (auto const& entry : entries) {
      if (!vocabulary_.source(entry.source)) names.push_back(entry.source);
    }
    auto const near = grammar::nearest(source.name, names);
    out_.evidence.warnings.push_back(finding(
        Code::evidence_no_release, manifest_.path, 0, 0,
        fmt::format("No release of the Source {} is in the manifest, so nothing from it can be told.", source.shown),
        near.empty() ? fmt::format("Add a [[release]] with source = \"{}\".", source.shown)
                     : fmt::format("A release has source = \"{}\": write \"{}\".", near, source.shown)));
  }

  Manifest const& manifest_;
  vocabulary::Vocabulary const& vocabulary_;
  values::Symbols& symbols_;
  ReadFile const& read_file_;
  EvidenceRead out_;
};

}  // namespace

void Table::index() {
  static std::atomic<std::uint64_t> last = 0;
  number_ = ++last;
  by_one_.clear();
  for (auto const& column : keys) by_one_.emplace_back(column);
}

std::optional<std::uint32_t> Table::row(std::vector<values::Symbol> const& key) const {
  if (key.size() != keys.size() || key.empty()) return std::nullopt;
  for (auto const row : rows_with(0, key.front())) {
    bool same = true;
    for (std::size_t i = 1; same && i < keys.size(); ++i) same = keys[i][row] == key[i];
    if (same) return row;
  }
  return std::nullopt;
}

Release const* Evidence::newest(vocabulary::SourceId source, values::Date date) const {
  if (source >= releases.size()) return nullptr;
  auto const& all = releases[source];
  if (known_on) date = std::min(date, *known_on);
  auto const known = [&](Release const& release) { return !release.entry.released || *release.entry.released <= date; };
  auto const found = std::find_if(all.rbegin(), all.rend(), known);
  return found == all.rend() ? nullptr : &*found;
}

std::string key_text(vocabulary::Type const& type, values::Steps value, vocabulary::Vocabulary const& vocabulary) {
  if (type.kind != vocabulary::Kind::choice) return vocabulary::write_steps(value, type, vocabulary);
  return vocabulary.choices[type.which].entries[static_cast<std::size_t>(value)].shown;
}

EvidenceRead read_evidence(Manifest const& manifest, vocabulary::Vocabulary const& vocabulary,
                           std::vector<vocabulary::SourceId> const& wanted, values::Symbols& symbols,
                           ReadFile const& read_file) {
  return Reading(manifest, vocabulary, symbols, read_file).run(wanted);
}

}  // namespace waymark::evidence
