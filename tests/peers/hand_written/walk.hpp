// Reading a submission from simdjson's tree. A key is told from the others by its length and its first letter: enough
// for this workload's lines, and no way to read anybody else's.
#pragma once

#include <simdjson.h>

#include "tests/peers/hand_written/decide.hpp"
#include "tests/peers/hand_written/lines.hpp"

namespace hand_written {

constexpr std::size_t mark(std::string_view key) { return key.size() * 256 + static_cast<unsigned char>(key[0]); }

/// A value of the type asked for; null and everything else is no such value.
template <class T>
T must(simdjson::dom::element element) {
  T value;
  if (element.get(value) != simdjson::SUCCESS) stop("a value is of another type");
  return value;
}

inline std::int32_t amount_or_missing(simdjson::dom::element element) {
  std::int64_t value = 0;
  return element.get(value) == simdjson::SUCCESS ? static_cast<std::int32_t>(value) : kMissing;
}

inline std::int32_t day_number(char const* text) {  // of 2021-07-01
  auto const digit = [&](std::size_t at) { return text[at] - '0'; };
  auto const two = [&](std::size_t at) { return digit(at) * 10 + digit(at + 1); };
  return (two(0) * 100 + two(2)) * 10000 + two(5) * 100 + two(8);
}

inline std::size_t group_of(std::string_view key) {
  if (key[0] == 'm') return 0;
  if (key[0] == 'f') return 1;
  if (key[0] == 's') return 3;
  return key[1] == 'c' ? 2 : 4;
}

template <std::size_t Most>
void read_codes(simdjson::dom::array list, Codes const& codes, std::array<std::uint32_t, Most>& into,
                std::uint32_t& count) {
  for (auto const element : list) {
    if (count == Most) stop("a list is longer than this program is made for");
    into[count++] = codes.find(must<std::string_view>(element));
  }
}

inline void read_tree(simdjson::dom::object object, Tables const& t, Submission& s) {
  s.forget();
  for (auto const field : object) {
    auto const value = field.value;
    switch (mark(field.key)) {
      case mark("id"): s.id = must<std::string_view>(value); break;
      case mark("cip"): s.program = t.programs.find(must<std::string_view>(value)); break;
      case mark("soc"):
        read_codes(must<simdjson::dom::array>(value), t.occupations, s.occupations, s.occupation_count);
        break;
      case mark("region"): s.region = t.regions.find(must<std::string_view>(value)); break;
      case mark("pathway_type"): {
        auto const first = must<std::string_view>(value)[0];
        s.type = first == 's' ? Type::standard : first == 'a' ? Type::accelerated : Type::emerging;
        break;
      }
      case mark("kind"): s.is_new = must<std::string_view>(value)[0] == 'n'; break;
      case mark("postsecondary_credits"): s.credits = amount_or_missing(value); break;
      case mark("articulation"):
        if (!value.is_null()) s.articulation = must<bool>(value) ? 1 : 0;
        break;
      case mark("credentials"):
        s.credentials_known = !value.is_null();
        if (!s.credentials_known) break;
        read_codes(must<simdjson::dom::array>(value), t.credentials, s.credentials, s.credential_count);
        break;
      case mark("wbl_hours"): s.hours = amount_or_missing(value); break;
      case mark("enrollment"): s.enrollment = amount_or_missing(value); break;
      case mark("concentrators"): s.concentrators = amount_or_missing(value); break;
      case mark("completers"): s.completers = amount_or_missing(value); break;
      case mark("advisory_meetings"): s.meetings = amount_or_missing(value); break;
      case mark("rates"):
        for (auto const group : must<simdjson::dom::object>(value)) {
          (group.key[0] == 'a' ? s.overall_rate : s.rate[group_of(group.key)]) = amount_or_missing(group.value);
        }
        break;
      case mark("counts"):
        for (auto const group : must<simdjson::dom::object>(value)) {
          s.size[group_of(group.key)] = amount_or_missing(group.value);
        }
        break;
      case mark("years_below_threshold"): s.years_below = amount_or_missing(value); break;
      case mark("last_decision"):
        if (!value.is_null()) s.last_decision = day_number(must<std::string_view>(value).data());
        break;
      default: break;
    }
  }
}

/// Reads every submission by the tree and gives it to `use`.
template <class Use>
void walk(char const* path, Tables const& tables, Use use) {
  simdjson::dom::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;  // one core is what is measured
#endif
  Submission submission;
  each_piece(path, [&](char const* lines, std::size_t length) {
    simdjson::dom::document_stream documents;
    if (parser.parse_many(lines, length, kPiece).get(documents) != simdjson::SUCCESS) stop("no JSON Lines");
    for (auto document : documents) {
      simdjson::dom::object object;
      if (document.get(object) != simdjson::SUCCESS) stop("a line is no JSON object");
      read_tree(object, tables, submission);
      use(submission);
    }
  });
}

}  // namespace hand_written
