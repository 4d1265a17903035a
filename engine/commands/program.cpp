// The command line, read with CLI11. The only file that includes it; none of its exceptions leave.
#include "engine/commands/program.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <utility>

#include "engine/commands/interrupt.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/commands/version.hpp"

namespace waymark::commands {
namespace {

class AppOptions final : public Options {
 public:
  explicit AppOptions(CLI::App& app) : app_(app) {}

  void flag(std::string const& name, bool& value, std::string const& help) override {
    app_.add_flag(name, value, help);
  }
  void value(std::string const& name, std::string& value, std::string const& help, Need need) override {
    auto* const option = app_.add_option(name, value, help)->required(need == Need::required);
    if (name.starts_with('-')) option->check(said());
  }
  void value(std::string const& name, std::optional<std::string>& value, std::string const& help) override {
    app_.add_option(name, value, help)->check(said());
  }
  void value(std::string const& name, std::optional<std::uint32_t>& value, std::string const& help) override {
    app_.add_option(name, value, help);
  }
  void values(std::string const& name, std::vector<std::string>& values, std::string const& help, Need need) override {
    app_.add_option(name, values, help)->required(need == Need::required)->allow_extra_args(!name.starts_with('-'));
  }
  void choice(std::string const& name, std::string& value, std::vector<std::string> const& allowed,
              std::string const& help) override {
    app_.add_option(name, value, help)->check(CLI::IsMember(allowed))->capture_default_str();
  }

 private:
  // `--ledger "$FILE"` with a variable that nobody set must not pass for a run without a ledger.
  static CLI::Validator said() {
    return {[](std::string const& text) { return text.empty() ? std::string("nothing is said after it") : ""; }, ""};
  }

  CLI::App& app_;
};

std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      std::size_t const kept = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({kept, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

// The help that follows a word nobody knows: the nearest one if it is near enough to have been meant.
std::string nearest_help(std::string_view word, std::vector<std::string> const& known) {
  auto const nearer = [&](std::string const& a, std::string const& b) { return distance(word, a) < distance(word, b); };
  auto const nearest = std::min_element(known.begin(), known.end(), nearer);
  if (nearest == known.end() || distance(word, *nearest) > std::max<std::size_t>(2, word.size() / 3)) return "";
  return fmt::format("; did you mean `{}`?", *nearest);
}

ExitCode usage_error(std::string const& message, std::string const& command) {
  talk("waymark: {}\n  = help: `{} --help` shows what it takes\n", message, command);
  return ExitCode::usage;
}

std::string command_of(CLI::App const& app) {
  return app.get_parent() == nullptr ? app.get_name() : command_of(*app.get_parent()) + " " + app.get_name();
}

// The app of the verb that the arguments chose, however deep.
CLI::App& chosen(CLI::App& app) {
  auto const verbs = app.get_subcommands();
  return verbs.empty() ? app : chosen(*verbs.front());
}

std::vector<std::string> option_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (CLI::Option const* option : app.get_options()) {
    for (std::string const& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> verb_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (CLI::App const* verb : app.get_subcommands([](CLI::App const*) { return true; })) {
    names.push_back(verb->get_name());
  }
  return names;
}

// Something was left over that nobody takes.
ExitCode explain_extra(CLI::App& app) {
  CLI::App const& verb = chosen(app);
  std::string const command = command_of(verb);
  std::vector<std::string> const rest = app.remaining(true);
  std::string const word = rest.empty() ? "" : rest.front();
  if (word.starts_with('-')) {
    return usage_error(fmt::format("`{}` has no option `{}`{}", command, word, nearest_help(word, option_names(verb))),
                       command);
  }
  std::vector<std::string> const verbs = verb_names(verb);
  if (!verbs.empty()) {
    return usage_error(fmt::format("`{}` has no verb `{}`{}", command, word, nearest_help(word, verbs)), command);
  }
  return usage_error(fmt::format("`{}` is one argument too many for `{}`", word, command), command);
}

// Something is missing. A word that stands where a verb should is reported as missing, too: the word is what is wrong.
ExitCode explain_missing(CLI::App& app, CLI::ParseError const& error) {
  if (!app.remaining(true).empty()) return explain_extra(app);
  CLI::App const& verb = chosen(app);
  std::vector<std::string> const verbs = verb_names(verb);
  if (verbs.empty()) return usage_error(error.what(), command_of(verb));
  return usage_error(fmt::format("`{}` needs a verb: {}", command_of(verb), fmt::join(verbs, ", ")), command_of(verb));
}

void add_verb(CLI::App& parent, Verb const& verb, Run& run) {
  CLI::App* app = parent.add_subcommand(verb.name, verb.summary)->group("Verbs");
  if (!verb.verbs.empty()) {
    app->require_subcommand(1);
    for (Verb const& inner : verb.verbs) add_verb(*app, inner, run);
    return;
  }
  AppOptions options(*app);
  app->final_callback([&run, chosen_run = verb.declare(options)] { run = chosen_run; });
}

ExitCode parse_and_run(std::vector<Verb> const& verbs, std::vector<std::string> arguments) {
  quiet_on_closed_pipes();
  CLI::App app("Reviews career pathways against policies that people can read, and says why.", "waymark");
  app.set_version_flag(
      "--version", [] { return version_text(); }, "Print version, semantics number and libraries");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.require_subcommand(1);
  app.get_formatter()->label("SUBCOMMAND", "VERB");
  Run run;
  for (Verb const& verb : verbs) add_verb(app, verb, run);
  if (arguments.empty()) {
    talk("{}", app.help());
    return ExitCode::usage;
  }
  if (arguments.front() == "help") {  // `help VERB` is `VERB --help`
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
  }
  std::reverse(arguments.begin(), arguments.end());  // the order in which CLI11 takes them
  try {
    app.parse(std::move(arguments));
  } catch (CLI::CallForHelp const&) {
    out("{}", app.help());
    return ExitCode::done;
  } catch (CLI::CallForVersion const&) {
    out("{}", version_text());
    return ExitCode::done;
  } catch (CLI::ExtrasError const&) {
    return explain_extra(app);
  } catch (CLI::RequiredError const& error) {
    return explain_missing(app, error);
  } catch (CLI::ParseError const& error) {
    return usage_error(error.what(), command_of(chosen(app)));
  }
  return run();
}

}  // namespace

int run(std::vector<Verb> const& verbs, std::vector<std::string> arguments) {
  ExitCode code = parse_and_run(verbs, std::move(arguments));
  // Standard output is data: what could not be written was not done.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    talk("waymark: standard output could not be written\n");
    code = ExitCode::world;
  }
  return static_cast<int>(code);
}

int run(int argc, char const* const* argv) {
  return run(all_verbs(), std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}

}  // namespace waymark::commands
