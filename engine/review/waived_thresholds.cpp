// Thresholds that are waived for one case: the value that is on record instead, and the criteria that are met only by
// it.
#include <algorithm>

#include "engine/review/state.hpp"
#include "engine/review/waivers.hpp"

namespace waymark::review {

using values::kNo;
using values::kYes;

bool Run::State::may_be_waived(check::ThresholdId id) const {
  return minding_waivers_ == nullptr && batch != nullptr && !program.thresholds[id].waived_by.empty();
}

// Records that are in force side by side leave anything between what they say.
Run::State::WaivedValue Run::State::waived_value(check::ThresholdId id, std::uint32_t case_index) const {
  WaivedValue out;
  auto const add = [&](Truth in_force, std::optional<Steps> value) {
    if (in_force == kNo) return;
    out.may_be_own = out.may_be_own && in_force != kYes;
    if (!value) {
      out.is_unknown = true;
    } else if (out.values) {
      *out.values = {std::min(out.values->lowest, *value), std::max(out.values->highest, *value)};
    } else {
      out.values = {*value, *value};
    }
  };
  for (auto const waiver : program.thresholds[id].waived_by) {
    auto const is_it = [&](check::Example::StatedWaiver const& one) { return one.waiver == waiver; };
    if (stated != nullptr && std::any_of(stated->waivers.begin(), stated->waivers.end(), is_it)) {
      auto const said = std::find_if(stated->waivers.begin(), stated->waivers.end(), is_it);
      add(values::truth_of(said->in_force), std::nullopt);
      continue;
    }
    auto const& on_record = batch->waivers[case_index];
    for (auto const& grant : grants_of(program.waivers[waiver], words().calendar, on_record, dates[case_index])) {
      add(grant.in_force(), on_record[grant.record].value);
    }
  }
  return out;
}

Column Run::State::with_waivers(check::ThresholdId id, DomainId in, Column own) {
  auto const& rows = domain(in);
  if (!may_be_waived(id) || rows.moment != check::kNone) return own;
  std::vector<WaivedValue> of_case;
  for (std::uint32_t i = 0; i < cases(); ++i) of_case.push_back(waived_value(id, i));
  auto const has = [](WaivedValue const& one) { return one.is_unknown || one.values; };
  if (std::none_of(of_case.begin(), of_case.end(), has)) return own;
  ColumnBuilder out(memory, own.size(), own.ratio());
  for (std::size_t row = 0; row < own.size(); ++row) {
    auto const& waived = of_case[rows.case_of[row]];
    if (!has(waived) || (own.applies(row) & kApplies) == 0) {
      put(out, row, own);
      continue;
    }
    auto between = waived.is_unknown ? Bounds{} : *waived.values;
    out.set_applies(row, own.applies(row));
    if (own.ratio()) {
      RatioBounds bounds{values::ratio_of(between.lowest), values::ratio_of(between.highest)};
      if (waived.may_be_own) {
        auto const kept = own.ratios(row);
        bounds = {smaller(bounds.lowest, kept.lowest), larger(bounds.highest, kept.highest)};
      }
      out.set(row, bounds);
    } else {
      if (waived.may_be_own) {
        auto const kept = own.whole(row);
        between = {smaller(between.lowest, kept.lowest), larger(between.highest, kept.highest)};
      }
      out.set(row, between);
    }
  }
  return out.take();
}

Run::State& Run::State::without_waivers() {
  if (!without_waivers_) {
    without_waivers_ = std::make_unique<State>(plan, symbols, stated);
    without_waivers_->minding_waivers_ = this;
    without_waivers_->begin(batch, dates, held);
  }
  return *without_waivers_;
}

namespace {

// The better of the two, for a waiver only helps: what is met by it alone is waived.
values::Status better(values::Status own, values::Status with) {
  values::Status out = 0;
  for (auto const a : {values::kMet, values::kWaived, values::kNoCriterion, values::kNotMet}) {
    for (auto const b : {values::kMet, values::kWaived, values::kNoCriterion, values::kNotMet}) {
      if ((own & a) == 0 || (with & b) == 0) continue;
      auto const either = static_cast<values::Status>(a | b);
      if (a == values::kMet) {
        out |= values::kMet;
      } else if ((values::counted(either) & values::kMet) != 0) {
        out |= values::kWaived;
      } else {
        out |= (either & values::kNoCriterion) != 0 ? values::kNoCriterion : values::kNotMet;
      }
    }
  }
  return out;
}

}  // namespace

// What a criterion is by the thresholds' own values it is at the least.
void Run::State::mark_waived(CriterionId id, Answers const& answers, std::span<values::Status> statuses) {
  auto const& waivable = plan.dependencies.waivable_of_criterion[id];
  if (minding_waivers_ != nullptr || waivable.empty()) return;
  auto const asked = memory.array<std::uint8_t>(cases());
  for (std::uint32_t i = 0; i < cases(); ++i) {
    bool const is_waived = std::any_of(waivable.begin(), waivable.end(), [&](check::ThresholdId threshold) {
      auto const waived = waived_value(threshold, i);
      return waived.is_unknown || waived.values;
    });
    asked[i] = is_waived ? 1 : 0;
  }
  if (std::none_of(asked.begin(), asked.end(), [](auto one) { return one != 0; })) return;
  Answers own;
  auto& other = without_waivers();
  fault(other.faults_of([&] { own = other.answers_of(id, Mask(asked)); }));
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    if (asked[i] == 0) continue;
    auto const by = [i](Truth exempt, Answers const& one) {
      return values::status_of(exempt, one.test[i], one.waived[i]);
    };
    values::Status out = 0;
    // Where the waiver does not change whether it applies, it is the same either way.
    for (auto const exempt : {kYes, kNo, values::kDoesNotApply}) {
      if (own.exempt[i] == answers.exempt[i] && values::may_be(answers.exempt[i], exempt)) {
        out |= better(by(exempt, own), by(exempt, answers));
      }
    }
    statuses[i] =
        own.exempt[i] == answers.exempt[i] ? out : better(by(own.exempt[i], own), by(answers.exempt[i], answers));
  }
}

}  // namespace waymark::review
