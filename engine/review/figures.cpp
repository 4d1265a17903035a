// Figures: by cases, with their exemption, their fallback, and what an example states of them.
#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

bool is_symbol(vocabulary::Type const& type) {
  return type.kind == vocabulary::Kind::code || type.kind == vocabulary::Kind::text;
}

}  // namespace

void Run::State::fault_where(Faults const& faults, DomainId in, std::vector<std::uint8_t> const& used) {
  if (faults.empty()) return;
  auto const& at = domain(in);
  std::vector<std::uint8_t> cases_used(std::max<std::size_t>(cases(), 1));
  for (std::size_t row = 0; row < at.rows; ++row) {
    if (used[row] != 0) cases_used[at.case_of.empty() ? 0 : at.case_of[row]] = 1;
  }
  gathering_.back().add_where(faults, [&](std::uint32_t index) { return cases_used[index] != 0; });
}

void Run::State::fault(DomainId in, std::size_t row, std::string text) {
  auto const& at = domain(in);
  gathering_.back().add(at.case_of.empty() ? 0 : at.case_of[row], std::move(text));
}

Column const& Run::State::figure(check::FigureId id, DomainId in) {
  auto& kept = figures_[{id, in}];
  if (!kept) {
    auto made = std::make_unique<Kept<Column>>();
    made->faults = faults_of([&] { made->column = compute_figure(id, in); });
    figures_[{id, in}] = std::move(made);
  }
  auto const& found = *figures_[{id, in}];
  fault(found.faults);
  return found.column;
}

// A yes-or-no figure as a value: 0 or 1, or between them.
Column Run::State::yes_no_column(Truths const& truths) {
  ColumnBuilder out(truths.size(), false);
  for (std::size_t row = 0; row < truths.size(); ++row) {
    auto const t = truths[row];
    out.set(row, Bounds{values::may_be(t, values::kNo) ? 0 : 1, values::may_be(t, values::kYes) ? 1 : 0});
    if (!values::may_be(t, values::kCannotBeTold)) out.set(row, Bounds{0, 0});
    bool const exempt = values::may_be(t, values::kDoesNotApply);
    bool const there = values::may_be(t, values::kCannotBeTold);
    out.set_applies(row, static_cast<Applies>((there ? kApplies : 0) | (exempt ? kExempt : 0)));
  }
  return out.take();
}

Column Run::State::compute_figure(check::FigureId id, DomainId in) {
  auto const& figure = program.figures[id];
  if (figure.type.list) return known_or_not(list_figure(id));
  if (figure.yes_when != kNone) return yes_no_column(figure_truth(id, in));
  Truths const* exempt = nullptr;
  auto open = rows_that_apply(id, in, exempt);
  FallbackRows second;
  if (figure.fallback) second = fallback_where(figure, in, open);
  auto out = by_cases(figure, in, open);
  if (figure.fallback) out = with_fallback(std::move(out), figure, in, second);
  if (exempt != nullptr) exempted(out, *exempt);
  if (stated != nullptr) put_stated(id, in, out);
  return out;
}

// Rows for which the figure itself is asked: nothing is stated of it, and it does not surely not apply.
Mask Run::State::rows_that_apply(check::FigureId id, DomainId in, Truths const*& exempt) {
  auto const& figure = program.figures[id];
  auto open = not_stated(id, in);
  if (figure.exempt == kNone) return open;
  exempt = &truth_where(figure.exempt, in, open);
  for (std::size_t row = 0; row < open.size(); ++row) open[row] = open[row] & ((*exempt)[row] != values::kYes ? 1 : 0);
  return open;
}

Column const& Run::State::value_where(ValueId id, DomainId in, std::vector<std::uint8_t> const& used) {
  Column const* out = nullptr;
  auto const faults = faults_of([&] { out = &value(id, in); });
  fault_where(faults, in, used);
  return *out;
}

// Where it cannot be told whether the fallback is used: anything between the figure's own value and the fallback's.
Column Run::State::with_fallback(Column own, check::Figure const& figure, DomainId in, FallbackRows const& rows) {
  auto where = rows.used;
  for (std::size_t row = 0; row < where.size(); ++row) where[row] |= rows.perhaps[row];
  auto const& other = value_where(figure.fallback->value, in, where);
  std::vector<Column const*> const either = {&own, &other};
  ColumnBuilder out(own.size(), own.ratio() || other.ratio());
  for (std::size_t row = 0; row < own.size(); ++row) {
    if (rows.perhaps[row] != 0) {
      put_hull(out, row, either, false, is_symbol(figure.type));
    } else {
      put(out, row, rows.used[row] != 0 ? other : own);
    }
  }
  return out.take();
}

