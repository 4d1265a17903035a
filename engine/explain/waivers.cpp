#include "engine/explain/waivers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/explain/missing.hpp"

namespace waymark::explain {
namespace {

using values::kNo;
using values::kYes;

std::string grantors(check::Waiver const& waiver) {
  std::string out;
  for (std::size_t i = 0; i < waiver.granted_by.size(); ++i) {
    if (i != 0) out += i + 1 == waiver.granted_by.size() ? " or " : ", ";
    out += waiver.granted_by[i].shown;
  }
  return out;
}

std::string times(std::uint32_t count) { return fmt::format("at most {} time{}", count, count == 1 ? "" : "s"); }

std::string grantor_line(check::Waiver const& waiver, review::Grant const& grant) {
  auto const asked = fmt::format("only {} may grant it", grantors(waiver));
  return grant.by_grantor == kNo ? asked : fmt::format("{}, and who did is not on record", asked);
}

std::string length_line(check::Waiver const& waiver, values::Calendar const& calendar,
                        cases::WaiverOnRecord const& record, review::Grant const& grant) {
  auto out = fmt::format("it may last at most {}", waiver.lasts->text);
  if (record.from) {
    if (auto const last = review::last_day_of(waiver, calendar, *record.from)) {
      out += fmt::format(", through {}", values::write_date(*last));
    }
  }
  return grant.short_enough == kNo ? out : out + ", and its days are not on record";
}

std::string extension_line(check::Waiver const& waiver, review::Grant const& grant) {
  auto const asked = fmt::format("it may be extended {}", times(*waiver.extended));
  if (grant.extended_less == kNo && grant.fewest == grant.most) {
    return fmt::format("it is extension {}, and {}", grant.fewest, asked);
  }
  if (grant.extended_less == kNo) return fmt::format("it is extension {} at least, and {}", grant.fewest, asked);
  return fmt::format("{}, and which extension it is cannot be told", asked);
}

}  // namespace

std::string against(check::Waiver const& waiver, values::Calendar const& calendar, cases::WaiverOnRecord const& record,
                    review::Grant const& grant) {
  bool const surely = grant.in_force() == kNo;
  std::vector<std::string> lines;
  auto const add = [&](values::Truth truth, auto words) {
    if (truth != kYes && (!surely || truth == kNo)) lines.push_back(words());
  };
  add(grant.by_grantor, [&] { return grantor_line(waiver, grant); });
  add(grant.short_enough, [&] { return length_line(waiver, calendar, record, grant); });
  add(grant.extended_less, [&] { return extension_line(waiver, grant); });
  return fmt::format("{}", fmt::join(lines, ", and "));
}

std::string waiver_words(Subject const& subject, check::Waiver const& waiver, values::Truth truth) {
  auto const& on_record = subject.batch.waivers[subject.case_index];
  auto const& calendar = subject.program.vocabulary.calendar;
  std::string out;
  for (auto const& grant : review::grants_of(waiver, calendar, on_record, subject.run.date(subject.case_index))) {
    auto const& recorded = on_record[grant.record];
    out += out.empty() ? "on record: " : "; ";
    out += recorded.grantor.empty() ? "granted" : "granted by " + recorded.grantor;
    if (recorded.from) out += " from " + values::write_date(*recorded.from);
    if (recorded.through) out += " through " + values::write_date(*recorded.through);
    if (waiver.threshold != check::kNone && !recorded.value_text.empty()) out += ", " + recorded.value_text;
    if (!recorded.reason.empty()) out += ", " + recorded.reason;
    auto const why = grant.days == kNo ? std::string() : against(waiver, calendar, recorded, grant);
    if (!why.empty()) out += (grant.in_force() == kNo ? ", not in force: " : ", cannot be told: ") + why;
  }
  if (!out.empty()) return out;
  return truth == kYes ? "in force, as the example states" : "none on record";
}

bool may_be_waived(Subject const& subject, check::WaiverId id) {
  auto const& on_record = subject.batch.waivers[subject.case_index];
  auto const grants = review::grants_of(subject.program.waivers[id], subject.program.vocabulary.calendar, on_record,
                                        subject.run.date(subject.case_index));
  return review::is_in_force(grants) != kNo;
}

std::string waived_from(Subject const& subject, check::ThresholdId id, Spot const& spot) {
  auto const& threshold = subject.program.thresholds[id];
  std::string out;
  for (auto const waiver : threshold.waived_by) {
    if (!may_be_waived(subject, waiver)) continue;
    auto const& declared = subject.program.waivers[waiver];
    out += (out.empty() ? "" : "; ") + declared.shown + ", " + waiver_words(subject, declared, kYes);
  }
  if (out.empty()) return out;
  auto const row = subject.run.threshold_row(id, spot.frame());
  auto const own = row ? " from " + found_words(subject, threshold.rows[*row].value, spot) : std::string();
  return "waived" + own + ": " + out;
}

std::string not_waived(Subject const& subject, check::ThresholdId id) {
  std::string out;
  for (auto const waiver : subject.program.thresholds[id].waived_by) {
    auto const& declared = subject.program.waivers[waiver];
    auto const& on_record = subject.batch.waivers[subject.case_index];
    bool const is_there = std::any_of(on_record.begin(), on_record.end(),
                                      [&](auto const& record) { return record.waiver == declared.name; });
    if (is_there) out += "; " + declared.shown + ", " + waiver_words(subject, declared, kNo);
  }
  return out;
}

}  // namespace waymark::explain
