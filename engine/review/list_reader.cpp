// Lists of four kinds, read alike.
#include "engine/review/list_reader.hpp"

#include <algorithm>

namespace waymark::review {

using check::kNone;
using check::ListUse;

ListReader::ListReader(Run::State& state, ListUse const& use, DomainId in) : state_(state), use_(use), in_(in) {
  if (use.of == ListUse::Of::fact) {
    records_ = state.kept_records(use.fact, in);
    column_ = &state.field_column(use.fact);
    values_ = &state.checked(use.fact);
  } else if (use.of == ListUse::Of::figure) {
    figure_ = &state.list_figure(use.which);
  } else if (use.of == ListUse::Of::list) {
    for (MomentId m = 0; m < state.moments.size(); ++m) {
      auto const& result = state.list(use.which, m);
      lists_.push_back(&result);
      auto& absent = may_be_absent_.emplace_back();
      for (auto const word : result.members) absent.push_back(result.by_word.at(word) == values::kYes ? 0 : 1);
    }
    state.use_list(use.which, in);
  }
}

Members ListReader::fact_members(std::size_t row) const {
  auto const record = records_[row];
  auto const begin = column_->offsets[record];
  auto const size = column_->offsets[record + 1] - begin;
  return {std::span(values_->lowest).subspan(begin, size),
          std::span(values_->highest).subspan(begin, size),
          std::span(column_->values.lowest).subspan(begin, size),
          {},
          column_->list_known[record] != values::Known::exactly};
}

Members ListReader::at(std::size_t row) const {
  if (use_.of == ListUse::Of::fact) return fact_members(row);
  if (use_.of == ListUse::Of::figure) return figure_->at(state_.domain(in_).case_of[row]);
  auto const moment = state_.moment(in_, row);
  if (use_.of == ListUse::Of::list) {
    auto const& result = *lists_[moment];
    return {result.members, result.members, {}, may_be_absent_[moment], result.and_more};
  }
  auto const* table = state_.table(static_cast<vocabulary::SourceId>(use_.which), moment);
  if (table == nullptr) return {{}, {}, {}, {}, true};
  return {table->members(), table->members(), {}, table->untold_members(), table->rows_lost()};
}

// A code without a row of its own is no surer off a List than its partners in another edition are.
Truth ListReader::list_holds(MomentId moment, Steps word) const {
  auto const& result = *lists_[moment];
  if (auto const found = result.by_word.find(word); found != result.by_word.end()) return found->second;
  if (result.and_more) return values::kCannotBeTold;
  auto const key = state_.program.lists[use_.which].key;
  for (auto const& partner : state_.partners(state_.source_of(use_.which), key, word, moment)) {
    if (values::may_be(result.by_word.at(partner.code), values::kYes)) return values::kCannotBeTold;
  }
  return values::kNo;
}

Truth ListReader::figure_holds(std::size_t row, Steps word) const {
  auto const members = at(row);
  for (std::size_t i = 0; i < members.lowest.size(); ++i) {
    if (members.lowest[i] == word) return members.may_be_absent[i] == 0 ? values::kYes : values::kCannotBeTold;
  }
  return members.and_more ? values::kCannotBeTold : values::kNo;
}

Truth ListReader::holds(std::size_t row, Steps word) const {
  if (use_.of == ListUse::Of::figure) return figure_holds(row, word);
  if (use_.of == ListUse::Of::list) {
    return list_holds(state_.moment(in_, row), word);
  }
  if (use_.of == ListUse::Of::source) {
    auto const source = static_cast<vocabulary::SourceId>(use_.which);
    auto const moment = state_.moment(in_, row);
    auto const* table = state_.table(source, moment);
    if (table == nullptr) return values::kCannotBeTold;
    auto const at = table->find(std::span(&word, 1));
    if (at != kNoRow) return table->is_untold(at) ? values::kCannotBeTold : values::kYes;
    bool const untold = table->rows_lost() || state_.is_held_otherwise(source, moment, std::span(&word, 1));
    return untold ? values::kCannotBeTold : values::kNo;
  }
  auto const members = fact_members(row);
  if (members.and_more) return values::kCannotBeTold;
  Truth out = values::kNo;
  for (std::size_t i = 0; i < members.lowest.size(); ++i) {
    if (members.lowest[i] > word || members.highest[i] < word) continue;
    if (members.lowest[i] == members.highest[i]) return values::kYes;
    out = values::kCannotBeTold;
  }
  return out;
}

KeyReader::KeyReader(Run::State& state, check::KeyBinding const& binding, DomainId in) {
  WAYMARK_CHECK(binding.list || binding.value != kNone, "a lookup with a key that is not bound");
  if (!binding.list) {
    value_ = state.value(binding.value, in).widened(state.memory);
    return;
  }
  list_.emplace(state, *binding.list, in);
  bool const of_fact = binding.list->of == ListUse::Of::fact;
  may_repeat_ = of_fact && state.field(binding.list->fact).quantity.type.kind != vocabulary::Kind::code;
}

Members KeyReader::at(std::size_t row) const {
  if (list_) return list_->at(row);
  if (!value_) return {};
  return {value_->lowest(row), value_->highest(row), {}, {}, false};
}

}  // namespace waymark::review
