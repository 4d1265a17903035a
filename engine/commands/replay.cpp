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
  static std::set<std::string> const kNotMade = {"seq",  "kind",      "at",      "group",    "received", "rule",
                                                 "read", "semantics", "program", "known_on", "as_of",    "from_ledger"};
  return kNotMade.count(key) == 0;
}

std::optional<cases::Format> format_named(std::string_view words) {
  for (auto const format : {cases::Format::json_lines, cases::Format::json, cases::Format::csv, cases::Format::toml}) {
    if (format_words(format) == words) return format;
  }
  return std::nullopt;
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

std::string otherwise_words(Replayed const& again) {
  return fmt::format("entry {} was decided as `{}` and comes out as `{}`", again.seq, again.then, again.now);
}

std::string other_trace_words(Replayed const& again) {
  return fmt::format("entry {} comes out as `{}` again, but not by the steps that are on record", again.seq, again.now);
}

// Once for all decisions: a ledger is searched for a kind from end to end.
ledger::LedgerResult<std::vector<ledger::Entry>> const& Replay::of_kind(std::string_view kind) {
  auto const found = of_kind_.find(kind);
  return found != of_kind_.end() ? found->second
                                 : of_kind_.emplace(std::string(kind), reader_.of_kind(kind)).first->second;
}

// The facts of a decision as they were corrected last, by the decision's seq.
std::map<std::uint64_t, ledger::Body> const& Replay::corrections() {
  if (corrections_) return *corrections_;
  corrections_.emplace();
  auto const& entries = of_kind("correction");
  if (!entries) return *corrections_;
  for (auto const& entry : *entries) {
    ledger::Body const body(entry.body);
    if (!body.has("received")) continue;
    (*corrections_)[static_cast<std::uint64_t>(body.number("concerns").value_or(0))] = body.object("received");
  }
  return *corrections_;
}

Replay::One::One(ledger::Entry const& decision) : seq(decision.seq), body(decision.body) {
  came_as(body.object("received"));
}

void Replay::One::came_as(ledger::Body const& received) {
  format = received.text("format").value_or("");
  line = static_cast<std::uint64_t>(received.number("line").value_or(0));
  sha256 = values::hash_of_hex(received.text("sha256").value_or(""));
}

Replay::One Replay::one_of(ledger::Entry const& decision) {
  One out(decision);
  if (asked_.question == Question::corrected_facts) {
    auto const corrected = corrections().find(decision.seq);
    if (corrected != corrections().end()) {
      out.came_as(corrected->second);
    } else {
      auto const& read = of_kind("correction");
      out.missing = read ? "no correction of its facts is on record" : read.error().message;
    }
  }
  auto blob = out.sha256 ? reader_.blob(*out.sha256) : ledger::LedgerResult<std::optional<std::string>>();
  if (!blob) {
    out.missing = blob.error().message;
  } else if (!*blob) {
    out.missing = "the submission as it was received is not in the ledger";
  } else {
    out.bytes = **std::move(blob);
  }
  return out;
}

bool Replay::is_known_then(ledger::Entry const& entry) const {
  auto const day = values::write_date(*asked_.known_on);
  return entry.at.substr(0, day.size()) <= day;
}

// The newest rules of the policy, and all evidence, that were on record by the day that is asked about.
std::optional<RecordedSetting> Replay::known_setting(RecordedSetting setting, std::string const& policy) {
  auto const& rules = of_kind("rule");
  auto const& evidence = of_kind("evidence");
  if (!rules || !evidence) return std::nullopt;
  std::optional<std::uint64_t> rule;
  for (auto const& entry : *rules) {
    if (is_known_then(entry) && ledger::Body(entry.body).text("policy") == policy) rule = entry.seq;
  }
  if (!rule) return std::nullopt;
  setting.rule = *rule;
  // A release that was put out again, under the same name and day, is what it was last known to be.
  std::map<std::string, std::uint64_t> last;
  for (auto const& entry : *evidence) {
    ledger::Body const release(entry.body);
    auto const which = fmt::format("{}\n{}\n{}", release.raw("source"), release.raw("name"), release.raw("released"));
    if (is_known_then(entry)) last[which] = entry.seq;
  }
  setting.evidence.clear();
  for (auto const& [which, seq] : last) setting.evidence.push_back(seq);
  std::sort(setting.evidence.begin(), setting.evidence.end());
  setting.known_on = asked_.known_on;
  return setting;
}

// What the decision was given of the ledger; by the day that is asked about, where one is.
std::vector<std::uint64_t> Replay::entries_of(One const& one) const {
  auto seqs = from_ledger(one.body);
  if (asked_.question != Question::as_known_then) return seqs;
  std::erase_if(seqs, [&](std::uint64_t seq) {
    auto const entry = reader_.entry(seq);
    return entry && *entry && !is_known_then(**entry);
  });
  return seqs;
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
                one.format != "json_lines" || one.body.has("from_ledger") || one.body.has("fault"),
                static_cast<std::uint64_t>(one.body.number("as_of").value_or(0))};
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
  auto batch = read_again(cases::Format::json_lines, std::move(text), *group.reviewer);
  if (batch.size() != group.members.size()) return std::nullopt;
  return batch;
}

