// The workload decided by plain code: three letters, no engine.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "tests/peers/workload.hpp"

namespace waymark::peers_test {
namespace {

char all(std::initializer_list<char> parts) {
  if (std::count(parts.begin(), parts.end(), 'F') > 0) return 'F';
  return std::count(parts.begin(), parts.end(), 'U') > 0 ? 'U' : 'T';
}
char any(std::initializer_list<char> parts) {
  if (std::count(parts.begin(), parts.end(), 'T') > 0) return 'T';
  return std::count(parts.begin(), parts.end(), 'U') > 0 ? 'U' : 'F';
}
char at_least(int value, int limit) { return value == kMissing ? 'U' : value >= limit ? 'T' : 'F'; }

std::string criteria_of(Submission const& s, Tables const& t) {
  auto const region = static_cast<std::size_t>(s.region);
  auto const program = static_cast<std::size_t>(s.program);
  auto const living = t.living_wage[region];
  char wage = 'F', entry = 'F', growth = 'F';
  int openings = 0;
  bool openings_known = true;
  for (auto const o : s.occupations) {
    auto const at = [&](auto const& table) { return table[static_cast<std::size_t>(o)][region]; };
    auto const low = at(t.entry_wage);
    wage = any({wage, at_least(at(t.median_wage), living)});
    entry = any({entry, low == kMissing ? 'U' : low * 100 >= 80 * living ? 'T' : 'F'});
    growth = any({growth, at_least(at(t.growth), 30)});
    openings_known = openings_known && at(t.openings) != kMissing;
    openings += at(t.openings) == kMissing ? 0 : at(t.openings);
  }
  char const open = openings >= (s.type == 2 ? 25 : 50) ? 'T' : openings_known ? 'F' : 'U';
  auto const completions = t.completions[program][region];
  char const supply = !openings_known || completions == kMissing ? 'U'
                      : completions * 100 <= 150 * openings      ? 'T'
                                                                 : 'F';
  char const credit = all({at_least(s.credits, s.type == 1 ? 12 : 9), at_least(s.articulation, 1)});
  bool const listed = std::any_of(s.credentials.begin(), s.credentials.end(), [&](int c) {
    return std::binary_search(t.priority[program].begin(), t.priority[program].end(), c);
  });
  char const credential = !s.credentials_known ? 'U' : listed ? 'T' : 'F';
  char const hours = at_least(s.hours, s.is_new ? 40 : 60);
  bool const both = s.concentrators != kMissing && s.enrollment != kMissing;
  char const size = all({at_least(s.enrollment, 15), !both                                        ? 'U'
                                                     : s.concentrators * 100 >= 25 * s.enrollment ? 'T'
                                                                                                  : 'F'});
  bool const rated = s.completers != kMissing && s.concentrators != kMissing;
  char const completion = s.is_new ? 'T' : !rated ? 'U' : s.completers * 100 >= 60 * s.concentrators ? 'T' : 'F';
  char gaps = 'T';
  for (std::size_t g = 0; g < 5; ++g) {
    char const small = s.size[g] == kMissing ? 'U' : s.size[g] < 10 ? 'T' : 'F';
    bool const known = s.rate[g] != kMissing && s.overall_rate != kMissing;
    char const close = !known ? 'U' : s.overall_rate - s.rate[g] <= 100 ? 'T' : 'F';
    gaps = all({gaps, any({small, close})});
  }
  if (s.is_new) gaps = 'T';
  char const recent = s.is_new ? 'T' : s.last_decision.empty() ? 'U' : s.last_decision >= "2021-07-01" ? 'T' : 'F';
  char const currency = all({at_least(s.meetings, 2), recent});
  return {wage, entry, open, growth, supply, credit, credential, hours, size, completion, gaps, currency};
}

std::string_view outcome_of(Submission const& s, std::string const& criteria) {
  int core_f = 0, core_u = 0, other_f = 0, other_u = 0;
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    bool const core = i == 0 || i == 2 || i == 5 || i == 6;
    (core ? core_f : other_f) += criteria[i] == 'F' ? 1 : 0;
    (core ? core_u : other_u) += criteria[i] == 'U' ? 1 : 0;
  }
  bool const refuse = core_f >= 2 || (core_f >= 1 && other_f >= 2) || other_f >= 4;
  if (refuse && s.is_new) return "deny";
  if (refuse && s.years_below == kMissing) return "needs information";
  if (refuse) return s.years_below >= 3 ? "phase out" : "conditional";
  if (core_u >= 1 || other_u >= 2) return "needs information";
  if (core_f >= 1 || other_f >= 1 || other_u == 1) return "conditional";
  return s.is_new ? "approve" : "renew";
}

}  // namespace

std::string decide_by_hand(Submission const& submission, Tables const& tables) {
  auto const criteria = criteria_of(submission, tables);
  return fmt::format("{},{},{}", submission.id, outcome_of(submission, criteria), criteria);
}

}  // namespace waymark::peers_test
