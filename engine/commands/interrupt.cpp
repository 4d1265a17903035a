// Ctrl-C and closed pipes, with sigaction: a read that waits is woken by the signal.
#include "engine/commands/interrupt.hpp"

#include <csignal>

namespace waymark::commands {
namespace {

volatile std::sig_atomic_t signalled = 0;

extern "C" void remember(int) { signalled = 1; }

}  // namespace

void watch_interrupts() {
  struct sigaction action = {};
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return signalled != 0; }

void quiet_on_closed_pipes() { std::signal(SIGPIPE, SIG_DFL); }

}  // namespace waymark::commands
