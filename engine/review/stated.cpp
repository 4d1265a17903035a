// What an example states of a figure, instead of having it computed.
#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

namespace {

Bounds bounds_of(check::Stated const& value, vocabulary::Type const& type, values::Symbols const& symbols) {
  if (value.known == values::Known::bounded) return {value.lowest, value.highest};
  if (value.known != values::Known::exactly) return {};
  bool const by_text = type.kind == vocabulary::Kind::code || type.kind == vocabulary::Kind::text;
  auto const word = by_text ? Steps{symbols.find(value.text)} : value.lowest;
  return {word, word};
}

Truth truth_of_stated(check::Example::StatedFigure const& figure) {
  if (figure.does_not_apply) return values::kDoesNotApply;
  if (figure.value.known != values::Known::exactly) return values::kCannotBeTold;
  return values::truth_of(figure.value.lowest != 0);
}

}  // namespace

// The rows of the figure's domain of which a statement speaks: of its entry, member and year, where it names them.
std::vector<std::uint32_t> Run::State::stated_rows(check::Example::StatedFigure const& figure, DomainId in) const {
  std::vector<std::uint32_t> out;
  auto const around = years(in);
  for (std::uint32_t row = 0; row < domain(in).rows; ++row) {
    bool const right_year = !figure.year || !around || (*around)[row] == *figure.year;
    if (right_year && right_member(figure, in, row)) out.push_back(row);
  }
  return out;
}

bool Run::State::right_member(check::Example::StatedFigure const& figure, DomainId in, std::uint32_t row) const {
  for (auto const level : domain(in).path) {
    auto const range = domain(level).range;
    if (range == kNone || domain(level).years) continue;
    auto const member = domain(level).member[up(in, level)[row]];
    if (figure.entry) {
      if (member != Steps{*figure.entry}) return false;
    } else if (!figure.member.empty() && member != Steps{symbols.find(figure.member)}) {
      return false;
    }
  }
  return true;
}

Mask Run::State::not_stated(check::FigureId id, DomainId in) const {
  if (stated == nullptr) return {};
  auto const out = memory.filled(domain(in).rows, std::uint8_t{1});
  for (auto const& figure : stated->figures) {
    if (figure.figure != id) continue;
    for (auto const row : stated_rows(figure, in)) out[row] = 0;
  }
  return Mask(out);
}

void Run::State::put_stated(check::FigureId id, DomainId in, Column& column) {
  for (auto const& figure : stated->figures) {
    if (figure.figure != id) continue;
    ColumnBuilder out(memory, column.size(), column.ratio());
    for (std::size_t row = 0; row < column.size(); ++row) put(out, row, column);
    for (auto const row : stated_rows(figure, in)) {
      out.set(row, bounds_of(figure.value, program.figures[id].type, symbols));
      out.set_applies(row, figure.does_not_apply ? kExempt : kApplies);
    }
    column = out.take();
  }
}

void Run::State::put_stated(check::FigureId id, DomainId in, std::span<Truth> truths) const {
  for (auto const& figure : stated->figures) {
    if (figure.figure != id) continue;
    for (auto const row : stated_rows(figure, in)) truths[row] = truth_of_stated(figure);
  }
}

}  // namespace waymark::review
