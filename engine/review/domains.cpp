// Making domains: which rows stand below each row of a parent. Each domain is made once.
#include <algorithm>
#include <tuple>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using check::Range;

DomainId Run::State::add(std::unique_ptr<Domain> made) {
  auto const id = static_cast<DomainId>(domains_.size());
  made->path.push_back(id);
  made->rows = made->member.size();
  if (!made->offsets.empty()) {
    made->parent_of.resize(made->rows);
    for (std::uint32_t row = 0; row + 1 < made->offsets.size(); ++row) {
      std::fill(made->parent_of.begin() + made->offsets[row], made->parent_of.begin() + made->offsets[row + 1], row);
    }
    auto const& outer = domain(made->parent);
    if (outer.moment == kNone) {
      made->case_of.resize(made->rows);
      for (std::size_t row = 0; row < made->rows; ++row) made->case_of[row] = outer.case_of[made->parent_of[row]];
    }
  }
  domains_.push_back(std::move(made));
  return id;
}

std::unique_ptr<Domain> Run::State::below(DomainId parent, Domain::Level level) const {
  auto made = std::make_unique<Domain>();
  auto const& outer = domain(parent);
  made->level = level;
  made->parent = parent;
  made->path = outer.path;
  made->moment = outer.moment;
  made->offsets.reserve(outer.rows + 1);
  made->offsets.push_back(0);
  return made;
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
  auto const key = std::tuple(Domain::Level::range, parent, range, 0U);
  auto known = domain_ids_.find(key);
  if (known == domain_ids_.end()) {
    auto made = below(parent, Domain::Level::range);
    made->range = range;
    made->years = of.of == Range::Of::years;
    for (std::size_t row = 0; row < domain(parent).rows; ++row) {
      add_members(*made, parent, row);
      made->offsets.push_back(static_cast<std::uint32_t>(made->member.size()));
    }
    known = domain_ids_.emplace(key, add(std::move(made))).first;
  }
  if (of.of == Range::Of::list) use_list(of.which, parent);
  if (of.of == Range::Of::figure) list_figure(of.which);  // for its faults, also where its members were found before
  return known->second;
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
  auto const key = std::tuple(Domain::Level::years_before, parent, range, last);
  if (auto const known = domain_ids_.find(key); known != domain_ids_.end()) return known->second;
  auto made = below(parent, Domain::Level::years_before);
  made->range = range;
  made->years = true;
  auto const outer = innermost(parent, range);
  WAYMARK_CHECK(outer != kNone, "years counted back from a year where none surrounds");
  for (auto const year : members_of(parent, outer)) {
    for (std::uint32_t i = 0; i < last; ++i) made->member.push_back(year - Steps{i});
    made->offsets.push_back(static_cast<std::uint32_t>(made->member.size()));
  }
  return domain_ids_.emplace(key, add(std::move(made))).first->second;
}

DomainId Run::State::year_points(DomainId parent, check::RangeId range, ValueId in_year, Column const& year) {
  auto const key = std::tuple(Domain::Level::year_points, parent, range, in_year);
  if (auto const known = domain_ids_.find(key); known != domain_ids_.end()) return known->second;
  auto made = below(parent, Domain::Level::year_points);
  made->range = range;
  made->years = true;
  for (std::size_t row = 0; row < domain(parent).rows; ++row) {
    if (year.is_exact(row) && (year.applies(row) & kApplies) != 0) made->member.push_back(year.whole(row).lowest);
    made->offsets.push_back(static_cast<std::uint32_t>(made->member.size()));
  }
  return domain_ids_.emplace(key, add(std::move(made))).first->second;
}

DomainId Run::State::lookup_domain(DomainId parent, LookupId lookup, LookupRows const& found) {
  auto const key = std::tuple(Domain::Level::lookup_rows, parent, lookup, 0U);
  if (auto const known = domain_ids_.find(key); known != domain_ids_.end()) return known->second;
  auto made = below(parent, Domain::Level::lookup_rows);
  made->source = plan.lookups[lookup].source;
  for (std::size_t row = 0; row < domain(parent).rows; ++row) {
    for (auto i = found.offsets[row]; i < found.offsets[row + 1]; ++i) {
      if (found.states[i] == PartState::row) made->member.push_back(found.rows[i]);
    }
    made->offsets.push_back(static_cast<std::uint32_t>(made->member.size()));
  }
  return domain_ids_.emplace(key, add(std::move(made))).first->second;
}

DomainId Run::State::list_domain(vocabulary::SourceId source, MomentId moment) {
  auto const root_key = std::tuple(Domain::Level::moment, kNone, moment, 0U);
  auto root = domain_ids_.find(root_key);
  if (root == domain_ids_.end()) {
    auto made = std::make_unique<Domain>();
    made->level = Domain::Level::moment;
    made->moment = moment;
    made->member.push_back(0);
    root = domain_ids_.emplace(root_key, add(std::move(made))).first;
  }
  auto const key = std::tuple(Domain::Level::list_rows, root->second, std::uint32_t{source}, 0U);
  if (auto const known = domain_ids_.find(key); known != domain_ids_.end()) return known->second;
  auto made = below(root->second, Domain::Level::list_rows);
  made->source = source;
  auto const* release = table(source, moment);
  auto const rows = release == nullptr ? 0 : release->rows();
  for (std::size_t row = 0; row < rows; ++row) made->member.push_back(static_cast<Steps>(row));
  made->offsets.push_back(static_cast<std::uint32_t>(rows));
  return domain_ids_.emplace(key, add(std::move(made))).first->second;
}

}  // namespace waymark::review
