// Codes of occupations (SOC, Bureau of Labor Statistics) and of programs (CIP, NCES). A code is never a number: 01.0000
// keeps its zeros.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::values {

enum class CodeSystem : std::uint8_t { soc, cip };

/// The canonical form: `15-1252`, `11.0701` (also `11.07` and `11`). Reads what published tables hold: `="01.0101"` of
/// a spreadsheet's text formula, an O*NET suffix `15-1252.00`, a CIP of six digits without its dot. Nothing otherwise.
std::optional<std::string> read_code(CodeSystem system, std::string_view text);

/// True when `text` looks like what a spreadsheet makes of a code that it took for a date: `Nov-21`, `11-Jan`,
/// `1/11/2021`.
bool looks_like_spreadsheet_date(std::string_view text);

/// True when `code` is `group` or stands below it: 48.0508 is within 48.05 and within 48; 15-1252 is within 15-1250 and
/// 15-0000. Both canonical.
bool is_within(CodeSystem system, std::string_view code, std::string_view group);

}  // namespace waymark::values
