// The members of a list, row by row of a domain: a list field of the record, a List, a Figure that is a list, or a
// Source that is a list.
#pragma once

#include "engine/review/state.hpp"

namespace waymark::review {

class ListReader {
 public:
  ListReader(Run::State& state, check::ListUse const& use, DomainId in);

  Members at(std::size_t row) const;
  /// How surely `word` is a member: no where it is surely none.
  Truth holds(std::size_t row, Steps word) const;

 private:
  Truth figure_holds(std::size_t row, Steps word) const;
  Members fact_members(std::size_t row) const;
  Truth list_holds(MomentId moment, Steps word) const;

  Run::State& state_;
  check::ListUse use_;
  DomainId in_;
  Rows records_;  // of a fact: the record's row
  cases::FieldColumn const* column_ = nullptr;
  cases::FactColumn const* values_ = nullptr;
  CaseLists const* figure_ = nullptr;
  std::vector<ListResult const*> lists_;  // of a List: by moment
  std::vector<std::vector<std::uint8_t>> may_be_absent_;
};

/// What one key of a lookup is bound to.
class KeyReader {
 public:
  /// Of a key that is not bound.
  KeyReader() = default;
  KeyReader(Run::State& state, check::KeyBinding const& binding, DomainId in);

  Members at(std::size_t row) const;
  bool may_repeat() const { return may_repeat_; }

 private:
  std::optional<Column> value_;
  std::optional<ListReader> list_;
  bool may_repeat_ = false;
};

}  // namespace waymark::review
