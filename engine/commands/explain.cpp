// `waymark explain`: one decision, and why.
#include "engine/commands/explain.hpp"

#include <fmt/format.h>

#include <memory>

#include "engine/commands/feed.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/commands/workspace.hpp"

namespace waymark::commands {
namespace {

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
  explain::Proofs proofs;
  for (explain::Proof const& proof : explain::why_not(subject, wanted, proofs)) {
    all += (all.empty() ? "" : ",") + explain::proof_json(proof);
  }
  return "{\"why_not\":[" + all + "]}\n";
}

std::string json(Judged& judged, std::uint32_t i, ExplainAsked const& asked) {
  explain::Subject const subject = judged.subject(i);
  if (asked.why_not) return why_not_json(subject, *asked.why_not);
  if (asked.full_only) {
    explain::Proofs proofs;
    return explain::proof_json(explain::full(subject, proofs)) + "\n";
  }
  auto const detail = asked.short_only ? explain::Detail::short_reasons : explain::Detail::full;
  return explain::decision_json(subject, judged.context(), detail) + "\n";
}

std::string text(explain::Subject const& subject, ExplainAsked const& asked) {
  if (asked.why_not) return explain::why_not_text(subject, *asked.why_not);
  if (asked.full_only) return explain::full_text(subject);
  std::string const brief = explain::short_text(subject);
  return asked.short_only ? brief : brief + explain::tree_text(subject);
}

}  // namespace

std::optional<std::string> explanation_or_say(Judged& judged, std::uint32_t i, ExplainAsked const& asked) {
  if (asked.why_not && !explain::is_outcome(judged.program(i), *asked.why_not)) {
    say(fmt::format("`{}` is no outcome of the policy\n  = help: it has {}", *asked.why_not,
                    fmt::join(explain::outcome_names(judged.program(i)), ", ")));
    return std::nullopt;
  }
  return asked.format == "json" ? json(judged, i, asked) : text(judged.subject(i), asked);
}

namespace {

ExitCode explain_one(ExplainAsked const& asked) {
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
  auto const explanation = explanation_or_say(judged, 0, asked);
  if (!explanation) return ExitCode::usage;
  out("{}", *explanation);
  return judged.outcome_words(0) == "not reviewed" ? ExitCode::findings : ExitCode::done;
}

}  // namespace

Verb explain_verb() {
  return {"explain", "Says why one submission was decided as it was", [](Options& options) -> Run {
            auto const asked = std::make_shared<ExplainAsked>();
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
