// What counts of a ledger for each case: history_fields.cpp makes columns of it.
#include "engine/commands/history.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/cases/columns.hpp"
#include "engine/commands/decision_body.hpp"
#include "engine/commands/judged.hpp"
#include "engine/commands/waiver_entry.hpp"

namespace waymark::commands {
namespace {

using cases::Layout;
using ledger::Body;
using ledger::Entry;
using ledger::LedgerResult;

bool decided_something(std::string const& outcome) {
  return !outcome.empty() && outcome != "not reviewed" && outcome != "needs information";
}

}  // namespace

std::vector<std::uint64_t> from_ledger(Body const& decision) { return decision.numbers("from_ledger"); }

History::History(Reviewer const& reviewer) : reviewer_(reviewer) {
  auto const& vocabulary = reviewer.program().vocabulary;
  auto const& fields = vocabulary.records[reviewer.program().record].fields;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    auto const& field = vocabulary.fields[fields[position]];
    auto const layout = cases::layout_of(field);
    if (field.name == kLastDecision && layout == Layout::record) last_ = position;
    if (field.name == kEarlierDecisions && layout == Layout::record_list) list_ = position;
  }
}

LedgerResult<History> History::open(ledger::Reader reader, Reviewer const& reviewer) {
  History history(reviewer);
  auto const size = reader.size();
  if (!size) return values::failure(size.error());
  history.size_ = *size;
  if (auto failed = history.load(reader)) return values::failure(*std::move(failed));
  history.reader_ = std::move(reader);
  return history;
}

LedgerResult<History> History::as_of(ledger::Reader const& reader, Reviewer const& reviewer, std::uint64_t size) {
  History history(reviewer);
  history.size_ = size;
  history.of_replay_ = &reader;
  if (auto failed = history.load(reader)) return values::failure(*std::move(failed));
  return history;
}

std::optional<ledger::LedgerError> History::load(ledger::Reader const& reader) {
  for (auto const* kind : {"waiver", "override", "migration"}) {
    auto const entries = reader.of_kind(kind);
    if (!entries) return entries.error();
    for (auto const& entry : *entries) {
      if (entry.seq < size_) add(known_, entry);
    }
  }
  return std::nullopt;
}

LedgerResult<History> History::of_entries(ledger::Reader const& reader, Reviewer const& reviewer,
                                          std::vector<std::uint64_t> const& seqs) {
  History history(reviewer);
  history.of_replay_ = &reader;
  history.looks_up_ = false;
  for (auto const seq : seqs) {
    auto const entry = reader.entry(seq);
    if (!entry) return values::failure(entry.error());
    if (*entry) history.add(history.known_, **entry);
  }
  return history;
}

void History::add(Entries& known, Entry const& entry) const {
  Body const body(entry.body);
  if (entry.kind == "waiver") {
    // One that came with a submission is of that submission alone, and comes with it again.
    if (!body.has("who")) return;
    auto const waiver = reviewer_.with_value(waiver_of(body));
    if (auto const id = body.text("submission")) known.of_submission[*id].push_back({waiver, entry.seq});
    if (auto const about = body.text("subject")) known.of_subject[*about].push_back({waiver, entry.seq});
  } else if (entry.kind == "override") {
    auto const concerns = static_cast<std::uint64_t>(body.number("concerns").value_or(0));
    known.overrides[concerns] = {body.text("outcome").value_or(""), entry.seq};
  } else if (entry.kind == "migration") {
    // Taken over again, because it was overridden: what it says last counts.
    auto& all = known.taken_over[body.text("subject").value_or("")];
    std::erase_if(all, [&](TakenOver const& one) { return one.named.raw("sha256") == body.raw("sha256"); });
    all.push_back({entry.seq, body});
  } else if (entry.kind == "decision") {
    auto earlier = earlier_of(entry.seq, entry.body);
    if (earlier) known.decisions[body.text("subject").value_or("")].push_back(*std::move(earlier));
  }
}

// A decision of the same policy, whatever came out.
std::optional<History::Earlier> History::earlier_of(std::uint64_t seq, std::string body) const {
  Earlier out{seq, {}, Body(std::move(body)), {}, std::nullopt};
  auto const date = values::read_date(out.body.text("date").value_or(""));
  if (!date || out.body.text("policy") != reviewer_.program().title) return std::nullopt;
  out.date = *date;
  out.outcome = out.body.text("outcome").value_or("");
  return out;
}

LedgerResult<std::optional<History::Earlier>> History::earlier_of(TakenOver const& one) const {
  if (one.named.text("policy") != reviewer_.program().title) return std::optional<Earlier>();
  auto const sha256 = values::hash_of_hex(one.named.text("sha256").value_or(""));
  auto body = sha256 ? reader().blob(*sha256) : LedgerResult<std::optional<std::string>>();
  if (!body) return values::failure(body.error());
  if (!*body) {
    auto const what = fmt::format("the decision that entry {} took over is not kept", one.seq);
    return values::failure(ledger::LedgerError{ledger::LedgerError::Kind::integrity, what});
  }
  auto out = earlier_of(one.seq, **std::move(body));
  if (out && one.named.has("overridden")) {
    out->outcome = one.named.object("overridden").text("outcome").value_or("");
    out->is_overridden = true;
  }
  return out;
}

LedgerResult<bool> History::is_empty() const {
  if (!known_.taken_over.empty()) return false;
  bool empty = true;
  auto const failed = reader_->each(0, [&](Entry const& entry) {
    empty = entry.kind != "decision";
    return empty;
  });
  if (failed) return values::failure(*failed);
  return empty;
}

