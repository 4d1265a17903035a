// `waymark record history`: a ledger of a new year takes over what the ledger of the last one knows. Every decision
// becomes an entry that names it, with its body kept as it stands there: a replay needs this ledger alone, and whoever
// has the other one can compare.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <set>

#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/record.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {
namespace {

using ledger::Body;
using ledger::Entry;
using ledger::LedgerResult;
using ledger::Object;

struct Asked {
  std::string ledger, from;
  Sayer by;
};

// A migration is the same one whoever makes it.
Object without_sayer(Body const& body) { return ledger::without_place(body, {"who", "authority", "reason"}); }

class TakeOver {
 public:
  TakeOver(ledger::Reader const& from, ledger::Reader const& reader, ledger::Writer& writer, Sayer const& by)
      : from_(from), reader_(reader), writer_(writer), by_(by) {}

  // What the ledger has taken over already is not taken over again.
  LedgerResult<void> know() {
    for (auto const* kind : {"migration", "waiver"}) {
      auto const entries = reader_.of_kind(kind);
      if (!entries) return values::failure(entries.error());
      for (auto const& entry : *entries) {
        Body const body(entry.body);
        auto const fields = entry.kind == "waiver" ? ledger::without_place(body) : without_sayer(body);
        known_.insert(fields.json());
      }
    }
    return {};
  }

  LedgerResult<std::size_t> run() {
    if (auto const done = read_overrides(); !done) return values::failure(done.error());
    std::optional<ledger::LedgerError> failed;
    auto const unread = from_.each(0, [&](Entry const& entry) {
      auto const done = take(entry);
      if (!done) failed = done.error();
      return done.has_value();
    });
    if (unread || failed) return values::failure(unread ? *unread : *failed);
    if (auto const note = writer_.commit(); !note) return values::failure(note.error());
    return taken_;
  }

 private:
  LedgerResult<void> read_overrides() {
    auto const entries = from_.of_kind("override");
    if (!entries) return values::failure(entries.error());
    for (auto const& entry : *entries) {
      overrides_[static_cast<std::uint64_t>(Body(entry.body).number("concerns").value_or(0))] = entry;
    }
    return {};
  }

  // What is an entry of this ledger itself, as when a copy of it is named, stays what it is.
  LedgerResult<void> take(Entry const& entry) {
    auto const here = reader_.entry(entry.seq);
    if (!here) return values::failure(here.error());
    if (*here && (*here)->leaf == entry.leaf) return {};
    Body const body(entry.body);
    if (entry.kind == "decision") return decision(entry, body);
    if (entry.kind == "waiver" && body.has("who")) return waiver(entry, body);
    if (entry.kind != "migration") return {};
    return add("migration", without_sayer(body), body.text("sha256").value_or(""));
  }

  Object named(Entry const& entry) const {
    Object fields;
    fields.text("ledger", from_.key().name).number("entry", static_cast<std::int64_t>(entry.seq));
    return fields;
  }

  LedgerResult<void> decision(Entry const& entry, Body const& body) {
    auto fields = named(entry);
    for (auto const* key : {"policy", "subject", "date", "outcome"}) fields.text(key, body.text(key).value_or(""));
    if (auto const found = overrides_.find(entry.seq); found != overrides_.end()) {
      auto overridden = named(found->second);
      overridden.text("outcome", Body(found->second.body).text("outcome").value_or(""));
      fields.put("overridden", overridden.json());
    }
    auto const kept = writer_.keep(entry.body);
    if (!kept) return values::failure(kept.error());
    return put_once("migration", std::move(fields.text("sha256", values::hex(*kept))));
  }

  // One that was taken over before says already where it stands.
  LedgerResult<void> waiver(Entry const& entry, Body const& body) {
    auto fields = ledger::without_place(body);
    if (!body.has("ledger")) {
      fields.text("ledger", from_.key().name).number("entry", static_cast<std::int64_t>(entry.seq));
    }
    return put_once("waiver", std::move(fields));
  }

  LedgerResult<void> add(std::string_view kind, Object fields, std::string const& sha256) {
    auto const hash = values::hash_of_hex(sha256);
    auto const bytes = hash ? from_.blob(*hash) : LedgerResult<std::optional<std::string>>();
    if (!bytes) return values::failure(bytes.error());
    if (*bytes) {
      if (auto const kept = writer_.keep(**bytes); !kept) return values::failure(kept.error());
    }
    return put_once(kind, std::move(fields));
  }

  LedgerResult<void> put_once(std::string_view kind, Object fields) {
    if (!known_.insert(fields.json()).second) return {};
    if (kind == "migration") fields.text("who", by_.who).text("authority", by_.authority).text("reason", by_.reason);
    auto const seq = writer_.append(kind, std::move(fields));
    if (!seq) return values::failure(seq.error());
    ++taken_;
    return {};
  }

  ledger::Reader const& from_;
  ledger::Reader const& reader_;
  ledger::Writer& writer_;
  Sayer const& by_;
  std::map<std::uint64_t, Entry> overrides_;  // by the decision that they concern, the last one
  std::set<std::string> known_;
  std::size_t taken_ = 0;
};

ExitCode take_over(Asked const& asked) {
  if (!is_said_or_say(asked.by)) return ExitCode::usage;
  auto const found = find_workspace(asked.by.workspace, asked.ledger);
  if (!found) {
    say(found.error().message);
    return ExitCode::world;
  }
  ExitCode code = ExitCode::world;
  auto const from = open_to_audit(asked.from, code);
  if (!from) return code;
  auto writer = open_to_record(asked.ledger, found->workspace, code);
  if (!writer) return code;
  auto const reader = open_to_audit(asked.ledger, code);  // after the writer, which makes a new one
  if (!reader) return code;
  TakeOver work(*from, *reader, *writer, asked.by);
  if (auto const done = work.know(); !done) return say_ledger_error(done.error());
  auto const taken = work.run();
  if (!taken) return say_ledger_error(taken.error());
  out("{} taken over from {}\n", *taken == 1 ? "1 entry" : fmt::format("{} entries", *taken), from->key().name);
  return ExitCode::done;
}

}  // namespace

Verb record_history_verb() {
  return {"history", "What another ledger holds of earlier years, so that later reviews know it",
          [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file (made when new)", Need::required);
            options.value("--from", asked->from, "The ledger of earlier years", Need::required);
            declare(options, asked->by);
            return [asked] { return take_over(*asked); };
          }};
}

}  // namespace waymark::commands
