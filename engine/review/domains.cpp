// Making domains: which rows stand below each row of a parent. Each domain is made once.
#include <algorithm>
#include <numeric>
#include <tuple>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using check::Range;

// What changes from batch to batch is only how many cases there are, and on which dates they are reviewed.
void Run::State::begin_moments() {
  bool const same = moments.size() == 1 && !dates.empty() &&
                    std::all_of(dates.begin(), dates.end(), [&](auto date) { return date == moments.front().date; });
  if (same) {
    moment_of_case.assign(dates.size(), 0);
    return;
  }
  moments.clear();
  lists_.clear();
  moment_of_case.resize(dates.size());
  for (std::size_t i = 0; i < dates.size(); ++i) {
    moment_of_case[i] = i > 0 && dates[i] == dates[i - 1] ? moment_of_case[i - 1] : moment_at(dates[i]);
  }
}

void Run::State::begin_domains() {
  if (domains_.empty()) {
    auto all = std::make_unique<Domain>();
    all->path.push_back(kCases);
    domains_.push_back(std::move(all));
  }
  auto& all = *domains_.front();
  all.is_filled = all.rows == cases();
  for (std::size_t id = 1; id < domains_.size(); ++id) domains_[id]->is_filled = serves_again(*domains_[id]);
  if (all.is_filled) return;
  all.member.resize(cases());
  all.case_of.resize(cases());
  std::iota(all.member.begin(), all.member.end(), Steps{0});
  std::iota(all.case_of.begin(), all.case_of.end(), 0U);
  all.rows = cases();
  all.is_filled = true;
  all.filled_for = batch_number_;
}

std::size_t Run::State::entries_of_each(DomainId inner, DomainId outer) const {
  auto const& of = domain(inner);
  bool const of_choice =
      of.level == Domain::Level::range && of.parent == outer && program.ranges[of.range].of == Range::Of::choice;
  return of_choice ? words().choices[program.ranges[of.range].which].entries.size() : 0;
}

// The entries of a choice are the same whatever the cases are. Parents come before what stands below them.
bool Run::State::serves_again(Domain const& domain) const {
  bool const entries = domain.level == Domain::Level::range && program.ranges[domain.range].of == Range::Of::choice;
  return entries && domain.is_filled && domains_[domain.parent]->is_filled;
}

Domain& Run::State::begun(Domain::Level level, DomainId parent, std::uint32_t what, std::uint32_t which) {
  auto const next = static_cast<DomainId>(domains_.size());
  auto const [at, is_new] = domain_ids_.try_emplace(std::tuple(level, parent, what, which), next);
  if (!is_new) return *domains_[at->second];
  auto made = std::make_unique<Domain>();
  made->level = level;
  if (parent != kNone) {
    made->parent = parent;
    made->path = domain(parent).path;
    made->moment = domain(parent).moment;
  }
  made->path.push_back(next);
  domains_.push_back(std::move(made));
  return *domains_.back();
}

template <class Fill>
DomainId Run::State::below(Domain::Level level, DomainId parent, std::uint32_t what, std::uint32_t which, Fill fill) {
  auto& made = begun(level, parent, what, which);
  auto const id = made.path.back();
  if (made.is_filled) return id;
  made.empty();
  if (parent != kNone) {
    made.offsets.reserve(domain(parent).rows + 1);
    made.offsets.push_back(0);
  }
  fill(made);
  end(made);
  return id;
}

void Run::State::end(Domain& made) {
  made.rows = made.member.size();
  made.is_filled = true;
  made.filled_for = batch_number_;
  if (made.parent == kNone) return;
  made.parent_of.resize(made.rows);
  for (std::uint32_t row = 0; row + 1 < made.offsets.size(); ++row) {
    std::fill(made.parent_of.begin() + made.offsets[row], made.parent_of.begin() + made.offsets[row + 1], row);
  }
  auto const& outer = domain(made.parent);
  if (outer.moment != kNone) return;
  made.case_of.resize(made.rows);
  for (std::size_t row = 0; row < made.rows; ++row) made.case_of[row] = outer.case_of[made.parent_of[row]];
}

