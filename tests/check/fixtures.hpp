// Files of fixtures/diagnostics that this room answers for: W2xx to W5xx. How they are laid out is said in their
// README.
#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "engine/check/check.hpp"

namespace waymark::check {

/// The texts that are checked together, by file name.
struct Fixture {
  std::string name;                          ///< `W202-unknown-name.policy`
  std::map<std::string, std::string> texts;  ///< the file, its vocabulary, its thresholds

  std::string code() const { return name.substr(0, 4); }
  bool is_policy() const { return name.ends_with(".policy"); }
  friend void PrintTo(Fixture const& fixture, std::ostream* out) { *out << fixture.name; }
};

/// What was said of a fixture.
struct Said {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;

  std::string text() const;
  /// `W202 There is no name …`, one for each message, sorted.
  std::vector<std::string> messages() const;
};

std::vector<Fixture> fixtures();
Said said_of(Fixture const& fixture);
/// The fixture with the edit of one message made.
Fixture mended(Fixture fixture, Said const& said, grammar::Edit const& edit);
std::filesystem::path fixtures_folder();

}  // namespace waymark::check
