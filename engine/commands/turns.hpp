// Several threads that each do something by themselves, and something else one after the other.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <thread>

namespace waymark::commands {

/// Lets one thread at a time pass, by a number that each has: 0 first, then 1.
class Turns {
 public:
  using Number = std::uint32_t;  ///< what a kernel waits for by itself; after the last one comes 0 again
  void wait_for(Number number) {
    for (auto turn = turn_.load(); turn != number; turn = turn_.load()) turn_.wait(turn);
  }
  /// The next one may pass.
  void pass() {
    ++turn_;
    turn_.notify_all();
  }

 private:
  std::atomic<Number> turn_ = 0;
};

/// Calls `work` on this thread and, as soon as it says that there is more to do, on another one, and so on: on
/// `threads` threads at most. Returns when all are done.
template <class Work>
void on_threads(std::size_t threads, Work const& work) {
  std::jthread next;
  work([&] {
    if (threads < 2 || next.joinable()) return;
    try {
      next = std::jthread([&, threads] { on_threads(threads - 1, work); });
    } catch (std::system_error const&) {
      // The machine has no thread left: fewer do the same.
    }
  });
}

}  // namespace waymark::commands
