// `waymark record`: what people add to a ledger. Nothing in it is ever changed: who disagrees with an entry adds one.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "engine/cases/waived_values.hpp"
#include "engine/commands/afterwards.hpp"
#include "engine/commands/feed.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/manifest_choice.hpp"
#include "engine/commands/record.hpp"
#include "engine/commands/recorded.hpp"
#include "engine/commands/recording.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/commands/waiver_entry.hpp"
#include "engine/explain/waivers.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string ledger;
  std::string decision;
  Sayer by;
  std::string outcome;     // of an override
  std::string submission;  // of a correction: a file
  std::string waiver, of_submission, about, grantor, from, through, value;
};

// What is to be added, with the bytes that it names.
struct Addition {
  ledger::Object fields;
  std::optional<std::string> keep;
};

// Adds one entry, and says where it stands.
ExitCode add(Asked const& asked, std::string_view kind, Addition addition) {
  if (!is_said_or_say(asked.by)) return ExitCode::usage;
  auto const found = find_workspace(asked.by.workspace, asked.ledger);
  if (!found) {
    say(found.error().message);
    return ExitCode::world;
  }
  if (!is_file(asked.ledger)) {
    say(fmt::format("`{}` is not there: `waymark review --ledger` makes a ledger", asked.ledger));
    return ExitCode::world;
  }
  ExitCode code = ExitCode::world;
  auto writer = open_to_record(asked.ledger, found->workspace, code);
  if (!writer) return code;
  if (addition.keep) {
    if (auto const kept = writer->keep(*addition.keep); !kept) return say_ledger_error(kept.error());
  }
  auto const seq = writer->append(kind, std::move(addition.fields));
  if (!seq) return say_ledger_error(seq.error());
  if (auto const note = writer->commit(); !note) return say_ledger_error(note.error());
  out("entry {}: {}\n", *seq, kind);
  return ExitCode::done;
}

// A decision and the ledger that it was read from. That is closed again before anything is added: the last to close a
// ledger clears its log away, and only a writer can.
struct Concerned {
  ledger::Reader reader;
  ledger::Entry decision;
  ledger::Body body;

  Addition addition(Sayer const& by) const {
    auto fields = fields_of(by);
    fields.number("concerns", static_cast<std::int64_t>(decision.seq));
    fields.text("submission", body.text("submission").value_or(""));
    return {std::move(fields), std::nullopt};
  }
};

std::optional<Concerned> concerned_or_say(Asked const& asked, ExitCode& code) {
  auto reader = open_to_audit(asked.ledger, code);
  if (!reader) return std::nullopt;
  auto decision = decision_or_say(*reader, asked.decision, code);
  if (!decision) return std::nullopt;
  ledger::Body body(decision->body);
  return Concerned{*std::move(reader), *std::move(decision), std::move(body)};
}

std::optional<Addition> appeal(Asked const& asked, ExitCode& code) {
  auto const concerned = concerned_or_say(asked, code);
  return concerned ? std::optional(concerned->addition(asked.by)) : std::nullopt;
}

// The words of an outcome as decisions have them: in lower case.
std::string as_decided(std::string words) {
  for (auto& c : words) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return words;
}

// The reviewer of a decision, made again; or nothing, and said.
std::unique_ptr<Reviewer> reviewer_or_say(Concerned const& concerned, ExitCode& code) {
  auto reviewer = recorded_reviewer(concerned.reader, RecordedSetting::of(concerned.body));
  if (reviewer) return std::move(*reviewer);
  say(reviewer.error());
  code = ExitCode::integrity;
  return nullptr;
}

// The outcome as the decision's own policy declares it; or nothing, and said.
std::optional<std::string> outcome_or_say(std::string const& asked, Concerned const& concerned, ExitCode& code) {
  auto const reviewer = reviewer_or_say(concerned, code);
  if (reviewer == nullptr) return std::nullopt;
  auto const& program = reviewer->program();
  if (program.decisions.empty()) {
    say("the policy has no Decision: it reports, and there is no outcome to override");
    code = ExitCode::usage;
    return std::nullopt;
  }
  auto const& outcomes = program.vocabulary.choices[program.outcomes];
  if (auto const found = outcomes.find(asked)) return as_decided(outcomes.entries[*found].shown);
  std::vector<std::string> words;
  for (auto const& entry : outcomes.entries) words.push_back(as_decided(entry.shown));
  say(fmt::format("the policy has no outcome `{}`\n  = help: its outcomes are {}", asked, fmt::join(words, ", ")));
  code = ExitCode::usage;
  return std::nullopt;
}

