// What keeps cases from being reviewed, gathered while columns are computed and kept with them, so that whoever reads a
// column meets its faults, whether it was computed before or not.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace waymark::review {

/// At most one fault a case: the first that is met.
class Faults {
 public:
  void add(std::uint32_t case_index, std::string text) {
    auto const at = place(case_index);
    if (at == all_.end() || at->first != case_index) all_.emplace(at, case_index, std::move(text));
  }
  void add(Faults const& other) {
    for (auto const& fault : other.all_) add(fault.first, fault.second);
  }
  /// Only those of cases for which `used` holds.
  template <class Used>
  void add_where(Faults const& other, Used used) {
    for (auto const& fault : other.all_) {
      if (used(fault.first)) add(fault.first, fault.second);
    }
  }
  bool empty() const { return all_.empty(); }
  std::string const* of(std::uint32_t case_index) const {
    auto const at = std::lower_bound(all_.begin(), all_.end(), case_index,
                                     [](auto const& fault, std::uint32_t index) { return fault.first < index; });
    return at == all_.end() || at->first != case_index ? nullptr : &at->second;
  }
  std::string const& first() const { return all_.front().second; }

 private:
  std::vector<std::pair<std::uint32_t, std::string>>::iterator place(std::uint32_t case_index) {
    return std::lower_bound(all_.begin(), all_.end(), case_index,
                            [](auto const& fault, std::uint32_t index) { return fault.first < index; });
  }

  std::vector<std::pair<std::uint32_t, std::string>> all_;  // by case, ascending
};

}  // namespace waymark::review
