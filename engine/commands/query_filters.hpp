// What `audit query` may be asked of a ledger's entries.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {

struct QueryAsked {
  std::string ledger;
  std::string outcome, policy, region, program, submission, about, date, from, through, criterion, rule, waiver,
      vintage;
  std::string kind = "decision";
  std::string format = "text";
};

struct Filter {
  using Test = std::function<bool(ledger::Entry const&, ledger::Body const&)>;
  std::string what;   ///< `outcome`; empty for one that names nothing, such as a range of days
  std::string asked;  ///< the name
  Test fits;
  Test knows;                                                            ///< whether the entry has the name at all
  std::function<std::vector<std::string>(ledger::Body const&)> names{};  ///< that an entry has, to find the nearest
};

/// The filters that were asked for; or nothing, and said, where one is asked for in a way that it cannot be. `asked`
/// must outlive them.
std::optional<std::vector<Filter>> filters_or_say(QueryAsked const& asked);

/// Remembers which names stand nowhere in the entries that it was shown.
class Unknown {
 public:
  explicit Unknown(std::vector<Filter> const& filters);
  /// False once every name has been seen.
  bool looks() const { return !open_.empty(); }
  void see(ledger::Entry const& entry, ledger::Body const& body);
  /// Says of each name that nothing has it, and what comes nearest.
  void say_so() const;

 private:
  struct Open {
    Filter const* filter;
    std::vector<std::string> names;  // sorted
  };
  std::vector<Open> open_;
};

}  // namespace waymark::commands
