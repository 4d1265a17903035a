// `waymark audit prove`: one decision as a folder that somebody can check alone.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "engine/commands/afterwards.hpp"
#include "engine/commands/audit.hpp"
#include "engine/commands/embedded.hpp"
#include "engine/commands/evidence_rows.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/replay.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/ledger/members.hpp"
#include "engine/ledger/pack.hpp"
#include "engine/values/printable.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string ledger, decision, folder, anchor;
};

std::string pack_text(std::string_view name) {
  auto const path = fmt::format("engine/ledger/pack/{}", name);
  for (auto const& text : embedded_texts()) {
    if (text.path == path) return std::string(text.text);
  }
  WAYMARK_CHECK(false, "a text of the evidence pack is not in the program");
}

// The bytes that an entry names by their hash.
bool add_blob(ledger::Reader const& reader, ledger::Body const& named, std::string const& path,
              std::vector<ledger::PackFile>& files) {
  auto const hash = values::hash_of_hex(named.text("sha256").value_or(""));
  auto blob = hash ? reader.blob(*hash) : ledger::LedgerResult<std::optional<std::string>>();
  if (!blob || !*blob) {
    say(blob ? fmt::format("the ledger does not hold what {} names", path) : blob.error().message);
    return false;
  }
  files.push_back({path, **std::move(blob)});
  return true;
}

// A path of a workspace as one below `rules/`: nothing of it leads out of the pack, and no two paths meet in one.
std::string rules_path(std::string_view path) {
  std::string out = "rules";
  while (!path.empty()) {
    auto const part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (part.empty() || part == ".") continue;
    out.push_back('/');
    if (part == "..") {
      out += "%2E%2E";
      continue;
    }
    for (auto const c : part) out += c == '%' ? std::string("%25") : std::string(1, c);
  }
  return out;
}

bool add_rules(ledger::Reader const& reader, std::uint64_t seq, std::vector<ledger::PackFile>& files) {
  auto const entry = reader.entry(seq);
  if (!entry || !*entry) {
    say(entry ? fmt::format("the ledger has no entry {}", seq) : entry.error().message);
    return false;
  }
  for (auto const& item : ledger::Body((*entry)->body).items("files")) {
    ledger::Body const file(item);
    if (!add_blob(reader, file, rules_path(file.text("path").value_or("")), files)) return false;
  }
  return true;
}

// Decided again, to see which published rows it rests on; where it comes out otherwise they would be another's.
bool add_rows(ledger::Reader const& reader, ledger::Entry const& decision, std::vector<ledger::PackFile>& files) {
  Replay replay(reader, {});
  std::uint32_t row = 0;
  std::string missing;
  auto const judged = replay.judged(decision, row, missing);
  if (judged == nullptr) {
    say(fmt::format("the decision cannot be made again: {}", missing));
    return false;
  }
  auto const again = Replay::compared(decision, *judged, row);
  if (again.verdict == Replayed::Verdict::differs) {
    say(otherwise_words(again) + ": `waymark audit replay` says what differs");
    return false;
  }
  if (again.verdict != Replayed::Verdict::identical) {
    say(other_trace_words(again) + ": no pack is made of it; `waymark audit replay` says what differs");
    return false;
  }
  bool const reviewed = judged->batch().origins[row].fault.empty();
  files.push_back({"evidence/rows.jsonl", reviewed ? evidence_rows(*judged, row) : ""});
  return true;
}

// What the reader of the pack must know before anything else.
std::string readme(ledger::Entry const& decision, std::vector<ledger::Entry> const& after) {
  ledger::Body const body(decision.body);
  auto const text = [&](std::string_view key) { return values::one_line(body.text(key).value_or("")); };
  auto out = fmt::format("Entry {}: submission {}, reviewed on {}: {}\n", decision.seq, text("submission"),
                         text("date"), text("outcome"));
  for (auto const& entry : after) out += afterwards_text(entry);
  if (after.empty()) out += "Nothing that the ledger held when this pack was made changes that.\n";
  return out + "\n" + pack_text("README.txt");
}

std::optional<std::uint64_t> kept_size(std::string const& file) {
  auto const note = checkpoint_or_say(file);
  auto const checkpoint = note ? ledger::Checkpoint::parse(note->text) : std::nullopt;
  return checkpoint ? std::optional(checkpoint->size) : std::nullopt;
}

std::optional<std::vector<ledger::PackFile>> pack(Asked const& asked, ExitCode& code) {
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return std::nullopt;
  auto const decision = decision_or_say(*reader, asked.decision, code);
  if (!decision) return std::nullopt;
  ledger::Body const body(decision->body);
  auto const setting = RecordedSetting::of(body);
  ledger::PackAsked question{decision->seq, setting.evidence, {}, std::nullopt};
  question.related.push_back(setting.rule);
  for (auto const seq : body.numbers("from_ledger")) question.related.push_back(seq);
  auto const after = afterwards(*reader, *decision);
  if (!after) {
    code = say_ledger_error(after.error());
    return std::nullopt;
  }
  for (auto const& entry : *after) question.related.push_back(entry.seq);
  if (!asked.anchor.empty()) {
    question.kept_size = kept_size(asked.anchor);
    code = ExitCode::world;
    if (!question.kept_size) return std::nullopt;
  }
  code = ExitCode::integrity;
  bool const whole = add_blob(*reader, body.object("received"), "submission", question.files) &&
                     add_rules(*reader, setting.rule, question.files) && add_rows(*reader, *decision, question.files);
  if (!whole) return std::nullopt;
  question.files.push_back({"README.txt", readme(*decision, *after)});
  question.files.push_back({"verify.py", pack_text("verify.py")});
  auto const source = ledger::pack_source(*reader);
  auto files = source ? ledger::make_pack(*source, question)
                      : ledger::LedgerResult<std::vector<ledger::PackFile>>(values::failure(source.error()));
  if (files) return std::move(*files);
  code = say_ledger_error(files.error());
  return std::nullopt;
}

ExitCode prove(Asked const& asked) {
  if (has_entries(asked.folder)) {
    say(fmt::format("`{}` is not empty, and nothing of it is overwritten", asked.folder));
    return ExitCode::usage;
  }
  ExitCode code = ExitCode::world;
  auto const files = pack(asked, code);
  if (!files) return code;
  for (auto const& file : *files) {
    auto const path = path_in(asked.folder, file.path);
    auto failed = make_folder(folder_of(path));
    if (!failed) failed = write_file(path, file.bytes);
    if (failed) {
      say(failed->message);
      return ExitCode::world;
    }
  }
  out("{}: {}; check it with: python3 {}/verify.py {}\n", asked.folder, counted(files->size(), "file"), asked.folder,
      asked.folder);
  return ExitCode::done;
}

}  // namespace

Verb audit_prove_verb() {
  return {"prove", "An evidence pack: one decision as a folder that can be checked without this program",
          [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.value("DECISION", asked->decision, "The decision, by its seq or its submission's id",
                          Need::required);
            options.value("--out", asked->folder, "The folder to write: new, or empty", Need::required);
            options.value("--anchor", asked->anchor,
                          "A checkpoint kept elsewhere: adds the proof that the ledger only adds to it");
            return [asked] { return prove(*asked); };
          }};
}

}  // namespace waymark::commands
