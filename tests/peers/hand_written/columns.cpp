#include "tests/peers/hand_written/columns.hpp"

#include <algorithm>

namespace hand_written {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::int16_t kNone = std::numeric_limits<std::int16_t>::min();

// What an occupation's row in a region says, in one word: five bits, and the openings above them.
constexpr std::uint32_t kPays = 1, kStartsWell = 2, kWageUntold = 4, kGrows = 8, kOutlookUntold = 16;
constexpr unsigned kOpenings = 8;

std::int16_t narrow(std::int32_t value) { return value == kMissing ? kNone : static_cast<std::int16_t>(value); }
std::int16_t narrow(std::uint32_t value) { return static_cast<std::int16_t>(value); }
std::int16_t narrow(bool value) { return value ? 1 : 0; }

}  // namespace

struct Columns::Block {
  std::size_t first;
  std::size_t count;
  alignas(64) std::uint32_t met[kBlock], not_met[kBlock];
};

Columns::Columns(Tables const& t) : completions_(t.completions) {
  auto const occupations = t.occupations.size();
  no_occupation_ = narrow(occupations);
  outlook_.assign(Tables::at(occupations + 1, 0), 0);
  for (std::uint32_t o = 0; o < occupations; ++o) {
    for (std::uint32_t r = 0; r < t.regions.size(); ++r) {
      auto const at = Tables::at(o, r);
      auto const living = t.living_wage[r];
      auto& word = outlook_[at];
      if (t.median_wage[at] == kMissing) {
        word |= kWageUntold;
      } else {
        word |= t.median_wage[at] >= living ? kPays : 0;
        word |= t.entry_wage[at] * 100 >= 80 * living ? kStartsWell : 0;
      }
      if (t.openings[at] == kMissing) {
        word |= kOutlookUntold;
      } else {
        word |= (t.growth[at] >= 30 ? kGrows : 0) | static_cast<std::uint32_t>(t.openings[at]) << kOpenings;
      }
    }
  }
  priority_.assign(t.programs.size() * std::size_t{8}, 0);
  for (std::uint32_t p = 0; p < t.programs.size(); ++p) {
    for (std::uint32_t c = 0; c < t.credentials.size(); ++c) {
      if (t.listed(p, c)) priority_[p * 8 + c / 32] |= 1U << c % 32;
    }
  }
}

void Columns::add(Submission const& s) {
  for (std::size_t i = 0; i < occupation_.size(); ++i) {
    occupation_[i].push_back(i < s.occupation_count ? narrow(s.occupations[i]) : no_occupation_);
  }
  if (s.credential_count > credential_.size()) stop("more credentials of one submission than this program is made for");
  for (std::size_t i = 0; i < credential_.size(); ++i) {
    credential_[i].push_back(i < s.credential_count ? narrow(s.credentials[i]) : std::int16_t{0});
  }
  for (std::size_t g = 0; g < rate_.size(); ++g) {
    rate_[g].push_back(narrow(s.rate[g]));
    group_size_[g].push_back(narrow(s.size[g]));
  }
  program_.push_back(narrow(s.program));
  region_.push_back(narrow(s.region));
  type_.push_back(static_cast<std::int16_t>(s.type));
  is_new_.push_back(narrow(s.is_new));
  credentials_known_.push_back(narrow(s.credentials_known));
  credits_.push_back(narrow(s.credits));
  articulation_.push_back(narrow(s.articulation));
  hours_.push_back(narrow(s.hours));
  enrollment_.push_back(narrow(s.enrollment));
  concentrators_.push_back(narrow(s.concentrators));
  completers_.push_back(narrow(s.completers));
  meetings_.push_back(narrow(s.meetings));
  overall_rate_.push_back(narrow(s.overall_rate));
  years_below_.push_back(narrow(s.years_below));
  last_decision_.push_back(s.last_decision);
}

// Truth values are 0 or 1 in 32 bits: as wide as what is compared, so that a loop stays in wide registers. What a loop
// reads is no place that it writes (`__restrict`), and the functions below become part of `decide`, where the compiler
// sees that nobody else knows the block: without that it does not gather, and half of the speed is gone.
using Bit = std::uint32_t;
using In = std::int16_t const* __restrict;
constexpr Bit bit(bool value) { return value; }

