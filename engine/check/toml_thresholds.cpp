// Thresholds that live in TOML beside a policy: the same rows and citations as Threshold blocks, with spans in the TOML
// file. The only file of this room that knows toml++; what it throws stays inside.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <span>

#include "engine/check/check.hpp"
#include "grammar/citations.hpp"
#include "grammar/names.hpp"

namespace waymark::check {
namespace {

using grammar::Block;
using grammar::Clause;
using grammar::ClauseKind;
using grammar::Code;
using grammar::Phrase;
using grammar::Span;

constexpr std::array<std::string_view, 1> kFileKeys = {"threshold"};
constexpr std::array<std::string_view, 9> kThresholdKeys = {"name", "unit",     "kind",      "by", "dated_by",
                                                            "each", "citation", "continues", "row"};
constexpr std::array<std::string_view, 5> kRowKeys = {"from", "through", "class", "value", "citation"};

/// toml++ counts lines and characters, spans count bytes.
class Offsets {
 public:
  explicit Offsets(std::string_view text) : text_(text) {
    starts_.push_back(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    for (std::uint32_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  std::uint32_t of(toml::source_position const& place) const {
    auto const line = std::clamp<std::size_t>(place.line, 1, starts_.size()) - 1;
    auto at = starts_[line];
    for (auto column = place.column; column > 1 && at < text_.size(); --column) {
      ++at;
      while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80) ++at;
    }
    return at;
  }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> starts_;
};

/// A text in quotes: what it says, and where it stands without the quotes.
struct Quoted {
  std::string text;
  Span inside;
};

class ThresholdsReader {
 public:
  ThresholdsReader(grammar::Sources const& sources, grammar::FileId file)
      : sources_(sources), file_(file), offsets_(sources[file].text) {}

  TomlThresholds read() {
    try {
      read_file(toml::parse(sources_[file_].text));
    } catch (toml::parse_error const& error) {
      auto const at = offsets_.of(error.source().begin);
      lost({});
      report(Code::thresholds_not_toml, {file_, at, at}, "The file cannot be read as TOML from here on",
             "A line is `key = \"value\"`, each key once; a threshold begins with `[[threshold]]`, a row with "
             "`[[threshold.row]]`.");
    }
    grammar::sort(out_.diagnostics);
    return std::move(out_);
  }

 private:
  // A threshold of which no more than the name can be read, if that: who uses it is not told so again.
  void lost(Phrase name) {
    Block block;
    block.name = std::move(name);
    out_.blocks.push_back(std::move(block));
  }
  void report(Code code, Span span, std::string message, std::string help = {}) {
    out_.diagnostics.push_back(grammar::diagnose(code, span, std::move(message), std::move(help)));
  }
  Span span_of(toml::source_region const& region) const {
    return {file_, offsets_.of(region.begin), offsets_.of(region.end)};
  }
  Span span_of(toml::node const& node) const { return span_of(node.source()); }

  void read_file(toml::table const& root);
  void threshold(toml::table const& table);
  void head(toml::table const& table, Block& block);
  void rows(toml::table const& table, Block& block);
  void row(toml::table const& table, Block& block);
  bool period(toml::table const& table, grammar::DateRange& period);
  bool date(toml::table const& table, std::string_view key, std::string& into);
  bool of_class(toml::table const& table, grammar::ThresholdRow& row);
  bool unknown_keys(toml::table const& table, std::span<std::string_view const> known, std::string_view what);
  bool must_have(toml::table const& table, std::string_view key, std::string_view example);
  std::optional<Quoted> quoted(toml::table const& table, std::string_view key);
  std::optional<Phrase> phrase(Quoted const& words);
  void part(Block& block, toml::table const& table, std::string_view key, std::string_view before);
  std::optional<grammar::Citation> citation(toml::table const& table);
  bool wrong(toml::node const& node, std::string message, std::string help);

  grammar::Sources const& sources_;
  grammar::FileId file_;
  Offsets offsets_;
  TomlThresholds out_;
};

bool ThresholdsReader::wrong(toml::node const& node, std::string message, std::string help) {
  report(Code::thresholds_wrong_value, span_of(node), std::move(message), std::move(help));
  return false;
}

bool ThresholdsReader::unknown_keys(toml::table const& table, std::span<std::string_view const> known,
                                    std::string_view what) {
  bool good = true;
  for (auto const& [key, node] : table) {
    if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    good = false;
    auto const near = grammar::nearest(key.str(), {known.begin(), known.end()});
    report(Code::thresholds_unknown_key, span_of(key.source()), fmt::format("{} has no key `{}`", what, key.str()),
           near.empty() ? fmt::format("It can have: {}.", fmt::join(known, ", "))
                        : fmt::format("Did you mean `{}`?", near));
    if (!near.empty()) out_.diagnostics.back().edit = grammar::Edit{span_of(key.source()), near};
  }
  return good;
}

void ThresholdsReader::read_file(toml::table const& root) {
  if (!unknown_keys(root, kFileKeys, "A file of thresholds")) lost({});
  auto const* node = root.get("threshold");
  if (node == nullptr) return;
  auto const* all = node->as_array();
  if (all == nullptr || !all->is_homogeneous<toml::table>()) {
    lost({});
    wrong(*node, "`threshold` is a table of its own for each threshold", "Begin each with a line `[[threshold]]`.");
    return;
  }
  for (auto const& one : *all) threshold(*one.as_table());
}

bool ThresholdsReader::must_have(toml::table const& table, std::string_view key, std::string_view example) {
  if (table.contains(key)) return true;
  report(Code::thresholds_wrong_value, span_of(table), fmt::format("This table lacks `{}`", key),
         fmt::format("Add a line: `{} = {}`.", key, example));
  return false;
}

// Only a text that stands as it is has places of its own in the file: one line, one pair of quotes, no backslash.
std::optional<Quoted> ThresholdsReader::quoted(toml::table const& table, std::string_view key) {
  auto const* node = table.get(key);
  if (node == nullptr) return std::nullopt;
  auto const* text = node->as_string();
  if (text == nullptr) {
    wrong(*node, fmt::format("`{}` is a text", key), "Put it into double quotes.");
    return std::nullopt;
  }
  auto inside = span_of(*node);
  inside.begin = std::min(inside.begin + 1, inside.end);
  inside.end = std::max(inside.begin, inside.end - 1);
  if (sources_.text(inside) != text->get()) {
    wrong(*node, fmt::format("`{}` is not written on one line in plain quotes", key),
          "Write it between two `\"`, without `\\`.");
    return std::nullopt;
  }
  if (grammar::name_key(text->get()).empty()) {
    wrong(*node, fmt::format("`{}` is empty", key), "Write it between the quotes, or leave the line out.");
    return std::nullopt;
  }
  return Quoted{text->get(), inside};
}

std::optional<Phrase> ThresholdsReader::phrase(Quoted const& words) {
  auto const text = sources_.text(words.inside);
  auto const end = text.data() + text.size();
  auto scanned = grammar::scan_phrase(text.data(), end);
  if (!scanned || grammar::skip_blanks(scanned->end, end) != end) {
    report(Code::thresholds_wrong_value, words.inside, fmt::format("`{}` cannot be a name", words.text),
           "A name has no numbers with marks in them and none of the language's own words, such as `of` or `for`.");
    Phrase name;
    name.key = grammar::name_key(words.text);
    lost(std::move(name));
    return std::nullopt;
  }
  scanned->phrase.span = words.inside;
  return std::move(scanned->phrase);
}

std::optional<grammar::Citation> ThresholdsReader::citation(toml::table const& table) {
  auto const words = quoted(table, "citation");
  if (!words) return std::nullopt;
  return grammar::Citation{words->text, grammar::is_illustrative(words->text), words->inside};
}

// `in openings per year`, `by pathway type`, as they would stand in the head of a Threshold block.
void ThresholdsReader::part(Block& block, toml::table const& table, std::string_view key, std::string_view before) {
  auto const words = quoted(table, key);
  if (!words) {
    block.faulty = block.faulty || table.contains(key);
    return;
  }
  grammar::Part made;
  made.written = std::string(before) + words->text;
  made.words = std::string(before) + grammar::name_key(words->text);
  if (key == "kind" && !made.words.starts_with("a ")) made.words = "a " + made.words;
  made.span = words->inside;
  block.parts.push_back(std::move(made));
}

void ThresholdsReader::head(toml::table const& table, Block& block) {
  if (!must_have(table, "name", "\"required openings\"")) {
    lost({});
  } else if (auto const words = quoted(table, "name")) {
    if (auto name = phrase(*words)) block.name = std::move(*name);
    block.head = {file_, words->inside.begin - 1, words->inside.end + 1};
  }
  block.faulty = block.faulty || block.name.empty();
  if (auto const* both = table.get("kind"); both != nullptr && table.contains("unit")) {
    block.faulty = true;
    wrong(*both, "A threshold has a unit or a kind, not both", "Keep `unit` for numbers, `kind` for a date.");
  }
  part(block, table, "unit", "in ");
  if (!table.contains("unit")) part(block, table, "kind", "");
  part(block, table, "by", "by ");
  part(block, table, "dated_by", "dated by ");
  part(block, table, "each", "for each ");
  block.citation = citation(table);
}

bool ThresholdsReader::date(toml::table const& table, std::string_view key, std::string& into) {
  auto const* node = table.get(key);
  if (node == nullptr) return true;
  if (node->is_date()) {
    into = std::string(sources_.text(span_of(*node)));
    return true;
  }
  return wrong(*node, fmt::format("`{}` is no date", key), "Write it without quotes and without a time: 2024-07-01.");
}

bool ThresholdsReader::period(toml::table const& table, grammar::DateRange& period) {
  if (!must_have(table, "from", "2024-07-01")) return false;
  bool const from = date(table, "from", period.from);
  bool const through = date(table, "through", period.through);
  period.span = span_of(*table.get("from"));
  return from && through;
}

bool ThresholdsReader::of_class(toml::table const& table, grammar::ThresholdRow& row) {
  if (!table.contains("class")) return true;
  auto const words = quoted(table, "class");
  if (!words) return false;
  row.otherwise = grammar::name_key(words->text) == "otherwise";
  if (row.otherwise) return true;
  row.of_class.text = words->text;
  row.of_class.key = grammar::name_key(words->text);
  row.of_class.span = words->inside;
  return true;
}

void ThresholdsReader::row(toml::table const& table, Block& block) {
  Clause clause;
  clause.kind = ClauseKind::threshold_row;
  clause.span = span_of(table);
  clause.label = clause.span;
  clause.citation = citation(table);
  grammar::ThresholdRow made;
  bool good = unknown_keys(table, kRowKeys, "A row");
  good = period(table, made.period) && good;
  good = of_class(table, made) && good;
  bool const valued = must_have(table, "value", "\"25 openings per year\"");
  auto const words = valued ? quoted(table, "value") : std::nullopt;
  auto value = words ? grammar::read_value(sources_, words->inside, out_.diagnostics) : std::nullopt;
  if (!good || !value) {
    block.faulty = true;
    return;
  }
  made.value = std::move(*value);
  clause.body = std::move(made);
  block.clauses.push_back(std::move(clause));
}

void ThresholdsReader::rows(toml::table const& table, Block& block) {
  auto const* node = table.get("row");
  if (node == nullptr) return;
  auto const* all = node->as_array();
  if (all == nullptr || !all->is_homogeneous<toml::table>()) {
    block.faulty = true;
    wrong(*node, "`row` is a table of its own for each row", "Begin each with a line `[[threshold.row]]`.");
    return;
  }
  for (auto const& one : *all) row(*one.as_table(), block);
}

void ThresholdsReader::threshold(toml::table const& table) {
  Block block;
  block.kind = grammar::BlockKind::threshold;
  block.span = span_of(table);
  block.head = block.span;
  block.faulty = !unknown_keys(table, kThresholdKeys, "A threshold");
  head(table, block);
  rows(table, block);
  if (auto const* continues = table.get("continues")) {
    if (!continues->is_boolean()) {
      block.faulty = true;
      wrong(*continues, "`continues` is true or false", "Write `continues = true`, without quotes.");
    } else if (continues->value_or(false)) {
      Clause clause;
      clause.kind = ClauseKind::continues;
      clause.span = span_of(*continues);
      clause.label = clause.span;
      block.clauses.push_back(std::move(clause));
    }
  }
  if (!block.name.empty()) out_.blocks.push_back(std::move(block));
}

}  // namespace

TomlThresholds read_thresholds(grammar::Sources const& sources, grammar::FileId file) {
  return ThresholdsReader(sources, file).read();
}

}  // namespace waymark::check
