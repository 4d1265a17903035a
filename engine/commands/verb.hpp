// What a verb of the program is: its name, what it takes, what it does. A verb never sees the command-line library.
// To add one: write engine/commands/<verb>.cpp with a function `Verb <verb>_verb()` (doctor.cpp shows how), declare
// that in verbs.hpp and list it in verbs.cpp. A verb prints with streams.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::commands {

// What the program's exit codes mean; scripts hold to them.
enum class ExitCode : int {
  done = 0,
  findings = 1,
  usage = 2,
  unreadable = 3,
  world = 4,
  integrity = 5,
  interrupted = 130,
};

enum class Need { optional, required };

// How a verb says what it takes. A name is "--format" or "-o,--output" for an option, "POLICY" for an argument that
// stands by its place. The variables named here are filled before the verb runs, so they must live as long as its Run.
class Options {
 public:
  virtual ~Options() = default;

  virtual void flag(std::string const& name, bool& value, std::string const& help) = 0;
  virtual void value(std::string const& name, std::string& value, std::string const& help,
                     Need need = Need::optional) = 0;
  virtual void value(std::string const& name, std::optional<std::string>& value, std::string const& help) = 0;
  virtual void value(std::string const& name, std::optional<std::uint32_t>& value, std::string const& help) = 0;
  // May be given again and again: one value each time as an option, any number of them as an argument by place.
  virtual void values(std::string const& name, std::vector<std::string>& values, std::string const& help,
                      Need need = Need::optional) = 0;
  // One of `allowed`; anything else is a usage error that lists them.
  virtual void choice(std::string const& name, std::string& value, std::vector<std::string> const& allowed,
                      std::string const& help) = 0;
};

using Run = std::function<ExitCode()>;

struct Verb {
  std::string name;
  std::string summary;
  std::function<Run(Options&)> declare;
  std::vector<Verb> verbs = {};  // `evidence list`: a verb that has verbs of its own declares nothing itself
};

}  // namespace waymark::commands
