// Frames of a run with the words for where they stand, and the keys of facts in the submission.
#include "engine/explain/spot.hpp"

#include <algorithm>
#include <utility>

#include "engine/explain/words.hpp"
#include "engine/review/windows.hpp"
#include "grammar/parse.hpp"

namespace waymark::explain {
namespace {

using Of = check::Range::Of;

vocabulary::Type member_type(Subject const& subject, check::Range const& range) {
  auto const& vocabulary = subject.program.vocabulary;
  vocabulary::Type type;
  switch (range.of) {
    case Of::choice:
      type.kind = vocabulary::Kind::choice;
      type.which = static_cast<std::uint16_t>(range.which);
      break;
    case Of::list_field: {
      auto const field = vocabulary.records[subject.program.record].fields[range.which];
      type = vocabulary.fields[field].quantity.type;
      type.list = false;
      break;
    }
    case Of::years:
      type.kind = vocabulary::Kind::year;
      type.which = static_cast<std::uint16_t>(range.which);
      break;
    case Of::list: type = subject.program.lists[range.which].member; break;
    case Of::figure:
      type = subject.program.figures[range.which].type;
      type.list = false;
      break;
    case Of::source_list: type = vocabulary.sources[range.which].keys.front().type; break;
  }
  return type;
}

std::string label_of(Subject const& subject, check::Range const& range, values::Steps member, std::size_t ordinal) {
  auto const type = member_type(subject, range);
  if (type.kind == vocabulary::Kind::record) return range.member + " " + std::to_string(ordinal + 1);
  if (type.kind == vocabulary::Kind::code) return titled(subject, type, static_cast<values::Symbol>(member));
  return value_words(subject, type, member);
}

// The innermost, which is what a fact reads.
Level const* level_of(Subject const& subject, Spot const& spot, Of of, std::uint32_t which) {
  for (auto level = spot.levels.rbegin(); level != spot.levels.rend(); ++level) {
    auto const& range = subject.program.ranges[level->range];
    if (range.of == of && range.which == which) return &*level;
  }
  return nullptr;
}

// The words of one dimension of a field there: `econ`, `2024-25`; empty where no range says which.
std::string dimension_key(Subject const& subject, vocabulary::Dimension const& dimension, Spot const& spot) {
  auto const& vocabulary = subject.program.vocabulary;
  if (dimension.of == vocabulary::Dimension::Of::choice) {
    auto const* level = level_of(subject, spot, Of::choice, dimension.which);
    if (level == nullptr) return "";
    return vocabulary.choices[dimension.which].entries[static_cast<std::size_t>(level->member)].data_key;
  }
  auto const* level = level_of(subject, spot, Of::years, dimension.which);
  if (level == nullptr) return "";
  return values::write_year(static_cast<int>(level->member), vocabulary.calendar.years[dimension.which]);
}

bool names(Subject const& subject, vocabulary::Dimension const& dimension, std::string_view placeholder) {
  auto const& vocabulary = subject.program.vocabulary;
  auto const key = grammar::name_key(placeholder);
  if (dimension.of == vocabulary::Dimension::Of::choice) return key == vocabulary.choices[dimension.which].name;
  return key == "year" || key == vocabulary.calendar.years[dimension.which].name;
}

void append_key(std::string& out, std::string_view part) {
  if (part.empty()) return;
  if (!out.empty()) out.push_back('.');
  out += part;
}

void append_field(Subject const& subject, vocabulary::Field const& field, Spot const& spot, std::string& out) {
  std::vector<bool> said(field.each.size(), false);
  for (auto const& part : field.path) {
    auto const open = part.find('{');
    auto const close = part.find('}');
    std::string written = part;
    for (std::size_t i = 0; open < close && close != std::string::npos && i < field.each.size(); ++i) {
      if (!names(subject, field.each[i], std::string_view(part).substr(open + 1, close - open - 1))) continue;
      auto const key = dimension_key(subject, field.each[i], spot);
      if (key.empty()) continue;
      written = part.substr(0, open) + key + part.substr(close + 1);
      said[i] = true;
    }
    append_key(out, written);
  }
  for (std::size_t i = 0; i < field.each.size(); ++i) {
    bool const placed = said[i] || std::any_of(field.path.begin(), field.path.end(), [&](std::string const& part) {
                          return part.find('{') != std::string::npos && field.each.size() == 1;
                        });
    if (!placed) append_key(out, dimension_key(subject, field.each[i], spot));
  }
}

vocabulary::Field const& outer_field(Subject const& subject, check::FactRef const& fact) {
  auto const& vocabulary = subject.program.vocabulary;
  return vocabulary.fields[vocabulary.records[subject.program.record].fields[fact.outer]];
}

// The members of a range below a spot at these frames.
std::vector<Spot> spots_at(Subject const& subject, check::RangeId range, Spot const& spot,
                           std::vector<review::Frame> const& frames) {
  std::vector<Spot> out;
  out.reserve(frames.size());
  for (auto const frame : frames) {
    auto const member = subject.run.member(frame);
    auto label = label_of(subject, subject.program.ranges[range], member, out.size());
    auto& inner = out.emplace_back(Spot{spot.case_index, spot.base, spot.row, spot.titled, {}});
    inner.levels.reserve(spot.levels.size() + 1);
    inner.levels = spot.levels;
    inner.levels.push_back({range, frame, member, std::move(label)});
  }
  return out;
}

// Whether a year surely does not come after the `after` of a window.
bool is_too_early(Subject const& subject, check::Windowed const& windowed, Spot const& spot, values::Steps year) {
  if (windowed.after == check::kNone) return false;
  auto const after = subject.run.value(windowed.after, spot.frame());
  auto const& kind = subject.program.vocabulary.calendar.years[subject.program.ranges[windowed.range].which];
  bool const dated = subject.program.values[windowed.after].type.kind == vocabulary::Kind::date;
  auto const at = dated ? values::Steps{values::first_day(static_cast<int>(year), kind).days} : year;
  return is_finite(after.lowest) && compare(values::ratio_of(at), after.lowest) <= 0;
}

}  // namespace

std::string Spot::words() const {
  auto out = row;
  for (auto level = levels.begin(); level != levels.end(); ++level) {
    bool const again =
        std::any_of(level + 1, levels.end(), [&](Level const& inner) { return inner.range == level->range; });
    if (!again) out.append(out.empty() ? "" : ", ").append(level->label);
  }
  return out;
}

Spot spot_of(Subject const& subject) { return {subject.case_index, {0, subject.case_index}, "", "", {}}; }

std::vector<Spot> list_spots(Subject const& subject, check::ListId list, values::Symbol member) {
  auto base = list;
  while (subject.program.lists[base].of != check::kNone) base = subject.program.lists[base].of;
  auto const source = subject.program.lists[base].source;
  auto const* release = subject.run.release(source, subject.case_index);
  std::vector<Spot> out;
  if (release == nullptr) return out;
  for (auto const frame : subject.run.list_rows(list, member, subject.run.date(subject.case_index))) {
    auto const row = static_cast<std::size_t>(subject.run.member(frame));
    std::vector<values::Symbol> keys;
    for (auto const& column : release->table.keys) keys.push_back(column[row]);
    out.push_back({subject.case_index,
                   frame,
                   keys_words(subject, source, keys, false),
                   keys_words(subject, source, keys, true),
                   {}});
  }
  return out;
}

std::vector<Spot> members(Subject const& subject, check::RangeId range, Spot const& spot) {
  return spots_at(subject, range, spot, subject.run.members(range, spot.frame()));
}

Spot settled(Spot const& spot, std::vector<check::RangeId> const& each) {
  auto out = spot;
  auto const wanted = [&](check::RangeId range) { return std::find(each.begin(), each.end(), range) != each.end(); };
  while (!out.levels.empty() && !wanted(out.levels.back().range)) out.levels.pop_back();
  return out;
}

std::vector<Spot> window(Subject const& subject, check::Windowed const& windowed, Spot const& spot) {
  auto all = spots_at(subject, windowed.range, spot, subject.run.years(windowed, spot.frame()));
  auto const too_early = [&](Spot const& member) {
    return is_too_early(subject, windowed, spot, member.levels.back().member);
  };
  all.erase(std::remove_if(all.begin(), all.end(), too_early), all.end());
  auto const back = std::size_t{windowed.within != 0 ? windowed.within : windowed.last};
  if (!review::is_endless(windowed) && all.size() > back) all.resize(back);
  // Those after which no other year can be taken any more.
  std::size_t looked_at = 0;
  for (std::uint32_t taken = 0; looked_at < all.size() && taken < windowed.last; ++looked_at) {
    auto const truth = windowed.measured ? subject.run.truth(windowed.body, all[looked_at].frame()) : values::kYes;
    if (!values::may_be(truth, values::kDoesNotApply)) ++taken;
  }
  all.resize(looked_at);
  return all;
}

std::optional<Spot> year_before_all(Subject const& subject, check::Windowed const& windowed, Spot const& spot) {
  if (!review::is_endless(windowed)) return std::nullopt;
  auto const looked_at = window(subject, windowed, spot);
  auto const measured = std::count_if(looked_at.begin(), looked_at.end(), [&](Spot const& year) {
    return !values::may_be(subject.run.truth(windowed.body, year.frame()), values::kDoesNotApply);
  });
  auto const frames = subject.run.years(windowed, spot.frame());
  auto const first = subject.run.member(frames.back());
  if (measured >= std::int64_t{windowed.last} || is_too_early(subject, windowed, spot, first - 1)) return std::nullopt;
  auto const first_words = label_of(subject, subject.program.ranges[windowed.range], first, 0);
  auto out = spot;
  out.levels.push_back({windowed.range, spot.frame(), first - 1, "before " + first_words});
  return out;
}

std::vector<Spot> kept_members(Subject const& subject, check::ListAggregate const& aggregate, Spot const& spot) {
  auto out = members(subject, aggregate.range, spot);
  std::erase_if(out, [&](Spot const& member) {
    return std::any_of(aggregate.where.begin(), aggregate.where.end(), [&](check::ConditionId filter) {
      return !values::may_be(subject.run.truth(filter, member.frame()), values::kYes);
    });
  });
  return out;
}

std::vector<Spot> years(Subject const& subject, check::YearsAggregate const& aggregate, Spot const& spot) {
  auto all = members(subject, aggregate.range, spot);
  auto const* around = level_of(subject, spot, Of::years, subject.program.ranges[aggregate.range].which);
  if (around != nullptr) {
    auto const later = [&](Spot const& member) { return member.levels.back().member > around->member; };
    all.erase(std::remove_if(all.begin(), all.end(), later), all.end());
  }
  if (all.size() > aggregate.last) all.resize(aggregate.last);
  return all;
}

std::optional<Spot> in_year(Subject const& subject, check::InYear const& node, Spot const& spot) {
  auto const year = subject.run.value(node.year, spot.frame());
  if (!year.exact()) return std::nullopt;
  for (auto& member : members(subject, node.range, spot)) {
    if (compare(values::ratio_of(member.levels.back().member), year.lowest) == 0) return std::move(member);
  }
  return std::nullopt;
}

std::string fact_key(Subject const& subject, check::FactRef const& fact, Spot const& spot) {
  std::string out;
  if (fact.outer != check::kNone) append_field(subject, outer_field(subject, fact), spot, out);
  append_field(subject, subject.program.vocabulary.fields[fact.field], spot, out);
  return out;
}

std::string fact_words(Subject const& subject, check::FactRef const& fact, Spot const& spot) {
  std::string out;
  auto const say = [&](Level const* level) {
    if (level != nullptr) out += (out.empty() ? "" : ", ") + level->label;
  };
  if (fact.outer != check::kNone) say(level_of(subject, spot, Of::list_field, fact.outer));
  for (auto const& dimension : subject.program.vocabulary.fields[fact.field].each) {
    if (dimension.of == vocabulary::Dimension::Of::choice) say(level_of(subject, spot, Of::choice, dimension.which));
  }
  return out;
}

std::string year_words(Subject const& subject, Spot const& spot) {
  for (auto level = spot.levels.rbegin(); level != spot.levels.rend(); ++level) {
    if (subject.program.ranges[level->range].of == Of::years) return level->label;
  }
  return "";
}

check::FactRef field_of(Subject const& subject, check::RangeId range) {
  auto const position = subject.program.ranges[range].which;
  return {check::kNone, position, subject.program.vocabulary.records[subject.program.record].fields[position]};
}

ListFact list_fact(Subject const& subject, check::FactRef const& fact, Spot const& spot) {
  auto const* columns = &subject.batch.facts;
  if (fact.outer != check::kNone) columns = &columns->fields[fact.outer].members.front();
  auto const& field = columns->fields[fact.position];
  // A list within a list of records has a row for each of those, and none for the case.
  auto const* member = fact.outer == check::kNone ? nullptr : level_of(subject, spot, Of::list_field, fact.outer);
  auto const row = member != nullptr ? static_cast<std::size_t>(member->member) : spot.case_index;
  ListFact out;
  out.known = field.list_known[row];
  if (out.known != values::Known::exactly) return out;
  for (auto at = field.offsets[row]; at < field.offsets[row + 1] && at < field.values.size(); ++at) {
    bool const exact = field.values.known[at] == values::Known::exactly;
    out.members.push_back(exact ? std::optional(field.values.lowest[at]) : std::nullopt);
  }
  return out;
}

}  // namespace waymark::explain
