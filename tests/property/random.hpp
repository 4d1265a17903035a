// Random choices from one seed, the same on every machine. WAYMARK_SEED replaces the seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/environment.hpp"

namespace waymark::property {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
  std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::size_t>(last - first + 1)));
  }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <class T>
  T const& pick(std::vector<T> const& from) {
    return from[below(from.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

inline std::uint64_t seed_of_run() { return tests::number_in_environment("WAYMARK_SEED", 20261121); }
/// The seed of one part of a run, so that a part can be run again by itself.
inline std::uint64_t seed_of_part(std::uint64_t run, std::uint64_t part) {
  return run * 0x9E3779B97F4A7C15ULL + part * 0xD1B54A32D192ED03ULL + 1;
}

}  // namespace waymark::property
