// The evidence of the speed workload as a program written for it alone holds it: codes as small numbers, figures in
// arrays that those numbers index.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace hand_written {

inline constexpr std::int32_t kMissing = std::numeric_limits<std::int32_t>::min();

/// Says why and ends the program: a file of another workload is no business of this one's.
[[noreturn]] void stop(std::string_view why);

/// Numbers from 1 for codes of at most eight bytes; 0 for any other code. A code is looked up as one integer.
class Codes {
 public:
  Codes() : words_(kSlots), numbers_(kSlots) {}
  std::uint32_t add(std::string_view code);
  std::uint32_t find(std::uint64_t word) const {
    auto slot = slot_of(word);
    while (words_[slot] != word && numbers_[slot] != 0) slot = (slot + 1) % kSlots;
    return numbers_[slot];
  }
  std::uint32_t find(std::string_view code) const { return find(word_of(code)); }
  /// One more than the greatest number given.
  std::uint32_t size() const { return count_ + 1; }

 private:
  static constexpr std::size_t kSlots = 1024;
  static std::uint64_t word_of(std::string_view code) {
    std::uint64_t word = 0;
    std::memcpy(&word, code.data(), code.size() < sizeof word ? code.size() : sizeof word);
    return word;
  }
  static std::size_t slot_of(std::uint64_t word) { return (word * 0x9E3779B97F4A7C15U >> 40) % kSlots; }

  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> numbers_;
  std::uint32_t count_ = 0;
};

struct Tables {
  static constexpr std::uint32_t kRegions = 16;
  /// The place of an occupation (or a program) and a region in the columns below.
  static constexpr std::size_t at(std::uint32_t code, std::uint32_t region) { return code * kRegions + region; }

  Codes occupations, programs, regions, credentials;
  std::vector<std::int32_t> median_wage, entry_wage, openings, growth;  ///< by occupation and region
  std::vector<std::int32_t> completions;                                ///< by program and region
  std::vector<std::int32_t> living_wage;                                ///< by region
  std::vector<std::array<std::uint64_t, 4>> priority;                   ///< by program: a bit for each credential

  bool listed(std::uint32_t program, std::uint32_t credential) const {
    return (priority[program][credential / 64] >> credential % 64 & 1U) != 0;
  }
};
Tables read_tables(std::string const& folder);

}  // namespace hand_written