// As it was decided, or as it was overridden last: an override can be taken back by another.
std::optional<std::string> outcome_in_force(Concerned const& concerned, std::string const& decided, ExitCode& code) {
  auto const after = afterwards(concerned.reader, concerned.decision);
  if (!after) {
    code = say_ledger_error(after.error());
    return std::nullopt;
  }
  auto const* last = override_among(*after);
  return last == nullptr ? decided : ledger::Body(last->body).text("outcome").value_or("");
}

std::optional<Addition> override_decision(Asked const& asked, ExitCode& code) {
  auto const concerned = concerned_or_say(asked, code);
  if (!concerned) return std::nullopt;
  auto const outcome = outcome_or_say(asked.outcome, *concerned, code);
  if (!outcome) return std::nullopt;
  auto const decided = concerned->body.text("outcome").value_or("");
  auto const in_force = outcome_in_force(*concerned, decided, code);
  if (!in_force) return std::nullopt;
  if (*outcome == *in_force) {
    say(fmt::format("`{}` is what holds for entry {} already: an override says what holds instead", *in_force,
                    concerned->decision.seq));
    code = ExitCode::usage;
    return std::nullopt;
  }
  auto out = concerned->addition(asked.by);
  out.fields.text("instead_of", decided);
  out.fields.text("outcome", *outcome);
  return out;
}

// What is put on record stays there: a file that says nothing about the decision must not be its correction.
std::optional<std::string> not_its_submission(cases::Batch const& batch, std::string const& id) {
  if (batch.size() != 1)
    return fmt::format("it holds {}, and a correction is one", counted(batch.size(), "submission"));
  auto const& origin = batch.origins.front();
  if (!origin.fault.empty()) return origin.fault;
  if (origin.id == id) return std::nullopt;
  return fmt::format("it is submission `{}`, and the decision is about `{}`", origin.id, id);
}

std::optional<Addition> correct(Asked const& asked, ExitCode& code) {
  auto const concerned = concerned_or_say(asked, code);
  if (!concerned) return std::nullopt;
  auto out = concerned->addition(asked.by);
  if (asked.submission.empty()) return out;
  auto const format = cases::format_of(asked.submission);
  if (!format) {
    say(fmt::format("`{}` does not say how it is to be read\n  = help: it ends in .jsonl, .json, .csv or .toml",
                    asked.submission));
    code = ExitCode::usage;
    return std::nullopt;
  }
  auto bytes = read_file(asked.submission);
  if (!bytes) {
    say(bytes.error().message);
    code = ExitCode::unreadable;
    return std::nullopt;
  }
  if (*format == cases::Format::json_lines && bytes->ends_with('\n')) bytes->pop_back();
  auto const sha256 = values::sha256(*bytes);
  if (values::hex(sha256) == concerned->body.object("received").text("sha256")) {
    say(
        fmt::format("`{}` is what was decided in entry {}, byte for byte: a correction holds the facts as they should "
                    "have been",
                    asked.submission, concerned->decision.seq));
    code = ExitCode::usage;
    return std::nullopt;
  }
  auto const reviewer = reviewer_or_say(*concerned, code);
  if (reviewer == nullptr) return std::nullopt;
  grammar::DataDiagnostics said;
  auto const batch = read_again(*format, *bytes, *reviewer, &said);
  auto const wrong = not_its_submission(batch, concerned->body.text("submission").value_or(""));
  if (wrong) {
    say(fmt::format("`{}` cannot correct entry {}: {}", asked.submission, concerned->decision.seq, *wrong));
    code = ExitCode::unreadable;
    return std::nullopt;
  }
  // A fact with a misspelt key is a fact that is not there: whoever corrects must see it.
  for (auto const& one : said) talk("{}\n", grammar::render(one));
  out.fields.object("received", received_fields(sha256, *format, asked.submission, batch.origins.front().line));
  out.keep = *std::move(bytes);
  return out;
}

// The waivers on record for the same submission or pathway, with the new one behind them.
std::vector<cases::WaiverOnRecord> beside(Asked const& asked, ledger::Reader const& reader,
                                          cases::WaiverOnRecord const& waiver) {
  std::vector<cases::WaiverOnRecord> out;
  auto const entries = reader.of_kind("waiver");
  for (auto const& entry : entries ? *entries : std::vector<ledger::Entry>()) {
    ledger::Body const body(entry.body);
    bool const same =
        asked.about.empty() ? body.text("submission") == asked.of_submission : body.text("subject") == asked.about;
    if (same) out.push_back(waiver_of(body));
  }
  out.push_back(waiver);
  return out;
}

