// A decision on record: proved to stand in its ledger, made again by what the ledger kept, told with what came after
// it.
#include <fmt/format.h>

#include "engine/commands/afterwards.hpp"
#include "engine/commands/explain.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/letter.hpp"
#include "engine/commands/replay.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/workspace.hpp"

namespace waymark::commands {
namespace {

// The decision, what came after it, and the checkpoint under which all of that stands.
struct OnRecord {
  ledger::Entry decision;
  std::vector<ledger::Entry> after;
  ledger::Checkpoint checkpoint;
};

std::optional<OnRecord> on_record_or_say(ledger::Reader const& reader, std::string const& asked, ExitCode& code) {
  auto decision = decision_or_say(reader, asked, code);
  if (!decision) return std::nullopt;
  auto after = afterwards(reader, *decision);
  if (!after) {
    code = say_ledger_error(after.error());
    return std::nullopt;
  }
  auto shown = *after;
  shown.push_back(*decision);
  auto const checkpoint = reader.vouched(shown);
  if (checkpoint) return OnRecord{*std::move(decision), *std::move(after), *checkpoint};
  code = say_ledger_error(checkpoint.error());
  return std::nullopt;
}

std::optional<LetterTemplate> template_or_say(ExplainAsked const& asked) {
  auto found = find_workspace(asked.review.workspace, asked.ledger);
  // The ledger may lie elsewhere than the office's files: then those count that are where the command was given.
  if (found && found->workspace.letter.empty() && asked.review.workspace.empty()) found = find_workspace("", "");
  if (!found) {
    say(found.error().message);
    return std::nullopt;
  }
  auto const& file = found->workspace.letter;
  if (file.empty()) {
    talk("waymark: the letter is laid out by the program's own template; `letter` in a {} names another\n",
         kWorkspaceFile);
    return default_letter();
  }
  auto const text = read_file(file);
  if (text) {
    talk("waymark: the letter is laid out by `{}`\n", shown_path(file));
    return LetterTemplate{shown_path(file), *text};
  }
  say(text.error().message);
  return std::nullopt;
}

ExitCode write_letter(ExplainAsked const& asked, ledger::Reader const& reader, OnRecord const& record, Judged& judged,
                      std::uint32_t row) {
  auto const layout = template_or_say(asked);
  if (!layout) return ExitCode::unreadable;
  LetterContext context{record.decision, record.checkpoint, reader.key().text(), std::nullopt};
  if (auto const* overridden = override_among(record.after)) context.overridden = *overridden;
  auto const written = letter(judged, row, context, *layout);
  if (!written) {
    say(written.error());
    return ExitCode::unreadable;
  }
  out("{}", *written);
  return ExitCode::done;
}

std::string since_text(OnRecord const& record, bool as_recorded) {
  std::string text;
  if (!as_recorded) {
    text += fmt::format(
        "Entry {} comes out with its outcome again, but not by the steps that are on record: what follows is not the\n"
        "trace that was recorded.\n",
        record.decision.seq);
  }
  for (auto const& entry : record.after) text += afterwards_text(entry);
  return text.empty() ? text : text + "\n";
}

// The object with two members more.
std::string with_since(std::string json, OnRecord const& record, bool as_recorded) {
  json.resize(json.rfind('}'));
  std::vector<std::string> bodies;
  for (auto const& entry : record.after) bodies.push_back(entry.body);
  return json + fmt::format(",\"as_recorded\":{},\"since\":{}}}\n", as_recorded, ledger::list_json(bodies));
}

ExitCode tell(ExplainAsked const& asked, OnRecord const& record, Judged& judged, std::uint32_t row, bool as_recorded) {
  auto const explanation = explanation_or_say(judged, row, asked);
  if (!explanation) return ExitCode::usage;
  out("{}", asked.format == "json" ? with_since(*explanation, record, as_recorded)
                                   : since_text(record, as_recorded) + *explanation);
  return as_recorded && judged.outcome_words(row) != "not reviewed" ? ExitCode::done : ExitCode::findings;
}

}  // namespace

ExitCode explain_recorded(ExplainAsked const& asked) {
  if (!asked.submissions.empty() || !asked.id.empty()) {
    say("a recorded decision is named after --ledger LEDGER by its seq or its submission's id, and nothing else");
    return ExitCode::usage;
  }
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  auto const record = on_record_or_say(*reader, asked.review.policy, code);
  if (!record) return code;
  auto const seq = record->decision.seq;
  Replay replay(*reader, {});
  std::uint32_t row = 0;
  std::string missing;
  auto const judged = replay.judged(record->decision, row, missing);
  if (judged == nullptr) {
    say(fmt::format("entry {} cannot be made again: {}", seq, missing));
    return ExitCode::integrity;
  }
  auto const again = Replay::compared(record->decision, *judged, row);
  auto const help = fmt::format("\n  = help: `waymark audit replay {} {}` says what differs", asked.ledger, seq);
  if (again.verdict == Replayed::Verdict::differs) {
    say(otherwise_words(again) + help);
    return ExitCode::integrity;
  }
  bool const as_recorded = again.verdict == Replayed::Verdict::identical;
  if (!as_recorded) {
    say(other_trace_words(again) + (asked.letter ? ": no letter is written about it" : "") + help);
    if (asked.letter) return ExitCode::findings;
  }
  return asked.letter ? write_letter(asked, *reader, *record, *judged, row)
                      : tell(asked, *record, *judged, row, as_recorded);
}

}  // namespace waymark::commands
