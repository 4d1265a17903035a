// Windows: which numbers of years taken and of years that are yes some resolution of the years reaches, newest first.
#include "engine/review/windows.hpp"

#include <algorithm>
#include <vector>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

namespace {

Truth answer(bool may_be_yes, bool may_be_no) {
  return static_cast<Truth>((may_be_yes ? kYes : 0) | (may_be_no ? kNo : 0));
}

// Every year stands for itself: those that may be yes are counted, and those that must be.
Truth over_plain_years(std::span<Truth const> years, std::uint32_t wanted) {
  auto const may = std::count_if(years.begin(), years.end(), [](Truth t) { return values::may_be(t, kYes); });
  auto const must = std::count(years.begin(), years.end(), kYes);
  return answer(may >= std::int64_t{wanted}, must < std::int64_t{wanted});
}

// Reachable pairs of (years taken, of which yes).
class Reached {
 public:
  explicit Reached(std::uint32_t last) : side_(last + 1), pairs_(std::size_t{side_} * side_) { at(0, 0) = 1; }

  void meet(Truth year) {
    auto const before = pairs_;
    std::fill(pairs_.begin(), pairs_.end(), std::uint8_t{0});
    for (std::uint32_t taken = 0; taken < side_; ++taken) {
      for (std::uint32_t yes = 0; yes <= taken; ++yes) {
        if (before[std::size_t{taken} * side_ + yes] == 0) continue;
        bool const full = taken + 1 == side_;
        if (full || values::may_be(year, kDoesNotApply)) at(taken, yes) = 1;
        if (!full && values::may_be(year, kYes)) at(taken + 1, yes + 1) = 1;
        if (!full && values::may_be(year, kNo)) at(taken + 1, yes) = 1;
      }
    }
  }

  Truth answer_for(std::uint32_t wanted) {
    bool may_be_yes = false;
    bool may_be_no = false;
    for (std::uint32_t taken = 0; taken < side_; ++taken) {
      for (std::uint32_t yes = 0; yes <= taken; ++yes) {
        if (at(taken, yes) == 0) continue;
        (yes >= wanted ? may_be_yes : may_be_no) = true;
      }
    }
    return answer(may_be_yes, may_be_no);
  }

 private:
  std::uint8_t& at(std::uint32_t taken, std::uint32_t yes) { return pairs_[std::size_t{taken} * side_ + yes]; }

  std::uint32_t side_;
  std::vector<std::uint8_t> pairs_;
};

}  // namespace

Truth over_years(std::span<Truth const> years, std::uint32_t wanted, std::uint32_t last, bool measured) {
  if (!measured) return over_plain_years(years.first(std::min<std::size_t>(last, years.size())), wanted);
  Reached reached(last);
  for (auto const year : years) reached.meet(year);
  return reached.answer_for(wanted);
}

// How many of the years, newest first, come after `after`: fewer the later that is.
std::size_t Run::State::years_after(check::Windowed const& node, std::span<Steps const> newest_first,
                                    Steps after) const {
  bool const by_date = program.values[node.after].type.kind == vocabulary::Kind::date;
  auto const& kind = words().calendar.years[program.ranges[node.range].which];
  auto const is_after = [&](Steps year) {
    if (!is_finite(after) || !by_date) return year > after;
    return values::first_day(static_cast<int>(year), kind).days > after;
  };
  auto const end = std::find_if_not(newest_first.begin(), newest_first.end(), is_after);
  return static_cast<std::size_t>(end - newest_first.begin());
}

DomainId Run::State::window_years(check::Windowed const& node, DomainId in) {
  return is_endless(node) ? years_known(in, node.range, node.last) : child(in, node.range);
}

Truths Run::State::windowed(check::Windowed const& node, DomainId in) {
  auto const inner = window_years(node, in);
  auto const body = truth(node.body, inner);
  auto const* after = node.after == kNone ? nullptr : &value(node.after, in);
  auto const back = std::size_t{node.within != 0 ? node.within : node.last};
  auto const wanted = node.at_least != 0 ? node.at_least : node.last;
  auto const unknown = is_endless(node) ? Steps{node.last} : 0;
  auto const out = memory.array<Truth>(domain(in).rows);
  std::vector<Steps> years;
  std::vector<Truth> truths;
  for (std::uint32_t row = 0; row < out.size(); ++row) {
    auto const begin = domain(inner).offsets[row];
    auto const size = is_endless(node) ? domain(inner).offsets[row + 1] - begin : back;
    auto const members = std::span(domain(inner).member).subspan(begin, size);
    auto const known = body.subspan(begin, size);
    years.assign(members.begin(), members.end());
    truths.assign(known.begin(), known.end());
    for (Steps i = 0; i < unknown; ++i) years.push_back(years.back() - 1);
    truths.resize(years.size(), kAnyYear);
    if (after == nullptr) {
      out[row] = over_years(truths, wanted, node.last, node.measured);
      continue;
    }
    auto const fewest = years_after(node, years, after->whole(row).highest);
    auto const most = years_after(node, years, after->whole(row).lowest);
    Truth truth = 0;
    for (auto there = fewest; there <= most; ++there) {
      truth |= over_years(std::span(truths).first(there), wanted, node.last, node.measured);
    }
    out[row] = where_applies(after->applies(row), truth);
  }
  return out;
}

}  // namespace waymark::review
