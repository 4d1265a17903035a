// What a mark in a cell means: from the Source, or from the release, whose words win.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/evidence/evidence.hpp"

namespace waymark::evidence {

/// The marks of one value column: the trimmed text of a cell -> what it means.
using MarkTable = std::unordered_map<std::string, vocabulary::MarkMeaning>;

/// Reads a meaning in the language's words for a column of `quantity`: `suppressed`, `at least $208,000 per year`,
/// `between 0 and 9 students`, `no`. The failure is a sentence that says what is wrong.
values::Result<vocabulary::MarkMeaning, std::string> read_mark_meaning(std::string const& words,
                                                                       vocabulary::Type const& type,
                                                                       vocabulary::Vocabulary const& vocabulary);

/// One table a column of `source`. A meaning that does not fit its column is an error at its line of the manifest.
std::vector<MarkTable> mark_tables(Manifest const& manifest, ReleaseEntry const& entry,
                                   vocabulary::Source const& source, vocabulary::Vocabulary const& vocabulary,
                                   grammar::DataDiagnostics& errors);

}  // namespace waymark::evidence
