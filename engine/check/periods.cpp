// Periods of blocks: read, compared with the policy's, and cut into epochs.
#include "engine/check/periods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "engine/check/units.hpp"

namespace waymark::check {
namespace {

using grammar::Block;
using grammar::BlockKind;
using grammar::ClauseKind;
using grammar::Code;
using values::Date;

grammar::DateRange const* in_force(Block const& block) {
  for (auto const& clause : block.clauses) {
    auto const* range = std::get_if<grammar::DateRange>(&clause.body);
    if (clause.kind == ClauseKind::in_force && range != nullptr) return range;
  }
  return nullptr;
}

bool has_own_period(Block const& block) { return block.kind != BlockKind::policy && block.kind != BlockKind::note; }

void check_range(grammar::DateRange const& range, grammar::Diagnostics& diagnostics) {
  auto const from = values::read_date(range.from);
  auto const through = values::read_date(range.through);
  bool const bad_from = !range.from.empty() && !from;
  if (bad_from || (!range.through.empty() && !through)) {
    diagnostics.push_back(grammar::diagnose(
        Code::not_a_day, range.span,
        fmt::format("`{}` is not a day of the calendar", bad_from ? range.from : range.through), kDay));
  } else if (from && through && *through < *from) {
    diagnostics.push_back(grammar::diagnose(Code::period_backwards, range.span, "This period ends before it begins",
                                            "Exchange the two dates."));
  }
}

void check_never(Block const& block, Extent const& period, grammar::Diagnostics& diagnostics) {
  auto const own = period_of(block);
  if (!own) return;
  bool const before = own->through && *own->through < period.from;
  bool const after = own->from && period.through && *own->from > *period.through;
  if (!before && !after) return;
  diagnostics.push_back(
      grammar::diagnose(Code::never_in_force, in_force(block)->span,
                        fmt::format("`{}` is never in force, because the policy {}", block.name.text,
                                    before ? fmt::format("begins on {}", values::write_date(period.from))
                                           : fmt::format("ends on {}", values::write_date(*period.through))),
                        "Give it dates of the policy, or leave it out."));
}

struct Dated {
  Block const* block;
  Period period;
};

// A day between two blocks of one name is a day on which the policy cannot be read.
void check_gap(Dated const& one, Dated const& next, Extent const& policy, grammar::Diagnostics& diagnostics) {
  auto const& end = one.period.through;
  auto const& begin = next.period.from;
  if (!end || !begin || values::add_days(*end, 1) >= *begin || *begin <= policy.from) return;
  auto diagnostic = grammar::diagnose(
      Code::not_in_force_then, next.block->name.span,
      fmt::format("`{}` is not in force from {} through {}", one.block->name.text,
                  values::write_date(values::add_days(*end, 1)), values::write_date(values::add_days(*begin, -1))),
      "Let the blocks of one name follow each other.");
  diagnostic.secondary.push_back({one.block->name.span, "the block before it"});
  diagnostics.push_back(std::move(diagnostic));
}

void check_gaps(grammar::File const& policy, Extent const& period, grammar::Diagnostics& diagnostics) {
  std::map<std::string, std::vector<Dated>> by_name;
  for (auto const& block : policy.blocks) {
    bool const named = has_own_period(block) && block.kind != BlockKind::example && block.kind != BlockKind::decision;
    if (named && !block.name.empty()) by_name[block.name.key].push_back({&block, period_of(block).value_or(Period{})});
  }
  for (auto& [name, blocks] : by_name) {
    std::stable_sort(blocks.begin(), blocks.end(), [](Dated const& a, Dated const& b) {
      return a.period.from.value_or(Date{INT32_MIN}) < b.period.from.value_or(Date{INT32_MIN});
    });
    for (std::size_t i = 0; i + 1 < blocks.size(); ++i) check_gap(blocks[i], blocks[i + 1], period, diagnostics);
  }
}

}  // namespace

std::optional<Period> period_of(Block const& block) {
  auto const* range = in_force(block);
  if (range == nullptr) return std::nullopt;
  return Period{values::read_date(range->from), values::read_date(range->through)};
}

std::optional<Extent> period_of_policy(Block const& policy, grammar::Diagnostics& diagnostics) {
  auto const before = diagnostics.size();
  if (auto const* range = in_force(policy)) check_range(*range, diagnostics);
  if (diagnostics.size() != before) return std::nullopt;
  auto const own = period_of(policy);
  if (own && own->from) return Extent{*own->from, own->through};
  if (!policy.faulty) {
    auto diagnostic =
        grammar::diagnose(Code::in_force_needed, policy.head, "The policy does not say from when it is in force",
                          "Add a line: `In force: from 2024-07-01`.");
    diagnostic.edit =
        grammar::Edit{{policy.head.file, policy.head.end, policy.head.end}, "\n  In force: from 2024-07-01"};
    diagnostics.push_back(std::move(diagnostic));
  }
  return std::nullopt;
}

void check_periods(grammar::File const& policy, Extent const& period, grammar::Diagnostics& diagnostics) {
  for (auto const& block : policy.blocks) {
    auto const* range = in_force(block);
    if (range == nullptr || !has_own_period(block)) continue;
    auto const before = diagnostics.size();
    check_range(*range, diagnostics);
    if (diagnostics.size() == before) check_never(block, period, diagnostics);
  }
  check_gaps(policy, period, diagnostics);
}

std::vector<Extent> epochs_of(grammar::File const& policy, std::vector<grammar::File const*> const& layers,
                              Extent const& period) {
  std::set<Date> begins{period.from};
  auto const begin = [&](std::optional<Date> date) {
    if (date && period.holds(*date)) begins.insert(*date);
  };
  auto const begin_and_end = [&](Block const& block) {
    auto const own = block.kind == BlockKind::example ? std::nullopt : period_of(block);
    if (!own) return;
    begin(own->from);
    if (own->through) begin(values::add_days(*own->through, 1));
  };
  for (auto const& block : policy.blocks) {
    if (has_own_period(block)) begin_and_end(block);
  }
  for (auto const* layer : layers) {
    for (auto const& block : layer->blocks) begin_and_end(block);
  }
  std::vector<Extent> out;
  for (auto const date : begins) {
    if (!out.empty()) out.back().through = values::add_days(date, -1);
    out.push_back({date, period.through});
  }
  return out;
}

}  // namespace waymark::check
