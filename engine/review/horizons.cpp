// How far back the years of a case are known: to the first of which its submission, its example or its evidence says
// anything. It never depends on another case.
#include <algorithm>

#include "engine/cases/columns.hpp"
#include "engine/review/state.hpp"

namespace waymark::review {

using cases::FieldColumn;
using cases::Layout;
using cases::RecordColumns;
using check::kNone;
using vocabulary::Dimension;

namespace {

/// The first year of a kind among the facts of a row of records.
class FirstYear {
 public:
  FirstYear(vocabulary::Vocabulary const& words, std::uint32_t kind) : words_(words), kind_(kind) {}

  Steps of(RecordColumns const& records, std::size_t row) const {
    Steps out = values::kNoHighest;
    auto const& fields = words_.records[records.record].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      out = std::min(out, of(words_.fields[fields[i]], records.fields[i], row));
    }
    return out;
  }

 private:
  Steps of(vocabulary::Field const& field, FieldColumn const& column, std::size_t row) const {
    auto out = values::kNoHighest;
    switch (cases::layout_of(field)) {
      case Layout::record: return of(column.members.front(), row);
      case Layout::record_list:
        for (auto i = column.offsets[row]; i < column.offsets[row + 1]; ++i) {
          out = std::min(out, of(column.members.front(), i));
        }
        return out;
      case Layout::yearly: return in_years(field, column, row);
      case Layout::single:
      case Layout::per_choice:
      case Layout::list: return out;
    }
    return out;
  }

  Steps in_years(vocabulary::Field const& field, FieldColumn const& column, std::size_t row) const {
    auto const of_kind = [this](Dimension const& d) { return d.of == Dimension::Of::year && d.which == kind_; };
    auto out = values::kNoHighest;
    if (std::none_of(field.each.begin(), field.each.end(), of_kind)) return out;
    auto const entries = cases::entries_of(field, words_);
    for (auto i = column.offsets[row * entries]; i < column.offsets[(row + 1) * entries]; ++i) {
      out = std::min(out, Steps{column.years[i]});
    }
    return out;
  }

  vocabulary::Vocabulary const& words_;
  std::uint32_t kind_;
};

}  // namespace

// Of the sources that the policy reads, in the releases of the moment: any row with a year is one that may be asked.
Steps Run::State::first_year_of_evidence(MomentId moment, std::uint32_t kind) const {
  auto out = values::kNoHighest;
  for (auto const source : program.sources) {
    auto const* release = table(source, moment);
    auto const& keys = words().sources[source].keys;
    for (std::size_t key = 0; release != nullptr && key < keys.size(); ++key) {
      if (keys[key].type.kind != vocabulary::Kind::year || keys[key].type.which != kind) continue;
      for (std::uint32_t row = 0; row < release->rows(); ++row) out = std::min(out, release->word(key, row));
    }
  }
  return out;
}

// An example states years of figures, too.
Steps Run::State::first_year_of_stated(check::RangeId range) const {
  auto out = values::kNoHighest;
  for (std::size_t i = 0; stated != nullptr && i < stated->figures.size(); ++i) {
    auto const& figure = stated->figures[i];
    auto const& each = program.figures[figure.figure].each;
    bool const yearly = std::find(each.begin(), each.end(), range) != each.end();
    if (yearly && figure.year) out = std::min(out, Steps{*figure.year});
  }
  return out;
}

void Run::State::add_years_known(Domain& made, check::RangeId range, std::uint32_t fewest) {
  made.range = range;
  made.years = true;
  auto const kind = program.ranges[range].which;
  std::vector<Steps> of_evidence;
  for (MomentId m = 0; m < moments.size(); ++m) of_evidence.push_back(first_year_of_evidence(m, kind));
  auto const of_stated = first_year_of_stated(range);
  FirstYear const facts(words(), kind);
  auto const& outer = domain(made.parent);
  for (std::size_t row = 0; row < outer.rows; ++row) {
    auto const at = moment(made.parent, row);
    auto const newest = newest_year(at, kind);
    auto oldest = std::min({newest + 1 - Steps{fewest}, of_evidence[at], of_stated});
    if (!outer.case_of.empty()) oldest = std::min(oldest, facts.of(batch->facts, outer.case_of[row]));
    for (auto year = newest; year >= oldest; --year) made.member.push_back(year);
    made.offsets.push_back(static_cast<std::uint32_t>(made.member.size()));
  }
}

}  // namespace waymark::review
