// Checkpoints and proofs as texts that other programs read: C2SP signed-note, tlog-checkpoint, tlog-cosignature and
// tlog-proof (c2sp.org). Readers are strict: what is not exactly in the format is not read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/base64.hpp"
#include "engine/ledger/keys.hpp"
#include "engine/ledger/tree.hpp"

namespace waymark::ledger {

/// The state of a ledger: how many entries, and the root over them.
struct Checkpoint {
  std::string origin;  ///< names the ledger; one line, not empty
  std::uint64_t size = 0;
  Hash root;
  friend bool operator==(Checkpoint const&, Checkpoint const&) = default;

  /// Three lines: origin, size, root in base64 (tlog-checkpoint).
  std::string text() const;
  /// Nothing for a text with extension lines: a ledger writes none, and nobody could audit what they say.
  static std::optional<Checkpoint> parse(std::string_view text);
};

/// A text with the signatures of those who vouch for it (signed-note).
struct Note {
  struct Signature {
    std::string name;
    KeyId key{};
    std::string bytes;  ///< after the key's four
  };
  std::string text;  ///< ends with a line end
  std::vector<Signature> signatures;

  std::string written() const;
  static std::optional<Note> parse(std::string_view written);
  /// Whether one of the signatures is of `key`, a signer's, and right. A wrong signature under the key's own name and
  /// id makes the whole note wrong, as signed-note demands.
  bool signed_by(VerifierKey const& key) const;
  /// When the cosignature of `key`, a cosigner's, says that it saw the text (tlog-cosignature, seconds since 1970), the
  /// latest of several; nothing where there is none or one is wrong.
  std::optional<std::int64_t> cosigned_by(VerifierKey const& key) const;
};

/// The checkpoint, signed under `name`.
Note sign(Checkpoint const& checkpoint, SigningKey const& key, std::string const& name);
/// Adds a witness's cosignature (tlog-cosignature, cosignature/v1, Ed25519 only) made at `at`, seconds since 1970.
void cosign(Note& note, SigningKey const& key, std::string const& name, std::int64_t at);
/// The verifier key under which a cosignature stands: its type byte, and so its id, is another than a signer's.
VerifierKey cosigner(SigningKey const& key, std::string name);

/// That one entry stands in the ledger, by itself: index, path, checkpoint (tlog-proof).
struct EntryProof {
  std::uint64_t index = 0;
  std::vector<Hash> path;
  Note checkpoint;

  std::string written() const;
  /// Nothing for a proof with an `extra` line: nothing vouches for what stands there, and a ledger writes none.
  static std::optional<EntryProof> parse(std::string_view written);
  /// Whether the checkpoint is signed by `key` and the path leads from the body's leaf to its root.
  bool proves(std::string_view body, VerifierKey const& key) const;
};

}  // namespace waymark::ledger
