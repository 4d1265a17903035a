// Values by kind: what is left out, what is known within bounds or missing for a reason, and words.
#include "engine/cases/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/cases/units.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;
using values::Known;
using values::Steps;
using vocabulary::Field;
using vocabulary::Kind;

constexpr std::size_t kNamed = 12;  // entries of a choice that a message lists

constexpr std::array<std::pair<std::string_view, Known>, 6> kReasons = {
    {{"suppressed", Known::suppressed},
     {"*", Known::suppressed},
     {"not submitted", Known::not_submitted},
     {"not yet published", Known::not_yet_published},
     {"not covered", Known::not_covered},
     {"withdrawn", Known::withdrawn}}};

constexpr std::string_view kBoundsHelp =
    R"(Write {"at_least": 5}, {"at_most": 9}, {"between": [0, 9]} or {"missing": "suppressed"}.)";

char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }
bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_symbolic(Kind kind) { return kind == Kind::choice || kind == Kind::code || kind == Kind::text; }

bool read_plain(Reading& reading, NodeId node, Field const& field, Steps& out) {
  switch (field.quantity.type.kind) {
    case Kind::choice: return read_choice(reading, node, field, out);
    case Kind::code: return read_code(reading, node, field, out);
    case Kind::text: return read_text(reading, node, out);
    case Kind::yes_no: return read_yes_no(reading, node, out);
    default: return read_steps(reading, node, field, out);
  }
}

bool read_missing(Reading& reading, NodeId node, Field const& field, Value& out) {
  auto const& why = reading.tree[node];
  auto const reason = is_text(why) ? read_reason(why.text) : std::nullopt;
  if (!reason || trimmed(why.text) == "*") {
    return reading.refuse_value(Code::unknown_missing_reason, node, "which is not a reason why a value is missing.",
                                "Write \"suppressed\", \"not submitted\", \"not yet published\", \"not covered\" or "
                                "\"withdrawn\".");
  }
  out = missing_value(field, *reason);
  return true;
}

bool read_between(Reading& reading, NodeId node, Field const& field, Value& out) {
  std::array<NodeId, 2> ends{};
  std::size_t count = 0;
  if (reading.tree[node].shape == Shape::list) {
    for (auto const part : parts(reading.tree, node)) {
      if (count < 2) ends[count] = part;
      ++count;
    }
  }
  if (count != 2) {
    return reading.refuse_value(Code::bounds_not_readable, node, "which does not hold the two ends of a range.",
                                std::string(kBoundsHelp));
  }
  return read_steps(reading, ends[0], field, out.lowest) && read_steps(reading, ends[1], field, out.highest);
}

bool read_bound(Reading& reading, NodeId part, Field const& field, Value& out) {
  auto const key = reading.tree[part].key;
  if (key == "at_least") return read_steps(reading, part, field, out.lowest);
  if (key == "at_most") return read_steps(reading, part, field, out.highest);
  if (key == "between") return read_between(reading, part, field, out);
  return reading.refuse(
      Code::bounds_not_readable, part,
      fmt::format("`{}` has the key {}, and a range has no such key.", path_to(reading.tree, part), quoted(key)),
      std::string(kBoundsHelp));
}

bool end_given_twice(Reading& reading, NodeId part) {
  return reading.refuse(Code::data_key_given_twice, part,
                        fmt::format("`{}` gives an end of the range that is given twice.", path_to(reading.tree, part)),
                        "Keep the one that is right.");
}

// {"at_least": 5}, {"at_most": 9}, {"between": [0, 9]}.
bool read_bounds(Reading& reading, NodeId node, Field const& field, Value& out) {
  out = missing_value(field, Known::bounded);
  bool const may_be_negative = field.may_be_negative || !vocabulary::is_numeric(field.quantity.type);
  if (!field.lowest && !may_be_negative) out.lowest = 0;
  bool lower = false;
  bool upper = false;
  for (auto const part : parts(reading.tree, node)) {
    if (!read_bound(reading, part, field, out)) return false;
    auto const key = reading.tree[part].key;
    if ((lower && key != "at_most") || (upper && key != "at_least")) return end_given_twice(reading, part);
    lower = lower || key != "at_most";
    upper = upper || key != "at_least";
  }
  if (out.lowest > out.highest) {
    return reading.refuse(
        Code::bounds_not_readable, node,
        fmt::format("`{}` is a range whose lower end is above its upper end.", path_to(reading.tree, node)),
        "Write the lower end first.");
  }
  if (out.lowest == out.highest) out.known = Known::exactly;
  return true;
}

