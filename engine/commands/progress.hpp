// How far a long run is: rate, share and time left, on a terminal only.
#pragma once

#include <cstdint>

namespace waymark::commands {

class Progress {
 public:
  /// `bytes` of all inputs together; 0 where it is not known.
  explicit Progress(std::uint64_t bytes);
  /// Written over again at most four times a second.
  void show(std::size_t done, std::uint64_t bytes_read);
  /// Takes the line away.
  void clear();

 private:
  bool wanted_;
  bool shown_ = false;
  std::uint64_t bytes_;
  double start_;
  double last_ = 0;
};

}  // namespace waymark::commands
