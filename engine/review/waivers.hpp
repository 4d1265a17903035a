// Which records of a waiver are in force: by their days, by whom they were granted, for how long and how often
// extended.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/cases/cases.hpp"
#include "engine/check/program.hpp"
#include "engine/values/truth.hpp"

namespace waymark::review {

/// One record of a waiver on one date, line by line of the waiver's block (see check::Waiver).
struct Grant {
  std::size_t record = 0;                      ///< among the waivers on record
  values::Truth days = values::kYes;           ///< the date is one of its days
  values::Truth by_grantor = values::kYes;     ///< it was granted by somebody who may
  values::Truth short_enough = values::kYes;   ///< it lasts no longer than it may
  values::Truth extended_less = values::kYes;  ///< it is no extension too many
  /// Which extension it is: 0 the grant itself. Between the two, where other records may count or not.
  std::uint32_t fewest = 0, most = 0;

  values::Truth in_force() const;
  /// It counts, for others, as a grant or an extension.
  bool may_count() const { return by_grantor != values::kNo && short_enough != values::kNo; }
};

/// The records of `waiver` among those on record, in their order.
std::vector<Grant> grants_of(check::Waiver const& waiver, values::Calendar const& calendar,
                             std::vector<cases::WaiverOnRecord> const& on_record, values::Date date);

/// Whether one of them is.
values::Truth is_in_force(std::vector<Grant> const& grants);

/// The last day that a waiver may have that begins on `from`; nothing where it may last for ever.
std::optional<values::Date> last_day_of(check::Waiver const& waiver, values::Calendar const& calendar,
                                        values::Date from);

}  // namespace waymark::review
