// Truth as a set of what is still possible. A condition that can be told has one possibility; one that cannot has more.
// Connectives work on each occurrence by itself (strong Kleene over sets), so filling in a missing fact only ever
// narrows a set. Kleene, Introduction to Metamathematics (1952), section 64.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace waymark::values {

/// What a condition may turn out to be: bits of `yes`, `no` and `does_not_apply`. Never empty.
using Truth = std::uint8_t;
inline constexpr Truth kYes = 1;
inline constexpr Truth kNo = 2;
inline constexpr Truth kDoesNotApply = 4;
inline constexpr Truth kCannotBeTold = kYes | kNo;

constexpr bool can_be_told(Truth truth) { return (truth & (truth - 1)) == 0; }
constexpr bool may_be(Truth truth, Truth bit) { return (truth & bit) != 0; }
constexpr Truth truth_of(bool yes) { return yes ? kYes : kNo; }
/// Yes becomes no and no becomes yes; what does not apply still does not.
constexpr Truth negated(Truth truth) {
  return static_cast<Truth>((truth & kDoesNotApply) | ((truth & kYes) << 1) | ((truth & kNo) >> 1));
}

/// Items that do not apply are dropped; with none left the list does not apply. An empty list does not apply.
Truth all_of(std::span<Truth const> items);
Truth any_of(std::span<Truth const> items);
Truth none_of(std::span<Truth const> items);
/// N is never lowered: at least 2 of one item that applies is no.
Truth at_least_of(std::uint32_t n, std::span<Truth const> items);

/// Over members: `any` of none is no, `every` of none does not apply, `at least N` of none is no (0: yes).
Truth any_member(std::span<Truth const> members);
Truth every_member(std::span<Truth const> members);
Truth at_least_members(std::uint32_t n, std::span<Truth const> members);
/// More than half of the members that apply.
Truth more_than_half(std::span<Truth const> members);

/// "yes", "no", "does not apply" or "cannot be told".
std::string_view words(Truth truth);

/// What a criterion may turn out to be: a set of met (by its test), waived (by a waiver alone), not met, does not
/// apply.
using Status = std::uint8_t;
inline constexpr Status kMet = 1;
inline constexpr Status kNotMet = 2;
inline constexpr Status kNoCriterion = 4;  ///< does not apply
inline constexpr Status kWaived = 8;

/// The same for whoever only asks whether it counts as met: what is waived does.
constexpr Status counted(Status status) {
  return static_cast<Status>((status & kWaived) != 0 ? (status & ~kWaived) | kMet : status);
}

/// First whether it applies, then the test, then the waiver: a test that passes is met, waived only where it would not
/// be; a failing test with a waiver that cannot be told cannot be told.
Status status_of(Truth exempt, Truth test, Truth waiver);

/// The table of language.md, section 2, lifted to sets.
Truth is_met(Status status);
Truth is_not_met(Status status);
Truth is_found_met(Status status);
Truth is_found_not_met(Status status);
Truth is_untold(Status status);
/// Whether it counts as met only because of a waiver.
Truth is_waived(Status status);
/// A criterion that is met or waived, which of the two cannot be told, counts as met, and can be told.
constexpr bool can_be_told_status(Status status) { return (counted(status) & (counted(status) - 1)) == 0; }

/// "met", "not met", "cannot be told", "waived" or "does not apply": the words of a decision's JSON. What is met or
/// waived is "met": "waived" is what surely would not be met without its waiver.
std::string_view status_words(Status status);
/// T met, F not met, U cannot be told, W waived, N does not apply: the letter of a decision's CSV.
char status_letter(Status status);

}  // namespace waymark::values
