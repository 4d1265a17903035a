// Drawing submissions, and laying them out in columns as cases.hpp says.
#include "tests/property/submissions.hpp"

#include <algorithm>

namespace waymark::property {

using vocabulary::Dimension;
using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Vocabulary;

Cell missing_cell(Field const& field, values::Known why) {
  return {field.lowest.value_or(values::kNoLowest), field.highest.value_or(values::kNoHighest), why};
}

namespace {

values::Steps within(Field const& field, values::Steps steps) {
  return std::clamp(steps, field.lowest.value_or(values::kNoLowest), field.highest.value_or(values::kNoHighest));
}

// At least, at most, or between.
Cell bounded(Field const& field, values::Steps steps, Random& random) {
  auto const missing = missing_cell(field);
  auto const second = within(field, steps + random.between(1, 6));
  switch (random.below(3)) {
    case 0: return {steps, missing.highest, values::Known::bounded};
    case 1: return {missing.lowest, steps, values::Known::bounded};
    default: return {steps, second, second == steps ? values::Known::exactly : values::Known::bounded};
  }
}

}  // namespace

Cell some_cell(Field const& field, unsigned known, Vocabulary const& words, values::Symbols& symbols, Random& random) {
  static std::vector<values::Known> const reasons = {values::Known::not_submitted, values::Known::suppressed,
                                                     values::Known::withdrawn, values::Known::not_yet_published};
  auto const& type = field.quantity.type;
  bool const in_text = type.kind == Kind::code || type.kind == Kind::text;
  bool const may_be_bounded = vocabulary::is_numeric(type) || type.kind == Kind::date;
  if (!random.chance(known) && !(may_be_bounded && random.chance(40))) return missing_cell(field, random.pick(reasons));
  auto const steps = in_text ? values::Steps{symbols.intern(some_text(type, field.name, random))}
                             : within(field, some_steps(type, field.may_be_negative, words, random));
  if (may_be_bounded && !random.chance(known)) return bounded(field, steps, random);
  return {steps, steps, values::Known::exactly};
}

namespace {

class Drawer {
 public:
  Drawer(Vocabulary const& words, unsigned known, values::Symbols& symbols, Random& random)
      : words_(words), known_(known), symbols_(symbols), random_(random) {}

  RecordFacts record(vocabulary::RecordId id) {
    RecordFacts out;
    for (auto const field : words_.records[id].fields) out.fields.push_back(facts(words_.fields[field]));
    return out;
  }

 private:
  Cell cell(Field const& field) { return some_cell(field, known_, words_, symbols_, random_); }

  FieldFacts facts(Field const& field) {
    auto const& type = field.quantity.type;
    if (type.kind == Kind::record && !type.list) return nested(field);
    if (type.list) return list(field);
    FieldFacts out;
    std::size_t entries = 1;
    bool yearly = false;
    for (auto const& each : field.each) {
      if (each.of == Dimension::Of::choice) entries = words_.choices[each.which].entries.size();
      yearly = yearly || each.of == Dimension::Of::year;
    }
    for (std::size_t i = 0; i < entries; ++i) {
      if (yearly) {
        out.years.push_back(years(field));
      } else {
        out.cells.push_back(cell(field));
      }
    }
    return out;
  }

  std::map<int, Cell> years(Field const& field) {
    std::map<int, Cell> out;
    for (int year = 2014; year <= 2026; ++year) {
      if (random_.chance(known_)) out[year] = cell(field);
    }
    return out;
  }

  FieldFacts nested(Field const& field) {
    using Presence = cases::FieldColumn::Presence;
    FieldFacts out;
    out.presence = !random_.chance(known_) ? Presence::unknown : random_.chance(25) ? Presence::none : Presence::there;
    auto const known = known_;
    if (out.presence != Presence::there) known_ = 0;
    out.members.push_back(record(field.quantity.type.which));
    known_ = known;
    if (out.presence != Presence::there) {
      auto const& fields = words_.records[field.quantity.type.which].fields;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        out.members.front().fields[i].cells = {missing_cell(words_.fields[fields[i]])};
      }
    }
    return out;
  }

  FieldFacts list(Field const& field) {
    FieldFacts out;
    if (!random_.chance(std::max(known_, 85U))) {
      out.list_known = values::Known::not_submitted;
      return out;
    }
    bool const records = field.quantity.type.kind == Kind::record;
    auto const size = random_.below(!records && random_.chance(3) ? 41 : 4);
    for (std::size_t i = 0; i < size; ++i) {
      if (records) {
        out.members.push_back(record(field.quantity.type.which));
      } else {
        out.cells.push_back(some_cell(field, 100, words_, symbols_, random_));
      }
    }
    if (field.quantity.type.kind == Kind::code) make_set(out.cells);
    return out;
  }

  // Codes: sorted, each once.
  void make_set(std::vector<Cell>& cells) const {
    auto const text = [&](Cell const& cell) { return symbols_.text(static_cast<values::Symbol>(cell.lowest)); };
    std::sort(cells.begin(), cells.end(), [&](Cell const& a, Cell const& b) { return text(a) < text(b); });
    auto const same = [](Cell const& a, Cell const& b) { return a.lowest == b.lowest; };
    cells.erase(std::unique(cells.begin(), cells.end(), same), cells.end());
  }

