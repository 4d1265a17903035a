// The seam to what surrounds the program.
#include "engine/commands/environment.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace waymark::commands {

std::optional<std::string> variable(std::string const& name) {
  char const* const value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nothing sets one
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

values::Date today() {
  auto const day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return {static_cast<std::int32_t>(day.time_since_epoch().count())};
}

std::string now() {
  auto const moment = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto const day = std::chrono::floor<std::chrono::days>(moment);
  std::chrono::hh_mm_ss const time(moment - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z",
                     values::write_date({static_cast<std::int32_t>(day.time_since_epoch().count())}),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::int64_t seconds_since_1970() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count();
}

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

bool output_is_terminal() { return isatty(STDOUT_FILENO) != 0; }
bool errors_are_terminal() { return isatty(STDERR_FILENO) != 0; }

unsigned processors() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace waymark::commands
