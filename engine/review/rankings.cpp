// Ranks: how many others can stand at or above each member of a List, and how many surely stand above it.
#include <algorithm>
#include <array>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;

namespace {

constexpr std::int64_t kMany = values::kNoHighest;

/// One row that may be on the list, and what is known of it. Higher is better: a rank of the lowest turns its values.
struct Candidate {
  std::uint32_t row = 0;
  bool sure = false;  ///< on the list, but for its rank
  RatioBounds value;
  Bounds places;
  Steps first = 0, last = 0;  ///< the strata that it may be of

  bool exact() const { return is_finite(value.lowest) && compare(value.lowest, value.highest) == 0; }
  bool is_of(Steps stratum) const { return first <= stratum && stratum <= last; }
  bool is_surely_of(Steps stratum) const { return first == stratum && last == stratum; }
};

bool before(Ratio a, Ratio b) { return compare(a, b) < 0; }

Ratio turned(Ratio ratio) { return {-ratio.numerator, ratio.denominator}; }

/// `percent` of `members`, rounded up.
Steps share_of(Steps percent, Steps members) {
  constexpr Int128 kWhole = 100'000'000;
  auto const product = Int128{percent} * members;
  return static_cast<Steps>(product / kWhole + (product % kWhole > 0 ? 1 : 0));
}

/// The members of one stratum, sorted so that those at or above a value are counted without looking at each.
class Stratum {
 public:
  Stratum(std::vector<Candidate> const& all, Steps stratum, bool more, bool percent)
      : stratum_(stratum), more_(more), percent_(percent) {
    for (auto const& one : all) {
      if (!one.is_of(stratum)) continue;
      can_.push_back(one.value.highest);
      if (!is_sure(one)) continue;
      surely_.push_back(one.value.lowest);
      if (one.exact()) exact_.push_back(one.value.lowest);
    }
    for (auto* ends : {&can_, &surely_, &exact_}) std::sort(ends->begin(), ends->end(), before);
  }

  Standing of(Candidate const& one) const {
    auto const at = one.value.lowest;
    Standing out;
    out.can = more_ ? kMany : can_.end() - std::lower_bound(can_.begin(), can_.end(), at, before) - 1;
    out.above = surely_.end() - std::upper_bound(surely_.begin(), surely_.end(), one.value.highest, before);
    if (one.exact()) {
      auto const [first, last] = std::equal_range(exact_.begin(), exact_.end(), at, before);
      out.tied = last - first - (is_sure(one) ? 1 : 0);
      out.tie = !more_ && out.can == out.above + out.tied;
    }
    out.fewest = one.places.lowest;
    out.most = one.places.highest;
    if (percent_) {
      auto const itself = is_sure(one) ? 0 : 1;
      auto const members = static_cast<Steps>(surely_.size()) + itself;
      if (is_finite(out.fewest)) out.fewest = share_of(out.fewest, members);
      if (is_finite(out.most)) out.most = more_ ? kMany : share_of(out.most, static_cast<Steps>(can_.size()));
    }
    return out;
  }

 private:
  bool is_sure(Candidate const& one) const { return one.sure && one.is_surely_of(stratum_); }

  Steps stratum_;
  bool more_, percent_;
  std::vector<Ratio> can_, surely_, exact_;  // ascending
};

Truth answer(Standing const& at, check::Ranking::Ties ties) {
  if (at.can < at.fewest) return kYes;
  if (at.above >= at.most) return kNo;
  bool const for_every_number = at.above < at.fewest && at.can >= at.most;
  if (!at.tie || !for_every_number) return kCannotBeTold;
  switch (ties) {
    case check::Ranking::Ties::in: return kYes;
    case check::Ranking::Ties::out: return kNo;
    case check::Ranking::Ties::cannot_be_told: break;
  }
  return kCannotBeTold;
}

// Of a member whose stratum cannot be told: what holds in all.
Standing hull(Standing const& a, Standing const& b) {
  return {std::min(a.above, b.above), 0,    std::max(a.can, b.can), std::min(a.fewest, b.fewest),
          std::max(a.most, b.most),   false};
}

}  // namespace

void Run::State::rank(check::Ranking const& ranking, DomainId rows, ListResult& out) {
  auto const& by = value(ranking.by, rows);
  auto const& count = value(ranking.count, rows);
  auto const* stratum = ranking.stratum == kNone ? nullptr : &value(ranking.stratum, rows);
  bool const percent = program.values[ranking.count].type.kind == vocabulary::Kind::percent;
  Steps last_entry = 0;
  if (stratum != nullptr) {
    auto const choice = program.values[ranking.stratum].type.which;
    last_entry = static_cast<Steps>(words().choices[choice].entries.size()) - 1;
  }
  std::vector<Candidate> all;
  for (std::uint32_t row = 0; row < out.rows.size(); ++row) {
    auto applies = both(by.applies(row), count.applies(row));
    if (stratum != nullptr) applies = both(applies, stratum->applies(row));
    std::array const on = {out.rows[row], static_cast<Truth>(((applies & kApplies) != 0 ? kYes : 0) |
                                                             ((applies & kExempt) != 0 ? kNo : 0))};
    out.rows[row] = values::all_of(on);
    if (!values::may_be(out.rows[row], kYes)) continue;
    Candidate one;
    one.row = row;
    one.sure = out.rows[row] == kYes;
    auto const bounds = by.ratios(row);
    one.value = ranking.highest ? bounds : RatioBounds{turned(bounds.highest), turned(bounds.lowest)};
    one.places = count.whole(row);
    if (stratum != nullptr) {
      one.first = std::max<Steps>(stratum->whole(row).lowest, 0);
      one.last = std::min(stratum->whole(row).highest, last_entry);
    }
    all.push_back(one);
  }
  out.standings.resize(out.rows.size());
  std::vector<Truth> ranked(out.rows.size(), 0);
  for (Steps entry = 0; entry <= last_entry; ++entry) {
    Stratum const here(all, entry, out.and_more, percent);
    for (auto const& one : all) {
      if (!one.is_of(entry)) continue;
      auto const standing = here.of(one);
      out.standings[one.row] = ranked[one.row] == 0 ? standing : hull(out.standings[one.row], standing);
      ranked[one.row] |= answer(standing, ranking.ties);
    }
  }
  for (auto const& one : all) {
    std::array const on = {out.rows[one.row], ranked[one.row]};
    out.rows[one.row] = values::all_of(on);
  }
}

std::optional<Standing> Run::standing(check::ListId list, values::Symbol member, values::Date date) {
  auto const moment = state_->moment_at(date);
  auto const& result = state_->list(list, moment);
  auto const* release = state_->table(state_->source_of(list), moment);
  if (release == nullptr || result.standings.empty()) return std::nullopt;
  auto const& keys = release->release().table.keys[state_->program.lists[list].key];
  auto const found = std::find(keys.begin(), keys.end(), member);
  if (found == keys.end()) return std::nullopt;
  auto const& standing = result.standings[static_cast<std::size_t>(found - keys.begin())];
  if (standing.fewest == 0 && standing.most == 0) return std::nullopt;
  return standing;
}

}  // namespace waymark::review
