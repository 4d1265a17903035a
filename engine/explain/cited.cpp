// Sources and citations as a reader says them.
#include <algorithm>

#include "engine/evidence/evidence.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {

// A list that another policy decided is that policy's word.
std::string decided_words(Subject const& subject, vocabulary::SourceId source) {
  auto const* release = subject.run.release(source, subject.case_index);
  bool const decided = release != nullptr && release->entry.decided_by;
  return decided ? ": " + release->entry.name + ", decided by " + release->entry.decided_by->policy : "";
}

Words source_words(Subject const& subject, vocabulary::SourceId source) {
  auto const& declared = subject.program.vocabulary.sources[source];
  auto const* release = subject.run.release(source, subject.case_index);
  if (release != nullptr && release->entry.decided_by) {
    return declared.shown + " (decided by " + release->entry.decided_by->policy + ")";
  }
  if (declared.citation.empty()) return Words::lasting(declared.shown);
  return declared.shown + " (" + declared.citation + ")";
}

Words vintage_words(Subject const& subject, vocabulary::SourceId source) {
  auto const* release = subject.run.release(source, subject.case_index);
  return release == nullptr ? Words() : Words::lasting(release->entry.name);
}

std::string citation_words(check::Citation const& citation) { return std::string(cited(citation)); }

namespace {

Words cited(std::string const& text, bool illustrative) {
  if (!illustrative || text.find("illustrative") != std::string::npos) return Words::lasting(text);
  return text.empty() ? Words("illustrative") : Words(text + ", illustrative");
}

}  // namespace

Words cited(check::Citation const& citation) { return cited(citation.text, citation.illustrative); }

check::Citation const& citation_of(check::Threshold const& threshold, std::optional<std::uint32_t> row) {
  if (!row) return threshold.citation;
  auto const& own = threshold.rows[*row].citation;
  return own.illustrative || !own.text.empty() ? own : threshold.citation;
}

bool is_illustrative(check::Threshold const& threshold, std::optional<std::uint32_t> row) {
  if (citation_of(threshold, row).illustrative) return true;
  return !row && std::any_of(threshold.rows.begin(), threshold.rows.end(),
                             [](check::ThresholdRow const& each) { return each.citation.illustrative; });
}

Words cited(check::Threshold const& threshold, std::optional<std::uint32_t> row) {
  return cited(citation_of(threshold, row).text, is_illustrative(threshold, row));
}

std::string illustrative_words(std::vector<std::string> const& names) {
  return names.empty() ? "" : "illustrative: " + listed(names);
}

}  // namespace waymark::explain
