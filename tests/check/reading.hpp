// Texts to checked policies, and a Program as text that a test can compare.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/check.hpp"

namespace waymark::check {

/// A policy and what was said about it. The vocabularies' own messages and those of the grammar stand among the rest.
struct Reading {
  grammar::Sources sources;
  std::vector<grammar::File> vocabularies;
  grammar::File policy;
  Checked checked;
  grammar::Diagnostics diagnostics;

  /// The messages as a person sees them.
  std::string said() const;
  /// The codes in the order of the messages: `W202 W401`.
  std::string codes() const;
  /// The only program; fails the test where there is none.
  Program const& program() const;
};

std::unique_ptr<Reading> read_policy(std::string_view vocabulary, std::string_view policy,
                                     std::string_view thresholds = {});

/// `text` of a file below the root of the project.
std::string text_of(std::string const& path);

// Nodes as text: `regional openings >= required openings` is `(figure regional openings at_least threshold required
// openings)`.
std::string words_of(Program const& program, ValueId id);
std::string words_of_condition(Program const& program, ConditionId id);
std::string words_of_range(Program const& program, RangeId id);

/// What the program says of one name, on as many lines as it needs.
std::string figure_of(Program const& program, std::string_view name);
std::string threshold_of(Program const& program, std::string_view name);
std::string criterion_of(Program const& program, std::string_view name);
std::string list_of(Program const& program, std::string_view name);
std::string decision_of(Program const& program, std::string_view name);

}  // namespace waymark::check