// Whether some rule on record takes the value of a waiver of a threshold, and why others do not.
struct ValueTaken {
  bool by_some = false;
  std::vector<std::string> refusals;
};

void ask_for_value(check::Program const& program, cases::WaiverOnRecord const& waiver, ValueTaken& out) {
  for (auto const& declared : program.waivers) {
    if (declared.name != waiver.waiver || declared.threshold == check::kNone) continue;
    auto const& threshold = program.thresholds[declared.threshold];
    if (waiver.value_text.empty()) {
      talk("waymark: warning: the waiver does not say what `{}` is instead: --value says it\n", threshold.shown);
      continue;
    }
    auto const steps = cases::read_waived_value(waiver.value_text, threshold.type, program.vocabulary);
    if (steps) {
      out.by_some = true;
      continue;
    }
    auto why = fmt::format("`{}` cannot stand for `{}`, {}", waiver.value_text, threshold.shown, steps.error());
    bool const known = std::find(out.refusals.begin(), out.refusals.end(), why) != out.refusals.end();
    if (!known) out.refusals.push_back(std::move(why));
  }
}

// A value that no rule on record takes is worth nothing for ever; one that some rules take is for those.
bool value_fits_or_say(ValueTaken const& taken) {
  if (!taken.by_some && !taken.refusals.empty()) {
    say("--value: " + taken.refusals.front());
    return false;
  }
  for (auto const& why : taken.refusals)
    talk("waymark: warning: --value: a rule on record does not take it: {}\n", why);
  return true;
}

// Whoever records a waiver that its policy does not let be in force is told at once, and not by the next refusal. It is
// put on record all the same: that it was granted is so, and another version of the policy may let it be.
void warn_of_limits(check::Program const& program, std::vector<cases::WaiverOnRecord> const& on_record) {
  auto const& waiver = on_record.back();
  auto const& calendar = program.vocabulary.calendar;
  for (auto const& declared : program.waivers) {
    if (declared.name != waiver.waiver) continue;
    auto const grant = review::grants_of(declared, calendar, on_record, *waiver.from).back();
    auto const why = explain::against(declared, calendar, waiver, grant);
    if (why.empty()) continue;
    bool const never = grant.in_force() == values::kNo;
    talk("waymark: warning: under `{}` the waiver {} in force: {}\n", program.title,
         never ? "is not" : "cannot be told to be", why);
  }
}

// A waiver may be put down before anything was reviewed; but mostly a name that nothing on record has is misspelt.
// False where it cannot be put on record.
bool warn_of_strangers(Asked const& asked, cases::WaiverOnRecord const& granted) {
  auto const& waiver = granted.waiver;
  ExitCode code = ExitCode::world;
  if (!is_file(asked.ledger)) return true;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return true;
  auto const named = asked.about.empty() ? reader->of_submission(asked.of_submission) : reader->of_subject(asked.about);
  if (named && named->empty()) {
    talk(
        "waymark: warning: nothing on record is {} `{}`; the waiver counts once there is\n  = help: `waymark audit "
        "query {}` "
        "shows what there is{}\n",
        asked.about.empty() ? "the submission" : "about", asked.about.empty() ? asked.of_submission : asked.about,
        asked.ledger,
        asked.about.empty() ? "" : "; where several fields identify a pathway, ` / ` stands between them");
  }
  auto const on_record = beside(asked, *reader, granted);
  auto const rules = reader->of_kind("rule");
  std::vector<std::string> known;
  ValueTaken taken;
  for (auto const& rule : rules ? *rules : std::vector<ledger::Entry>()) {
    RecordedSetting setting;
    setting.rule = rule.seq;
    auto const reviewer = recorded_reviewer(*reader, setting);
    if (!reviewer) continue;
    for (auto const& one : (*reviewer)->program().waivers) known.push_back(one.name);
    ask_for_value((*reviewer)->program(), granted, taken);
    warn_of_limits((*reviewer)->program(), on_record);
  }
  if (!value_fits_or_say(taken)) return false;
  if (std::find(known.begin(), known.end(), waiver) != known.end()) return true;
  auto const near = grammar::nearest(waiver, known);
  talk("waymark: warning: no policy on record has a waiver called `{}`{}\n", waiver,
       near.empty() ? "" : fmt::format("\n  = help: the nearest is `{}`", near));
  return true;
}

