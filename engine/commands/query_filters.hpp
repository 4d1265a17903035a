// What `audit query` may be asked of a ledger's entries.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
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

/// What decisions name by its entry.
struct NamedEntries {
  std::map<std::int64_t, std::string> releases;            ///< their names
  std::map<std::int64_t, std::vector<std::string>> rules;  ///< their SHA-256: of the policy's text, of the program
  std::map<std::int64_t, std::string> overridden;          ///< decisions, and the outcome that holds instead
};
ledger::LedgerResult<NamedEntries> named_entries(ledger::Reader const& reader);

/// The filters that were asked for; or nothing, and said, where one is asked for in a way that it cannot be. `asked`
/// must outlive them. `named`: of the ledger that is asked.
std::optional<std::vector<Filter>> filters_or_say(QueryAsked const& asked, NamedEntries const& named);

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