// A List's faults belong to every case that reads the List, also where its members were found before.
void Run::State::use_list(check::ListId id, DomainId reader) {
  for (MomentId m = 0; m < moments.size(); ++m) {
    auto const found = lists_.find({id, m});
    if (found == lists_.end() || found->second->fault.empty()) continue;
    for (std::size_t row = 0; row < domain(reader).rows; ++row) {
      if (moment(reader, row) == m) fault(reader, row, found->second->fault);
    }
  }
}

DomainId Run::State::child(DomainId parent, check::RangeId range) {
  auto const& of = program.ranges[range];
  auto const id = below(Domain::Level::range, parent, range, 0, [&](Domain& made) {
    made.range = range;
    made.years = of.of == Range::Of::years;
    for (std::size_t row = 0; row < domain(parent).rows; ++row) {
      add_members(made, parent, row);
      made.offsets.push_back(static_cast<std::uint32_t>(made.member.size()));
    }
  });
  if (of.of == Range::Of::list) use_list(of.which, parent);
  if (of.of == Range::Of::figure) list_figure(of.which);  // for its faults, also where its members were found before
  return id;
}

void Run::State::add_members(Domain& made, DomainId parent, std::size_t row) {
  auto const& range = program.ranges[made.range];
  switch (range.of) {
    case Range::Of::choice: {
      auto const entries = static_cast<Steps>(words().choices[range.which].entries.size());
      for (Steps entry = 0; entry < entries; ++entry) made.member.push_back(entry);
      return;
    }
    case Range::Of::years: {
      auto const last = newest_year(moment(parent, row), range.which);
      for (std::uint32_t i = 0; i < plan.horizons[made.range]; ++i) made.member.push_back(last - Steps{i});
      return;
    }
    case Range::Of::list_field: add_list_members(made, parent, row); return;
    case Range::Of::figure: add_figure_members(made, parent, row); return;
    case Range::Of::list:
    case Range::Of::source_list: add_result_members(made, parent, row); return;
  }
}

Steps Run::State::newest_year(MomentId moment, std::uint32_t kind) const {
  return values::year_of(moments[moment].date, words().calendar.years[kind]) - 1;
}

void Run::State::add_list_members(Domain& made, DomainId parent, std::size_t row) {
  auto const case_index = domain(parent).case_of[row];
  auto const& column = batch->facts.fields[program.ranges[made.range].which];
  auto const begin = column.offsets[case_index];
  auto const end = column.offsets[case_index + 1];
  for (auto i = begin; i < end; ++i) {
    bool const exact = column.members.empty() && column.values.lowest[i] == column.values.highest[i];
    bool const record = !column.members.empty();
    made.member.push_back(record ? i : exact ? column.values.lowest[i] : Steps{values::Symbols::kUnknown});
  }
  if (column.list_known[case_index] != values::Known::exactly) {
    made.and_more.resize(domain(parent).rows);
    made.and_more[row] = 1;
  }
}

void Run::State::add_result_members(Domain& made, DomainId parent, std::size_t row) {
  auto const& range = program.ranges[made.range];
  auto const at = moment(parent, row);
  bool and_more = true;
  if (range.of == Range::Of::list) {
    auto const& result = list(range.which, at);
    and_more = result.and_more;
    for (auto const word : result.members) {
      made.member.push_back(word);
      bool const surely = result.by_word.at(word) == values::kYes;
      if (!surely) made.may_be_absent.resize(made.member.size());
      if (!surely) made.may_be_absent.back() = 1;
    }
    if (!made.may_be_absent.empty()) made.may_be_absent.resize(made.member.size());
  } else if (auto const* release = table(static_cast<vocabulary::SourceId>(range.which), at)) {
    and_more = release->rows_lost();
    auto const& untold = release->untold_members();
    if (!untold.empty()) made.may_be_absent.resize(made.member.size());
    made.member.insert(made.member.end(), release->members().begin(), release->members().end());
    made.may_be_absent.insert(made.may_be_absent.end(), untold.begin(), untold.end());
    if (!made.may_be_absent.empty()) made.may_be_absent.resize(made.member.size());
  }
  if (and_more) {
    made.and_more.resize(domain(parent).rows);
    made.and_more[row] = 1;
  }
}

