// A submission of the speed workload, and the policy (../peers.policy) as code: twelve criteria in three values as two
// bits each, then the outcome.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "tests/peers/hand_written/tables.hpp"

namespace hand_written {

enum class Type : std::uint8_t { standard, accelerated, emerging };

struct Submission {
  std::string_view id;  ///< in the reader's memory, until the next submission is read
  std::uint32_t program, region;
  std::uint32_t occupation_count, credential_count;
  std::array<std::uint32_t, 3> occupations;
  std::array<std::uint32_t, 8> credentials;
  Type type;
  bool is_new, credentials_known;
  std::int32_t credits, articulation, hours, enrollment, concentrators, completers, meetings, years_below, overall_rate;
  std::array<std::int32_t, 5> rate, size;  ///< of male, female, econ, swd, el
  std::int32_t last_decision;              ///< 20210701

  void forget() {
    id = {};
    program = region = occupation_count = credential_count = 0;
    credentials_known = false;
    credits = articulation = hours = enrollment = concentrators = completers = meetings = kMissing;
    years_below = overall_rate = last_decision = kMissing;
    rate.fill(kMissing);
    size.fill(kMissing);
  }
};

inline constexpr std::size_t kCriteria = 12;
inline constexpr std::uint32_t kAll = (1U << kCriteria) - 1;
inline constexpr std::uint32_t kCore = 1U << 0 | 1U << 2 | 1U << 5 | 1U << 6;

enum class Outcome : std::uint8_t { approve, renew, conditional, phase_out, needs_information, deny };
inline constexpr std::array<std::string_view, 6> kOutcomes = {"approve",           "renew", "conditional", "phase out",
                                                              "needs information", "deny"};

struct Decision {
  std::uint32_t met = 0, not_met = 0;  ///< a bit for each criterion; neither: it cannot be told
  Outcome outcome = Outcome::approve;

  void set(unsigned criterion, bool yes, bool no) {
    met |= std::uint32_t{yes} << criterion;
    not_met |= std::uint32_t{no} << criterion;
  }
};

inline std::int32_t required_openings(Type type) { return type == Type::emerging ? 25 : 50; }
inline std::int32_t required_credits(Type type) { return type == Type::accelerated ? 12 : 9; }
inline std::int32_t required_hours(bool is_new) { return is_new ? 40 : 60; }

inline Outcome outcome_of(Decision const& d, bool is_new, std::int32_t years_below) {
  auto const untold = ~(d.met | d.not_met) & kAll;
  auto const core_against = std::popcount(d.not_met & kCore), others_against = std::popcount(d.not_met & ~kCore);
  auto const core_untold = std::popcount(untold & kCore), others_untold = std::popcount(untold & ~kCore);
  if (core_against >= 2 || (core_against >= 1 && others_against >= 2) || others_against >= 4) {
    if (is_new) return Outcome::deny;
    if (years_below == kMissing) return Outcome::needs_information;
    return years_below >= 3 ? Outcome::phase_out : Outcome::conditional;
  }
  if (core_untold >= 1 || others_untold >= 2) return Outcome::needs_information;
  if (core_against >= 1 || others_against >= 1 || others_untold == 1) return Outcome::conditional;
  return is_new ? Outcome::approve : Outcome::renew;
}

inline Decision decide(Submission const& s, Tables const& t) {
  Decision d;
  auto const living = t.living_wage[s.region];
  bool pays = false, starts_well = false, wage_untold = false, grows = false, outlook_untold = false;
  std::int32_t openings = 0;
  for (std::uint32_t i = 0; i < s.occupation_count; ++i) {
    auto const at = Tables::at(s.occupations[i], s.region);
    bool const paid = t.median_wage[at] != kMissing, forecast = t.openings[at] != kMissing;
    pays |= paid && t.median_wage[at] >= living;
    starts_well |= paid && t.entry_wage[at] * 100 >= 80 * living;
    wage_untold |= !paid;
    grows |= forecast && t.growth[at] >= 30;
    openings += forecast ? t.openings[at] : 0;
    outlook_untold |= !forecast;
  }
  d.set(0, pays, !pays && !wage_untold);
  d.set(1, starts_well, !starts_well && !wage_untold);
  bool const enough = openings >= required_openings(s.type);
  d.set(2, enough, !enough && !outlook_untold);
  d.set(3, grows, !grows && !outlook_untold);

  std::int64_t const completions = t.completions[Tables::at(s.program, s.region)];
  bool const supplied = !outlook_untold && completions != kMissing;
  bool const balanced = completions * 100 <= std::int64_t{150} * openings;
  d.set(4, supplied && balanced, supplied && !balanced);

  bool const credited = s.credits != kMissing, earns = s.credits >= required_credits(s.type);
  bool const spoken_for = s.articulation != kMissing, articulated = s.articulation == 1;
  d.set(5, credited && earns && articulated, (credited && !earns) || (spoken_for && !articulated));

  bool listed = false;
  for (std::uint32_t i = 0; i < s.credential_count; ++i) listed |= t.listed(s.program, s.credentials[i]);
  d.set(6, s.credentials_known && listed, s.credentials_known && !listed);

  bool const timed = s.hours != kMissing, worked = s.hours >= required_hours(s.is_new);
  d.set(7, timed && worked, timed && !worked);

  bool const enrolled = s.enrollment != kMissing, large = s.enrollment >= 15;
  bool const counted = enrolled && s.concentrators != kMissing;
  bool const deep = s.concentrators * std::int64_t{100} >= s.enrollment * std::int64_t{25};
  d.set(8, enrolled && large && counted && deep, (enrolled && !large) || (counted && !deep));

  bool const followed = s.completers != kMissing && s.concentrators != kMissing;
  bool const finished = s.completers * std::int64_t{100} >= s.concentrators * std::int64_t{60};
  d.set(9, s.is_new || (followed && finished), !s.is_new && followed && !finished);

  bool all_near = true, one_far = false;
  for (std::size_t g = 0; g < s.rate.size(); ++g) {
    bool const sized = s.size[g] != kMissing, small = sized && s.size[g] < 10;
    bool const rated = s.rate[g] != kMissing && s.overall_rate != kMissing;
    bool const near = rated && std::int64_t{s.overall_rate} - s.rate[g] <= 100;
    all_near &= small || near;
    one_far |= sized && !small && rated && !near;
  }
  d.set(10, s.is_new || all_near, !s.is_new && one_far);

  bool const met_often = s.meetings >= 2, advised = s.meetings != kMissing;
  bool const dated = s.is_new || s.last_decision != kMissing, recent = s.is_new || s.last_decision >= 20210701;
  d.set(11, advised && met_often && dated && recent, (advised && !met_often) || (dated && !recent));

  d.outcome = outcome_of(d, s.is_new, s.years_below);
  return d;
}

}  // namespace hand_written
