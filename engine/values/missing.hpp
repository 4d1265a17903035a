// Why a value is not there. Missing is not zero, not no, and not one thing.
#pragma once

#include <cstdint>
#include <string_view>

namespace waymark::values {

/// What is known of one value: exactly, within bounds, or not at all and why.
enum class Known : std::uint8_t {
  exactly,
  bounded,        ///< lies in a range; the reason was a mark (`#`, `<10`) or a statement (`at least …`)
  not_submitted,  ///< a fact that the submission leaves out or gives as null
  suppressed,     ///< withheld by its source: `*`, `**`, a blank where the source says so
  not_yet_published,
  not_covered,  ///< the release has no row for the key
  withdrawn,
  unreadable,       ///< stands in the release and is neither a value nor a declared mark
  outside_edition,  ///< a code that its edition's table does not hold
  divided_by_zero,  ///< a percent of nothing
  not_told,         ///< a row of a list of which the policy that decided the list could not tell
  not_resolved,     ///< computed from something that cannot be told
};

/// "suppressed by its source", "not submitted", …
constexpr std::string_view words(Known known) {
  switch (known) {
    case Known::exactly: return "known";
    case Known::bounded: return "known within a range only";
    case Known::not_submitted: return "not submitted";
    case Known::suppressed: return "suppressed by its source";
    case Known::not_yet_published: return "not yet published";
    case Known::not_covered: return "not covered by its source";
    case Known::withdrawn: return "withdrawn";
    case Known::unreadable: return "not readable in its source";
    case Known::outside_edition: return "a code outside the edition that is asked for";
    case Known::divided_by_zero: return "a percentage of nothing";
    case Known::not_told: return "not told by the policy that decided the list";
    case Known::not_resolved: return "rests on what cannot be told";
  }
  return "";
}

}  // namespace waymark::values
