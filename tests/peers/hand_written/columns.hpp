// The workload in memory: a column of 16-bit numbers for each value, decided 512 at a time by loops without branches,
// which the compiler turns into wide instructions.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tests/peers/hand_written/decide.hpp"

namespace hand_written {

class Columns {
 public:
  /// Evidence is worked out once for each occupation and region, so that a submission only gathers it.
  explicit Columns(Tables const& tables);
  void add(Submission const& submission);
  std::size_t size() const { return program_.size(); }
  /// Decisions as columns.
  struct Decided {
    std::vector<std::uint16_t> met, not_met;
    std::vector<std::uint8_t> outcome;
    void resize(std::size_t count) {
      met.resize(count);
      not_met.resize(count);
      outcome.resize(count);
    }
  };
  /// Decides all submissions into columns that are as long; allocates nothing.
  void decide(Decided& into) const;

 private:
  using Column = std::vector<std::int16_t>;
  struct Block;
  void by_evidence(Block& block) const;
  void by_credentials(Block& block) const;
  void by_own_values(Block& block) const;
  void by_groups(Block& block) const;
  void outcomes(Block const& block, Decided& into) const;

  std::vector<std::uint32_t> outlook_;     // by occupation and region: see columns.cpp
  std::vector<std::int32_t> completions_;  // by program and region
  std::vector<std::uint32_t> priority_;    // by program: eight words of bits
  std::int16_t no_occupation_ = 0;

  std::array<Column, 3> occupation_;
  std::array<Column, 4> credential_;
  std::array<Column, 5> rate_, group_size_;
  Column program_, region_, type_, is_new_, credentials_known_, credits_, articulation_, hours_, enrollment_,
      concentrators_, completers_, meetings_, overall_rate_, years_below_;
  std::vector<std::int32_t> last_decision_;
};

}  // namespace hand_written
