#include "engine/ledger/witness.hpp"

#include <fmt/format.h>

namespace waymark::ledger {
namespace {

constexpr std::string_view kHead = "waymark witness 1\n";
constexpr std::string_view kLedger = "ledger ";
constexpr std::string_view kWitness = "witness ";

// Takes a line with a key off the front.
std::optional<VerifierKey> take_key(std::string_view& text, std::string_view name) {
  auto const end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(name)) return std::nullopt;
  auto const key = VerifierKey::parse(text.substr(name.size(), end - name.size()));
  text.remove_prefix(end + 1);
  return key;
}

// Why the checkpoint that the witness saw last does not lead to the new one, in words.
std::optional<std::string> not_added_to(Checkpoint const& old, Checkpoint const& now, Nodes const& nodes) {
  if (old.origin != now.origin) {
    return fmt::format("this is the ledger {}, not {}, which the witness has seen", now.origin, old.origin);
  }
  if (now.size < old.size) {
    return fmt::format("the ledger has shrunk: it has {} entries, and the witness has seen {}", now.size, old.size);
  }
  auto const forked = root_of(nodes, old.size) != old.root || (now.size == old.size && now.root != old.root);
  if (forked) {
    return fmt::format("the ledger has forked: its first {} entries are not those that the witness has seen", old.size);
  }
  if (!shows_consistency(old.size, old.root, now.size, now.root, consistency_proof(nodes, old.size, now.size))) {
    return fmt::format("the ledger does not show that its {} entries only add to the {} that the witness has seen",
                       now.size, old.size);
  }
  return std::nullopt;
}

// What is wrong with the state itself, which somebody may have changed.
std::optional<std::string> not_trusted(WitnessState const& state, SigningKey const& key) {
  if (key.algorithm() != Algorithm::ed25519) return "a witness's key is Ed25519, and this one is not";
  if (cosigner(key, state.witness.name) != state.witness) {
    return fmt::format("this is not the key of the witness {}", state.witness.name);
  }
  if (!state.seen) return std::nullopt;
  if (!Checkpoint::parse(state.seen->text) || !state.seen->signed_by(state.ledger) ||
      !state.seen->cosigned_by(state.witness)) {
    return "the witness's state was changed: its checkpoint is not signed by the ledger and cosigned by the witness";
  }
  return std::nullopt;
}

}  // namespace

std::string WitnessState::written() const {
  auto const keys = fmt::format("{}{}{}\n{}{}\n", kHead, kLedger, ledger.text(), kWitness, witness.text());
  return seen ? keys + "\n" + seen->written() : keys;
}

std::optional<WitnessState> WitnessState::parse(std::string_view written) {
  if (!written.starts_with(kHead)) return std::nullopt;
  written.remove_prefix(kHead.size());
  auto const ledger = take_key(written, kLedger);
  auto const witness = take_key(written, kWitness);
  if (!ledger || ledger->cosigns || !witness || !witness->cosigns) return std::nullopt;
  WitnessState state{*ledger, *witness, std::nullopt};
  if (written.empty()) return state;
  state.seen = written.front() == '\n' ? Note::parse(written.substr(1)) : std::nullopt;
  if (!state.seen) return std::nullopt;
  return state;
}

LedgerResult<WitnessState> witness(WitnessState const& state, Note const& checkpoint, Nodes const& nodes,
                                   SigningKey const& key, std::int64_t at) {
  auto const refused = [](std::string message) {
    return values::failure(LedgerError{LedgerError::Kind::integrity, std::move(message)});
  };
  if (auto wrong = not_trusted(state, key)) return refused(std::move(*wrong));
  auto const now = Checkpoint::parse(checkpoint.text);
  if (!now) return refused("the ledger's checkpoint is not one");
  if (!checkpoint.signed_by(state.ledger)) {
    return refused(fmt::format("the ledger's checkpoint is not signed by the key that the witness has pinned, {}",
                               state.ledger.text()));
  }
  if (root_of(nodes, now->size) != now->root) {
    return refused(fmt::format("the ledger's {} entries do not lead to the root of its checkpoint", now->size));
  }
  if (state.seen) {
    if (auto wrong = not_added_to(*Checkpoint::parse(state.seen->text), *now, nodes)) return refused(std::move(*wrong));
  }
  auto next = state;
  // Of all that stands under the checkpoint the witness takes the ledger's own signature along, and nothing else: a
  // line in the witness's name that somebody put there would spoil the one that it adds.
  next.seen = Note{checkpoint.text, {}};
  for (auto const& signature : checkpoint.signatures) {
    if (signature.name == state.ledger.name && signature.key == state.ledger.id()) {
      next.seen->signatures.push_back(signature);
    }
  }
  cosign(*next.seen, key, state.witness.name, at);
  return next;
}

}  // namespace waymark::ledger
