// A policy made ready to decide from texts and files: what benchmarks of the parts stand on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/cases/cases.hpp"
#include "engine/check/check.hpp"
#include "engine/evidence/evidence.hpp"
#include "engine/review/review.hpp"

namespace waymark::bench {

/// The folder of the speed workload's tables and of 4,096 submissions, made anew and gone with the program.
std::string const& workload_folder();
std::string read_text(std::string const& path);
/// The first `count` of those submissions, as lines.
std::string submission_lines(std::size_t count);

check::Checked checked(grammar::Sources& sources, std::string vocabulary, std::string policy);
/// The releases of all Sources that the manifest names, with errors as the end of the program.
evidence::Evidence evidence_of(evidence::Manifest const& manifest, check::Program const& program,
                               values::Symbols& symbols);
/// All lines as one batch.
cases::Batch batch_of(std::string lines, check::Program const& program, values::Symbols& symbols);

/// A policy over the vocabulary, the tables and the submissions of the speed workload.
class Prepared {
 public:
  Prepared(std::string policy, std::size_t submissions);

  check::Program const& program() const { return *program_; }
  /// Grows with what is read.
  values::Symbols& symbols() { return symbols_; }
  values::Symbols const& symbols() const { return symbols_; }
  cases::Batch const& batch() const { return batch_; }
  review::Run run() const;

 private:
  grammar::Sources sources_;
  check::Checked checked_;
  check::Program const* program_;
  values::Symbols symbols_;
  evidence::Evidence evidence_;
  cases::Batch batch_;
  std::unique_ptr<review::Plan> plan_;
};

inline values::Date review_date() { return values::date_of(2026, 11, 21); }

}  // namespace waymark::bench