// The row of the batch that is the submission: the one in its line, where the bytes hold several (TOML).
std::optional<cases::Batch> Replay::read_alone(Reviewer& reviewer, One const& one, std::uint32_t& row) const {
  auto const format = format_named(one.format);
  if (!format) return std::nullopt;
  auto batch = read_again(*format, one.bytes, reviewer);
  row = 0;
  if (batch.size() == 1) return batch;
  for (; row < batch.size(); ++row) {
    if (batch.origins[row].line == one.line) return batch;
  }
  return std::nullopt;
}

bool Replay::read(Group& group) {
  auto& reviewer = *group.reviewer;
  reviewer.date = group.date;
  std::uint32_t row = 0;
  bool const alone = group.members.size() == 1;
  group.batch = alone ? read_alone(reviewer, group.members.front(), row) : read_lines(group);
  if (!group.batch) return false;
  auto const entries = alone ? entries_of(group.members.front()) : std::vector<std::uint64_t>();
  auto history = History::of_entries(reader_, reviewer, entries);
  if (!history || !history->fill(*group.batch, reviewer.symbols)) return false;
  group.row = row;
  return asked_.question != Question::as_decided || compare_history(group);
}

// A record names the entries that it was given. That none was kept from it is shown by looking again at what the ledger
// held when the run began: whoever hides an entry while a review runs, and puts it back, has changed nothing that
// could be seen otherwise.
bool Replay::compare_history(Group& group) {
  auto const size = static_cast<std::uint64_t>(group.members.front().body.number("as_of").value_or(0));
  if (!history_ || history_of_ != group.reviewer.get() || history_->size() != size) {
    auto made = History::as_of(reader_, *group.reviewer, size);
    if (!made) return false;
    history_.emplace(*std::move(made));
    history_of_ = group.reviewer.get();
  }
  auto const held = history_->entries(*group.batch);
  if (!held) return false;
  for (std::uint32_t i = 0; i < group.members.size(); ++i) {
    auto& one = group.members[i];
    auto const& entries = (*held)[group.members.size() == 1 ? group.row : i];
    if (entries != from_ledger(one.body)) one.held = entries;
  }
  return true;
}

// What finds a decision is made again, too. Which review is the same is a question of the recorded rules alone.
void Replay::add_finding(ledger::Object& again, One const& one, Judged const& judged, std::uint32_t row,
                         SameReview& same) {
  again.text("submission", judged.id(row)).text("subject", judged.about(row));
  auto const format = format_named(one.format).value_or(cases::Format::json_lines);
  auto const hash = same.of(one.sha256.value_or(ledger::Hash()), format, one.line, judged.date(row),
                            one.body.number("semantics").value_or(0));
  again.text("same", values::hex(hash));
}

Replayed Replay::compared(One const& one, ledger::Object const& again, Question question) {
  ledger::Body const now(again.json());
  Replayed out;
  out.seq = one.seq;
  out.submission = one.body.text("submission").value_or("");
  out.semantics = one.body.number("semantics").value_or(0);
  out.then = one.body.text("outcome").value_or("");
  out.now = now.text("outcome").value_or("");
  std::set<std::string> keys;
  for (auto const* body : {&one.body, &now}) {
    for (auto const& [key, json] : body->members()) {
      if (is_made_again(key)) keys.insert(key);
    }
  }
  if (question != Question::as_decided) keys.erase("same");
  bool same_outcome = true;
  for (auto const& key : keys) {
    if (one.body.raw(key) == now.raw(key)) continue;
    out.differences.push_back({key, std::string(one.body.raw(key)), std::string(now.raw(key))});
    same_outcome = same_outcome && !is_outcome(key);
  }
  if (one.held) {
    out.differences.push_back(
        {"from_ledger", std::string(one.body.raw("from_ledger")), ledger::numbers_json(*one.held)});
    same_outcome = false;
  }
  using Verdict = Replayed::Verdict;
  out.verdict = out.differences.empty() ? Verdict::identical : same_outcome ? Verdict::same_outcome : Verdict::differs;
  return out;
}

Replayed Replay::compared(ledger::Entry const& decision, Judged& judged, std::uint32_t row) {
  One const one(decision);
  DecisionKeys const keys(judged.reviewer(), judged.reviewer().release_entries);
  auto again = DecisionBodies(keys, judged).of(row);
  SameReview same(judged.reviewer());
  add_finding(again, one, judged, row, same);
  return compared(one, again, Question::as_decided);
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
  auto judged = std::make_unique<Judged>(*group.reviewer, *std::move(group.batch), group.date);
  DecisionKeys const keys(*group.reviewer, group.reviewer->release_entries);
  auto bodies = bodies_that_fit(keys, judged);
  SameReview same(*group.reviewer);
  for (std::uint32_t i = 0; i < group.members.size(); ++i) {
    auto const row = group.members.size() == 1 ? group.row : i;
    add_finding(bodies[row], group.members[i], *judged, row, same);
    group.answers.push_back(compared(group.members[i], bodies[row], asked_.question));
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
  if (group.members.front().held) {
    missing = "the ledger held other entries about its pathway than it names; `waymark audit replay` says which";
    return nullptr;
  }
  row = group.row;
  auto judged = std::make_unique<Judged>(*group.reviewer, *std::move(group.batch), date);
  bodies_that_fit(DecisionKeys(*group.reviewer, group.reviewer->release_entries), judged);
  return judged;
}

}  // namespace waymark::commands
