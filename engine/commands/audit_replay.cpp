// `waymark audit replay`: recorded decisions, decided again.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <set>

#include "engine/commands/audit.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/replay.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/version.hpp"
#include "engine/values/json_text.hpp"
#include "engine/values/printable.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string ledger;
  std::vector<std::string> decisions;
  bool all = false;
  bool corrected = false;
  bool record = false;
  std::string rules, workspace, date, known_on;
  std::string format = "text";
  std::optional<std::uint32_t> threads;
};

constexpr std::size_t kToldAtMost = 20;

std::string_view words(Question question) {
  switch (question) {
    case Question::as_decided: return "as decided";
    case Question::todays_rules: return "under other rules";
    case Question::as_known_then: return "as it was known then";
    case Question::corrected_facts: return "corrected facts under the old rules";
  }
  return "";
}

std::string text(Replayed const& one) {
  std::string out = fmt::format("entry {}, {}: {}", one.seq, values::one_line(one.submission), words(one.verdict));
  if (one.verdict == Replayed::Verdict::cannot) return out + fmt::format(": {}\n", one.missing);
  out += one.then == one.now ? fmt::format(": {}\n", one.now) : fmt::format(": {}, now {}\n", one.then, one.now);
  for (auto const& difference : one.differences) {
    out += fmt::format("  {}\n    then: {}\n    now:  {}\n", difference.key,
                       difference.then.empty() ? "nothing" : difference.then,
                       difference.now.empty() ? "nothing" : difference.now);
  }
  return out;
}

std::string json(Replayed const& one) {
  std::string differences;
  for (auto const& difference : one.differences) {
    if (!differences.empty()) differences += ',';
    differences += fmt::format("{{\"key\":{},\"then\":{},\"now\":{}}}", values::json_string(difference.key),
                               difference.then.empty() ? "null" : difference.then,
                               difference.now.empty() ? "null" : difference.now);
  }
  std::string out = fmt::format("{{\"seq\":{},\"submission\":{},\"verdict\":{},\"then\":{},\"now\":{}", one.seq,
                                values::json_string(one.submission), values::json_string(words(one.verdict)),
                                values::json_string(one.then), values::json_string(one.now));
  if (!one.missing.empty()) out += fmt::format(",\"missing\":{}", values::json_string(one.missing));
  return out + fmt::format(",\"differences\":[{}]}}\n", differences);
}

class Report {
 public:
  Report(Asked const& asked, Question question) : asked_(asked), question_(question) {}

  void tell(Replayed const& one) {
    ++counts_[one.verdict];
    if (one.semantics != kSemantics && one.verdict != Replayed::Verdict::cannot) ++other_semantics_[one.semantics];
    if (one.then != one.now && one.verdict != Replayed::Verdict::cannot) ++flips_[{one.then, one.now}];
    if (asked_.format == "json") return out("{}", json(one));
    bool const news = !asked_.all || one.verdict != Replayed::Verdict::identical;
    if (!news) return;
    if (++told_ <= kToldAtMost || !asked_.all) out("{}", values::printable(text(one)));
  }

  // A policy may have meant something else under another number, so that what differs need not be a fault.
  void say_semantics() const {
    for (auto const& [number, decisions] : other_semantics_) {
      talk("waymark: {} {} recorded under semantics number {}; this program decides by number {}{}\n",
           counted(decisions, "decision"), decisions == 1 ? "was" : "were", number, kSemantics,
           number == 0 || kSemantics == 0 ? ", and what number 0 means may still change" : "");
    }
  }

  void say_at_end() const {
    say_semantics();
    if (asked_.format == "json" || !asked_.all) return;
    if (told_ > kToldAtMost) out("and {} more\n", told_ - kToldAtMost);
    out("{}, {}:\n", counted(total(), "decision"), words(question_));
    for (auto const& [verdict, number] : counts_) out("{:>10}  {}\n", number, words(verdict));
    for (auto const& [outcomes, number] : flips_) {
      out("{:>10}  from {} to {}\n", number, values::one_line(outcomes.first), values::one_line(outcomes.second));
    }
  }

  std::size_t total() const {
    std::size_t sum = 0;
    for (auto const& [verdict, number] : counts_) sum += number;
    return sum;
  }
  std::size_t count(Replayed::Verdict verdict) const {
    auto const found = counts_.find(verdict);
    return found == counts_.end() ? 0 : found->second;
  }

  // Of a decision as it was decided everything must come out again; other questions only ask.
  ExitCode code() const {
    if (question_ != Question::as_decided) {
      return count(Replayed::Verdict::cannot) > 0 ? ExitCode::findings : ExitCode::done;
    }
    if (count(Replayed::Verdict::differs) + count(Replayed::Verdict::cannot) > 0) return ExitCode::integrity;
    return count(Replayed::Verdict::same_outcome) > 0 ? ExitCode::findings : ExitCode::done;
  }

 private:
  Asked const& asked_;
  Question question_;
  std::map<Replayed::Verdict, std::size_t> counts_;
  std::map<std::pair<std::string, std::string>, std::size_t> flips_;
  std::map<std::int64_t, std::size_t> other_semantics_;
  std::size_t told_ = 0;
};

