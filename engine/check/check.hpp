// Syntax and vocabulary -> a typed Program, or what is wrong with it.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/check/program.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/parse.hpp"

namespace waymark::check {

/// The policy between two changes of the blocks in force.
struct Epoch {
  values::Date from;
  std::optional<values::Date> through;
  std::shared_ptr<Program const> program;
};

struct Checked {
  /// Empty when there are errors. Ascending and without gaps over the dates that the policy covers.
  std::vector<Epoch> epochs;
  grammar::Diagnostics diagnostics;

  /// The epoch that holds a date, by its index.
  std::optional<std::size_t> epoch_on(values::Date date) const;
  /// The program in force on a date, or nothing.
  Program const* on(values::Date date) const;
};

/// The policies on which one builds, each once and before those that build on it; they are without errors of their own.
struct Layers {
  struct Layer {
    std::string name;  ///< its path in the workspace, without ending: `federal/perkins/size`
    grammar::File const* file = nullptr;
    std::vector<std::size_t> bases;  ///< those on which it builds itself, by their place in `all`
  };
  std::vector<Layer> all;
  /// Those that the policy names itself, and where.
  struct Base {
    std::size_t layer = 0;
    grammar::Span span;
  };
  std::vector<Base> bases;
};

/// Checks one policy with the vocabularies that it and its layers use. `thresholds` are blocks read from TOML. The
/// order of blocks never changes a result.
Checked check(grammar::Sources const& sources, grammar::File const& policy,
              std::vector<grammar::File const*> const& vocabularies, std::vector<grammar::Block> const& thresholds = {},
              Layers const& layers = {});

struct CheckedVocabulary {
  vocabulary::Vocabulary vocabulary;
  grammar::Diagnostics diagnostics;
  /// Where the fields stand, by FieldId.
  std::vector<grammar::Span> fields;
  /// Names whose declaration has a fault, the grammar's included: a policy that uses one is not told so again.
  std::set<std::string> faulty;
  /// Lines of records in which something could not be read, as names are compared: what stands in them may be declared.
  std::vector<std::string> faulty_texts;
  /// A unit, a calendar or a head cannot be read: what that makes of a policy cannot be told.
  bool unclear = false;
};
/// Merges vocabularies; two that declare one name differently are told of each other.
CheckedVocabulary check_vocabularies(grammar::Sources const& sources, std::vector<grammar::File const*> const& files);

/// Threshold blocks from a TOML file, with spans in that file: the same rows, the same citations.
struct TomlThresholds {
  std::vector<grammar::Block> blocks;
  grammar::Diagnostics diagnostics;
};
TomlThresholds read_thresholds(grammar::Sources const& sources, grammar::FileId file);

}  // namespace waymark::check
