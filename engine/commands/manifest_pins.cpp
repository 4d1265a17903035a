// Edits a manifest line by line.
#include "engine/commands/manifest_pins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"

namespace waymark::commands {
namespace {

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find('\n', at), text.size() - 1);
    lines.push_back(text.substr(at, end + 1 - at));
    at = end + 1;
  }
  return lines;
}

std::string_view trimmed(std::string_view line) {
  std::size_t const first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view() : line.substr(first);
}

// Whether the line is `key = …`.
bool sets(std::string_view line, std::string_view key) {
  line = trimmed(line);
  if (!line.starts_with(key)) return false;
  line.remove_prefix(key.size());
  return trimmed(line).starts_with('=');
}

// The lines of a release: from the one after its head to the next head.
struct Range {
  std::size_t begin, end;
};
Range lines_of_release(std::vector<std::string> const& lines, std::uint64_t line) {
  std::size_t head = std::min<std::size_t>(line, lines.size());
  while (head > 0 && !trimmed(lines[head - 1]).starts_with("[[release]]")) --head;
  std::size_t end = head;
  while (end < lines.size() && !trimmed(lines[end]).starts_with('[')) ++end;
  return {head, end};
}

// As long as the names before the sign of equality on the line that it follows, so that columns stay columns.
std::string pin_line(std::string const& sha256, std::string const& like) {
  std::string const name = like.substr(0, like.size() - trimmed(like).size()) + "sha256";
  std::size_t const equals = like.find('=');
  std::size_t const width = equals == std::string::npos ? name.size() + 1 : std::max(equals, name.size() + 1);
  return fmt::format("{:<{}}= \"{}\"\n", name, width, sha256);
}

bool place(std::vector<std::string>& lines, Pin const& pin) {
  Range const range = lines_of_release(lines, pin.line);
  if (range.begin == 0) return false;
  std::optional<std::size_t> after;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (sets(lines[i], "sha256")) {
      lines[i] = pin_line(pin.sha256, lines[i]);
      return true;
    }
    if (sets(lines[i], "file")) after = i;
  }
  if (!after) return false;
  if (!lines[*after].ends_with('\n')) lines[*after] += '\n';
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(*after) + 1, pin_line(pin.sha256, lines[*after]));
  return true;
}

bool says(evidence::Manifest const& before, std::vector<Pin> const& pins, evidence::Manifest const& after) {
  if (after.releases.size() != before.releases.size()) return false;
  std::map<std::uint64_t, std::string> wanted;
  for (Pin const& pin : pins) wanted[pin.line] = pin.sha256;
  for (std::size_t i = 0; i < before.releases.size(); ++i) {
    auto const pinned = wanted.find(before.releases[i].line);
    std::string const& hash = pinned == wanted.end() ? before.releases[i].sha256 : pinned->second;
    if (after.releases[i].sha256 != hash || after.releases[i].file != before.releases[i].file) return false;
  }
  return true;
}

}  // namespace

std::string with_pins(std::string const& text, std::vector<Pin> const& pins) {
  std::vector<std::string> lines = lines_of(text);
  std::vector<Pin> from_below = pins;  // so that the lines above stay where they are
  std::sort(from_below.begin(), from_below.end(), [](Pin const& a, Pin const& b) { return a.line > b.line; });
  for (Pin const& pin : from_below) {
    if (!place(lines, pin)) return "";
  }
  std::string result;
  for (std::string const& line : lines) result += line;
  return result;
}

std::optional<values::WorldError> write_pins(evidence::Manifest const& manifest, std::vector<Pin> const& pins) {
  if (pins.empty()) return std::nullopt;
  auto const text = read_file(manifest.path);
  if (!text) return text.error();
  std::string const pinned = with_pins(*text, pins);
  auto const again = evidence::read_manifest(manifest.path, pinned, variable);
  auto const before = evidence::read_manifest(manifest.path, *text, variable);
  if (pinned.empty() || !says(before.manifest, pins, again.manifest)) {
    return values::WorldError{
        fmt::format("`{}` is not laid out with [[release]] and `file` on lines of their own, so "
                    "the hashes were not written into it",
                    manifest.path)};
  }
  return write_file(manifest.path, pinned);
}

}  // namespace waymark::commands
