// Which cases stand alike: what a row of truths comes to is looked up by the truths themselves.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/review/memory.hpp"
#include "engine/values/truth.hpp"

namespace waymark::review {

/// Numbers the different rows of several columns of truths, in the order in which they are first seen.
class Patterns {
 public:
  using Id = std::uint32_t;

  /// By row its number; those of earlier calls with as many columns keep theirs.
  std::span<Id const> of(std::span<std::span<values::Truth const> const> columns, std::size_t rows, Memory& memory);
  /// How many different rows were seen.
  std::size_t size() const { return levels_.empty() ? 1 : levels_.back().size(); }
  void clear() { levels_.clear(); }

 private:
  static constexpr std::uint64_t kNoKey = ~std::uint64_t{0};  // no key is that

  // From a key to its number, by open addressing.
  class Level {
   public:
    Level();
    Id number(std::uint64_t key);
    std::size_t size() const { return size_; }

   private:
    std::size_t slot(std::uint64_t key) const;
    void grow();

    struct Entry {
      std::uint64_t key = kNoKey;
      Id id = 0;
    };
    std::vector<Entry> entries_;
    Id size_ = 0;
  };

  std::vector<Level> levels_;  // so many columns at a time as a key holds, beside the number of what stands before them
};

}  // namespace waymark::review