bool read_group(Reading& reading, NodeId node, Field const& field, Value& out) {
  auto const inside = parts(reading.tree, node);
  if (inside.empty()) {
    return reading.refuse(Code::bounds_not_readable, node,
                          fmt::format("`{}` is an empty group of keys.", path_to(reading.tree, node)),
                          std::string(kBoundsHelp));
  }
  auto const first = *inside.begin();
  bool const alone = reading.tree[first].next == reading.tree[node].next;
  if (alone && reading.tree[first].key == "missing") return read_missing(reading, first, field, out);
  bool const ordered = !is_symbolic(field.quantity.type.kind) && field.quantity.type.kind != Kind::yes_no;
  if (ordered) return read_bounds(reading, node, field, out);
  return reading.refuse_value(Code::value_of_other_kind, node,
                              fmt::format("not {}.", expected_words(field, reading.vocabulary)),
                              R"(Write one value, or {"missing": "suppressed"}.)");
}

// `<10`: a count below ten.
std::optional<std::string_view> below_what(Node const& node, Field const& field) {
  auto const text = trimmed(node.text);
  if (!is_text(node) || field.quantity.type.kind != Kind::count || !text.starts_with('<')) return std::nullopt;
  return trimmed(text.substr(1));
}

bool read_below(Reading& reading, NodeId node, Field const& field, std::string_view limit, Value& out) {
  auto const steps = values::read_decimal(limit, field.quantity.scale);
  if (!steps || *steps <= 0) {
    return reading.refuse_value(Code::bounds_not_readable, node, "which is no count below a limit.", "Write \"<10\".");
  }
  out = missing_value(field, Known::bounded);
  out.lowest = std::max<Steps>(field.lowest.value_or(0), 0);
  out.highest = std::min(field.highest.value_or(*steps - 1), *steps - 1);
  if (out.lowest > out.highest) {
    return reading.refuse_value(Code::datum_out_of_range, node, "which leaves nothing of the range of this field.");
  }
  if (out.lowest == out.highest) out.known = Known::exactly;
  return true;
}

}  // namespace

bool Reading::refuse(Code code, NodeId node, std::string message, std::string help) {
  fault = Fault{code, node, false, std::move(message), std::move(help)};
  return false;
}

bool Reading::refuse_value(Code code, NodeId node, std::string const& rest, std::string help) {
  return refuse(code, node, fmt::format("`{}` is {}, {}", path_to(tree, node), seen(tree[node]), rest),
                std::move(help));
}

std::optional<Known> read_reason(std::string_view text) {
  auto const word = trimmed(text);
  auto const* const found =
      std::find_if(kReasons.begin(), kReasons.end(), [&](auto const& reason) { return same_word(reason.first, word); });
  return found == kReasons.end() ? std::nullopt : std::optional(found->second);
}

bool read_value(Reading& reading, NodeId id, Field const& field, Value& out) {
  auto const& node = reading.tree[id];
  out = missing_value(field);
  if (is_nothing(node)) return true;
  if (node.shape == Shape::object) return read_group(reading, id, field, out);
  auto const kind = field.quantity.type.kind;
  if (is_text(node) && !is_symbolic(kind)) {
    if (auto const limit = below_what(node, field)) return read_below(reading, id, field, *limit, out);
    if (auto const reason = read_reason(node.text)) {
      out = missing_value(field, *reason);
      return true;
    }
  }
  Steps steps = 0;
  if (!read_plain(reading, id, field, steps)) return false;
  out = {steps, steps, Known::exactly};
  return true;
}

namespace {

// How the members of a list are written that stand in one text, `29-1141, 15-1252`; empty where they do not.
std::string list_help(Reading const& reading, Node const& node, Field const& field) {
  if (!field.quantity.type.list || !is_text(node) || node.text.find(',') == std::string_view::npos) return "";
  std::string out;
  for (std::size_t at = 0; at <= node.text.size();) {
    auto const end = std::min(node.text.find(',', at), node.text.size());
    auto const member = std::string(trimmed(node.text.substr(at, end - at)));
    if (!out.empty()) out += reading.table ? "; " : ", ";
    out += reading.table ? member : quoted(member);
    at = end + 1;
  }
  return reading.table ? fmt::format("In a table, a semicolon stands between the members of a list: {}", out)
                       : fmt::format("Write a list: [{}].", out);
}

}  // namespace

