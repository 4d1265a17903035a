// Drawing a world, and telling what it holds.
#include "tests/property/worlds.hpp"

#include <fmt/format.h>

namespace waymark::property {

std::unique_ptr<RandomWorld> some_world(std::uint64_t seed, std::size_t cases, Taste taste) {
  Random random(seed);
  auto out = std::make_unique<RandomWorld>();
  out->words = make_words(random);
  out->program = some_program(out->words, taste, random);
  out->evidence = some_evidence(out->words, out->symbols, random);
  std::vector<DrawnWaiver> waivers;
  for (auto const& waiver : out->program.waivers) {
    auto& drawn = waivers.emplace_back(DrawnWaiver{waiver.name, std::nullopt});
    if (waiver.threshold != check::kNone) drawn.value = out->program.thresholds[waiver.threshold].type;
  }
  bool const of_one_date = random.chance(50);  // then rows of lookups are found for all cases at once
  for (std::size_t i = 0; i < cases; ++i) {
    auto const known = static_cast<unsigned>(random.pick(std::vector<int>{60, 85, 95, 100}));
    out->submissions.push_back(some_submission(out->words, waivers, known, out->symbols, random));
    if (of_one_date) out->submissions.back().date = out->submissions.front().date;
  }
  return out;
}

namespace {

std::string words_of(check::Program const& program, check::ConditionId id) {
  return id == check::kNone ? "otherwise" : program.conditions[id].text;
}

void describe(check::Program const& program, check::Figure const& figure, std::string& out) {
  out += fmt::format("Figure {}{}\n", figure.shown, figure.each.empty() ? "" : ", for each");
  for (auto const range : figure.each) out += fmt::format("  each range {}\n", range);
  if (figure.yes_when != check::kNone) out += fmt::format("  yes when {}\n", words_of(program, figure.yes_when));
  for (auto const& each : figure.cases) {
    out += fmt::format("  when {}: {}\n", words_of(program, each.when), program.values[each.value].text);
  }
  if (figure.exempt != check::kNone) out += fmt::format("  not applying when {}\n", words_of(program, figure.exempt));
  if (figure.fallback) {
    out += fmt::format("  if not {} by source {}: {}\n", figure.fallback->published ? "published" : "covered",
                       figure.fallback->source, program.values[figure.fallback->value].text);
  }
}

void describe(check::Program const& program, check::Threshold const& threshold, std::string& out) {
  out += fmt::format("Threshold {}{}{}{}\n", threshold.shown, threshold.each.empty() ? "" : ", for each year",
                     threshold.by == check::kNone ? "" : ", by " + program.values[threshold.by].text,
                     threshold.dated_by == check::kNone ? "" : ", dated by " + program.values[threshold.dated_by].text);
  for (auto const& row : threshold.rows) {
    out += fmt::format("  from {}{}, entry {}, text {}, step {}: {}\n", values::write_date(row.from),
                       row.through ? " through " + values::write_date(*row.through) : "",
                       row.entry ? std::to_string(*row.entry) : "none", row.text,
                       row.step ? fmt::format("{}..{}", row.step->lowest, row.step->highest) : "none",
                       program.values[row.value].text);
  }
}

std::string end_of(values::Steps steps) {
  return steps == values::kNoLowest || steps == values::kNoHighest ? "…" : std::to_string(steps);
}

std::string shown(Cell const& cell) {
  if (cell.known == values::Known::exactly) return end_of(cell.lowest);
  return fmt::format("{}..{} ({})", end_of(cell.lowest), end_of(cell.highest), values::words(cell.known));
}

std::string describe(RecordFacts const& facts, vocabulary::RecordId record, vocabulary::Vocabulary const& words,
                     std::string const& indent) {
  std::string out;
  auto const& fields = words.records[record].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto const& field = words.fields[fields[i]];
    auto const& said = facts.fields[i];
    out += fmt::format("{}{}{}:", indent, field.shown, field.may_be_negative ? " (may be negative)" : "");
    if (said.list_known != values::Known::exactly) out += " list missing";
    if (said.presence != cases::FieldColumn::Presence::there) out += said.members.empty() ? "" : " none or unknown";
    for (auto const& cell : said.cells) out += " " + shown(cell);
    for (auto const& years : said.years) {
      for (auto const& [year, cell] : years) out += fmt::format(" {}: {}", year, shown(cell));
      out += ";";
    }
    out += "\n";
    for (auto const& member : said.members) {
      out += describe(member, field.quantity.type.which, words, indent + "  ") + indent + "  ;\n";
    }
  }
  return out;
}

}  // namespace

std::string described(RandomWorld const& world, std::size_t case_index) {
  auto const& submission = world.submissions[case_index];
  auto out = "on " + values::write_date(submission.date) + "\n" + describe(submission.facts, kPathway, world.words, "");
  for (auto const& waiver : submission.waivers) {
    out += fmt::format("{}{} from {} through {} by {}\n", waiver.waiver,
                       waiver.value ? fmt::format(" {}", *waiver.value) : "",
                       waiver.from ? values::write_date(*waiver.from) : "…",
                       waiver.through ? values::write_date(*waiver.through) : "…", waiver.grantor);
  }
  return out;
}

std::string described(RandomWorld const& world) {
  auto const& program = world.program;
  std::string out;
  for (check::RangeId id = 0; id < program.ranges.size(); ++id) {
    auto const& range = program.ranges[id];
    out += fmt::format("Range {}: of {} which {} horizon {}\n", id, static_cast<int>(range.of), range.which,
                       range.horizon);
  }
  for (auto const& threshold : program.thresholds) describe(program, threshold, out);
  for (auto const& list : program.lists) {
    out += fmt::format("List {} of source {} (of list {}): {}\n", list.shown, list.source, list.of,
                       words_of(program, list.on_it));
    if (!list.ranking) continue;
    auto const text = [&](check::ValueId id) { return id == check::kNone ? "-" : program.values[id].text; };
    out += fmt::format("  {} {} by {} for each {}, ties {}\n", list.ranking->highest ? "highest" : "lowest",
                       text(list.ranking->count), text(list.ranking->by), text(list.ranking->stratum),
                       static_cast<int>(list.ranking->ties));
  }
  for (auto const& figure : program.figures) describe(program, figure, out);
  for (auto const& criterion : program.criteria) {
    out += fmt::format("Criterion {}\n  {} {}\n", criterion.shown, criterion.not_met_when ? "not met when" : "met when",
                       words_of(program, criterion.test));
    if (criterion.exempt != check::kNone) out += fmt::format("  exempt {}\n", words_of(program, criterion.exempt));
    if (criterion.waived != check::kNone) out += fmt::format("  waived {}\n", words_of(program, criterion.waived));
  }
  for (auto const& group : program.groups) {
    out += fmt::format("Group {}:", group.shown);
    for (auto const id : group.criteria) out += " " + program.criteria[id].shown;
    out += "\n";
  }
  for (auto const& decision : program.decisions) {
    out += fmt::format("Decision {}, when {}\n", decision.shown, words_of(program, decision.when));
    for (auto const& row : decision.rows) out += fmt::format("  {} when {}\n", row.shown, words_of(program, row.when));
  }
  return out;
}

}  // namespace waymark::property