void Run::State::exempted(Column& column, Truths const& exempt) {
  std::vector<Applies> applies(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) {
    auto const before = column.applies(row);
    auto const never = static_cast<Applies>(exempt[row] == values::kYes ? 0 : before);
    applies[row] = static_cast<Applies>(never | (values::may_be(exempt[row], values::kYes) ? kExempt : 0));
  }
  column.set_applies(std::move(applies));
}

struct Run::State::Piece {
  Column const* value;
  Truths const* when;  // null: otherwise
};

// The first case that is yes. One that cannot be told: anything between its value and what follows.
Column Run::State::by_cases(check::Figure const& figure, DomainId in, std::vector<std::uint8_t> open) {
  if (figure.cases.size() == 1 && figure.cases.front().when == kNone) {
    return Column::view(value_where(figure.cases.front().value, in, open));
  }
  std::vector<Piece> pieces;
  bool ratio = false;
  for (auto const& one : figure.cases) {
    Truths const* when = one.when == kNone ? nullptr : &truth_where(one.when, in, open);
    auto used = open;
    for (std::size_t row = 0; when != nullptr && row < used.size(); ++row) {
      used[row] = used[row] & values::may_be((*when)[row], values::kYes);
      open[row] = open[row] & ((*when)[row] != values::kYes);
    }
    pieces.push_back({&value_where(one.value, in, used), when});
    ratio = ratio || pieces.back().value->ratio();
    if (when == nullptr) break;
  }
  ColumnBuilder out(domain(in).rows, ratio);
  for (std::size_t row = 0; row < domain(in).rows; ++row) put_case(out, row, pieces, is_symbol(figure.type));
  return out.take();
}

void Run::State::put_case(ColumnBuilder& out, std::size_t row, std::vector<Piece> const& pieces, bool symbols) {
  std::vector<Column const*> possible;
  for (auto const& piece : pieces) {
    auto const when = piece.when == nullptr ? values::kYes : (*piece.when)[row];
    if (!values::may_be(when, values::kYes)) continue;
    if (when == values::kYes && possible.empty()) {
      put(out, row, *piece.value);
      return;
    }
    possible.push_back(piece.value);
    if (when == values::kYes) {
      put_hull(out, row, possible, false, symbols);
      return;
    }
  }
  put_hull(out, row, possible, true, symbols);
}

Truths const& Run::State::figure_truth(check::FigureId id, DomainId in) {
  auto& kept = figure_truths_[{id, in}];
  if (!kept) {
    auto made = std::make_unique<Kept<Truths>>();
    made->faults = faults_of([&] {
      auto const own = canonical(in, plan.dependencies.of_figure[id]);
      if (own == in) {
        made->column = compute_figure_truth(id, in);
      } else {
        auto const& truths = figure_truth(id, own);
        for (auto const row : *mapping(in, own)) made->column.push_back(truths[row]);
      }
    });
    figure_truths_[{id, in}] = std::move(made);
  }
  auto const& found = *figure_truths_[{id, in}];
  fault(found.faults);
  return found.column;
}

Truths Run::State::compute_figure_truth(check::FigureId id, DomainId in) {
  Truths const* exempt = nullptr;
  auto const open = rows_that_apply(id, in, exempt);
  auto out = truth_where(program.figures[id].yes_when, in, open);
  for (std::size_t row = 0; exempt != nullptr && row < out.size(); ++row) {
    auto const sure = (*exempt)[row] == values::kYes;
    auto const may = values::may_be((*exempt)[row], values::kYes);
    out[row] = static_cast<Truth>((sure ? 0 : out[row]) | (may ? values::kDoesNotApply : 0));
  }
  if (stated != nullptr) put_stated(id, in, out);
  return out;
}

Truths const& Run::State::truth_where(ConditionId id, DomainId in, std::vector<std::uint8_t> const& used) {
  Truths const* out = nullptr;
  auto const faults = faults_of([&] { out = &truth(id, in); });
  fault_where(faults, in, used);
  return *out;
}

}  // namespace waymark::review
