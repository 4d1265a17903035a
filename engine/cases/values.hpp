// One datum and its field make one value, with the same message in every format. A value that cannot be read refuses
// the whole submission.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/cases/columns.hpp"
#include "engine/cases/tree.hpp"
#include "engine/values/symbols.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::cases {

/// An id stands on letters and in tables, and a decision is found by it: so many bytes at most.
inline constexpr std::size_t kLongestId = 1000;

/// The keys with which an object begins that is a value known within a range, or missing for a reason.
inline constexpr std::array<std::string_view, 4> kRangeKeys = {"at_least", "at_most", "between", "missing"};

struct Fault {
  grammar::Code code{};
  NodeId node = 0;
  bool at_key = false;  ///< the key is what is wrong, not its value
  std::string message;  ///< a sentence or two
  std::string help;
};

/// What the reading of one submission works on; the first fault ends it.
struct Reading {
  Tree const& tree;
  vocabulary::Vocabulary const& vocabulary;
  values::Symbols& symbols;
  bool table = false;  ///< of a row of CSV, where a list is written in one cell
  std::optional<Fault> fault = std::nullopt;
  std::vector<std::pair<vocabulary::Field const*, Fault>> shares = {};  ///< values that may be shares, not percents

  /// Always false.
  bool refuse(grammar::Code code, NodeId node, std::string message, std::string help = {});
  /// "`enrollment` is "many", " and the rest; always false.
  bool refuse_value(grammar::Code code, NodeId node, std::string const& rest, std::string help = {});
};

/// Reads one value that is no list and no record. False: `reading.fault` says why.
bool read_value(Reading& reading, NodeId node, vocabulary::Field const& field, Value& out);

inline bool is_text(Node const& node) { return node.shape == Shape::text; }
/// Nothing is given: no value, or a text of blanks.
inline bool is_nothing(Node const& node) {
  return node.shape == Shape::nothing || (is_text(node) && trimmed(node.text).empty());
}
/// The reason in {"missing": …}, or in words of their own: `suppressed`, `not yet published`.
std::optional<values::Known> read_reason(std::string_view text);

// The parts of `read_value`, by kind.
bool read_steps(Reading& reading, NodeId node, vocabulary::Field const& field, values::Steps& out);
bool read_choice(Reading& reading, NodeId node, vocabulary::Field const& field, values::Steps& out);
bool read_code(Reading& reading, NodeId node, vocabulary::Field const& field, values::Steps& out);
bool read_text(Reading& reading, NodeId node, values::Steps& out);
bool read_yes_no(Reading& reading, NodeId node, values::Steps& out);

}  // namespace waymark::cases