  Vocabulary const& words_;
  unsigned known_;
  values::Symbols& symbols_;
  Random& random_;
};

values::Date some_review_date(Random& random) {
  static std::vector<std::pair<unsigned, unsigned>> const days = {{11, 21}, {7, 1}, {6, 30}, {1, 1}, {12, 31}, {3, 15}};
  auto const [month, day] = random.pick(days);
  return values::date_of(static_cast<int>(random.between(2023, 2026)), month, day);
}

std::optional<values::Date> some_day_near(values::Date date, Random& random) {
  static std::vector<std::int64_t> const days = {-400, -30, -1, 0, 0, 1, 30, 400};
  return random.chance(15) ? std::nullopt : std::optional(values::add_days(date, random.pick(days)));
}

}  // namespace

namespace {

// Some follow each other without a gap, some overlap, some are the same twice; of some not all is known.
void add_waivers(DrawnWaiver const& waiver, Submission& out, Vocabulary const& words, Random& random) {
  static std::vector<std::string> const grantors = {"the State Board", "State  board", "Commissioner", "District", ""};
  for (auto count = random.chance(60) ? 1 + random.below(4) : 0; count != 0; --count) {
    cases::WaiverOnRecord record;
    if (!out.waivers.empty() && out.waivers.back().waiver == waiver.name) record = out.waivers.back();
    bool const follows = record.through && random.chance(50);
    bool const again = !record.waiver.empty() && random.chance(10);
    if (!again) {
      record.from = follows ? std::optional(values::add_days(*record.through, random.between(0, 2)))
                            : some_day_near(values::add_days(out.date, -100), random);
      record.through = follows ? std::optional(values::add_days(*record.from, random.between(20, 400)))
                               : some_day_near(values::add_days(out.date, 100), random);
      if (record.from && record.through && *record.through < *record.from) std::swap(record.from, record.through);
      if (random.chance(5)) record.from.reset();
      if (random.chance(5)) record.through.reset();
    }
    record.waiver = waiver.name;
    record.value.reset();
    if (waiver.value && random.chance(90)) record.value = some_steps(*waiver.value, false, words, random);
    record.grantor = random.pick(grantors);
    out.waivers.push_back(std::move(record));
  }
}

}  // namespace

Submission some_submission(Vocabulary const& words, std::vector<DrawnWaiver> const& waivers, unsigned known,
                           values::Symbols& symbols, Random& random) {
  Submission out;
  out.date = some_review_date(random);
  out.facts = Drawer(words, known, symbols, random).record(kPathway);
  for (auto const& waiver : waivers) add_waivers(waiver, out, words, random);
  return out;
}

// --- Columns ------------------------------------------------------------------------------------------------------

namespace {

void add(cases::FactColumn& column, Cell const& cell) { column.add(cell.lowest, cell.highest, cell.known); }

void add_record(cases::RecordColumns& columns, RecordFacts const& facts, Vocabulary const& words);

void add_field(cases::FieldColumn& column, FieldFacts const& facts, Field const& field, Vocabulary const& words) {
  auto const& type = field.quantity.type;
  if (type.kind == Kind::record) {
    for (auto const& member : facts.members) add_record(column.members.front(), member, words);
    if (!type.list) column.presence.push_back(facts.presence);
    if (type.list) column.offsets.push_back(static_cast<std::uint32_t>(column.members.front().rows));
    if (type.list) column.list_known.push_back(facts.list_known);
    return;
  }
  for (auto const& cell : facts.cells) add(column.values, cell);
  for (auto const& years : facts.years) {
    for (auto const& [year, cell] : years) {
      column.years.push_back(year);
      add(column.values, cell);
    }
    column.offsets.push_back(static_cast<std::uint32_t>(column.years.size()));
  }
  if (!type.list) return;
  column.offsets.push_back(static_cast<std::uint32_t>(column.values.size()));
  column.list_known.push_back(facts.list_known);
}

void add_record(cases::RecordColumns& columns, RecordFacts const& facts, Vocabulary const& words) {
  auto const& fields = words.records[columns.record].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    add_field(columns.fields[i], facts.fields[i], words.fields[fields[i]], words);
  }
  ++columns.rows;
}

}  // namespace

cases::Batch batch_of(std::vector<Submission> const& submissions, Vocabulary const& words) {
  auto out = cases::empty_batch(kPathway, words);
  for (auto const& submission : submissions) {
    auto& origin = out.origins.emplace_back();
    origin.id = "P" + std::to_string(out.origins.size());
    add_record(out.facts, submission.facts, words);
    out.waivers.push_back(submission.waivers);
  }
  return out;
}

std::vector<values::Date> dates_of(std::vector<Submission> const& submissions) {
  std::vector<values::Date> out;
  for (auto const& submission : submissions) out.push_back(submission.date);
  return out;
}

}  // namespace waymark::property
