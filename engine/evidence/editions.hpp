// Which edition a code belongs to and what a later edition calls it, so that a code of SOC 2010 in a question about
// SOC 2018 is named instead of lost: "15-1132 is a SOC 2010 code; SOC 2018 calls it 15-1252".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/evidence/evidence.hpp"

namespace waymark::evidence {

/// What the crosswalks between editions and the whole tables of editions say on one date. Each is read from its newest
/// release that is known on that date.
class Editions {
 public:
  Editions(vocabulary::Vocabulary const& vocabulary, Evidence const& evidence, values::Date date);

  /// What `to` calls the code that `from` has, in the crosswalk's order, each once; a crosswalk is read in both
  /// directions. Empty when no crosswalk joins the two editions, or it has no row for the code.
  std::vector<values::Symbol> successors(values::CodeSystem system, values::Symbol code, std::uint16_t from,
                                         std::uint16_t to) const;

  /// True when a Source lists all codes of this code type: only then can a code be outside its edition.
  bool has_table(vocabulary::Type const& type) const;
  /// Whether `code` stands in the table of its type; nothing when there is no table.
  std::optional<bool> table(vocabulary::Type const& type, values::Symbol code) const;

  /// Another edition than `asked` that has the code, the latest where several do; nothing when none is known, or when
  /// `asked` has it as well. A table of an edition and its side of a crosswalk both count.
  std::optional<std::uint16_t> edition_of(values::CodeSystem system, values::Symbol code, std::uint16_t asked) const;

 private:
  using Edition = std::pair<values::CodeSystem, std::uint16_t>;
  using Codes = std::unordered_set<values::Symbol>;
  using Renamed = std::unordered_map<values::Symbol, std::vector<values::Symbol>>;

  void add_table(vocabulary::Source const& source, Table const& table);
  void add_crosswalk(vocabulary::Source const& source, Table const& table);

  std::map<Edition, Codes> tables_;
  std::map<Edition, Codes> seen_;  // in a table or on a crosswalk's side
  std::map<std::pair<Edition, Edition>, Renamed> crosswalks_;
};

/// One key of a list's release that holds codes of another edition than it is declared in, by one crosswalk: codes that
/// the crosswalk has in the other edition only. What the list says of the key's own edition then has gaps.
struct OtherEdition {
  std::size_t key = 0;  ///< of the list's Source
  std::uint16_t edition = 0;
  vocabulary::SourceId crosswalk = 0;
  std::vector<values::Symbol> codes;  ///< those codes, in the order of the list, each once
  /// By code of the key's edition: its partners in the other edition that stand on the list, in the crosswalk's order.
  std::unordered_map<values::Symbol, std::vector<values::Symbol>> partners;
};

/// One for each key of `list` that holds codes of the edition to which `crosswalk` leads; none for a Source that is no
/// list, or where `crosswalk` is a release of a Source that is no crosswalk between editions.
std::vector<OtherEdition> other_editions(vocabulary::Vocabulary const& vocabulary, Release const& list,
                                         Release const& crosswalk);

}  // namespace waymark::evidence
