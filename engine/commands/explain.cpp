// `waymark explain`: one decision, and why.
#include <fmt/format.h>

#include <memory>

#include "engine/commands/feed.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/judged.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/letter.hpp"
#include "engine/commands/replay.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/commands/workspace.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  ReviewAsked review;
  std::string ledger;
  bool letter = false;
  std::vector<std::string> submissions;
  std::string id;
  bool short_only = false;
  bool full_only = false;
  std::optional<std::string> why_not;
  std::string format = "text";
};

// The first submission with the id, alone in its batch; an empty batch where none has it. What is wrong with the others
// is told only then: it may be one of them.
cases::Batch find_submission(Reviewer& reviewer, std::vector<std::unique_ptr<Feed>> const& feeds,
                             std::string const& id) {
  grammar::DataDiagnostics of_others;
  for (auto const& feed : feeds) {
    feed->start(reviewer.case_setting());
    while (true) {
      cases::Batch batch = feed->next_one();
      auto const found = feed->take_diagnostics();
      if (batch.size() > 0 && batch.origins.front().id == id) {
        tell(found);
        return batch;
      }
      of_others.insert(of_others.end(), found.begin(), found.end());
      if (batch.size() == 0) break;
    }
  }
  tell(of_others);
  return {};
}

std::string why_not_json(explain::Subject const& subject, std::string const& wanted) {
  std::string all;
  for (explain::Proof const& proof : explain::why_not(subject, wanted)) {
    all += (all.empty() ? "" : ",") + explain::proof_json(proof);
  }
  return "{\"why_not\":[" + all + "]}\n";
}

std::string json(Judged& judged, std::uint32_t i, Asked const& asked) {
  explain::Subject const subject = judged.subject(i);
  if (asked.why_not) return why_not_json(subject, *asked.why_not);
  if (asked.full_only) return explain::proof_json(explain::full(subject)) + "\n";
  auto const detail = asked.short_only ? explain::Detail::short_reasons : explain::Detail::full;
  return explain::decision_json(subject, judged.context(), detail) + "\n";
}

std::string text(explain::Subject const& subject, Asked const& asked) {
  if (asked.why_not) return explain::why_not_text(subject, *asked.why_not);
  if (asked.full_only) return explain::full_text(subject);
  std::string const brief = explain::short_text(subject);
  return asked.short_only ? brief : brief + explain::tree_text(subject);
}

ExitCode explain_judged(Judged& judged, std::uint32_t i, Asked const& asked) {
  if (asked.why_not && !explain::is_outcome(judged.program(i), *asked.why_not)) {
    say(fmt::format("`{}` is no outcome of the policy\n  = help: it has {}", *asked.why_not,
                    fmt::join(explain::outcome_names(judged.program(i)), ", ")));
    return ExitCode::usage;
  }
  out("{}", asked.format == "json" ? json(judged, i, asked) : text(judged.subject(i), asked));
  return judged.outcome_words(i) == "not reviewed" ? ExitCode::findings : ExitCode::done;
}

std::optional<std::string> template_or_say(Asked const& asked) {
  auto const found = find_workspace(asked.review.workspace, asked.ledger);
  if (!found) {
    say(found.error().message);
    return std::nullopt;
  }
  if (found->workspace.letter.empty()) return default_letter();
  auto const text = read_file(found->workspace.letter);
  if (text) return *text;
  say(text.error().message);
  return std::nullopt;
}

ExitCode write_letter(Asked const& asked, ledger::Reader const& reader, ledger::Entry const& decision, Judged& judged,
                      std::uint32_t row) {
  auto const text = template_or_say(asked);
  if (!text) return ExitCode::unreadable;
  auto const note = reader.checkpoint();
  if (!note) return say_ledger_error(note.error());
  auto const overrides = reader.of_kind("override");
  if (!overrides) return say_ledger_error(overrides.error());
  LetterContext context{decision.seq, ledger::Checkpoint::parse(note->text).value_or(ledger::Checkpoint()), {}};
  for (auto const& entry : *overrides) {
    if (ledger::Body(entry.body).number("concerns") == static_cast<std::int64_t>(decision.seq)) {
      context.overridden = entry;
    }
  }
  auto const written = letter(judged, row, context, *text);
  if (!written) {
    say(fmt::format("the template of letters cannot be used: {}", written.error()));
    return ExitCode::unreadable;
  }
  out("{}", *written);
  return ExitCode::done;
}

