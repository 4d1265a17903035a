// `waymark audit export`: the whole journal for somebody who has no SQLite, or the approvals for who publishes them.
#include <fmt/format.h>

#include <memory>
#include <set>

#include "engine/commands/approvals.hpp"
#include "engine/commands/audit.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/manifest_choice.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string ledger, blobs, checkpoint;
  std::string format = "journal";
  std::string base = "urn:waymark:";
  std::string day;
};

// Every blob that an entry names, under its hash.
ExitCode export_blobs(Asked const& asked, ledger::Reader const& reader, std::set<std::string> const& hashes) {
  if (auto const failed = make_folder(asked.blobs)) {
    say(failed->message);
    return ExitCode::world;
  }
  for (auto const& hex : hashes) {
    auto const hash = values::hash_of_hex(hex);
    auto const blob = hash ? reader.blob(*hash) : ledger::LedgerResult<std::optional<std::string>>();
    if (!blob) return say_ledger_error(blob.error());
    if (!*blob) continue;  // known by its hash alone
    if (auto const failed = write_file(path_in(asked.blobs, hex), **blob)) {
      say(failed->message);
      return ExitCode::world;
    }
  }
  return ExitCode::done;
}

// The texts of 64 hexadecimal digits in a body.
void add_hashes(std::string_view body, std::set<std::string>& hashes) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= body.size(); ++at) {
    bool const digit =
        at < body.size() && std::string_view("0123456789abcdef").find(body[at]) != std::string_view::npos;
    if (digit) continue;
    if (at - begin == 64) hashes.emplace(body.substr(begin, 64));
    begin = at + 1;
  }
}

ExitCode export_journal(Asked const& asked, ledger::Reader const& reader) {
  auto const newest = reader.checkpoint();
  if (!newest) return say_ledger_error(newest.error());
  auto const checkpoint = ledger::Checkpoint::parse(newest->text);
  if (!checkpoint) return say_ledger_error({ledger::LedgerError::Kind::integrity, "the ledger's checkpoint is none"});
  std::set<std::string> hashes;
  auto const failed = reader.each(0, [&](ledger::Entry const& entry) {
    if (entry.seq >= checkpoint->size) return false;
    out("{}\n", entry.body);
    if (!asked.blobs.empty()) add_hashes(entry.body, hashes);
    return true;
  });
  if (failed) return say_ledger_error(*failed);
  if (!asked.checkpoint.empty()) {
    if (auto const trouble = write_file(asked.checkpoint, newest->written())) {
      say(trouble->message);
      return ExitCode::world;
    }
  }
  return asked.blobs.empty() ? ExitCode::done : export_blobs(asked, reader, hashes);
}

ExitCode export_ledger(Asked const& asked) {
  if (!asked.day.empty() && asked.format != "ctdl") {
    say("--in-force-on is about approvals, which --format ctdl prints");
    return ExitCode::usage;
  }
  auto const day = asked.day.empty() ? std::optional(today()) : date_or_say("--in-force-on", asked.day);
  if (!day) return ExitCode::usage;
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  return asked.format == "ctdl" ? export_approvals(*reader, asked.base, *day) : export_journal(asked, *reader);
}

}  // namespace

Verb audit_export_verb() {
  return {"export", "The whole journal as JSON Lines that anybody can verify, or the approvals as CTDL",
          [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.choice("--format", asked->format, {"journal", "ctdl"},
                           "journal: every body, a line each, as it was hashed; ctdl: approvals in force as JSON-LD");
            options.value("--checkpoint", asked->checkpoint, "Write the signed checkpoint over the journal here");
            options.value("--blobs", asked->blobs, "Write what the entries name by hash into this folder");
            options.value("--base", asked->base, "What ids in CTDL begin with (default: urn:waymark:)");
            options.value("--in-force-on", asked->day, "In CTDL: approvals in force on this day (default: today)");
            return [asked] { return export_ledger(*asked); };
          }};
}

}  // namespace waymark::commands
