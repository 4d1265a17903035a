// The value at a key into its field's column, by the field's layout.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "engine/cases/store.hpp"
#include "engine/cases/units.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;
using values::Known;
using vocabulary::Kind;

bool says_none(Node const& node) {
  if (node.shape == Shape::no) return true;
  auto const text = is_text(node) ? trimmed(node.text) : std::string_view();
  return text == "none" || text == "None" || text == "NONE";
}

// The reason of {"missing": "suppressed"}, where that is all there is.
std::optional<Known> whole_list_missing(Tree const& tree, NodeId node) {
  if (tree[node].shape != Shape::object || parts(tree, node).empty()) return std::nullopt;
  auto const first = *parts(tree, node).begin();
  if (tree[first].next != tree[node].next || tree[first].key != "missing" || !is_text(tree[first])) return std::nullopt;
  return read_reason(tree[first].text);
}

}  // namespace

bool Storer::field(NodeId part, Target target) {
  auto const position = target.meaning.field;
  auto const& plan = plans_[target.columns.record][position];
  auto& column = target.columns.fields[position];
  switch (plan.layout) {
    case Layout::single:
    case Layout::per_choice: return single(part, target, plan);
    case Layout::yearly: return yearly(part, target, plan);
    case Layout::list: return list(part, column, plan);
    case Layout::record_list: return record_list(part, column, plan);
    case Layout::record: return nested(part, column, plan);
  }
  return true;
}

bool Storer::single(NodeId part, Target target, FieldPlan const& plan) {
  auto& column = target.columns.fields[target.meaning.field].values;
  auto const at = column.size() - plan.entries + target.meaning.entry;
  if (column.known[at] != Known::not_submitted) return twice(part);
  Value value;
  if (!read_value(*reading_, part, *plan.field, value)) return false;
  cell_at(column, at).put(value);
  return true;
}

bool Storer::yearly(NodeId part, Target target, FieldPlan const& plan) {
  WAYMARK_CHECK(target.year, "a yearly value without its year");
  YearCell cell{target.meaning.field, target.meaning.entry, *target.year, part, {}};
  if (!read_value(*reading_, part, *plan.field, cell.value)) return false;
  if (cell.value.known != Known::not_submitted) year_cells_.push_back(cell);
  return true;
}

// The years of all yearly fields of the last row, sorted.
bool Storer::file_years(RecordColumns& columns, std::size_t base) {
  if (year_cells_.size() == base) return true;
  auto const begin = year_cells_.begin() + static_cast<std::ptrdiff_t>(base);
  auto const place = [](YearCell const& cell) { return std::tuple(cell.field, cell.entry, cell.year); };
  std::sort(begin, year_cells_.end(), [&](auto const& a, auto const& b) { return place(a) < place(b); });
  auto const again =
      std::adjacent_find(begin, year_cells_.end(), [&](auto const& a, auto const& b) { return place(a) == place(b); });
  if (again != year_cells_.end()) return twice(std::max(again->node, (again + 1)->node));
  auto cell = begin;
  while (cell != year_cells_.end()) {
    auto const field = cell->field;
    auto& column = columns.fields[field];
    auto const entries = plans_[columns.record][field].entries;
    for (std::size_t entry = 0; entry < entries; ++entry) {
      for (; cell != year_cells_.end() && cell->field == field && cell->entry == entry; ++cell) {
        column.years.push_back(cell->year);
        column.values.add(cell->value.lowest, cell->value.highest, cell->value.known);
      }
      column.offsets[column.offsets.size() - entries + entry] = static_cast<std::uint32_t>(column.values.size());
    }
  }
  year_cells_.resize(base);
  return true;
}

bool Storer::list(NodeId part, FieldColumn& column, FieldPlan const& plan) {
  auto const& node = (*tree_)[part];
  if (column.list_known.back() != Known::not_submitted) return twice(part);
  if (is_nothing(node)) return true;
  if (auto const reason = whole_list_missing(*tree_, part)) {
    column.list_known.back() = *reason;
    return true;
  }
  bool const code = plan.field->quantity.type.kind == Kind::code;
  auto const begin = column.values.size();
  if (node.shape == Shape::list) {
    for (auto const item : parts(*tree_, part)) {
      if (!list_item(item, column, plan)) return false;
    }
  } else if (!(code && says_none(node)) && !list_item(part, column, plan)) {
    return false;
  }
  if (code) sort_codes(column, begin);
  column.list_known.back() = Known::exactly;
  column.offsets.back() = static_cast<std::uint32_t>(column.values.size());
  return true;
}

