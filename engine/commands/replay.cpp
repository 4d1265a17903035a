// Decisions come in the ledger's order. Those that stand together and were decided alike are decided again together.
#include "engine/commands/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/cases/readers.hpp"
#include "engine/commands/decision_body.hpp"
#include "engine/commands/history.hpp"
#include "engine/commands/parallel.hpp"
#include "engine/commands/recording.hpp"

namespace waymark::commands {
namespace {

constexpr std::size_t kLargestGroup = 2048;

// Members of a decision's body that a replay does not make: where it stands, and what it was made of.
bool is_made_again(std::string const& key) {
  static std::set<std::string> const kNotMade = {"seq",     "kind",     "at",          "group", "submission",
                                                 "subject", "received", "rule",        "read",  "semantics",
                                                 "program", "known_on", "from_ledger", "same"};
  return kNotMade.count(key) == 0;
}

// Members that are the outcome itself; the others are how it came about.
bool is_outcome(std::string const& key) {
  return key == "outcome" || key == "until" || key == "conditions" || key == "recommends" || key == "possible";
}

cases::Pull pull_once(std::string text) {
  return [text = std::move(text)](std::size_t) mutable -> values::Result<std::string, values::WorldError> {
    return std::exchange(text, std::string());
  };
}

std::optional<cases::Format> format_named(std::string_view words) {
  for (auto const format : {cases::Format::json_lines, cases::Format::json, cases::Format::csv, cases::Format::toml}) {
    if (format_words(format) == words) return format;
  }
  return std::nullopt;
}

cases::Batch read_all(cases::Format format, std::string bytes, Reviewer& reviewer) {
  auto setting = reviewer.case_setting();
  auto const reader = cases::open(format, "the ledger", pull_once(std::move(bytes)), setting);
  auto batch = cases::empty_batch(setting.record, setting.vocabulary);
  while (reader->read(batch, kLargestGroup)) {
  }
  return batch;
}

std::vector<std::uint64_t> numbers(ledger::Body const& body, std::string_view key) {
  std::vector<std::uint64_t> out;
  for (auto const& item : body.items(key)) out.push_back(std::stoull("0" + item));
  return out;
}

}  // namespace

std::string_view words(Replayed::Verdict verdict) {
  switch (verdict) {
    case Replayed::Verdict::identical: return "identical";
    case Replayed::Verdict::same_outcome: return "same outcome, other trace";
    case Replayed::Verdict::differs: return "differs";
    case Replayed::Verdict::cannot: return "cannot be replayed";
  }
  return "";
}

Replay::One Replay::one_of(ledger::Entry const& decision) const {
  One out{decision.seq, ledger::Body(decision.body), {}, {}, {}};
  auto received = out.body.object("received");
  if (asked_.question == Question::corrected_facts) {
    auto const corrections = reader_.of_kind("correction");
    if (!corrections) {
      out.missing = corrections.error().message;
      return out;
    }
    bool found = false;
    for (auto const& entry : *corrections) {
      ledger::Body const body(entry.body);
      if (body.number("concerns") != static_cast<std::int64_t>(decision.seq) || !body.has("received")) continue;
      received = body.object("received");
      found = true;
    }
    if (!found) out.missing = "no correction of its facts is on record";
  }
  out.format = received.text("format").value_or("");
  auto const sha256 = values::hash_of_hex(received.text("sha256").value_or(""));
  auto blob = sha256 ? reader_.blob(*sha256) : ledger::LedgerResult<std::optional<std::string>>();
  if (!blob) {
    out.missing = blob.error().message;
  } else if (!*blob) {
    out.missing = "the submission as it was received is not in the ledger";
  } else {
    out.bytes = **std::move(blob);
  }
  return out;
}

// The newest rules of the policy, and all evidence, that were on record by the day that is asked about.
std::optional<RecordedSetting> Replay::known_setting(RecordedSetting setting, std::string const& policy) const {
  auto const day = values::write_date(*asked_.known_on);
  auto const known = [&](ledger::Entry const& entry) { return entry.at.substr(0, day.size()) <= day; };
  auto const rules = reader_.of_kind("rule");
  auto const evidence = reader_.of_kind("evidence");
  if (!rules || !evidence) return std::nullopt;
  std::optional<std::uint64_t> rule;
  for (auto const& entry : *rules) {
    if (known(entry) && ledger::Body(entry.body).text("policy") == policy) rule = entry.seq;
  }
  if (!rule) return std::nullopt;
  setting.rule = *rule;
  setting.evidence.clear();
  for (auto const& entry : *evidence) {
    if (known(entry)) setting.evidence.push_back(entry.seq);
  }
  setting.known_on = asked_.known_on;
  return setting;
}

std::unique_ptr<Reviewer> Replay::made_reviewer(RecordedSetting const& setting, std::string& missing) const {
  if (asked_.question == Question::todays_rules) {
    auto reviewer = asked_.todays_rules();
    auto const failed = read_recorded_evidence(reader_, setting, *reviewer);
    if (failed) missing = *failed;
    return failed ? nullptr : std::move(reviewer);
  }
  auto made = recorded_reviewer(reader_, setting);
  if (made) return std::move(*made);
  missing = made.error();
  return nullptr;
}

std::shared_ptr<Reviewer> Replay::reviewer(RecordedSetting const& setting, std::string& missing) {
  auto [found, fresh] = reviewers_.try_emplace(setting);
  if (fresh) {
    std::string why;
    found->second.first = made_reviewer(setting, why);
    found->second.second = std::move(why);
  }
  missing = found->second.second;
  return found->second.first;
}

RecordedSetting Replay::setting_of(One const& one) const {
  auto setting = RecordedSetting::of(one.body);
  // Which rules these are is another matter: only the evidence counts.
  if (asked_.question == Question::todays_rules) setting.rule = 0;
  return setting;
}

void Replay::add(ledger::Entry const& decision, std::function<void(Replayed const&)> const& tell) {
  auto one = one_of(decision);
  auto setting = setting_of(one);
  if (asked_.question == Question::as_known_then && one.missing.empty()) {
    auto const known = known_setting(setting, one.body.text("policy").value_or(""));
    if (known) {
      setting = *known;
    } else {
      one.missing = "the ledger held no rules of this policy by that day";
    }
  }
  auto const recorded = values::read_date(one.body.text("date").value_or(""));
  Key const key{setting, asked_.question == Question::todays_rules && asked_.date ? asked_.date : recorded,
                one.format != "json_lines" || one.body.has("from_ledger") || one.body.has("fault")};
  std::string missing = one.missing;
  auto const decider = missing.empty() ? reviewer(setting, missing) : nullptr;
  one.missing = missing;
  bool const joins = open_ && !key.alone && *open_ == key && waiting_.back().members.size() < kLargestGroup &&
                     missing.empty() && waiting_.back().reviewer != nullptr;
  if (!joins) {
    if (waiting_.size() >= 2 * asked_.threads) finish(tell);
    waiting_.push_back({decider, key.date, {}, std::nullopt, 0, {}});
    open_ = key;
  }
  waiting_.back().members.push_back(std::move(one));
}

// JSON Lines as they came, one below the other.
std::optional<cases::Batch> Replay::read_lines(Group const& group) const {
  std::string text;
  for (auto const& one : group.members) text += one.bytes + "\n";
  auto batch = read_all(cases::Format::json_lines, std::move(text), *group.reviewer);
  if (batch.size() != group.members.size()) return std::nullopt;
  return batch;
}

// The row of the batch that is the submission, where its bytes hold several (TOML), or say that a file is faulty.
std::optional<cases::Batch> Replay::read_alone(Reviewer& reviewer, One const& one, std::uint32_t& row) const {
  auto const format = format_named(one.format);
  if (!format) return std::nullopt;
  auto batch = read_all(*format, one.bytes, reviewer);
  if (batch.size() == 0) return std::nullopt;
  auto const line = one.body.object("received").number("line").value_or(0);
  row = 0;
  for (std::uint32_t i = 0; batch.size() > 1 && i < batch.size(); ++i) {
    auto const& origin = batch.origins[i];
    bool const wanted = one.body.has("fault") ? !origin.fault.empty() : origin.line == static_cast<std::uint64_t>(line);
    if (wanted) row = i;
  }
  return batch;
}

bool Replay::read(Group& group) {
  auto& reviewer = *group.reviewer;
  reviewer.date = group.date;
  std::uint32_t row = 0;
  bool const alone = group.members.size() == 1;
  group.batch = alone ? read_alone(reviewer, group.members.front(), row) : read_lines(group);
  if (!group.batch) return false;
  auto const entries = alone ? numbers(group.members.front().body, "from_ledger") : std::vector<std::uint64_t>();
  auto const history = History::of_entries(reader_, reviewer, entries);
  if (!history || !history->fill(*group.batch, reviewer.symbols)) return false;
  group.row = row;
  return true;
}

Replayed Replay::compared(One const& one, ledger::Object const& again) {
  ledger::Body const now(again.json());
  Replayed out;
  out.seq = one.seq;
  out.submission = one.body.text("submission").value_or("");
  out.then = one.body.text("outcome").value_or("");
  out.now = now.text("outcome").value_or("");
  std::set<std::string> keys;
  for (auto const* body : {&one.body, &now}) {
    for (auto const& [key, json] : body->members()) {
      if (is_made_again(key)) keys.insert(key);
    }
  }
  bool same_outcome = true;
  for (auto const& key : keys) {
    if (one.body.raw(key) == now.raw(key)) continue;
    out.differences.push_back({key, std::string(one.body.raw(key)), std::string(now.raw(key))});
    same_outcome = same_outcome && !is_outcome(key);
  }
  using Verdict = Replayed::Verdict;
  out.verdict = out.differences.empty() ? Verdict::identical : same_outcome ? Verdict::same_outcome : Verdict::differs;
  return out;
}

Replayed Replay::compared(ledger::Entry const& decision, Judged& judged, std::uint32_t row) {
  return compared(One{decision.seq, ledger::Body(decision.body), {}, {}, {}},
                  DecisionBodies(DecisionKeys(judged.reviewer()), judged).of(row));
}

void Replay::judge(Group& group) const {
  auto const cannot = [&](std::string const& why) {
    for (auto const& one : group.members) {
      Replayed answer;
      answer.seq = one.seq;
      answer.submission = one.body.text("submission").value_or("");
      answer.then = one.body.text("outcome").value_or("");
      answer.missing = one.missing.empty() ? why : one.missing;
      group.answers.push_back(std::move(answer));
    }
  };
  if (group.reviewer == nullptr || !group.batch) return cannot("its submission reads otherwise than it did");
  Judged judged(*group.reviewer, *std::move(group.batch), group.date);
  DecisionKeys const keys(*group.reviewer);
  DecisionBodies bodies(keys, judged);
  for (std::uint32_t i = 0; i < group.members.size(); ++i) {
    group.answers.push_back(compared(group.members[i], bodies.of(group.members.size() == 1 ? group.row : i)));
  }
}

void Replay::finish(std::function<void(Replayed const&)> const& tell) {
  for (auto& group : waiting_) {
    if (group.reviewer != nullptr) read(group);
  }
  in_parallel(waiting_.size(), asked_.threads, [&](std::size_t i) { judge(waiting_[i]); });
  for (auto const& group : waiting_) {
    for (auto const& answer : group.answers) tell(answer);
  }
  waiting_.clear();
  open_.reset();
}

std::unique_ptr<Judged> Replay::judged(ledger::Entry const& decision, std::uint32_t& row, std::string& missing) {
  auto one = one_of(decision);
  missing = one.missing;
  if (!missing.empty()) return nullptr;
  auto const date = values::read_date(one.body.text("date").value_or(""));
  Group group{reviewer(setting_of(one), missing), date, {}, std::nullopt, 0, {}};
  if (group.reviewer == nullptr) return nullptr;
  group.members.push_back(std::move(one));
  if (!read(group)) {
    missing = "its submission reads otherwise than it did";
    return nullptr;
  }
  row = group.row;
  return std::make_unique<Judged>(*group.reviewer, *std::move(group.batch), date);
}

}  // namespace waymark::commands
