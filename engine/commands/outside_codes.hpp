// Codes of the submissions that lie outside the edition of their field: what rests on one cannot be told, and whoever
// sent it should hear of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/judged.hpp"
#include "engine/evidence/editions.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::commands {

struct OutsideNote {
  std::string id, file;
  std::uint64_t line = 0;
  vocabulary::FieldId field = 0;
  values::Symbol code = 0;
};

/// The first `kMostOutsideNamed`, in the input's order, and how many there are.
struct OutsideNotes {
  std::vector<OutsideNote> first;
  std::size_t count = 0;

  void add(OutsideNote note);
  void add(OutsideNotes const& later);
};
inline constexpr std::size_t kMostOutsideNamed = 50;

/// The submissions of a batch that have any.
std::vector<std::uint32_t> cases_with_outside_codes(Judged& judged);
/// Adds those of one submission. Nothing is outside where no release lists all codes of the edition.
void note_outside_codes(Judged& judged, std::uint32_t i, OutsideNotes& notes);

/// A warning for each: submission, field, code and edition. The last one says how many are left out.
grammar::DataDiagnostics outside_code_warnings(Reviewer const& reviewer, OutsideNotes const& notes);

/// `15-1132 is a SOC 2010 code; SOC 2018 calls it 15-1252`: of a code that is not of its type's edition, as far as
/// tables and crosswalks know it; or empty.
std::string other_edition_words(Reviewer const& reviewer, evidence::Editions const& editions,
                                vocabulary::Type const& type, values::Symbol code);

}  // namespace waymark::commands
