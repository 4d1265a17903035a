// One line on standard error, written over again and again.
#include "engine/commands/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/commands/environment.hpp"
#include "engine/commands/streams.hpp"

namespace waymark::commands {
namespace {

constexpr double kPause = 0.25;

}  // namespace

// Where standard output is the terminal, too, decisions are shown there as they come.
Progress::Progress(std::uint64_t bytes)
    : wanted_(errors_are_terminal() && !output_is_terminal()), bytes_(bytes), start_(seconds()), last_(start_) {}

void Progress::show(std::size_t done, std::uint64_t bytes_read) {
  if (!wanted_ || seconds() - last_ < kPause) return;
  last_ = seconds();
  shown_ = true;
  double const spent = last_ - start_;
  auto const a_second = static_cast<std::size_t>(static_cast<double>(done) / spent);
  std::string text = fmt::format("{} submissions, {} a second", done, a_second);
  if (bytes_ > 0 && bytes_read > 0) {
    double const share = std::min(1.0, static_cast<double>(bytes_read) / static_cast<double>(bytes_));
    text += fmt::format(", {:.0f} percent, {:.0f} s left", share * 100, spent / share - spent);
  }
  talk("\r{}\x1b[K", text);
}

void Progress::clear() {
  if (shown_) talk("\r\x1b[K");
  shown_ = false;
}

}  // namespace waymark::commands