void Run::State::add_figure_members(Domain& made, DomainId parent, std::size_t row) {
  auto const members = list_figure(program.ranges[made.range].which).at(domain(parent).case_of[row]);
  made.member.insert(made.member.end(), members.lowest.begin(), members.lowest.end());
  made.may_be_absent.insert(made.may_be_absent.end(), members.may_be_absent.begin(), members.may_be_absent.end());
  if (members.and_more) {
    made.and_more.resize(domain(parent).rows);
    made.and_more[row] = 1;
  }
}

DomainId Run::State::years_before(DomainId parent, check::RangeId range, std::uint32_t last) {
  return below(Domain::Level::years_before, parent, range, last, [&](Domain& made) {
    made.range = range;
    made.years = true;
    auto const outer = innermost(parent, range);
    WAYMARK_CHECK(outer != kNone, "years counted back from a year where none surrounds");
    for (auto const year : members_of(parent, outer)) {
      for (std::uint32_t i = 0; i < last; ++i) made.member.push_back(year - Steps{i});
      made.offsets.push_back(static_cast<std::uint32_t>(made.member.size()));
    }
  });
}

DomainId Run::State::year_points(DomainId parent, check::RangeId range, ValueId in_year, Column const& year) {
  return below(Domain::Level::year_points, parent, range, in_year, [&](Domain& made) {
    made.range = range;
    made.years = true;
    for (std::size_t row = 0; row < domain(parent).rows; ++row) {
      if (year.is_exact(row) && (year.applies(row) & kApplies) != 0) made.member.push_back(year.whole(row).lowest);
      made.offsets.push_back(static_cast<std::uint32_t>(made.member.size()));
    }
  });
}

DomainId Run::State::lookup_domain(DomainId parent, LookupId lookup, LookupRows const& found) {
  return below(Domain::Level::lookup_rows, parent, lookup, 0, [&](Domain& made) {
    made.source = plan.lookups[lookup].source;
    for (std::size_t row = 0; row < domain(parent).rows; ++row) {
      for (auto i = found.begin(row); i < found.end(row); ++i) {
        if (found.state(i) == PartState::row) made.member.push_back(found.rows()[i]);
      }
      made.offsets.push_back(static_cast<std::uint32_t>(made.member.size()));
    }
  });
}

DomainId Run::State::list_domain(vocabulary::SourceId source, MomentId moment) {
  auto const root = below(Domain::Level::moment, kNone, moment, 0, [&](Domain& made) {
    made.moment = moment;
    made.member.push_back(0);
  });
  return below(Domain::Level::list_rows, root, source, 0, [&](Domain& made) {
    made.source = source;
    auto const* release = table(source, moment);
    auto const rows = release == nullptr ? 0 : release->rows();
    for (std::size_t row = 0; row < rows; ++row) made.member.push_back(static_cast<Steps>(row));
    made.offsets.push_back(static_cast<std::uint32_t>(rows));
  });
}

// Of the newest `fewest` years that ended back to the first of which a case's facts or evidence say anything.
DomainId Run::State::years_known(DomainId parent, check::RangeId range, std::uint32_t fewest) {
  return below(Domain::Level::years_known, parent, range, fewest,
               [&](Domain& made) { add_years_known(made, range, fewest); });
}

}  // namespace waymark::review
