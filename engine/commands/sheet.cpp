// `waymark report sheet POLICY`: what a policy asks, on paper: for a board, a district, or whoever wants to know by
// what they are judged.
#include <fmt/format.h>

#include <memory>

#include "engine/commands/criteria_sheet.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/manifest_choice.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string policy;
  std::string workspace;
  std::string date;
};

ExitCode sheet(Asked const& asked) {
  values::Date date = today();
  if (!asked.date.empty()) {
    auto const read = date_or_say("--date", asked.date);
    if (!read) return ExitCode::usage;
    date = *read;
  }
  auto rulebook = open_or_say(asked.workspace, asked.policy);
  if (!rulebook) return ExitCode::unreadable;
  auto const policy = load_to_decide(*rulebook, asked.policy);
  if (!policy) return ExitCode::unreadable;
  if (check::Program const* program = policy->checked.on(date)) {
    write(stdout, criteria_sheet(*program, *policy, date));
    return ExitCode::done;
  }
  say(fmt::format("the policy is not in force on {}\n  = help: --date names another day", values::write_date(date)));
  return ExitCode::unreadable;
}

Verb sheet_verb() {
  return {"sheet", "Prints what a policy asks, as HTML", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("POLICY", asked->policy, "The policy", Need::required);
            options.value("--workspace", asked->workspace, "The workspace (default: the nearest upward)");
            options.value("--date", asked->date, "The day whose rules are printed (default: today)");
            return [asked] { return sheet(*asked); };
          }};
}

}  // namespace

Verb report_verb() { return {"report", "Writes pages for people", {}, {sheet_verb()}}; }

}  // namespace waymark::commands
