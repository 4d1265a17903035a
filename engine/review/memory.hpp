// The memory of a run: what a batch needs is handed out piece by piece and taken back all at once, so that from the
// second batch on nothing is allocated.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace waymark::review {

class Memory {
 public:
  /// Values that mean nothing before they are set.
  template <class T>
  std::span<T> array(std::size_t size) {
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T> && alignof(T) <= kAlignment);
    // Bytes in which objects come to be by being set (C++20, [intro.object]).
    return {static_cast<T*>(static_cast<void*>(bytes(size * sizeof(T)))), size};
  }
  template <class T>
  std::span<T> filled(std::size_t size, T value) {
    auto const out = array<T>(size);
    std::fill(out.begin(), out.end(), value);
    return out;
  }
  template <class T>
  std::span<std::remove_const_t<T>> copy(std::span<T> of) {
    auto const out = array<std::remove_const_t<T>>(of.size());
    std::copy(of.begin(), of.end(), out.begin());
    return out;
  }

  /// Takes everything back.
  void reset();

 private:
  static constexpr std::size_t kAlignment = 16;
  static constexpr std::size_t kFirst = std::size_t{1} << 16;

  std::byte* bytes(std::size_t size) {
    size = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (size > left_) grow(size);
    auto* const out = next_;
    next_ += size;
    left_ -= size;
    return out;
  }
  void grow(std::size_t size);

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };
  std::vector<Block> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace waymark::review
