// Random lines of submissions for any vocabulary: most of them as they should be, some values not, and lines damaged
// byte by byte.
#pragma once

#include <fmt/format.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/columns.hpp"
#include "engine/values/date.hpp"

namespace waymark::cases::sample {

class LineMaker {
 public:
  LineMaker(vocabulary::Vocabulary const& vocabulary, vocabulary::RecordId record, std::uint64_t seed)
      : vocabulary_(vocabulary), record_(record), random_(seed) {}

  /// `odd`: percent of the values that are not written plainly, or are wrong.
  std::string line(unsigned odd) {
    odd_ = odd;
    shuffled_ = chance(20);
    blank_ = chance(30) ? " " : "";
    auto line = write(record(record_, 0));
    if (chance(odd))
      line.insert(line.size() - 1, pick({",\"lea\":7", ",\"unheard\":{\"a\":[1,{}]}", ",\"id\":\"again\""}));
    return line + pick({"", "", "", "\r", " ", "\t"});
  }
  /// Bytes of `text` replaced, taken out, doubled or brought in from elsewhere.
  std::string damaged(std::string text) {
    for (auto i = below(3) + 1; i > 0 && !text.empty(); --i) {
      auto const at = below(text.size());
      switch (below(5)) {
        case 0: text[at] = static_cast<char>(below(256)); break;
        case 1: text.erase(at, below(4) + 1); break;
        case 2:
          text.insert(at, pick({"\"", "\\", ",", ":", "{", "}", "[", "]", "\\u0041", "\\ud83d", "\n", "0", "null"}));
          break;
        case 3: text.insert(at, text.substr(below(text.size()), below(30))); break;
        default: text[at] = static_cast<char>(text[at] ^ (1 << below(8))); break;
      }
    }
    return text;
  }
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  bool chance(unsigned percent) { return below(100) < percent; }

 private:
  using Kind = vocabulary::Kind;
  using Field = vocabulary::Field;

  /// A value as it is written, or the parts of an object.
  struct Node {
    std::string value;
    std::vector<Node> parts;
    std::string key;  // of a part
  };

  std::string pick(std::vector<std::string> const& from) { return from[below(from.size())]; }

  std::string write(Node const& node) {
    if (!node.value.empty()) return node.value;
    auto parts = node.parts;
    if (shuffled_) std::shuffle(parts.begin(), parts.end(), random_);
    std::string out = "{";
    for (auto const& part : parts) {
      if (out.size() > 1) out += "," + blank_;
      out += "\"" + part.key + "\":" + blank_ + write(part);
    }
    return out + "}";
  }

  static Node& part(Node& node, std::string const& key) {
    for (auto& inner : node.parts) {
      if (inner.key == key) return inner;
    }
    return node.parts.emplace_back(Node{{}, {}, key});
  }

  Node record(vocabulary::RecordId id, int depth) {
    Node out;
    auto const& record = vocabulary_.records[id];
    if (depth == 0 && !chance(5)) part(out, record.id_key).value = some_id();
    for (auto const field : record.fields) {
      if (!chance(15)) add(out, vocabulary_.fields[field], depth);
    }
    for (auto const& key : record.ignored) {
      if (chance(70) && key.find('.') == std::string::npos) part(out, key).value = ignored();
    }
    return out;
  }

  std::string some_id() {
    if (chance(odd_)) return pick({"null", "7", "-7", "1.5", "\"  P 1 \"", "\"\"", "\"P\\u0031\"", "true", "\"Doña\""});
    return fmt::format("\"P{}\"", below(100000));
  }
  std::string ignored() {
    return pick({"12", "-3.25", "\"early \\\"robotics\\\" caf\\u00e9\"", "\"Señal\"", "true", "null", "[1,[],{}]",
                 "{\"a\":{\"b\":[\"c\"]}}", chance(odd_) ? "1e5" : "0", chance(odd_) ? "{\"a\":1,\"a\":2}" : "\"\""});
  }

