// Ctrl-C and closed pipes, with sigaction. The signal comes to any thread: a pipe tells the one that waits for input.
#include "engine/commands/interrupt.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace waymark::commands {
namespace {

std::atomic<bool> signalled = false;
static_assert(std::atomic<bool>::is_always_lock_free, "what a signal may set");
std::array<int, 2> told = {-1, -1};

extern "C" void remember(int) {
  int const error = errno;
  signalled = true;
  static_cast<void>(write(told[1], "", 1) == 1);
  errno = error;
}

// Away from the numbers of standard input and output: where one of these is closed, nobody is to read the pipe for it.
int beside_the_standard_ones(int descriptor) {
  if (descriptor > STDERR_FILENO) return descriptor;
  int const moved = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  close(descriptor);
  return moved;
}

}  // namespace

void watch_interrupts() {
  if (told[0] < 0) {
    if (pipe2(told.data(), O_CLOEXEC | O_NONBLOCK) != 0) told = {-1, -1};
    for (auto& end : told) end = end < 0 ? end : beside_the_standard_ones(end);
  }
  struct sigaction action = {};
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  // What waits to be written goes on being written, whichever thread the signal comes to.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return signalled; }

int ready_when_interrupted() { return told[0]; }

void quiet_on_closed_pipes() { std::signal(SIGPIPE, SIG_DFL); }

}  // namespace waymark::commands