// A recorded decision: made again by what the ledger kept, and only told when it comes out as it was recorded.
ExitCode explain_recorded(Asked const& asked) {
  if (!asked.submissions.empty() || !asked.id.empty()) {
    say("a recorded decision is named after --ledger LEDGER by its seq or its submission's id, and nothing else");
    return ExitCode::usage;
  }
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  auto const decision = decision_or_say(*reader, asked.review.policy, code);
  if (!decision) return code;
  Replay replay(*reader, {});
  std::uint32_t row = 0;
  std::string missing;
  auto const judged = replay.judged(*decision, row, missing);
  if (judged == nullptr) {
    say(fmt::format("entry {} cannot be made again: {}", decision->seq, missing));
    return ExitCode::integrity;
  }
  auto const again = Replay::compared(*decision, *judged, row);
  if (again.verdict == Replayed::Verdict::differs) {
    say(fmt::format("entry {} was decided as `{}` and comes out as `{}`: `waymark audit replay` says what differs",
                    decision->seq, again.then, again.now));
    return ExitCode::integrity;
  }
  return asked.letter ? write_letter(asked, *reader, *decision, *judged, row) : explain_judged(*judged, row, asked);
}

ExitCode explain_one(Asked const& asked) {
  if (asked.short_only + asked.full_only + asked.why_not.has_value() > 1) {
    say("--short, --full and --why-not are three answers: choose one");
    return ExitCode::usage;
  }
  if (!asked.ledger.empty()) return explain_recorded(asked);
  if (asked.letter) {
    say("a letter is about a decision on record\n  = help: name its ledger with --ledger LEDGER");
    return ExitCode::usage;
  }
  if (asked.submissions.empty() || asked.id.empty()) {
    say("which submission is not said\n  = help: name its file with --submissions FILE and its id with --id ID, or a "
        "recorded decision with --ledger LEDGER");
    return ExitCode::usage;
  }
  Prepared prepared = prepare(asked.review);
  if (!prepared.reviewer) return prepared.code;
  if (!prepared.reviewer->decides()) {
    say(no_decision_words(*prepared.reviewer, asked.review.policy));
    return ExitCode::usage;
  }
  auto const feeds = open_or_say(asked.submissions);
  if (!feeds) return ExitCode::unreadable;
  cases::Batch batch = find_submission(*prepared.reviewer, *feeds, asked.id);
  if (batch.size() == 0) {
    say(fmt::format("no submission has the id `{}`", asked.id));
    return ExitCode::findings;
  }
  Judged judged(*prepared.reviewer, std::move(batch));
  return explain_judged(judged, 0, asked);
}

}  // namespace

Verb explain_verb() {
  return {"explain", "Says why one submission was decided as it was", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            declare(options, asked->review);
            options.values("--submissions", asked->submissions,
                           "A file (.jsonl, .json, .csv, .toml), or - for JSON Lines on standard input");
            options.value("--id", asked->id, "The submission's id");
            options.value("--ledger", asked->ledger,
                          "A recorded decision: its seq or its submission's id stands in the place of POLICY");
            options.flag("--short", asked->short_only, "Only the deciding reasons");
            options.flag("--full", asked->full_only, "Only the whole tree: asked, found, source, margin, citation");
            options.value("--why-not", asked->why_not, "Why the outcome is not this one");
            options.flag("--letter", asked->letter, "Of a recorded decision: the letter to the district");
            options.choice("--format", asked->format, {"text", "json"}, "How it is printed");
            return [asked] { return explain_one(*asked); };
          }};
}

}  // namespace waymark::commands
