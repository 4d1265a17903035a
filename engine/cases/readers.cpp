// Which reader reads what, and what all of them share.
#include "engine/cases/readers.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "engine/cases/reader_base.hpp"

namespace waymark::cases {

using grammar::Code;

ReaderBase::ReaderBase(std::string name, Pull pull, Setting const& setting)
    : storer_(setting), name_(std::move(name)), pull_(std::move(pull)) {}

grammar::DataDiagnostics ReaderBase::take_diagnostics() { return std::exchange(diagnostics_, {}); }

void ReaderBase::say(Code code, Spot spot, std::string message, std::string help) {
  diagnostics_.push_back(
      {code, grammar::entry_of(code).severity, name_, spot.line, spot.column, std::move(message), std::move(help)});
}

void ReaderBase::refuse(Batch& batch, std::uint64_t line, Code code, Spot spot, std::string message, std::string help) {
  auto origin = origin_at(line);
  origin.fault = message;
  say(code, spot, std::move(message), std::move(help));
  storer_.store_fault(std::move(origin), batch);
}

std::string ReaderBase::pull_chunk() {
  auto chunk = pull_(kChunk);
  if (chunk) return *std::move(chunk);
  failed_ = true;
  say(Code::submissions_not_read, {}, fmt::format("Reading stopped: {}.", chunk.error().message));
  return {};
}

std::optional<std::string> ReaderBase::pull_all(std::size_t limit) {
  std::string out;
  while (true) {
    auto const chunk = pull_chunk();
    if (chunk.empty()) break;
    out += chunk;
    if (out.size() <= limit) continue;
    say(Code::submissions_too_large, {}, fmt::format("The file is larger than {} MiB.", limit >> 20U),
        "Send the submissions as JSON Lines, which may be of any length.");
    return std::nullopt;
  }
  if (failed_) return std::nullopt;
  if (out.starts_with(kByteOrderMark)) out.erase(0, kByteOrderMark.size());
  return out;
}

std::optional<Format> format_of(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, Format>, 5> kEndings = {{{".jsonl", Format::json_lines},
                                                                                   {".ndjson", Format::json_lines},
                                                                                   {".json", Format::json},
                                                                                   {".csv", Format::csv},
                                                                                   {".toml", Format::toml}}};
  auto const dot = path.find_last_of("./\\");
  if (dot == std::string_view::npos || path[dot] != '.') return std::nullopt;
  std::string ending(path.substr(dot));
  for (auto& c : ending) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  for (auto const& [known, format] : kEndings) {
    if (ending == known) return format;
  }
  return std::nullopt;
}

std::unique_ptr<Reader> open(Format format, std::string name, Pull pull, Setting const& setting) {
  switch (format) {
    case Format::json_lines: return open_json_lines(std::move(name), std::move(pull), setting);
    case Format::json: return open_json(std::move(name), std::move(pull), setting);
    case Format::csv: return open_csv(std::move(name), std::move(pull), setting);
    case Format::toml: return open_toml(std::move(name), std::move(pull), setting);
  }
  return nullptr;
}

}  // namespace waymark::cases