[[gnu::always_inline]] inline void Columns::by_evidence(Block& block) const {
  int const count = static_cast<int>(block.count);
  auto* const met = block.met;
  auto* const not_met = block.not_met;
  In const one = occupation_[0].data() + block.first;
  In const two = occupation_[1].data() + block.first;
  In const three = occupation_[2].data() + block.first;
  In const program = program_.data() + block.first;
  In const region = region_.data() + block.first;
  In const type = type_.data() + block.first;
  std::uint32_t const* __restrict const outlook = outlook_.data();
  std::int32_t const* __restrict const completions = completions_.data();
  constexpr int kRegions = Tables::kRegions;
  for (int i = 0; i < count; ++i) {
    int const r = region[i];
    auto const a = outlook[one[i] * kRegions + r], b = outlook[two[i] * kRegions + r],
               c = outlook[three[i] * kRegions + r];
    auto const any = a | b | c;
    auto const openings = static_cast<std::int32_t>((a >> kOpenings) + (b >> kOpenings) + (c >> kOpenings));
    auto const wage_untold = any / kWageUntold & 1U, outlook_untold = any / kOutlookUntold & 1U;
    auto const pays = any / kPays & 1U, starts_well = any / kStartsWell & 1U, grows = any / kGrows & 1U;
    auto const enough = bit(openings >= (type[i] == static_cast<int>(Type::emerging) ? 25 : 50));
    auto const completed = completions[program[i] * kRegions + r];
    auto const supplied = (outlook_untold ^ 1U) & bit(completed != kMissing);
    auto const balanced = bit((completed == kMissing ? 0 : completed) * 100 <= 150 * openings);
    met[i] = pays | starts_well << 1 | enough << 2 | grows << 3 | (supplied & balanced) << 4;
    not_met[i] = ((pays | wage_untold) ^ 1U) | ((starts_well | wage_untold) ^ 1U) << 1 |
                 ((enough | outlook_untold) ^ 1U) << 2 | ((grows | outlook_untold) ^ 1U) << 3 |
                 (supplied & (balanced ^ 1U)) << 4;
  }
}

[[gnu::always_inline]] inline void Columns::by_credentials(Block& block) const {
  int const count = static_cast<int>(block.count);
  auto* const met = block.met;
  auto* const not_met = block.not_met;
  In const one = credential_[0].data() + block.first;
  In const two = credential_[1].data() + block.first;
  In const three = credential_[2].data() + block.first;
  In const four = credential_[3].data() + block.first;
  In const program = program_.data() + block.first;
  In const known = credentials_known_.data() + block.first;
  std::uint32_t const* __restrict const priority = priority_.data();
  for (int i = 0; i < count; ++i) {
    int const words = program[i] * 8;
    auto const has = [&](std::int16_t credential) { return priority[words + (credential >> 5)] >> (credential & 31); };
    auto const listed = (has(one[i]) | has(two[i]) | has(three[i]) | has(four[i])) & 1U;
    auto const said = static_cast<Bit>(known[i]);
    met[i] |= (said & listed) << 6;
    not_met[i] |= (said & (listed ^ 1U)) << 6;
  }
}

[[gnu::always_inline]] inline void Columns::by_own_values(Block& block) const {
  int const count = static_cast<int>(block.count);
  auto* const met = block.met;
  auto* const not_met = block.not_met;
  In const type = type_.data() + block.first;
  In const is_new = is_new_.data() + block.first;
  In const credits = credits_.data() + block.first;
  In const articulation = articulation_.data() + block.first;
  In const hours = hours_.data() + block.first;
  In const enrollment = enrollment_.data() + block.first;
  In const concentrators = concentrators_.data() + block.first;
  In const completers = completers_.data() + block.first;
  In const meetings = meetings_.data() + block.first;
  std::int32_t const* __restrict const last_decision = last_decision_.data() + block.first;
  for (int i = 0; i < count; ++i) {
    auto const fresh = static_cast<Bit>(is_new[i]);
    auto const credited = bit(credits[i] != kNone);
    auto const earns = bit(credits[i] >= (type[i] == static_cast<int>(Type::accelerated) ? 12 : 9));
    auto const spoken_for = bit(articulation[i] != kNone), articulated = bit(articulation[i] == 1);
    auto const timed = bit(hours[i] != kNone), worked = bit(hours[i] >= (fresh != 0 ? 40 : 60));
    auto const enrolled = bit(enrollment[i] != kNone), large = bit(enrollment[i] >= 15);
    auto const counted = enrolled & bit(concentrators[i] != kNone);
    auto const deep = bit(concentrators[i] * 100 >= 25 * enrollment[i]);
    auto const followed = bit(completers[i] != kNone) & bit(concentrators[i] != kNone);
    auto const finished = bit(completers[i] * 100 >= 60 * concentrators[i]);
    auto const advised = bit(meetings[i] != kNone), often = bit(meetings[i] >= 2);
    auto const dated = fresh | bit(last_decision[i] != kMissing), recent = fresh | bit(last_decision[i] >= 20210701);
    met[i] |= (credited & earns & spoken_for & articulated) << 5 | (timed & worked) << 7 |
              (enrolled & large & counted & deep) << 8 | (fresh | (followed & finished)) << 9 |
              (advised & often & dated & recent) << 11;
    not_met[i] |= ((credited & (earns ^ 1U)) | (spoken_for & (articulated ^ 1U))) << 5 | (timed & (worked ^ 1U)) << 7 |
                  ((enrolled & (large ^ 1U)) | (counted & (deep ^ 1U))) << 8 |
                  ((fresh ^ 1U) & followed & (finished ^ 1U)) << 9 |
                  ((advised & (often ^ 1U)) | (dated & (recent ^ 1U))) << 11;
  }
}