bool Storer::list_item(NodeId part, FieldColumn& column, FieldPlan const& plan) {
  auto const& node = (*tree_)[part];
  if (is_nothing(node)) {
    return reading_->refuse(Code::empty_list_item, part, fmt::format("`{}` is empty.", path_to(*tree_, part)),
                            "Leave the item out of its list.");
  }
  Value value;
  if (!read_value(*reading_, part, *plan.field, value)) return false;
  if (plan.field->quantity.type.kind == Kind::code && value.known != Known::exactly) {
    return reading_->refuse_value(Code::value_of_other_kind, part, "where a code is needed.",
                                  "If the list is not known, say so of the whole list.");
  }
  column.values.add(value.lowest, value.highest, value.known);
  return true;
}

// A set: in the order of the codes as written, each once.
void Storer::sort_codes(FieldColumn& column, std::size_t begin) {
  auto const first = column.values.lowest.begin() + static_cast<std::ptrdiff_t>(begin);
  auto const& symbols = setting_.symbols;
  std::sort(first, column.values.lowest.end(), [&](values::Steps a, values::Steps b) {
    return symbols.text(static_cast<values::Symbol>(a)) < symbols.text(static_cast<values::Symbol>(b));
  });
  column.values.lowest.erase(std::unique(first, column.values.lowest.end()), column.values.lowest.end());
  column.values.highest.resize(begin);
  column.values.known.resize(begin);
  column.values.highest.insert(column.values.highest.end(),
                               column.values.lowest.begin() + static_cast<std::ptrdiff_t>(begin),
                               column.values.lowest.end());
  column.values.known.resize(column.values.lowest.size(), Known::exactly);
}

bool Storer::record_list(NodeId part, FieldColumn& column, FieldPlan const& plan) {
  auto const& node = (*tree_)[part];
  if (column.list_known.back() != Known::not_submitted) return twice(part);
  if (is_nothing(node)) return true;
  if (auto const reason = whole_list_missing(*tree_, part)) {
    column.list_known.back() = *reason;
    return true;
  }
  if (node.shape == Shape::list) {
    for (auto const item : parts(*tree_, part)) {
      if (!record_item(item, column, plan)) return false;
    }
  } else if (!says_none(node) && !record_item(part, column, plan)) {
    return false;
  }
  column.list_known.back() = Known::exactly;
  column.offsets.back() = static_cast<std::uint32_t>(column.members.front().rows);
  return true;
}

bool Storer::record_item(NodeId part, FieldColumn& column, FieldPlan const& plan) {
  auto const& node = (*tree_)[part];
  if (is_nothing(node)) {
    return reading_->refuse(Code::empty_list_item, part, fmt::format("`{}` is empty.", path_to(*tree_, part)),
                            "Leave the item out of its list.");
  }
  if (node.shape != Shape::object) {
    return reading_->refuse_value(Code::value_of_other_kind, part,
                                  fmt::format("not {}.", expected_words(*plan.field, setting_.vocabulary)));
  }
  auto& members = column.members.front();
  add_missing_row(members, setting_.vocabulary);
  return record(keys_.of(members.record), part, members);
}

bool Storer::nested(NodeId part, FieldColumn& column, FieldPlan const& plan) {
  auto const& node = (*tree_)[part];
  if (column.presence.back() != FieldColumn::Presence::unknown) return twice(part);
  if (is_nothing(node)) return true;
  if (says_none(node)) {
    column.presence.back() = FieldColumn::Presence::none;
    return true;
  }
  if (node.shape != Shape::object) {
    return reading_->refuse_value(Code::value_of_other_kind, part,
                                  fmt::format("not {}.", expected_words(*plan.field, setting_.vocabulary)),
                                  "If there is none, write \"none\".");
  }
  column.presence.back() = FieldColumn::Presence::there;
  auto& members = column.members.front();
  return record(keys_.of(members.record), part, members);
}

}  // namespace waymark::cases
