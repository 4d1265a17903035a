// `waymark audit export`: the whole journal for somebody who has no SQLite, or the approvals for who publishes them.
#include <fmt/format.h>

#include <memory>
#include <set>

#include "engine/commands/audit.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/recorded.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/ledger/members.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using ledger::Body;
using ledger::Object;

struct Asked {
  std::string ledger, blobs, checkpoint;
  std::string format = "journal";
  std::string base = "urn:waymark:";
};

// Outcomes that are favourable, by the rules of a decision.
class Outcomes {
 public:
  explicit Outcomes(ledger::Reader const& reader) : reader_(reader) {}

  bool is_favourable(Body const& decision) {
    auto const setting = RecordedSetting::of(decision);
    auto [known, fresh] = by_rule_.try_emplace(setting.rule);
    if (fresh) {
      if (auto const reviewer = recorded_reviewer(reader_, setting)) add((*reviewer)->program(), known->second);
    }
    return known->second.count(grammar::name_key(decision.text("outcome").value_or(""))) != 0;
  }

 private:
  static void add(check::Program const& program, std::set<std::string>& favourable) {
    for (auto const& entry : program.vocabulary.choices[program.outcomes].entries) {
      if (entry.favourable) favourable.insert(entry.name);
    }
  }
  ledger::Reader const& reader_;
  std::map<std::uint64_t, std::set<std::string>> by_rule_;
};

std::string named(std::string const& english) { return Object().text("en-US", english).json(); }

// An approval in the Credential Transparency Description Language (credreg.net/ctdl/terms/ApproveAction): who approved
// what, from when until when, by which rules.
std::string approve_action(Body const& decision, Body const& rule, std::string const& base) {
  auto const text = [&](std::string_view key) { return decision.text(key).value_or(""); };
  auto const seq = decision.number("seq").value_or(0);
  Object action;
  action.text("@id", fmt::format("{}decision:{}", base, seq));
  action.text("@type", "ceterms:ApproveAction");
  action.put("ceterms:name", named(text("outcome")));
  action.put("ceterms:description", named(fmt::format("{}: {}", text("policy"), text("outcome"))));
  action.put("ceterms:actingAgent",
             ledger::list_json({Object()
                                    .text("@type", "ceterms:Organization")
                                    .put("ceterms:name", named(rule.text("jurisdiction").value_or("")))
                                    .json()}));
  action.text("ceterms:startDate", text("date"));
  if (decision.has("until")) action.text("ceterms:endDate", text("until"));
  action.put("ceterms:object",
             Object()
                 .text("@id", fmt::format("{}submission:{}", base, text("submission")))
                 .text("@type", "ceterms:LearningProgram")
                 .put("ceterms:name", named(decision.object("facts").text("title").value_or(text("submission"))))
                 .json());
  action.put("ceterms:evidenceOfAction", ledger::text_json(fmt::format("{}checkpoint", base)));
  return action.json();
}

ExitCode export_approvals(Asked const& asked, ledger::Reader const& reader) {
  std::set<std::int64_t> overridden;
  auto const overrides = reader.of_kind("override");
  if (!overrides) return say_ledger_error(overrides.error());
  for (auto const& entry : *overrides) overridden.insert(Body(entry.body).number("concerns").value_or(-1));
  auto const rules = reader.of_kind("rule");
  if (!rules) return say_ledger_error(rules.error());
  std::map<std::int64_t, Body> rule;
  for (auto const& entry : *rules) rule.emplace(static_cast<std::int64_t>(entry.seq), Body(entry.body));
  Outcomes outcomes(reader);
  bool first = true;
  out("{{\"@context\":\"https://credreg.net/ctdl/schema/context/json\",\"@graph\":[");
  auto const failed = reader.each(0, [&](ledger::Entry const& entry) {
    if (entry.kind != "decision" || overridden.count(static_cast<std::int64_t>(entry.seq)) != 0) return true;
    Body const body(entry.body);
    if (!outcomes.is_favourable(body)) return true;
    out("{}\n{}", first ? "" : ",", approve_action(body, rule[body.number("rule").value_or(-1)], asked.base));
    first = false;
    return true;
  });
  out("\n]}}\n");
  return failed ? say_ledger_error(*failed) : ExitCode::done;
}

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
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  return asked.format == "ctdl" ? export_approvals(asked, *reader) : export_journal(asked, *reader);
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
            return [asked] { return export_ledger(*asked); };
          }};
}

}  // namespace waymark::commands
