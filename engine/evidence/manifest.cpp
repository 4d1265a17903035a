// Reading evidence.toml. The only file here that knows toml++; what it throws stays inside.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/evidence/evidence.hpp"
#include "engine/evidence/findings.hpp"
#include "grammar/parse.hpp"

namespace waymark::evidence {
namespace {

using grammar::Code;

constexpr std::array<std::string_view, 3> kManifestKeys = {"folder", "folder_from", "release"};
constexpr std::array<std::string_view, 12> kReleaseKeys = {"source",   "name",      "file",       "publisher",
                                                           "period",   "released",  "address",    "sha256",
                                                           "encoding", "separator", "header_row", "footer"};

std::uint64_t line_of(toml::source_region const& region) { return region.begin.line; }

std::string lower(std::string text) {
  for (auto& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

bool is_hex(std::string const& text) { return text.find_first_not_of("0123456789abcdef") == std::string::npos; }

class ManifestReader {
 public:
  ManifestReader(std::string const& path,
                 std::function<std::optional<std::string>(std::string const&)> const& environment)
      : environment_(environment) {
    out_.manifest.path = path;
    out_.manifest.folder = std::filesystem::path(path).parent_path().generic_string();
  }

  ManifestRead read(std::string const& text) {
    try {
      auto const root = toml::parse(text);
      read_root(root);
    } catch (toml::parse_error const& error) {
      auto const place = error.source().begin;
      add(Code::manifest_unreadable, place.line, place.column, "The manifest cannot be read as TOML from here on.",
          "A line is key = \"value\", each key once; texts stand in double quotes; a release begins with [[release]].");
    }
    return std::move(out_);
  }

 private:
  void add(Code code, std::uint64_t line, std::uint64_t column, std::string message, std::string help) {
    out_.diagnostics.push_back(finding(code, out_.manifest.path, line, column, std::move(message), std::move(help)));
  }
  void wrong(toml::node const& node, std::string message, std::string help) {
    auto const place = node.source().begin;
    add(Code::manifest_wrong_value, place.line, place.column, std::move(message), std::move(help));
  }

  void read_root(toml::table const& root);
  void read_folder(toml::table const& root);
  void read_release(toml::table const& table);
  void unknown_keys(toml::table const& table, std::vector<std::string> const& known, std::string const& where);
  void required(toml::table const& table, std::string_view key, std::string const& example);
  void text(toml::table const& table, std::string_view key, std::string& into);
  void released(toml::table const& table, ReleaseEntry& entry);
  void hash(toml::table const& table, ReleaseEntry& entry);
  void layout(toml::table const& table, ReleaseEntry& entry);
  void marks(toml::table const& table, ReleaseEntry& entry);
  void column_marks(std::string_view column, toml::node const& node, ReleaseEntry& entry);
  void decided_by(toml::table const& table, ReleaseEntry& entry);
  void tell_twice(ReleaseEntry const& entry);

  std::function<std::optional<std::string>(std::string const&)> const& environment_;
  ManifestRead out_;
};

void ManifestReader::read_root(toml::table const& root) {
  unknown_keys(root, {kManifestKeys.begin(), kManifestKeys.end()}, "The manifest");
  read_folder(root);
  auto const* releases = root.get("release");
  if (releases == nullptr) return;
  auto const* list = releases->as_array();
  if (list == nullptr) {
    return wrong(*releases, "A release stands under a heading of its own, so that there can be many.",
                 "Write [[release]] with two brackets on each side.");
  }
  for (auto const& release : *list) {
    if (auto const* table = release.as_table()) {
      read_release(*table);
    } else {
      wrong(release, "This is no release.", "Write [[release]] on a line of its own and its keys below.");
    }
  }
}

void ManifestReader::read_folder(toml::table const& root) {
  std::string folder;
  std::string variable;
  text(root, "folder", folder);
  text(root, "folder_from", variable);
  auto const base = std::filesystem::path(out_.manifest.folder);
  if (!folder.empty()) out_.manifest.folder = (base / folder).lexically_normal().generic_string();
  if (variable.empty()) return;
  auto const named = environment_ ? environment_(variable) : std::nullopt;
  if (named && !named->empty()) out_.manifest.folder = *named;
}

void ManifestReader::read_release(toml::table const& table) {
  std::vector<std::string> known(kReleaseKeys.begin(), kReleaseKeys.end());
  known.emplace_back("marks");
  known.emplace_back("decided_by");
  unknown_keys(table, known, "A release");
  required(table, "source", "wages\", the name of a Source in the vocabulary");
  required(table, "name", "May 2024\", as it is shown in decisions");
  required(table, "file", "wages.csv\", the file as it was downloaded");
  ReleaseEntry entry;
  entry.line = line_of(table.source());
  text(table, "source", entry.source);
  text(table, "name", entry.name);
  text(table, "file", entry.file);
  text(table, "publisher", entry.publisher);
  text(table, "period", entry.period);
  text(table, "address", entry.address);
  text(table, "footer", entry.footer);
  entry.source = grammar::name_key(entry.source);
  released(table, entry);
  hash(table, entry);
  layout(table, entry);
  marks(table, entry);
  decided_by(table, entry);
  tell_twice(entry);
  out_.manifest.releases.push_back(std::move(entry));
}

void ManifestReader::unknown_keys(toml::table const& table, std::vector<std::string> const& known,
                                  std::string const& where) {
  for (auto const& [key, value] : table) {
    std::string const name(key.str());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    auto const near = grammar::nearest(name, known);
    auto const place = key.source().begin;
    add(Code::manifest_unknown_key, place.line, place.column, fmt::format("{} has no key {}.", where, name),
        near.empty() ? "The keys are " + listed(known, known.size()) + "." : fmt::format("Write {}.", near));
  }
}

void ManifestReader::required(toml::table const& table, std::string_view key, std::string const& example) {
  if (table.contains(key)) return;
  auto const place = table.source().begin;
  add(Code::manifest_key_missing, place.line, place.column, fmt::format("The release does not say its {}.", key),
      fmt::format("Write {} = \"{}.", key, example));
}

void ManifestReader::text(toml::table const& table, std::string_view key, std::string& into) {
  auto const* node = table.get(key);
  if (node == nullptr) return;
  auto const value = node->value_exact<std::string>();
  if (!value)
    return wrong(*node, fmt::format("The value of {} is no text.", key), fmt::format("Write {} = \"…\".", key));
  bool const needed = key == "source" || key == "name" || key == "file";
  if (value->empty() && needed) {
    return wrong(*node, fmt::format("The {} of a release cannot be empty.", key),
                 fmt::format("Write the {} between the quotation marks.", key));
  }
  into = *value;
}

void ManifestReader::released(toml::table const& table, ReleaseEntry& entry) {
  auto const* node = table.get("released");
  if (node == nullptr) return;
  if (auto const* date = node->as_date()) {
    entry.released = values::date_of(date->get().year, date->get().month, date->get().day);
    return;
  }
  if (auto const written = node->value_exact<std::string>()) entry.released = values::read_date(*written);
  if (!entry.released) {
    wrong(*node, "The value of released is no date.", "Write the day it was published: released = 2025-04-02");
  }
}

void ManifestReader::hash(toml::table const& table, ReleaseEntry& entry) {
  std::string written;
  text(table, "sha256", written);
  written = lower(written);
  if (written.empty() || (written.size() == 64 && is_hex(written))) {
    entry.sha256 = written;
    return;
  }
  wrong(*table.get("sha256"), "The value of sha256 is no SHA-256: that has 64 digits from 0 to 9 and a to f.",
        "Run waymark evidence pin, which writes it, or leave the key out.");
}

void ManifestReader::layout(toml::table const& table, ReleaseEntry& entry) {
  std::string encoding = entry.encoding;
  text(table, "encoding", encoding);
  encoding = lower(encoding);
  if (encoding == "utf-8" || encoding == "windows-1252") {
    entry.encoding = encoding;
  } else {
    wrong(*table.get("encoding"), fmt::format("Files in {} are not read.", encoding),
          "Write encoding = \"utf-8\" or encoding = \"windows-1252\".");
  }
  std::string separator(1, entry.separator);
  text(table, "separator", separator);
  if (separator.size() == 1 && separator.find_first_of("\"\r\n") == std::string::npos) {
    entry.separator = separator.front();
  } else {
    wrong(*table.get("separator"), "A separator is one character, and no quotation mark or line end.",
          R"(Write separator = ",", separator = ";", or separator = "\t" for a tab.)");
  }
  auto const* row = table.get("header_row");
  if (row == nullptr) return;
  auto const number = row->value_exact<std::int64_t>();
  if (number && *number >= 1 && *number <= 1'000'000) {
    entry.header_row = static_cast<std::uint32_t>(*number);
  } else {
    wrong(*row, "The value of header_row is no row of a file.",
          "Write the number of the row that holds the headers, counted from 1: header_row = 2");
  }
}

void ManifestReader::marks(toml::table const& table, ReleaseEntry& entry) {
  auto const* node = table.get("marks");
  if (node == nullptr) return;
  auto const* columns = node->as_table();
  if (columns == nullptr) {
    return wrong(*node, "The value of marks names no columns.",
                 R"(Write marks = { "A_*" = { "#" = "at least $239,200 per year" } }.)");
  }
  for (auto const& [column, meanings] : *columns) column_marks(column.str(), meanings, entry);
}

// What `waymark list --release` wrote of the policy that decided a list.
void ManifestReader::decided_by(toml::table const& table, ReleaseEntry& entry) {
  auto const* node = table.get("decided_by");
  if (node == nullptr) return;
  auto const* by = node->as_table();
  if (by == nullptr) {
    return wrong(*node, "The value of decided_by names no policy.",
                 R"(Write decided_by = { policy = "…", sha256 = "…", date = "2026-07-01", read = [] }.)");
  }
  auto& made = entry.decided_by.emplace();
  unknown_keys(*by, {"policy", "sha256", "date", "read"}, "decided_by");
  text(*by, "policy", made.policy);
  text(*by, "sha256", made.sha256);
  text(*by, "date", made.date);
  auto const* read = by->get("read");
  if (read == nullptr) return;
  auto const* releases = read->as_array();
  if (releases == nullptr) return wrong(*read, "The value of read is no list.", "Write read = [\"…\"].");
  for (auto const& one : *releases) {
    if (auto const words = one.value_exact<std::string>()) made.read.push_back(*words);
  }
}

void ManifestReader::column_marks(std::string_view column, toml::node const& node, ReleaseEntry& entry) {
  auto const* meanings = node.as_table();
  if (meanings == nullptr) {
    return wrong(node, fmt::format("The column {} has no marks here.", column),
                 fmt::format(R"(Write "{}" = {{ "*" = "suppressed" }}.)", column));
  }
  ReleaseEntry::ColumnMarks marks;
  marks.column = column;
  marks.line = line_of(node.source());
  for (auto const& [mark, meaning] : *meanings) {
    auto const words = meaning.value_exact<std::string>();
    if (words) {
      marks.marks.emplace_back(mark.str(), *words);
    } else {
      wrong(meaning, fmt::format("The meaning of the mark \"{}\" is no text.", mark.str()),
            "Write it in the words of the rule language: \"suppressed\", or \"at least $239,200 per year\".");
    }
  }
  entry.marks.push_back(std::move(marks));
}

void ManifestReader::tell_twice(ReleaseEntry const& entry) {
  for (auto const& other : out_.manifest.releases) {
    if (other.source.empty() || other.source != entry.source || other.name != entry.name) continue;
    add(Code::manifest_release_twice, entry.line, 0,
        fmt::format("The Source {} has two releases with the name \"{}\", here and on line {}.", entry.source,
                    entry.name, other.line),
        "A decision names its releases: give each a name of its own, or take one away.");
    return;
  }
}

}  // namespace

ManifestRead read_manifest(std::string const& path, std::string const& text,
                           std::function<std::optional<std::string>(std::string const&)> const& environment) {
  return ManifestReader(path, environment).read(text);
}

}  // namespace waymark::evidence