// What is asked, or nothing, and said what does not go together.
std::optional<ReplayAsked> question_or_say(Asked const& asked) {
  ReplayAsked out;
  out.threads = std::max(1U, asked.threads.value_or(processors()));
  int const asked_for = static_cast<int>(asked.corrected) + static_cast<int>(!asked.rules.empty()) +
                        static_cast<int>(!asked.known_on.empty());
  if (asked_for > 1) {
    say("--rules, --known-on and --corrected are three questions: choose one");
    return std::nullopt;
  }
  if (asked.corrected) out.question = Question::corrected_facts;
  if (!asked.known_on.empty()) {
    out.question = Question::as_known_then;
    out.known_on = date_or_say("--known-on", asked.known_on);
    if (!out.known_on) return std::nullopt;
  }
  if (asked.rules.empty() && !asked.date.empty()) {
    say("--date is the review date under --rules; a recorded decision has its own");
    return std::nullopt;
  }
  if (asked.rules.empty()) return out;
  out.question = Question::todays_rules;
  out.date = asked.date.empty() ? std::optional(today()) : date_or_say("--date", asked.date);
  if (!out.date) return std::nullopt;
  return out;
}

std::unique_ptr<Reviewer> loaded_rules(Asked const& asked) {
  auto reviewer = std::make_unique<Reviewer>();
  reviewer->today = today();
  auto rulebook = open_or_say(asked.workspace, asked.rules);
  if (!rulebook) return nullptr;
  reviewer->rulebook = std::move(*rulebook);
  auto policy = load_to_decide(reviewer->rulebook, asked.rules);
  if (!policy) return nullptr;
  reviewer->policy = std::move(*policy);
  return reviewer;
}

// Those whose facts were corrected.
ledger::LedgerResult<std::set<std::uint64_t>> corrected_decisions(ledger::Reader const& reader) {
  auto const corrections = reader.of_kind("correction");
  if (!corrections) return values::failure(corrections.error());
  std::set<std::uint64_t> out;
  for (auto const& entry : *corrections) {
    ledger::Body const body(entry.body);
    if (body.has("received")) out.insert(static_cast<std::uint64_t>(body.number("concerns").value_or(0)));
  }
  return out;
}

// That it was replayed, and what came out, becomes an entry of its own.
ExitCode put_down(Asked const& asked, Report const& report, Question question) {
  auto const workspace = find_workspace(asked.workspace, asked.ledger);
  ExitCode code = ExitCode::world;
  auto writer = open_to_record(asked.ledger, workspace ? workspace->workspace : Workspace(), code);
  if (!writer) return code;
  ledger::Object fields;
  fields.text("question", words(question));
  for (auto const verdict : {Replayed::Verdict::identical, Replayed::Verdict::same_outcome, Replayed::Verdict::differs,
                             Replayed::Verdict::cannot}) {
    fields.number(std::string(words(verdict)), static_cast<std::int64_t>(report.count(verdict)));
  }
  auto const seq = writer->append("replay", std::move(fields));
  if (!seq) return say_ledger_error(seq.error());
  auto const note = writer->commit();
  if (!note) return say_ledger_error(note.error());
  talk("waymark: this replay is entry {}\n", *seq);
  return ExitCode::done;
}

ExitCode replay(Asked const& asked) {
  if (asked.all == !asked.decisions.empty()) {
    say("name decisions by their seq or submission, or all of them with --all");
    return ExitCode::usage;
  }
  auto question = question_or_say(asked);
  if (!question) return ExitCode::usage;
  if (question->question == Question::todays_rules) {
    if (!loaded_rules(asked)) return ExitCode::unreadable;
    question->todays_rules = [&asked] { return loaded_rules(asked); };
  }
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  Report report(asked, question->question);
  auto const tell = [&](Replayed const& one) { report.tell(one); };
  Replay again(*reader, *question);
  for (auto const& name : asked.decisions) {
    auto const entry = decision_or_say(*reader, name, code);
    if (!entry) return code;
    again.add(*entry, tell);
  }
  if (asked.all) {
    auto const corrected = corrected_decisions(*reader);
    if (!corrected) return say_ledger_error(corrected.error());
    auto const failed = reader->each(0, [&](ledger::Entry const& entry) {
      bool const is_asked = !asked.corrected || corrected->count(entry.seq) != 0;
      if (entry.kind == "decision" && is_asked) again.add(entry, tell);
      return true;
    });
    if (failed) return say_ledger_error(*failed);
  }
  again.finish(tell);
  report.say_at_end();
  if (asked.record) {
    if (auto const failed = put_down(asked, report, question->question); failed != ExitCode::done) return failed;
  }
  return report.code();
}

}  // namespace

Verb audit_replay_verb() {
  return {"replay", "Decides recorded submissions again, by what the ledger kept", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.values("DECISION", asked->decisions, "Decisions, each by its seq or its submission's id");
            options.flag("--all", asked->all, "All of them");
            options.value("--rules", asked->rules, "Under another policy: what would be decided by today's rules");
            options.value("--date", asked->date, "The review date under --rules (default: today)");
            options.value("--workspace", asked->workspace, "The workspace of --rules (default: the nearest upward)");
            options.value("--known-on", asked->known_on, "By the rules and evidence that were on record on this day");
            options.flag("--corrected", asked->corrected, "With the facts as they were corrected, under the old rules");
            options.flag("--record", asked->record, "Put down in the ledger that it was replayed, and what came out");
            options.choice("--format", asked->format, {"text", "json"}, "How it is printed (json: a line a decision)");
            options.value("--threads", asked->threads, "How many threads decide (default: as many as the machine has)");
            return [asked] { return replay(*asked); };
          }};
}

}  // namespace waymark::commands
