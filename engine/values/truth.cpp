// Sets of possible truths: each rule below asks which results some choice of the items' possibilities gives.
#include "engine/values/truth.hpp"

#include <algorithm>

namespace waymark::values {
namespace {

struct Tally {
  std::uint32_t surely_yes = 0;  // items whose only possibility is yes
  std::uint32_t may_yes = 0;
  std::uint32_t may_apply = 0;
  bool all_may_vanish = true;
};

Tally tally(std::span<Truth const> items) {
  Tally t;
  for (auto const item : items) {
    t.surely_yes += item == kYes ? 1U : 0U;
    t.may_yes += may_be(item, kYes) ? 1U : 0U;
    t.may_apply += (item & kCannotBeTold) != 0 ? 1U : 0U;
    t.all_may_vanish = t.all_may_vanish && may_be(item, kDoesNotApply);
  }
  return t;
}

Truth at_least(std::uint32_t n, std::span<Truth const> items, bool none_left_vanishes) {
  auto const t = tally(items);
  Truth out = 0;
  if (t.all_may_vanish && none_left_vanishes) out |= kDoesNotApply;
  // Yes: let every item that may be yes be yes. With n = 0 one item must still apply, where none left would vanish.
  if (n > 0 ? t.may_yes >= n : (!none_left_vanishes || t.may_apply > 0)) out |= kYes;
  // No: let every item that may avoid yes avoid it. Fewer than n remain; where nothing must apply, one item must choose
  // no, or yes while n is more than one.
  if (t.surely_yes < n) {
    bool const some_no = std::any_of(items.begin(), items.end(), [](Truth item) { return may_be(item, kNo); });
    bool const some_yes_is_too_few = n > 1 && t.may_yes > 0;
    if (!none_left_vanishes || t.surely_yes > 0 || some_no || some_yes_is_too_few) out |= kNo;
  }
  return out;
}

}  // namespace

Truth all_of(std::span<Truth const> items) {
  Truth united = 0;
  Truth vanishing = kDoesNotApply;
  bool each_may_pass = true;
  for (auto const item : items) {
    united |= item;
    vanishing &= item;
    each_may_pass = each_may_pass && (item & (kYes | kDoesNotApply)) != 0;
  }
  auto out = static_cast<Truth>((united & kNo) | vanishing);
  if (each_may_pass && may_be(united, kYes)) out |= kYes;
  return out;
}

Truth any_of(std::span<Truth const> items) {
  Truth united = 0;
  Truth vanishing = kDoesNotApply;
  bool each_may_fail = true;
  for (auto const item : items) {
    united |= item;
    vanishing &= item;
    each_may_fail = each_may_fail && (item & (kNo | kDoesNotApply)) != 0;
  }
  auto out = static_cast<Truth>((united & kYes) | vanishing);
  if (each_may_fail && may_be(united, kNo)) out |= kNo;
  return out;
}

Truth none_of(std::span<Truth const> items) { return negated(any_of(items)); }

Truth at_least_of(std::uint32_t n, std::span<Truth const> items) { return at_least(n, items, true); }

Truth any_member(std::span<Truth const> members) { return members.empty() ? kNo : any_of(members); }

Truth every_member(std::span<Truth const> members) { return all_of(members); }

Truth at_least_members(std::uint32_t n, std::span<Truth const> members) {
  if (members.empty()) return truth_of(n == 0);
  return at_least(n, members, true);
}

Truth more_than_half(std::span<Truth const> members) {
  if (members.empty()) return kNo;
  // Over the possible numbers of yes and of no: yes where yes > no can be, no where yes <= no can be, with at least
  // one member that applies. Each member by itself chooses what serves.
  std::int64_t best = 0;   // the largest yes minus no
  std::int64_t worst = 0;  // the smallest
  bool all_may_vanish = true;
  bool some_applies = false;
  for (auto const member : members) {
    best += may_be(member, kYes) ? 1 : may_be(member, kDoesNotApply) ? 0 : -1;
    worst += may_be(member, kNo) ? -1 : may_be(member, kDoesNotApply) ? 0 : 1;
    all_may_vanish = all_may_vanish && may_be(member, kDoesNotApply);
    some_applies = some_applies || (member & kCannotBeTold) != 0;
  }
  Truth out = 0;
  if (all_may_vanish) out |= kDoesNotApply;
  if (best > 0) out |= kYes;
  if (some_applies) {
    bool const some_no = std::any_of(members.begin(), members.end(), [](Truth m) { return may_be(m, kNo); });
    // worst == 0 with nobody applying is "does not apply"; two yes-or-nothing members cannot make a no by one of them.
    bool const must_apply = !all_may_vanish;
    if (worst < 0 || (worst == 0 && (must_apply || some_no))) out |= kNo;
  }
  return out;
}

std::string_view words(Truth truth) {
  switch (truth) {
    case kYes: return "yes";
    case kNo: return "no";
    case kDoesNotApply: return "does not apply";
    default: return "cannot be told";
  }
}

Status status_of(Truth exempt, Truth test, Truth waiver) {
  Status out = 0;
  if (may_be(exempt, kYes)) out |= kNoCriterion;
  if ((exempt & (kNo | kDoesNotApply)) == 0) return out;
  if (may_be(test, kDoesNotApply)) out |= kNoCriterion;
  if (may_be(test, kYes)) out |= kMet;
  if (may_be(test, kNo)) {
    if (may_be(waiver, kYes)) out |= kWaived;
    if ((waiver & (kNo | kDoesNotApply)) != 0) out |= kNotMet;
  }
  return out;
}

namespace {
Truth lift(Status status, Truth met, Truth not_met, Truth not_applying) {
  Truth out = 0;
  if ((counted(status) & kMet) != 0) out |= met;
  if ((status & kNotMet) != 0) out |= not_met;
  if ((status & kNoCriterion) != 0) out |= not_applying;
  return out;
}
Truth found(Status status, Status sought) { return truth_of(counted(status) == sought); }
}  // namespace

Truth is_met(Status status) { return lift(status, kYes, kNo, kDoesNotApply); }
Truth is_not_met(Status status) { return lift(status, kNo, kYes, kDoesNotApply); }
Truth is_found_met(Status status) { return found(status, kMet); }
Truth is_found_not_met(Status status) { return found(status, kNotMet); }
Truth is_untold(Status status) { return truth_of(!can_be_told_status(status)); }
Truth is_waived(Status status) {
  Truth out = 0;
  if ((status & kWaived) != 0) out |= kYes;
  if ((status & (kMet | kNotMet)) != 0) out |= kNo;
  if ((status & kNoCriterion) != 0) out |= kDoesNotApply;
  return out;
}

std::string_view status_words(Status status) {
  if (!can_be_told_status(status)) return "cannot be told";
  if (status == kWaived) return "waived";
  if ((status & kMet) != 0) return "met";
  return (status & kNotMet) != 0 ? "not met" : "does not apply";
}

char status_letter(Status status) {
  if (!can_be_told_status(status)) return 'U';
  if (status == kWaived) return 'W';
  if ((status & kMet) != 0) return 'T';
  return (status & kNotMet) != 0 ? 'F' : 'N';
}

}  // namespace waymark::values