// Of a run they are looked up, of a replay they are those that it was given.
LedgerResult<std::vector<History::Earlier>> History::decisions(std::string const& subject) const {
  std::vector<Earlier> all;
  if (auto const found = known_.decisions.find(subject); found != known_.decisions.end()) all = found->second;
  if (auto const found = known_.taken_over.find(subject); found != known_.taken_over.end()) {
    for (auto const& one : found->second) {
      auto earlier = earlier_of(one);
      if (!earlier) return values::failure(earlier.error());
      if (*earlier) all.push_back(**std::move(earlier));
    }
  }
  if (!looks_up_) return all;
  auto const seqs = reader().of_subject(subject);
  if (!seqs) return values::failure(seqs.error());
  for (auto const seq : *seqs) {
    if (seq >= size_) continue;
    auto const entry = reader().found(seq, "subject", subject);
    if (!entry) return values::failure(entry.error());
    if (auto one = earlier_of(seq, entry->body)) all.push_back(*std::move(one));
  }
  return all;
}

History::Found History::found(Entries const& known, std::vector<Earlier> decisions, Case const& one) const {
  Found out;
  auto const add_waivers = [&](std::map<std::string, std::vector<Waiver>> const& by, std::string const& name) {
    auto const waivers = by.find(name);
    if (waivers == by.end()) return;
    for (auto const& waiver : waivers->second) {
      out.waivers.push_back(waiver);
      out.entries.push_back(waiver.seq);
    }
  };
  add_waivers(known.of_submission, one.id);
  add_waivers(known.of_subject, one.subject);
  for (auto& earlier : decisions) {
    if (auto const found = known.overrides.find(earlier.seq); found != known.overrides.end()) {
      earlier.outcome = found->second.outcome;
      earlier.overridden_by = found->second.seq;
      earlier.is_overridden = true;
    }
    bool const decided = decided_something(earlier.outcome) && !only_reports(earlier.body);
    if (earlier.date < one.date && decided) out.earlier.push_back(std::move(earlier));
  }
  std::sort(out.earlier.begin(), out.earlier.end(),
            [](Earlier const& a, Earlier const& b) { return std::pair(b.date, b.seq) < std::pair(a.date, a.seq); });
  if (!list_ && out.earlier.size() > 1) out.earlier.resize(1);
  for (auto const& earlier : out.earlier) {
    out.entries.push_back(earlier.seq);
    if (earlier.overridden_by) out.entries.push_back(*earlier.overridden_by);
  }
  std::sort(out.entries.begin(), out.entries.end());
  out.entries.erase(std::unique(out.entries.begin(), out.entries.end()), out.entries.end());
  return out;
}

LedgerResult<History::Found> History::today(Case const& one) const {
  // Without an id and without a field that identifies it, a submission is about nothing that could come again.
  if (!is_asked_for() || one.subject.empty()) return found(known_, {}, one);
  auto all = decisions(one.subject);
  if (!all) return values::failure(all.error());
  return found(known_, *std::move(all), one);
}

// Those of these entries that somebody has decided, and no review: they make it another review.
LedgerResult<std::vector<std::uint64_t>> History::of_people(std::vector<std::uint64_t> const& seqs) const {
  std::vector<std::uint64_t> out;
  for (auto const seq : seqs) {
    auto const entry = reader_->entry(seq);
    if (!entry) return values::failure(entry.error());
    if (!*entry || (*entry)->kind != "decision") out.push_back(seq);
  }
  return out;
}

// What the newest record of the same review was given, where people have decided nothing since.
LedgerResult<std::optional<History::Found>> History::as_recorded(Found const& today, Case const& one,
                                                                 std::vector<Entry> const& recorded) const {
  if (recorded.empty()) return std::optional<Found>();
  auto const now = of_people(today.entries);
  if (!now) return values::failure(now.error());
  for (auto const& decision : recorded) {
    auto const seqs = from_ledger(Body(decision.body));
    auto const then = of_people(seqs);
    if (!then) return values::failure(then.error());
    if (*then != *now) continue;
    auto const given = of_entries(*reader_, reviewer_, seqs);
    if (!given) return values::failure(given.error());
    auto again = given->today(one);
    if (!again) return values::failure(again.error());
    return std::optional(*std::move(again));
  }
  return std::optional<Found>();
}

LedgerResult<std::vector<std::vector<std::uint64_t>>> History::entries(cases::Batch const& batch) const {
  auto const dates = review_dates(reviewer_, batch).dates;
  std::vector<std::vector<std::uint64_t>> all(batch.size());
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    if (!batch.origins[i].fault.empty()) continue;
    auto found = today({batch.origins[i].id, about(reviewer_, batch, i), dates[i]});
    if (!found) return values::failure(found.error());
    all[i] = std::move(found->entries);
  }
  return all;
}

LedgerResult<void> History::fill(cases::Batch& batch, values::Symbols& symbols, Recorded const& recorded) {
  auto const dates = review_dates(reviewer_, batch).dates;
  std::vector<Found> all(batch.size());
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    auto& origin = batch.origins[i];
    if (!origin.fault.empty()) continue;
    Case const one{origin.id, about(reviewer_, batch, i), dates[i]};
    auto found = today(one);
    if (!found) return values::failure(found.error());
    all[i] = *std::move(found);
    if (recorded && is_asked_for()) {
      auto const before = recorded(i);
      if (!before) return values::failure(before.error());
      auto again = as_recorded(all[i], one, *before);
      if (!again) return values::failure(again.error());
      if (*again) all[i] = **std::move(again);
    }
    for (auto const& waiver : all[i].waivers) {
      batch.waivers[i].push_back(waiver.waiver);
      batch.waivers[i].back().entry = waiver.seq;
    }
    origin.entries = all[i].entries;
  }
  if (last_) put_last(batch, all, symbols);
  if (list_) put_all(batch, all, symbols);
  return {};
}

}  // namespace waymark::commands
