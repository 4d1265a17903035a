// What a run answers: decisions, and the very values on which they were made.
#include <algorithm>

#include "engine/review/state.hpp"
#include "engine/review/windows.hpp"

namespace waymark::review {

using check::kNone;
using values::Known;

namespace {

// What is kept for later batches: outcomes of so many patterns, so many sets of a threshold's rows.
constexpr std::size_t kMostPatterns = 10'000;
constexpr std::size_t kMostSets = 64;

}  // namespace

Run::State::State(Plan::Parts const& plan_parts, values::Symbols const& all_symbols,
                  review::Stated const* stated_values)
    : plan(plan_parts),
      program(plan_parts.program),
      symbols(all_symbols),
      stated(stated_values),
      sets_of_rows_(program.thresholds.size()) {}

void Run::State::begin(cases::Batch const* cases_batch, std::span<values::Date const> review_dates,
                       HeldFacts* facts_held) {
  WAYMARK_CHECK(cases_batch == nullptr || review_dates.size() == cases_batch->size(), "a review date for each case");
  batch = cases_batch;
  held = facts_held;
  dates.assign(review_dates.begin(), review_dates.end());
  ++batch_number_;
  memory.reset();
  checked_.clear();
  faulty_.clear();
  outcomes_ = {};
  without_waivers_.reset();
  gathering_.assign(1, Faults());
  if (decided_.size() > kMostPatterns) {
    patterns_.clear();
    decided_.clear();
  }
  for (auto& sets : sets_of_rows_) {
    if (sets.size() > kMostSets) sets.clear();
  }
  begin_moments();
  begin_domains();
}

MomentId Run::State::moment_at(values::Date date) {
  for (MomentId m = 0; m < moments.size(); ++m) {
    if (moments[m].date == date) return m;
  }
  auto& made = moments.emplace_back();
  made.date = date;
  for (std::size_t i = 0; i < words().sources.size(); ++i) {
    auto const source = static_cast<vocabulary::SourceId>(i);
    made.tables.push_back(plan.table(source, date));
    made.other_editions.push_back(plan.other_editions(source, date));
  }
  return static_cast<MomentId>(moments.size() - 1);
}

// In a policy that only lists, the frames of domain 0 are the rows of the first List's source.
Frame Run::State::place(Frame frame) {
  if (batch != nullptr || frame.domain != kCases || program.lists.empty()) return frame;
  return {list_domain(source_of(0), moment_of_case.front()), frame.row};
}

Frame Run::State::own_place(Frame frame, NeedsId needs) {
  auto const at = place(frame);
  auto const own = canonical(at.domain, needs);
  auto const* rows = mapping(at.domain, own);
  return {own, rows == nullptr ? at.row : (*rows)[at.row]};
}

Run::Run(Plan const& plan, values::Symbols const& symbols, cases::Batch const* batch, std::vector<values::Date> dates,
         Stated const* stated)
    : state_(std::make_unique<State>(plan.parts(), symbols, stated)) {
  state_->begin(batch, dates, nullptr);
}
Run::~Run() = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;

std::size_t Run::size() const { return state_->cases(); }
values::Date Run::date(std::uint32_t case_index) const { return state_->dates[case_index]; }
void Run::again(cases::Batch const* batch, std::span<values::Date const> dates) {
  state_->begin(batch, dates, nullptr);
}
void Run::again(HeldCases& cases, std::span<values::Date const> dates) {
  state_->begin(&cases.batch(), dates, &cases.facts());
}
Outcomes Run::outcomes() { return state_->outcomes(); }
values::Status Run::status(CriterionId criterion, std::uint32_t case_index) {
  return state_->statuses(criterion)[case_index];
}

std::span<values::Status const> Run::statuses(CriterionId criterion) { return state_->statuses(criterion); }

bool Run::is_stated(CriterionId criterion) const { return state_->stated_status(criterion).has_value(); }

values::Truth Run::truth(ConditionId condition, Frame frame) {
  auto const at = state_->place(frame);
  return state_->truth(condition, at.domain)[at.row];
}

Seen Run::value(ValueId value, Frame frame) {
  auto const at = state_->place(frame);
  auto const& column = state_->value(value, at.domain);
  auto const bounds = column.ratios(at.row);
  auto const applies = column.applies(at.row);
  return {bounds.lowest, bounds.highest, (applies & kApplies) != 0, (applies & kExempt) != 0};
}

values::Known Run::known(ValueId value, Frame frame) {
  auto const at = state_->place(frame);
  auto const& node = state_->program.values[value].node;
  if (auto const* fact = std::get_if<check::Fact>(&node)) return state_->known_fact(fact->fact, at);
  if (auto const* member = std::get_if<check::Member>(&node)) return state_->known_member(member->range, at);
  if (auto const* column = std::get_if<check::RowColumn>(&node)) {
    auto const outer = state_->innermost_rows(at.domain, column->source);
    auto const row = state_->domain(outer).member[state_->row_above(at, outer)];
    auto const* table = state_->table(column->source, state_->moment(at.domain, at.row));
    return table->known(column->column, static_cast<std::uint32_t>(row));
  }
  if (std::holds_alternative<check::SourceLookup>(node)) {
    auto const found = parts(value, frame);
    if (found.size() == 1 && !this->value(value, frame).exact()) return found.front().known;
  }
  return this->value(value, frame).exact() ? Known::exactly : Known::not_resolved;
}

std::vector<Frame> Run::members(check::RangeId range, Frame frame) {
  auto const at = state_->place(frame);
  bool const around =
      state_->program.ranges[range].of == check::Range::Of::years && state_->innermost(at.domain, range) != kNone;
  auto const inner =
      around ? state_->years_before(at.domain, range, state_->plan.horizons[range]) : state_->child(at.domain, range);
  return state_->frames_below(at, inner);
}

std::vector<Frame> Run::years(check::Windowed const& window, Frame frame) {
  if (!is_endless(window)) return members(window.range, frame);
  auto const at = state_->place(frame);
  return state_->frames_below(at, state_->window_years(window, at.domain));
}

std::vector<Frame> Run::State::frames_below(Frame at, DomainId inner) const {
  std::vector<Frame> out;
  auto const& offsets = domain(inner).offsets;
  for (auto row = offsets[at.row]; row < offsets[at.row + 1]; ++row) out.push_back({inner, row});
  return out;
}

values::Steps Run::member(Frame frame) const {
  auto const at = state_->place(frame);
  return state_->domain(at.domain).member[at.row];
}

Frame Run::outer(Frame frame) const {
  auto const at = state_->place(frame);
  auto const& domain = state_->domain(at.domain);
  if (domain.parent == kNone) return at;
  return {domain.parent, domain.parent_of[at.row]};
}

std::uint32_t Run::case_of(Frame frame) const {
  auto const& of = state_->domain(frame.domain).case_of;
  return of.empty() ? 0 : of[frame.row];
}

Run::Used Run::used(check::FigureId figure, Frame frame) {
  auto const& of = state_->program.figures[figure];
  auto const at = state_->own_place(frame, state_->plan.dependencies.of_figure[figure]);
  Used out;
  if (of.fallback) {
    auto const& rows = state_->fallback_rows(figure, at.domain);
    out.fallback = rows.used[at.row] != 0;
    out.may_be_fallback = rows.perhaps[at.row] != 0;
  }
  if (out.fallback || of.yes_when != kNone) return out;
  for (std::uint32_t i = 0; i < of.cases.size(); ++i) {
    auto const when = of.cases[i].when == kNone ? values::kYes : state_->truth(of.cases[i].when, at.domain)[at.row];
    if (!values::may_be(when, values::kYes)) continue;
    if (when == values::kYes) out.figure_case = i;
    break;
  }
  return out;
}

std::optional<std::uint32_t> Run::threshold_row(check::ThresholdId threshold, Frame frame) {
  auto const at = state_->own_place(frame, state_->plan.dependencies.of_threshold[threshold]);
  auto const row = state_->threshold_rows(threshold, at.domain)[at.row];
  return row == kNone ? std::nullopt : std::optional(row);
}

Run::Count Run::count(check::GroupId group, std::uint32_t case_index) {
  Count out;
  for (std::size_t i = 0; state_->stated != nullptr && i < state_->stated->groups.size(); ++i) {
    auto const& told = state_->stated->groups[i];
    if (told.group != group) continue;
    return {told.met.value_or(0), told.not_met.value_or(0), told.untold.value_or(0), told.not_applying.value_or(0)};
  }
  for (auto const criterion : state_->program.groups[group].criteria) {
    auto const status = state_->statuses(criterion)[case_index];
    if (!values::can_be_told_status(status)) {
      ++out.untold;
    } else {
      auto const counted = values::counted(status);
      ++((counted & values::kMet) != 0 ? out.met : (counted & values::kNotMet) != 0 ? out.not_met : out.not_applying);
      if (status == values::kWaived) ++out.waived;
    }
  }
  return out;
}

evidence::Release const* Run::release(vocabulary::SourceId source, std::uint32_t case_index) const {
  auto const& evidence = state_->plan.evidence;
  if (source >= evidence.releases.size()) return nullptr;
  return evidence.newest(source, state_->moments[state_->moment_of_case[case_index]].date);
}

Known Run::known_list(vocabulary::SourceId source, std::uint32_t case_index) const {
  return state_->known_list(source, state_->moment_of_case[case_index]);
}

bool Run::is_untold(vocabulary::SourceId source, values::Symbol member, std::uint32_t case_index) const {
  auto const* table = state_->table(source, state_->moment_of_case[case_index]);
  auto const word = static_cast<Steps>(member);
  auto const row = table == nullptr ? kNoRow : table->find(std::span(&word, 1));
  return row != kNoRow && table->is_untold(row);
}

std::vector<Partner> Run::partners(vocabulary::SourceId source, std::size_t key, values::Symbol code,
                                   std::uint32_t case_index) const {
  return state_->partners(source, key, code, state_->moment_of_case[case_index]);
}

std::map<values::Symbol, values::Truth> const& Run::list(check::ListId list, values::Date date) {
  return state_->list(list, state_->moment_at(date)).by_symbol;
}

std::string const& Run::list_fault(check::ListId list, values::Date date) {
  return state_->list(list, state_->moment_at(date)).fault;
}

std::vector<Frame> Run::list_rows(check::ListId list, values::Symbol member, values::Date date) {
  auto const moment = state_->moment_at(date);
  auto const source = state_->source_of(list);
  auto const* table = state_->table(source, moment);
  std::vector<Frame> out;
  if (table == nullptr) return out;
  auto const domain = state_->list_domain(source, moment);
  auto const& keys = table->release().table.keys[state_->program.lists[list].key];
  for (std::uint32_t row = 0; row < keys.size(); ++row) {
    if (keys[row] == member) out.push_back({domain, row});
  }
  return out;
}

}  // namespace waymark::review
