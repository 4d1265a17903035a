// Which reader reads what, and what all of them share.
#include "engine/cases/readers.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "engine/cases/reader_base.hpp"

namespace waymark::cases {

using grammar::Code;

bool Reader::next_block(Block&, std::size_t, IsReady const&) { return false; }

Batch Reader::settle(Block&) { return {}; }

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

// What is remembered of a million ids is in no cache: it is asked for some rows before it is needed.
void ReaderBase::settle_plain(Batch const& batch, plain::Unsettled& unsettled) {
  constexpr std::size_t kAhead = 8;
  for (auto const& text : unsettled.texts) {
    auto const symbol = storer_.setting().symbols.intern(text.text);
    text.column->lowest[text.at] = text.column->highest[text.at] = symbol;
  }
  auto const& marks = unsettled.marks;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (i + kAhead < marks.size()) storer_.notices().expect(marks[i + kAhead]);
    auto const& origin = batch.origins[unsettled.first_row + i];
    storer_.note_id(origin.id, marks[i], remarks_);
    for (auto const& remark : remarks_) say(remark.code, {origin.line, 0}, remark.message, remark.help);
    remarks_.clear();
  }
  unsettled.texts.clear();
  unsettled.marks.clear();
}

void ReaderBase::say_failure(values::WorldError const& failure) {
  say(Code::submissions_not_read, {}, fmt::format("Reading stopped: {}.", failure.message));
}

std::size_t ReaderBase::pull_some(char* into, std::size_t most) {
  auto const count = pull_(into, most);
  if (count) return *count;
  failed_ = true;
  say_failure(count.error());
  return 0;
}

std::optional<std::string> ReaderBase::pull_all(std::size_t limit) {
  std::string out;
  while (true) {
    auto const size = out.size();
    out.resize(size + kChunk);
    auto const more = pull_some(out.data() + size, kChunk);
    out.resize(size + more);
    if (more == 0) break;
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

Pull pull_from(std::string bytes) {
  return [bytes = std::move(bytes), at = std::size_t{0}](
             char* into, std::size_t most) mutable -> values::Result<std::size_t, values::WorldError> {
    auto const count = bytes.copy(into, most, at);
    at += count;
    return count;
  };
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
