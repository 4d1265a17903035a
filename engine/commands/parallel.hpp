// Work on several threads at once, by the number of the piece of work.
#pragma once

#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace waymark::commands {

/// Calls `work(i)` for each i below `count`, on at most `threads` threads, and returns when all are done.
template <class Work>
void in_parallel(std::size_t count, std::size_t threads, Work const& work) {
  std::atomic<std::size_t> next = 0;
  auto const until_done = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  try {
    for (std::size_t i = 1; i < threads && i < count; ++i) others.emplace_back(until_done);
  } catch (std::system_error const&) {
    // The machine has no thread left: fewer do the same.
  }
  until_done();
}

}  // namespace waymark::commands
