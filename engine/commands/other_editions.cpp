// Looks at each list that was read beside each crosswalk between editions.
#include "engine/commands/other_editions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/commands/report.hpp"
#include "engine/evidence/editions.hpp"

namespace waymark::commands {
namespace {

grammar::DataDiagnostic warning(Reviewer const& reviewer, evidence::Release const& list,
                                evidence::OtherEdition const& other) {
  auto const& vocabulary = reviewer.program().vocabulary;
  auto const& source = vocabulary.sources[list.source];
  std::vector<std::string> codes;
  for (values::Symbol const code : other.codes) codes.push_back(reviewer.symbols.text(code));
  std::sort(codes.begin(), codes.end());
  vocabulary::Type type = source.keys[other.key].type;
  std::string const asked = words(type, vocabulary);
  type.edition = other.edition;
  std::string const edition = words(type, vocabulary);
  std::string const standing = codes.size() == 1 ? fmt::format("is a {} code, and no {} code", edition, asked)
                                                 : fmt::format("are {} codes, and no {} codes", edition, asked);
  auto const code = grammar::Code::list_codes_not_held;
  return {
      code,
      grammar::entry_of(code).severity,
      list.path,
      0,
      0,
      fmt::format("{} of {} {}: {}.", counted(codes.size(), "code"), source.shown, standing, fmt::join(codes, ", ")),
      fmt::format("Whether what {} calls them is on the list cannot be told; ask for a list in {}.", asked, asked)};
}

}  // namespace

grammar::DataDiagnostics other_edition_warnings(Reviewer const& reviewer,
                                                std::set<evidence::Release const*> const& read, values::Date date) {
  auto const& vocabulary = reviewer.program().vocabulary;
  grammar::DataDiagnostics warnings;
  for (auto const& releases : reviewer.evidence.releases) {
    for (evidence::Release const& list : releases) {
      if (!read.contains(&list)) continue;
      for (std::size_t id = 0; id < reviewer.evidence.releases.size(); ++id) {
        auto const* crosswalk = reviewer.evidence.newest(static_cast<vocabulary::SourceId>(id), date);
        if (crosswalk == nullptr) continue;
        for (auto const& other : evidence::other_editions(vocabulary, list, *crosswalk)) {
          warnings.push_back(warning(reviewer, list, other));
        }
      }
    }
  }
  return warnings;
}

}  // namespace waymark::commands