  // Under the field's path, for each entry and year that it has a value for.
  void add(Node& to, Field const& field, int depth) {
    std::vector<std::vector<std::string>> ways(1);
    auto open = field.each;
    for (auto const& step : field.path) {
      auto const brace = step.find('{');
      if (brace == std::string::npos || open.empty()) {
        for (auto& way : ways) way.push_back(step);
        continue;
      }
      auto const close = step.find('}', brace);
      ways = longer(ways, step.substr(0, brace), open.front(), step.substr(close + 1));
      open.erase(open.begin());
    }
    for (auto const& dimension : open) ways = longer(ways, "", dimension, "");
    for (auto const& way : ways) {
      if (ways.size() > 1 && chance(25)) continue;
      auto* at = &to;
      for (auto const& key : way) at = &part(*at, key);
      at->value = value(field, depth);
    }
  }
  std::vector<std::vector<std::string>> longer(std::vector<std::vector<std::string>> const& ways,
                                               std::string const& before, vocabulary::Dimension const& dimension,
                                               std::string const& after) {
    std::vector<std::string> members;
    if (dimension.of == vocabulary::Dimension::Of::year) {
      auto const& kind = vocabulary_.calendar.years[dimension.which];
      for (int year = 2022; year < 2025; ++year) members.push_back(values::write_year(year, kind));
      if (chance(odd_)) members.push_back(pick({"2024", "2022-2023", "20x"}));
    } else {
      for (auto const& entry : vocabulary_.choices[dimension.which].entries) {
        members.push_back(chance(odd_) ? entry.shown : entry.data_key);
      }
    }
    std::vector<std::vector<std::string>> out;
    for (auto const& way : ways) {
      for (auto const& member : members) {
        out.push_back(way);
        out.back().push_back(before + member + after);
      }
    }
    return out;
  }

  std::string value(Field const& field, int depth) {
    auto const& type = field.quantity.type;
    if (chance(8)) return "null";
    if (chance(odd_)) return odd_value();
    if (!type.list) return one(field, depth);
    std::string out = "[";
    for (auto i = below(4); i > 0; --i) out += one(field, depth) + (i > 1 ? "," + blank_ : "");
    return out + "]";
  }
  std::string one(Field const& field, int depth) {
    auto const& type = field.quantity.type;
    switch (type.kind) {
      case Kind::count:
      case Kind::money:
      case Kind::percent:
      case Kind::points:
        return chance(odd_) ? fmt::format("{}.{}", below(200), below(1000))
                            : fmt::format("{}", below(chance(90) ? 100 : 1'000'000'000));
      case Kind::date:
        return fmt::format("\"20{:02}-{:02}-{:02}\"", below(40), below(12) + 1, below(28 + odd_ % 4) + 1);
      case Kind::year:
        return "\"" + values::write_year(2000 + static_cast<int>(below(30)), vocabulary_.calendar.years[type.which]) +
               "\"";
      case Kind::choice: {
        auto const& entries = vocabulary_.choices[type.which].entries;
        return entries.empty() ? "null" : "\"" + entries[below(entries.size())].data_key + "\"";
      }
      case Kind::code:
        return type.system == values::CodeSystem::soc ? fmt::format("\"{}-{:04}\"", below(2) + 15, 1250 + below(9))
                                                      : fmt::format("\"{}.{:04}\"", below(2) + 11, 700 + below(9));
      case Kind::text:
        return pick({"\"Essex\"", "\"ESSEX\"", "\"Essex County\"", "\" essex  county \"", "\"Peña\"",
                     fmt::format("\"R{}\"", below(500))});
      case Kind::yes_no: return chance(50) ? "true" : "false";
      case Kind::record: return write(record(type.which, depth + 1));
    }
    return "null";
  }
  std::string odd_value() {
    return pick({"-4",
                 "0",
                 "-0",
                 "007",
                 "1e3",
                 "12.50",
                 "0.85",
                 "45.000",
                 "9007199254740993",
                 "123456789012345",
                 "\"<10\"",
                 "\"*\"",
                 "\"suppressed\"",
                 "\"$1,200\"",
                 "\"85%\"",
                 "\" \"",
                 "\"\"",
                 "\"none\"",
                 "\"yes\"",
                 "\"New\"",
                 "\"15-1252.00\"",
                 "\"110701\"",
                 "\"11\"",
                 "\"=\\\"01.0101\\\"\"",
                 "\"2024-25\"",
                 "2024",
                 "\"2026-02-30\"",
                 "\"\xC3\"",
                 "\"tab\\t\"",
                 "{\"missing\":\"suppressed\"}",
                 "{\"at_most\":9}",
                 "{\"at_least\":3, \"at_most\":9}",
                 "{\"at_least\":3,\"at_least\":4}",
                 "{\"between\":[0,9]}",
                 "{\"between\":[0,9,]}",
                 "{ \"missing\" : \"*\" }",
                 "{}",
                 "[]",
                 "[null]",
                 "[[]]",
                 "[\"15-1252\",\"15-1252\",\"11-1011\"]",
                 "truely",
                 "nul",
                 "false",
                 "[1,2]",
                 "[{\"missing\":\"suppressed\"}]"});
  }

  vocabulary::Vocabulary const& vocabulary_;
  vocabulary::RecordId record_;
  std::mt19937_64 random_;
  unsigned odd_ = 0;
  bool shuffled_ = false;
  std::string blank_;
};

}  // namespace waymark::cases::sample
