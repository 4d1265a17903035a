// Naming a few faults and counting the rest.
#include "engine/evidence/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace waymark::evidence {
namespace {

std::size_t most_named(grammar::Code code) {
  return code == grammar::Code::evidence_code_became_date ? Findings::kDatesNamed : Findings::kNamed;
}

}  // namespace

grammar::DataDiagnostic finding(grammar::Code code, std::string file, std::uint64_t line, std::uint64_t column,
                                std::string message, std::string help) {
  return {code, grammar::entry_of(code).severity, std::move(file), line, column, std::move(message), std::move(help)};
}

void Findings::add(grammar::Code code, std::uint64_t line, std::uint64_t column, std::string message,
                   std::string help) {
  has_errors_ = has_errors_ || grammar::entry_of(code).severity == grammar::Severity::error;
  if (++counts_[code] > most_named(code)) return;
  found_.push_back(finding(code, file_, line, column, std::move(message), std::move(help)));
}

void Findings::give(grammar::DataDiagnostics& errors, grammar::DataDiagnostics& warnings) {
  for (auto const& [code, count] : counts_) {
    if (count <= most_named(code)) continue;
    found_.push_back(finding(code, file_, 0, 0, fmt::format("And {} more like these.", count - most_named(code))));
  }
  for (auto& one : found_) (one.severity == grammar::Severity::error ? errors : warnings).push_back(std::move(one));
  found_.clear();
  counts_.clear();
}

std::string listed(std::vector<std::string> const& words, std::size_t most) {
  auto const named = std::min(words.size(), most);
  std::string out;
  for (std::size_t i = 0; i < named; ++i) out += (i == 0 ? "" : ", ") + words[i];
  return words.size() > named ? out + fmt::format(" and {} more", words.size() - named) : out;
}

}  // namespace waymark::evidence
