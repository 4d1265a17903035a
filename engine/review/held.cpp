// Facts that are held: columns, parts of lists and what was looked up, in memory of their own.
#include "engine/review/held.hpp"

#include <algorithm>

namespace waymark::review {

HeldFacts::HeldFacts(cases::Batch const& batch)
    : some_fault_(std::any_of(batch.origins.begin(), batch.origins.end(),
                              [](auto const& origin) { return !origin.fault.empty(); })) {}

Column const& HeldFacts::column(cases::FactColumn const& values) {
  auto const [at, is_new] = columns_.try_emplace(&values);
  if (is_new) at->second = column_of(values, memory_);
  return at->second;
}

std::optional<ListParts> const& HeldFacts::list_parts(cases::FieldColumn const& list, bool may_repeat) {
  auto const [at, is_new] = lists_.try_emplace(&list);
  if (is_new) at->second = list_parts_of(list, list.values, std::nullopt, may_repeat, memory_);
  return at->second;
}

Column const* HeldFacts::lookup(HeldLookup const& asked) const {
  auto const at = std::find_if(lookups_.begin(), lookups_.end(), [&](auto const& one) { return one.first == asked; });
  return at == lookups_.end() ? nullptr : &at->second;
}

void HeldFacts::keep(HeldLookup const& asked, Column const& found) {
  if (lookups_.size() < kMostLookups) lookups_.emplace_back(asked, found.copied(memory_));
}

HeldCases::HeldCases(cases::Batch held)
    : batch_(std::make_unique<cases::Batch>(std::move(held))), facts_(std::make_unique<HeldFacts>(*batch_)) {}
HeldCases::~HeldCases() = default;
HeldCases::HeldCases(HeldCases&&) noexcept = default;
HeldCases& HeldCases::operator=(HeldCases&&) noexcept = default;

}  // namespace waymark::review
