// Figures: by cases, with their exemption, their fallback, and what an example states of them.
#include <array>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

bool is_symbol(vocabulary::Type const& type) {
  return type.kind == vocabulary::Kind::code || type.kind == vocabulary::Kind::text;
}

}  // namespace

void Run::State::fault(DomainId in, std::size_t row, std::string text) {
  auto const& at = domain(in);
  gathering_.back().add(at.case_of.empty() ? 0 : at.case_of[row], std::move(text));
}

Column const& Run::State::figure(check::FigureId id, DomainId in) {
  return kept(figures_, in, id, program.figures.size(), [&](Column& out) { out = compute_figure(id, in); });
}

// A yes-or-no figure as a value: 0 or 1, or between them.
Column Run::State::yes_no_column(Truths truths) const {
  ColumnBuilder out(memory, truths.size(), false);
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
  Truths exempt;
  auto open = rows_that_apply(id, in, exempt);
  FallbackRows second;
  if (figure.fallback) second = fallback_where(figure, in, open);
  auto out = by_cases(figure, in, open);
  if (figure.fallback) out = with_fallback(out, figure, in, second);
  if (figure.exempt != kNone) exempted(out, exempt);
  if (stated != nullptr) put_stated(id, in, out);
  return out;
}

// Rows for which the figure itself is asked: nothing is stated of it, and it does not surely not apply.
Mask Run::State::rows_that_apply(check::FigureId id, DomainId in, Truths& exempt) {
  auto const& figure = program.figures[id];
  auto const asked = not_stated(id, in);
  if (figure.exempt == kNone) return asked;
  exempt = truth_where(figure.exempt, in, asked);
  auto const open = memory.array<std::uint8_t>(exempt.size());
  for (std::size_t row = 0; row < open.size(); ++row) open[row] = asked[row] && exempt[row] != values::kYes ? 1 : 0;
  return Mask(open);
}

// Where it cannot be told whether the fallback is used: anything between the figure's own value and the fallback's.
Column Run::State::with_fallback(Column const& own, check::Figure const& figure, DomainId in,
                                 FallbackRows const& rows) {
  auto const& other = value_where(figure.fallback->value, in,
                                  [&](std::size_t row) { return (rows.used[row] | rows.perhaps[row]) != 0; });
  std::array<Column const*, 2> const either = {&own, &other};
  ColumnBuilder out(memory, own.size(), own.ratio() || other.ratio());
  for (std::size_t row = 0; row < own.size(); ++row) {
    if (rows.perhaps[row] != 0) {
      put_hull(out, row, either, false, is_symbol(figure.type));
    } else {
      put(out, row, rows.used[row] != 0 ? other : own);
    }
  }
  return out.take();
}

void Run::State::exempted(Column& column, Truths exempt) const {
  auto const applies = memory.array<Applies>(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) {
    auto const before = column.applies(row);
    auto const never = static_cast<Applies>(exempt[row] == values::kYes ? 0 : before);
    applies[row] = static_cast<Applies>(never | (values::may_be(exempt[row], values::kYes) ? kExempt : 0));
  }
  column.set_applies(applies);
}

struct Run::State::Piece {
  Column const* value;
  Truths when;
  bool otherwise;
};

// The first case that is yes. One that cannot be told: anything between its value and what follows.
Column Run::State::by_cases(check::Figure const& figure, DomainId in, Mask asked) {
  if (figure.cases.size() == 1 && figure.cases.front().when == kNone) {
    return value_where(figure.cases.front().value, in, asked);
  }
  auto const all_pieces = memory.array<Piece>(figure.cases.size());
  std::size_t count = 0;
  bool ratio = false;
  auto const open = memory.array<std::uint8_t>(domain(in).rows);
  for (std::size_t row = 0; row < open.size(); ++row) open[row] = asked[row] ? 1 : 0;
  for (auto const& one : figure.cases) {
    bool const otherwise = one.when == kNone;
    auto const when = otherwise ? Truths() : truth_where(one.when, in, Mask(open));
    auto const used = [&](std::size_t row) {
      return open[row] != 0 && (otherwise || values::may_be(when[row], values::kYes));
    };
    all_pieces[count++] = {&value_where(one.value, in, used), when, otherwise};
    ratio = ratio || all_pieces[count - 1].value->ratio();
    if (otherwise) break;
    for (std::size_t row = 0; row < open.size(); ++row) open[row] = open[row] & (when[row] != values::kYes ? 1 : 0);
  }
  ColumnBuilder out(memory, domain(in).rows, ratio);
  auto const pieces = all_pieces.first(count);
  auto const possible = memory.array<Column const*>(count);
  for (std::size_t row = 0; row < domain(in).rows; ++row) {
    put_case(out, row, pieces, is_symbol(figure.type), possible);
  }
  return out.take();
}

void Run::State::put_case(ColumnBuilder& out, std::size_t row, std::span<Piece const> pieces, bool symbols,
                          std::span<Column const*> possible) {
  std::size_t count = 0;
  for (auto const& piece : pieces) {
    auto const when = piece.otherwise ? values::kYes : piece.when[row];
    if (!values::may_be(when, values::kYes)) continue;
    if (when == values::kYes && count == 0) {
      put(out, row, *piece.value);
      return;
    }
    possible[count++] = piece.value;
    if (when == values::kYes) {
      put_hull(out, row, possible.first(count), false, symbols);
      return;
    }
  }
  put_hull(out, row, possible.first(count), true, symbols);
}

Truths Run::State::figure_truth(check::FigureId id, DomainId in) {
  return kept(figure_truths_, in, id, program.figures.size(), [&](Truths& out) {
    auto const own = canonical(in, plan.dependencies.of_figure[id]);
    if (own == in) {
      out = compute_figure_truth(id, in);
    } else {
      out = picked(figure_truth(id, own), *mapping(in, own));
    }
  });
}

Truths Run::State::compute_figure_truth(check::FigureId id, DomainId in) {
  Truths exempt;
  auto const open = rows_that_apply(id, in, exempt);
  auto const own = truth_where(program.figures[id].yes_when, in, open);
  if (exempt.empty() && stated == nullptr) return own;
  auto const out = memory.copy(own);
  for (std::size_t row = 0; row < exempt.size(); ++row) {
    auto const sure = exempt[row] == values::kYes;
    auto const may = values::may_be(exempt[row], values::kYes);
    out[row] = static_cast<Truth>((sure ? 0 : out[row]) | (may ? values::kDoesNotApply : 0));
  }
  if (stated != nullptr) put_stated(id, in, out);
  return out;
}

Truths Run::State::picked(Truths truths, Rows rows) const {
  auto const out = memory.array<Truth>(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) out[row] = truths[rows[row]];
  return out;
}

}  // namespace waymark::review