ExitCode grant(Asked const& asked) {
  if (asked.of_submission.empty() == asked.about.empty()) {
    say("a waiver is for one submission (--submission ID), or for what is reviewed from year to year (--about WORDS)");
    return ExitCode::usage;
  }
  cases::WaiverOnRecord waiver;
  waiver.waiver = grammar::name_key(asked.waiver);
  waiver.grantor = asked.grantor.empty() ? asked.by.who : asked.grantor;
  waiver.authority = asked.by.authority;
  waiver.reason = asked.by.reason;
  waiver.value_text = asked.value;
  waiver.from = date_or_say("--from", asked.from);
  if (!waiver.from) return ExitCode::usage;
  if (!asked.through.empty()) {
    waiver.through = date_or_say("--through", asked.through);
    if (!waiver.through) return ExitCode::usage;
    if (*waiver.through < *waiver.from) {
      say(fmt::format("the waiver would end on {}, before it begins on {}", asked.through, asked.from));
      return ExitCode::usage;
    }
  }
  auto fields = waiver_fields(waiver);
  fields.text("who", asked.by.who);
  if (!asked.about.empty()) fields.text("subject", asked.about);
  if (!asked.of_submission.empty()) fields.text("submission", asked.of_submission);
  if (!warn_of_strangers(asked, waiver)) return ExitCode::usage;
  return add(asked, "waiver", {std::move(fields), std::nullopt});
}

// A verb about one decision adds an entry of the verb's own name.
Verb about_decision(std::string const& name, std::string summary, std::function<void(Options&, Asked&)> declare_more,
                    std::optional<Addition> (*made)(Asked const&, ExitCode&)) {
  return {name, std::move(summary), [name, declare_more = std::move(declare_more), made](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.value("DECISION", asked->decision, "The decision, by its seq or its submission's id",
                          Need::required);
            declare_more(options, *asked);
            declare(options, asked->by);
            return [asked, name, made] {
              ExitCode code = ExitCode::world;
              auto addition = made(*asked, code);
              return addition ? add(*asked, name, *std::move(addition)) : code;
            };
          }};
}

Verb appeal_verb() {
  return about_decision(
      "appeal", "That somebody appeals a decision", [](Options&, Asked&) {}, appeal);
}

Verb override_verb() {
  return about_decision(
      "override", "That somebody with the authority decides otherwise",
      [](Options& options, Asked& asked) {
        options.value("--outcome", asked.outcome, "The outcome that holds instead", Need::required);
      },
      override_decision);
}

Verb correction_verb() {
  return about_decision(
      "correction", "That a decision rests on wrong facts, with the right ones",
      [](Options& options, Asked& asked) {
        options.value("--submission", asked.submission, "A file with the one submission as it should have been");
      },
      correct);
}

Verb waiver_verb() {
  return {"waiver", "That a waiver was granted", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.value("WAIVER", asked->waiver, "The waiver, as the policy names it", Need::required);
            options.value("--submission", asked->of_submission, "For this submission, by its id");
            options.value("--about", asked->about, "For this pathway from year to year: the words that identify it");
            options.value("--grantor", asked->grantor, "Who granted it (default: who says so)");
            options.value("--from", asked->from, "The first day", Need::required);
            options.value("--through", asked->through, "The last day");
            options.value("--value", asked->value, "Of a waiver of a threshold: what stands in its place");
            declare(options, asked->by);
            return [asked] { return grant(*asked); };
          }};
}

}  // namespace

void declare(Options& options, Sayer& by) {
  options.value("--who", by.who, "Who says so: name and office", Need::required);
  options.value("--authority", by.authority, "By which rule or order", Need::required);
  options.value("--reason", by.reason, "Why", Need::required);
  options.value("--workspace", by.workspace, "The workspace that names the key (default: the nearest upward)");
}

bool is_said_or_say(Sayer const& by) {
  for (auto const& [option, words] :
       {std::pair("--who", &by.who), {"--authority", &by.authority}, {"--reason", &by.reason}}) {
    if (words->find_first_not_of(" \t\r\n") != std::string::npos) continue;
    say(fmt::format("{} is empty\n  = help: an entry says for ever who decided, by what authority and why", option));
    return false;
  }
  return true;
}

ledger::Object fields_of(Sayer const& by) {
  ledger::Object fields;
  fields.text("who", by.who).text("authority", by.authority).text("reason", by.reason);
  return fields;
}

Verb record_verb() {
  return {
      "record",
      "Adds to a ledger what people decide: appeals, overrides, corrections, waivers, and what earlier years decided",
      {},
      {appeal_verb(), override_verb(), correction_verb(), waiver_verb(), record_history_verb()}};
}

}  // namespace waymark::commands
