// What is found in one released file. A file may have the same fault on every line: a few are named, the rest counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "grammar/diagnostic.hpp"

namespace waymark::evidence {

class Findings {
 public:
  explicit Findings(std::string file) : file_(std::move(file)) {}

  /// Named when it is among the first of its code, else counted. Severities are those of codes.def.
  void add(grammar::Code code, std::uint64_t line, std::uint64_t column, std::string message, std::string help = {});
  bool has_errors() const { return has_errors_; }

  /// What was found, with one line "and N more" for each code that has more; errors and warnings to where each belongs.
  void give(grammar::DataDiagnostics& errors, grammar::DataDiagnostics& warnings);

  /// Enough to see what is wrong. Each code that became a date is a row to mend by hand, so more of these are named.
  static constexpr std::size_t kNamed = 5;
  static constexpr std::size_t kDatesNamed = 50;

 private:
  std::string file_;
  grammar::DataDiagnostics found_;
  std::map<grammar::Code, std::size_t> counts_;
  bool has_errors_ = false;
};

/// One finding of `code`, with the severity that codes.def gives it.
grammar::DataDiagnostic finding(grammar::Code code, std::string file, std::uint64_t line, std::uint64_t column,
                                std::string message, std::string help = {});

/// `A, B, C and 4 more`.
std::string listed(std::vector<std::string> const& words, std::size_t most = Findings::kNamed);

}  // namespace waymark::evidence