[[gnu::always_inline]] inline void Columns::by_groups(Block& block) const {
  int const count = static_cast<int>(block.count);
  auto* const met = block.met;
  auto* const not_met = block.not_met;
  alignas(64) Bit near[kBlock], far[kBlock];
  std::fill(near, near + kBlock, 1U);
  std::fill(far, far + kBlock, 0U);
  In const overall = overall_rate_.data() + block.first;
  for (std::size_t g = 0; g < rate_.size(); ++g) {
    In const rate = rate_[g].data() + block.first;
    In const size = group_size_[g].data() + block.first;
    for (int i = 0; i < count; ++i) {
      auto const sized = bit(size[i] != kNone), small = sized & bit(size[i] < 10);
      auto const rated = bit(rate[i] != kNone) & bit(overall[i] != kNone);
      auto const close = rated & bit(overall[i] - rate[i] <= 100);
      near[i] &= small | close;
      far[i] |= sized & (small ^ 1U) & rated & (close ^ 1U);
    }
  }
  In const is_new = is_new_.data() + block.first;
  for (int i = 0; i < count; ++i) {
    auto const fresh = static_cast<Bit>(is_new[i]);
    met[i] |= (fresh | near[i]) << 10;
    not_met[i] |= ((fresh ^ 1U) & far[i]) << 10;
  }
}

// `outcome_of` without branches: later rows of the policy first, so that the first that holds is written last.
[[gnu::always_inline]] inline void Columns::outcomes(Block const& block, Decided& into) const {
  int const count = static_cast<int>(block.count);
  In const is_new = is_new_.data() + block.first;
  In const years_below = years_below_.data() + block.first;
  auto* __restrict const met = into.met.data() + block.first;
  auto* __restrict const not_met = into.not_met.data() + block.first;
  auto* __restrict const outcome = into.outcome.data() + block.first;
  constexpr auto number = [](Outcome one) { return static_cast<int>(one); };
  for (int i = 0; i < count; ++i) {
    auto const against = block.not_met[i], untold = ~(block.met[i] | against) & kAll;
    auto const core_against = std::popcount(against & kCore), others_against = std::popcount(against & ~kCore);
    auto const core_untold = std::popcount(untold & kCore), others_untold = std::popcount(untold & ~kCore);
    bool const fresh = is_new[i] != 0;
    bool const refuse = (core_against >= 2) | ((core_against >= 1) & (others_against >= 2)) | (others_against >= 4);
    int const renewal = years_below[i] == kNone ? number(Outcome::needs_information)
                        : years_below[i] >= 3   ? number(Outcome::phase_out)
                                                : number(Outcome::conditional);
    int const refused = fresh ? number(Outcome::deny) : renewal;
    int const good = fresh ? number(Outcome::approve) : number(Outcome::renew);
    bool const doubt = (core_against >= 1) | (others_against >= 1) | (others_untold == 1);
    bool const too_little = (core_untold >= 1) | (others_untold >= 2);
    int const otherwise = too_little ? number(Outcome::needs_information) : doubt ? number(Outcome::conditional) : good;
    met[i] = static_cast<std::uint16_t>(block.met[i]);
    not_met[i] = static_cast<std::uint16_t>(against);
    outcome[i] = static_cast<std::uint8_t>(refuse ? refused : otherwise);
  }
}

void Columns::decide(Decided& into) const {
  Block block;
  for (block.first = 0; block.first < size(); block.first += kBlock) {
    block.count = std::min(kBlock, size() - block.first);
    by_evidence(block);
    by_credentials(block);
    by_own_values(block);
    by_groups(block);
    outcomes(block, into);
  }
}

}  // namespace hand_written
