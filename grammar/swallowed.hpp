// A line that continues free text and reads like a clause whose colon was forgotten: as text it would say nothing.
#pragma once

#include <optional>

#include "grammar/clauses.hpp"

namespace waymark::grammar {

struct Swallowed {
  At label_end = nullptr;  ///< past the words behind which a colon is missing
  bool is_sure = false;    ///< it cannot well be prose
};
/// `as_clause`: the line stands no further in than the clause whose text it would continue. Prose seldom does.
std::optional<Swallowed> swallowed_clause(BlockKind block, At begin, At end, bool as_clause);

/// True of a letter that begins a sentence, a clause or a head.
bool is_capital(At at);

}  // namespace waymark::grammar
