// Policies from text, examples and submissions as runs: what the tests of explanations stand on.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/check/check.hpp"
#include "engine/explain/explain.hpp"
#include "engine/review/review.hpp"

namespace waymark::explain {

/// Contents of a file of the repository, by its path from the root.
std::string read_text(std::string const& path);

/// A policy with its one vocabulary, checked; tests fail when it has errors.
struct Policy {
  grammar::Sources sources;
  check::Checked checked;

  check::Program const& on(values::Date date) const;
  check::Example const& example(std::string_view title) const;
};
std::unique_ptr<Policy> policy_of(std::string const& vocabulary, std::string const& policy);
/// fixtures/explanations/NAME with pathways.vocabulary.
std::unique_ptr<Policy> fixture(std::string const& name);

/// One case under review, with all that it stands on.
class Case {
 public:
  /// As an example states it, by the id P-17.
  Case(Policy const& policy, std::string_view example);
  /// A submission in JSON, reviewed with the evidence under fixtures/explanations/evidence.
  Case(Policy const& policy, values::Date date, std::string const& submission);

  Subject subject() { return {*run_, *program_, setting_.symbols, setting_.batch, 0}; }

 private:
  check::Program const* program_ = nullptr;
  review::ExampleSetting setting_;
  std::unique_ptr<review::Plan> plan_;
  std::unique_ptr<review::Run> run_;
};

}  // namespace waymark::explain
