// Random releases for the Sources of the vocabulary, built as tables and not read from files.
#pragma once

#include "engine/evidence/evidence.hpp"
#include "tests/property/random.hpp"
#include "tests/property/words.hpp"

namespace waymark::property {

/// None to two releases a Source, the second known from some day on. The order of a table's rows is random.
evidence::Evidence some_evidence(vocabulary::Vocabulary const& words, values::Symbols& symbols, Random& random);
/// The same evidence with the rows of every table in another order.
evidence::Evidence with_rows_shuffled(evidence::Evidence const& evidence, Random& random);

}  // namespace waymark::property
