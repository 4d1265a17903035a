// One Example of a policy, decided on what it states, and what differs from what it expects.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/explain/explain.hpp"
#include "engine/review/review.hpp"

namespace waymark::commands {

/// Something that an example expects and did not get.
struct Unfulfilled {
  std::string of;  ///< a criterion, figure or member; empty: the outcome
  std::string expected;
  std::string came;
  std::vector<std::string> because;  ///< the deciding conditions, a line each; of an outcome or a criterion
};

/// Never moved once it is made: the run points into its setting.
class ExampleRun {
 public:
  ExampleRun(check::Program const& program, check::Example const& example);
  ExampleRun(ExampleRun const&) = delete;
  ExampleRun& operator=(ExampleRun const&) = delete;

  check::Program const& program() const { return program_; }
  check::Example const& example() const { return example_; }
  review::Run& run() { return *run_; }
  values::Symbols const& symbols() const { return setting_.symbols; }
  explain::Subject subject();
  std::vector<Unfulfilled> unfulfilled();
  /// Of those the figures and the members.
  std::vector<Unfulfilled> unfulfilled_values();
  /// Whether there is something to say of a case: a policy may also only list.
  bool decides() const { return program_.reviews_record && !(program_.decisions.empty() && program_.reports.empty()); }

 private:
  void compare_outcome(std::vector<Unfulfilled>& all);
  void compare_statuses(std::vector<Unfulfilled>& all);
  void compare_figures(std::vector<Unfulfilled>& all);
  void compare_members(std::vector<Unfulfilled>& all);
  review::Seen figure(check::FigureId id);

  check::Program const& program_;
  check::Example const& example_;
  review::ExampleSetting setting_;
  review::Plan plan_;
  std::unique_ptr<review::Run> run_;
};

}  // namespace waymark::commands
