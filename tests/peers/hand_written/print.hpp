// Decisions as text: a line of CSV as `waymark review --format csv` has it, or JSON that says of each criterion what
// was found and what was asked.
#pragma once

#include <algorithm>

#include "tests/peers/hand_written/decide.hpp"
#include "tests/peers/hand_written/lines.hpp"

namespace hand_written {

inline constexpr std::string_view kHeader = "submission,outcome,criteria\n";

inline void print_line(Out& out, Submission const& s, Decision const& d) {
  out.room();
  out.put(s.id);
  out.put(',');
  out.put(kOutcomes[static_cast<std::size_t>(d.outcome)]);
  out.put(',');
  for (unsigned i = 0; i < kCriteria; ++i) out.put("UTF"[(d.met >> i & 1U) | (d.not_met >> i & 1U) << 1]);
  out.put('\n');
}

inline void print_value(Out& out, std::string_view key, std::int32_t value) {
  out.put(",\"");
  out.put(key);
  out.put("\":");
  value == kMissing ? out.put("null") : out.put_number(value);
}

/// What was found and asked of one criterion.
inline void print_found(Out& out, unsigned criterion, Submission const& s, Tables const& t) {
  auto const best = [&](std::vector<std::int32_t> const& column) {
    auto most = kMissing;
    for (std::uint32_t i = 0; i < s.occupation_count; ++i) {
      most = std::max(most, column[Tables::at(s.occupations[i], s.region)]);
    }
    return most;
  };
  auto const openings = [&] {
    std::int32_t sum = 0;
    for (std::uint32_t i = 0; i < s.occupation_count; ++i) {
      auto const one = t.openings[Tables::at(s.occupations[i], s.region)];
      sum += one == kMissing ? 0 : one;
    }
    return sum;
  };
  auto const both = [&](std::int32_t found, std::int32_t asked) {
    print_value(out, "observed", found);
    print_value(out, "required", asked);
  };
  constexpr std::array<std::string_view, 5> kGroups = {"male", "female", "econ", "swd", "el"};
  switch (criterion) {
    case 0: return both(best(t.median_wage), t.living_wage[s.region]);
    case 1: return both(best(t.entry_wage), t.living_wage[s.region] * 80 / 100);
    case 2: return both(openings(), required_openings(s.type));
    case 3: return both(best(t.growth), 30);
    case 4:
      print_value(out, "observed", t.completions[Tables::at(s.program, s.region)]);
      return print_value(out, "allowed", openings() * 150 / 100);
    case 5:
      print_value(out, "credits", s.credits);
      print_value(out, "required", required_credits(s.type));
      return print_value(out, "articulation", s.articulation);
    case 6:
      return print_value(out, "listed", s.credentials_known ? static_cast<std::int32_t>(s.credential_count) : kMissing);
    case 7: return both(s.hours, required_hours(s.is_new));
    case 8: print_value(out, "enrollment", s.enrollment); return print_value(out, "concentrators", s.concentrators);
    case 9: print_value(out, "completers", s.completers); return print_value(out, "concentrators", s.concentrators);
    case 10:
      for (std::size_t g = 0; g < kGroups.size(); ++g) {
        bool const rated = s.rate[g] != kMissing && s.overall_rate != kMissing;
        print_value(out, kGroups[g], rated ? s.overall_rate - s.rate[g] : kMissing);
      }
      return;
    default: print_value(out, "advisory", s.meetings); return print_value(out, "last_decision", s.last_decision);
  }
}

inline void print_explained(Out& out, Submission const& s, Decision const& d, Tables const& t) {
  constexpr std::array<std::string_view, kCriteria> kNames = {"wage",   "entry_wage",    "openings",     "growth",
                                                              "supply", "postsecondary", "credential",   "wbl",
                                                              "size",   "completion",    "subgroup_gap", "currency"};
  constexpr std::array<std::string_view, 3> kResults = {"unknown", "met", "not-met"};
  out.room();
  out.put("{\"id\":\"");
  out.put(s.id);
  out.put("\",\"outcome\":\"");
  out.put(kOutcomes[static_cast<std::size_t>(d.outcome)]);
  out.put("\",\"criteria\":[");
  for (unsigned i = 0; i < kCriteria; ++i) {
    out.put(i == 0 ? "{\"criterion\":\"" : ",{\"criterion\":\"");
    out.put(kNames[i]);
    out.put("\",\"result\":\"");
    out.put(kResults[(d.met >> i & 1U) | (d.not_met >> i & 1U) << 1]);
    out.put('"');
    print_found(out, i, s, t);
    out.put('}');
  }
  out.put("]}\n");
}

}  // namespace hand_written