bool read_choice(Reading& reading, NodeId id, Field const& field, Steps& out) {
  auto const& node = reading.tree[id];
  auto const& choice = reading.vocabulary.choices[field.quantity.type.which];
  auto const entry = is_text(node) ? choice.find(trimmed(node.text)) : std::nullopt;
  if (entry) {
    out = *entry;
    return true;
  }
  if (auto list = list_help(reading, node, field); !list.empty()) {
    return reading.refuse_value(Code::datum_not_in_choice, id,
                                fmt::format("which is not {}.", with_article(choice.shown)), std::move(list));
  }
  std::vector<std::string> names;
  for (auto const& each : choice.entries) names.push_back(each.data_key);
  if (auto const near = grammar::nearest(trimmed(node.text), names); !near.empty()) {
    std::rotate(names.begin(), std::find(names.begin(), names.end(), near),
                std::find(names.begin(), names.end(), near) + 1);
  }
  std::string listed;
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) listed += (i == 0 ? "" : ", ") + quoted(names[i]);
  if (names.size() > kNamed) listed += fmt::format(" and {} more", names.size() - kNamed);
  return reading.refuse_value(Code::datum_not_in_choice, id,
                              fmt::format("which is not {}.", with_article(choice.shown)),
                              names.empty() ? "" : fmt::format("Write one of {}.", listed));
}

// The number in quotes where that is a code already; else what one looks like.
std::string own_code(values::CodeSystem system, std::string const& number, Field const& field,
                     vocabulary::Vocabulary const& words) {
  return values::read_code(system, number) ? "\"" + number + "\"" : sample(field, words);
}

bool read_code(Reading& reading, NodeId id, Field const& field, Steps& out) {
  auto const& node = reading.tree[id];
  auto const& type = field.quantity.type;
  if (node.shape == Shape::whole || node.shape == Shape::decimal) {
    return reading.refuse(Code::code_without_quotes, id,
                          fmt::format("`{}` is the number {}; a code must stand in quotes, or its zeros are lost.",
                                      path_to(reading.tree, id), seen(node)),
                          fmt::format("Write it as {}.", own_code(type.system, seen(node), field, reading.vocabulary)));
  }
  auto const code = is_text(node) ? values::read_code(type.system, trimmed(node.text)) : std::nullopt;
  if (code) {
    out = reading.symbols.intern(*code);
    return true;
  }
  if (is_text(node) && values::looks_like_spreadsheet_date(node.text)) {
    return reading.refuse_value(Code::code_became_date, id, "a date that a spreadsheet made of a code.",
                                "Format the column as text in the spreadsheet and enter the code again.");
  }
  auto help = list_help(reading, node, field);
  if (help.empty()) help = fmt::format("Write it as {}.", sample(field, reading.vocabulary));
  return reading.refuse_value(Code::datum_not_a_code, id,
                              fmt::format("which is not {}.", expected_words(field, reading.vocabulary)),
                              std::move(help));
}

bool read_text(Reading& reading, NodeId id, Steps& out) {
  auto const& node = reading.tree[id];
  if (!is_text(node)) {
    return reading.refuse_value(Code::value_of_other_kind, id, "and text is needed here.", "Put it in quotes.");
  }
  out = reading.symbols.intern(trimmed(node.text));
  return true;
}

bool read_yes_no(Reading& reading, NodeId id, Steps& out) {
  auto const& node = reading.tree[id];
  auto const word = is_text(node) ? trimmed(node.text) : std::string_view();
  bool const yes = node.shape == Shape::yes || same_word(word, "yes") || same_word(word, "true");
  bool const no = node.shape == Shape::no || same_word(word, "no") || same_word(word, "false");
  out = yes ? 1 : 0;
  if (yes || no) return true;
  return reading.refuse_value(Code::datum_not_yes_or_no, id, "which is neither yes nor no.",
                              R"(Write true or false, or "yes" or "no".)");
}

}  // namespace waymark::cases
