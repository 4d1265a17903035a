// A row ends on its last day, or on the day before the next one of its class.
#include "engine/check/past_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "engine/check/walk.hpp"

namespace waymark::check {
namespace {

using values::Date;

/// The thresholds that a program reads as they were in earlier years: they, or what asks for them, stand in a window,
/// in a figure for each year or in a value of a given year; or they are dated by another date.
class EarlierYears {
 public:
  explicit EarlierYears(Program const& program) : program_(program) {
    for (auto const& figure : program.figures) {
      if (std::any_of(figure.each.begin(), figure.each.end(), [&](RangeId id) { return is_years(id); })) below(figure);
    }
    for (ThresholdId id = 0; id < program.thresholds.size(); ++id) {
      auto const& threshold = program.thresholds[id];
      if (!threshold.each.empty() || threshold.dated_by != kNone) found_.insert(id);
    }
    for (auto const& condition : program.conditions) {
      if (auto const* window = std::get_if<Windowed>(&condition.node)) condition_below(window->body);
    }
    for (auto const& value : program.values) {
      if (auto const* of = std::get_if<InYear>(&value.node)) value_below(of->of);
      if (auto const* years = std::get_if<YearsAggregate>(&value.node)) value_below(years->of);
    }
  }

  bool read(ThresholdId id) const { return found_.contains(id); }

 private:
  bool is_years(RangeId id) const { return program_.ranges[id].of == Range::Of::years; }

  void value_below(ValueId id) {
    walk_value(
        program_, id, [&](ValueId value) { named(value); }, [](ConditionId) {});
  }
  void condition_below(ConditionId id) {
    walk_condition(
        program_, id, [&](ValueId value) { named(value); }, [](ConditionId) {});
  }
  void named(ValueId id) {
    auto const& node = program_.values[id].node;
    if (auto const* figure = std::get_if<FigureRef>(&node); figure && figures_.insert(figure->figure).second) {
      below(program_.figures[figure->figure]);
    }
    auto const* threshold = std::get_if<ThresholdRef>(&node);
    if (threshold && found_.insert(threshold->threshold).second) below(program_.thresholds[threshold->threshold]);
  }
  template <class Definition>
  void below(Definition const& definition) {
    children(
        definition, [&](ValueId id) { value_below(id); }, [&](ConditionId id) { condition_below(id); });
  }

  Program const& program_;
  std::set<FigureId> figures_;
  std::set<ThresholdId> found_;
};

auto class_of(ThresholdRow const& row) { return std::tie(row.otherwise, row.entry, row.text, row.step); }

std::optional<Date> last_day(Threshold const& threshold, ThresholdRow const& row) {
  auto end = row.through;
  for (auto const& next : threshold.rows) {
    if (class_of(next) != class_of(row) || next.from <= row.from) continue;
    auto const before = values::add_days(next.from, -1);
    end = end ? std::min(*end, before) : before;
  }
  return end;
}

bool said_of(grammar::Block const& block, grammar::Diagnostics const& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [&](grammar::Diagnostic const& diagnostic) {
    auto const place = diagnostic.primary.span;
    return place.file == block.span.file && block.span.begin <= place.begin && place.begin <= block.span.end;
  });
}

}  // namespace

void check_past_rows(grammar::File const& policy, Extent const& period, std::vector<Epoch> const& epochs,
                     grammar::Diagnostics& diagnostics) {
  std::set<grammar::Span> read;  // rows that some epoch may come to
  std::vector<std::pair<Threshold const*, ThresholdRow const*>> past;
  for (auto const& epoch : epochs) {
    EarlierYears const earlier(*epoch.program);
    for (ThresholdId id = 0; id < epoch.program->thresholds.size(); ++id) {
      auto const& threshold = epoch.program->thresholds[id];
      for (auto const& row : threshold.rows) {
        auto const end = last_day(threshold, row);
        if (earlier.read(id) || !end || *end >= period.from) {
          read.insert(row.span);
        } else {
          past.emplace_back(&threshold, &row);
        }
      }
    }
  }
  for (auto const& one_past : past) {
    auto const* threshold = one_past.first;
    auto const* row = one_past.second;
    if (row->span.file != policy.id || !read.insert(row->span).second) continue;
    auto const block = std::find_if(policy.blocks.begin(), policy.blocks.end(), [&](grammar::Block const& one) {
      return one.span.begin <= row->span.begin && row->span.end <= one.span.end;
    });
    if (block == policy.blocks.end() || block->faulty || said_of(*block, diagnostics)) continue;
    diagnostics.push_back(grammar::diagnose(
        grammar::Code::threshold_row_past, row->span,
        fmt::format("This row of `{}` ended on {}, and the policy begins on {}", threshold->shown,
                    values::write_date(*last_day(*threshold, *row)), values::write_date(period.from)),
        "It never applies, and no window looks back to it. Leave it out, or let the policy begin earlier."));
  }
}

}  // namespace waymark::check
