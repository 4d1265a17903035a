// libFuzzer target: whatever the bytes, the readers of notes, checkpoints, proofs, keys and witness's states return,
// and what they read is written back byte for byte: no two texts are the same note.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/ledger/witness.hpp"

namespace {

using namespace waymark::ledger;

void must(bool condition) {
  if (!condition) std::abort();
}

// Of the Go checksum database's example, which stands in the corpus with its note.
VerifierKey const& key() {
  static auto const parsed = VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  return *parsed;
}

void check_note(std::string_view text) {
  auto const note = Note::parse(text);
  if (!note) return;
  must(note->written() == text && !note->signatures.empty());
  static_cast<void>(note->signed_by(key()));
}

void check_proof(std::string_view text) {
  auto const proof = EntryProof::parse(text);
  if (!proof) return;
  must(proof->written() == text && Checkpoint::parse(proof->checkpoint.text));
  static_cast<void>(proof->proves("{}", key()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text(data, data + size);
  check_note(text);
  check_proof(text);
  if (auto const checkpoint = Checkpoint::parse(text)) must(checkpoint->text() == text);
  if (auto const read = VerifierKey::parse(text)) must(read->text() == text);
  if (auto const state = WitnessState::parse(text)) must(state->written() == text);
  if (auto const bytes = of_base64(text)) must(base64(*bytes) == text);
  return 0;
}
