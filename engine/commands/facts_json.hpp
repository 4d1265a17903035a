// The facts of a submission as the engine understood them, as canonical JSON: the same for every format in which they
// came. What a ledger keeps beside the bytes as received, and what an auditor reads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/cases/cases.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/values/symbols.hpp"
#include "engine/vocabulary/vocabulary.hpp"

namespace waymark::commands {

/// For each record of a vocabulary the keys of its fields, in the order of the keys: with the field's position.
struct FactKeys {
  explicit FactKeys(vocabulary::Vocabulary const& vocabulary);
  std::vector<std::vector<std::pair<std::string, std::size_t>>> of_records;
};

/// An object: a member for each field of which something is known, named by the field's data key.
/// * numbers as decimals of their unit in quotes: `"412"`, `"52300.00"`; dates, years, codes and texts as texts; a
///   choice by its data key; yes and no as true and false;
/// * known within a range: `{"at_least":"0","at_most":"9"}`; missing for a reason: `{"missing":"suppressed by its
///   source"}`; what was simply not submitted does not stand there;
/// * lists as lists, `for each` a choice or a year as objects by data key or year, a nested record as an object, or
///   `"none"`.
ledger::Object facts_of(cases::RecordColumns const& columns, std::size_t row, FactKeys const& keys,
                        vocabulary::Vocabulary const& vocabulary, values::Symbols const& symbols);

/// One value as `facts_of` writes it: `"2025-26"`, `"412"`, `true`.
std::string fact_json(vocabulary::Type const& type, values::Steps steps, vocabulary::Vocabulary const& vocabulary,
                      values::Symbols const& symbols);

/// A number of steps in its unit, without the unit's name; a ratio that is no whole number of steps as `a/b` steps.
std::string plain_number(values::Ratio number, vocabulary::Type const& type, vocabulary::Vocabulary const& vocabulary);

/// `text` as a key of canonical JSON: bytes that are not plain ASCII as `%C3`.
std::string ascii_key(std::string_view text);

}  // namespace waymark::commands
