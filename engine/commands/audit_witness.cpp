// `waymark audit witness`: an auditor's own memory of a ledger, in a file that its operator does not have.
#include <fmt/format.h>

#include <memory>

#include "engine/commands/audit.hpp"
#include "engine/commands/environment.hpp"
#include "engine/commands/files.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/ledger/witness.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string ledger, state, key, name = "witness", ledger_key;
};

std::optional<ledger::SigningKey> witness_key(Asked const& asked, ExitCode& code) {
  auto const path = asked.key.empty() ? asked.state + ".key" : asked.key;
  code = ExitCode::world;
  if (!is_file(path)) {
    auto key = ledger::SigningKey::make(ledger::Algorithm::ed25519);
    if (auto const failed = write_secret(path, key.pem())) {
      say(failed->message);
      return std::nullopt;
    }
    talk("waymark: made the witness's key `{}`\n", path);
    return key;
  }
  warn_of_open_key(path);
  auto const pem = read_file(path);
  auto key = pem ? ledger::SigningKey::of_pem(*pem)
                 : values::Result<ledger::SigningKey, values::WorldError>(values::failure(pem.error()));
  if (key && key->algorithm() == ledger::Algorithm::ed25519) return std::move(*key);
  say(key ? fmt::format("`{}` is no Ed25519 key, and a witness needs one", path) : key.error().message);
  return std::nullopt;
}

// What was kept; without a file, the beginning: the ledger's key is pinned now.
std::optional<ledger::WitnessState> state_or_say(Asked const& asked, ledger::Reader const& reader,
                                                 ledger::SigningKey const& key, ExitCode& code) {
  if (is_file(asked.state)) {
    auto const text = read_file(asked.state);
    auto state = text ? ledger::WitnessState::parse(*text) : std::nullopt;
    if (!state) {
      say(text ? fmt::format("`{}` is not what a witness keeps", asked.state) : text.error().message);
      code = ExitCode::world;
    } else if (!state->seen) {
      // It was written with one: without it, any ledger would be taken for the one that was seen.
      say(fmt::format("`{}` was cut: it names no checkpoint", asked.state));
      code = ExitCode::integrity;
      return std::nullopt;
    }
    return state;
  }
  auto pinned = std::optional(reader.key());
  if (!asked.ledger_key.empty()) pinned = ledger::VerifierKey::parse(asked.ledger_key);
  if (!pinned) {
    say(fmt::format("`{}` is no verifier key", asked.ledger_key));
    code = ExitCode::usage;
    return std::nullopt;
  }
  if (asked.ledger_key.empty()) {
    talk("waymark: first use: pins the ledger's key {}; compare it with what its office publishes\n", pinned->text());
  }
  return ledger::WitnessState{*pinned, ledger::cosigner(key, asked.name), std::nullopt};
}

ExitCode watch(Asked const& asked) {
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  auto const key = witness_key(asked, code);
  if (!key) return code;
  auto const state = state_or_say(asked, *reader, *key, code);
  if (!state) return code;
  auto const newest = reader->checkpoint();
  if (!newest) return say_ledger_error(newest.error());
  auto const next = ledger::witness(*state, *newest, reader->nodes(), *key, seconds_since_1970());
  if (!next) return say_ledger_error(next.error());
  if (auto const failed = write_file(asked.state, next->written())) {
    say(failed->message);
    return ExitCode::world;
  }
  auto const checkpoint = ledger::Checkpoint::parse(next->seen->text);
  out("{} entries witnessed; the checkpoint is kept in {}\n", checkpoint->size, asked.state);
  return ExitCode::done;
}

}  // namespace

Verb audit_witness_verb() {
  return {"witness", "Keeps a ledger's checkpoint outside of it, and demands that the next one only adds",
          [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.value("--state", asked->state, "What the witness keeps; made when new", Need::required);
            options.value("--key", asked->key, "The witness's own key (default: beside the state; made when new)");
            options.value("--name", asked->name, "The witness's name in its cosignatures");
            options.value("--ledger-key", asked->ledger_key,
                          "At the first use: the ledger's verifier key as its office publishes it");
            return [asked] { return watch(*asked); };
          }};
}

}  // namespace waymark::commands
