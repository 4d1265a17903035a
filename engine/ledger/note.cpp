#include "engine/ledger/note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/values/utf8.hpp"

namespace waymark::ledger {
namespace {

constexpr std::string_view kDash = "\u2014 ";  // begins a signature's line
constexpr std::string_view kProof = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kIndex = "index ";
constexpr std::size_t kMostSignatures = 100;
constexpr std::size_t kMostPath = 64;
constexpr std::size_t kTimeBytes = 8;

bool is_plain_text(std::string_view text) {
  return values::valid_utf8_prefix(text) == text.size() &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; });
}

// Takes a line off the front, without its end; nothing where no line end follows.
std::optional<std::string_view> take_line(std::string_view& text) {
  auto const end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  auto const line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// Digits without a leading zero.
std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || fmt::to_string(number) != text) return std::nullopt;
  return number;
}

std::optional<Hash> hash_of(std::string_view text) {
  auto const bytes = of_base64(text);
  return bytes ? values::hash_of_raw(*bytes) : std::nullopt;
}

std::optional<Note::Signature> signature_of(std::string_view line) {
  if (!line.starts_with(kDash)) return std::nullopt;
  line.remove_prefix(kDash.size());
  auto const blank = line.find(' ');
  if (blank == std::string_view::npos || !is_key_name(line.substr(0, blank))) return std::nullopt;
  auto const bytes = of_base64(line.substr(blank + 1));
  Note::Signature signature;
  if (!bytes || bytes->size() <= signature.key.size()) return std::nullopt;
  signature.name = line.substr(0, blank);
  std::transform(bytes->begin(), bytes->begin() + signature.key.size(), signature.key.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  signature.bytes = bytes->substr(signature.key.size());
  return signature;
}

bool is_of(Note::Signature const& signature, VerifierKey const& key) {
  return signature.name == key.name && signature.key == key.id();
}

std::string big_endian(std::int64_t number) {
  std::string bytes(kTimeBytes, '\0');
  for (std::size_t i = 0; i < kTimeBytes; ++i) bytes[i] = static_cast<char>(number >> (8 * (kTimeBytes - 1 - i)));
  return bytes;
}

std::int64_t of_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (auto const c : bytes) number = (number << 8U) | static_cast<std::uint8_t>(c);
  return static_cast<std::int64_t>(number);
}

std::string cosigned_message(std::int64_t at, std::string_view text) {
  return fmt::format("cosignature/v1\ntime {}\n{}", at, text);
}

// Seconds since 1970, where the signature is the key's over the text.
std::optional<std::int64_t> time_of(Note::Signature const& signature, VerifierKey const& key, std::string_view text) {
  if (signature.bytes.size() <= kTimeBytes) return std::nullopt;
  auto const at = of_big_endian(std::string_view(signature.bytes).substr(0, kTimeBytes));
  if (at < 0) return std::nullopt;
  if (!key.verifies(cosigned_message(at, text), std::string_view(signature.bytes).substr(kTimeBytes))) {
    return std::nullopt;
  }
  return at;
}

}  // namespace

std::string Checkpoint::text() const { return fmt::format("{}\n{}\n{}\n", origin, size, base64(root.raw())); }

std::optional<Checkpoint> Checkpoint::parse(std::string_view text) {
  auto const origin = take_line(text);
  if (!origin || origin->empty() || !is_plain_text(*origin)) return std::nullopt;
  auto const size_line = take_line(text);
  auto const root_line = take_line(text);
  if (!size_line || !root_line || !text.empty()) return std::nullopt;
  auto const size = number_of(*size_line);
  auto const root = hash_of(*root_line);
  if (!size || !root) return std::nullopt;
  return Checkpoint{std::string(*origin), *size, *root};
}

std::string Note::written() const {
  std::string out = text + "\n";
  for (auto const& signature : signatures) {
    std::string bytes(signature.key.begin(), signature.key.end());
    out += fmt::format("{}{} {}\n", kDash, signature.name, base64(bytes + signature.bytes));
  }
  return out;
}

std::optional<Note> Note::parse(std::string_view written) {
  if (!is_plain_text(written)) return std::nullopt;
  auto const blank_line = written.rfind("\n\n");
  if (blank_line == std::string_view::npos) return std::nullopt;
  Note note;
  note.text = written.substr(0, blank_line + 1);
  auto rest = written.substr(blank_line + 2);
  while (!rest.empty()) {
    auto const line = take_line(rest);
    auto signature = line ? signature_of(*line) : std::nullopt;
    if (!signature || note.signatures.size() == kMostSignatures) return std::nullopt;
    note.signatures.push_back(std::move(*signature));
  }
  if (note.signatures.empty()) return std::nullopt;
  return note;
}

bool Note::signed_by(VerifierKey const& key) const {
  if (key.cosigns) return false;
  bool found = false;
  for (auto const& signature : signatures) {
    if (!is_of(signature, key)) continue;
    if (!key.verifies(text, signature.bytes)) return false;
    found = true;
  }
  return found;
}

std::optional<std::int64_t> Note::cosigned_by(VerifierKey const& key) const {
  if (!key.cosigns) return std::nullopt;
  std::optional<std::int64_t> latest;
  for (auto const& signature : signatures) {
    if (!is_of(signature, key)) continue;
    auto const at = time_of(signature, key, text);
    if (!at) return std::nullopt;
    latest = std::max(latest, at);
  }
  return latest;
}

Note sign(Checkpoint const& checkpoint, SigningKey const& key, std::string const& name) {
  Note note{checkpoint.text(), {}};
  WAYMARK_CHECK(Checkpoint::parse(note.text) == checkpoint, "a checkpoint whose origin is empty or not one line");
  note.signatures.push_back({name, key.verifier(name).id(), key.sign(note.text)});
  return note;
}

void cosign(Note& note, SigningKey const& key, std::string const& name, std::int64_t at) {
  WAYMARK_CHECK(at >= 0, "a cosignature from before 1970");
  note.signatures.push_back(
      {name, cosigner(key, name).id(), big_endian(at) + key.sign(cosigned_message(at, note.text))});
}

VerifierKey cosigner(SigningKey const& key, std::string name) {
  WAYMARK_CHECK(key.algorithm() == Algorithm::ed25519, "a cosignature by a key that is not Ed25519");
  auto cosigner = key.verifier(std::move(name));
  cosigner.cosigns = true;
  return cosigner;
}

std::string EntryProof::written() const {
  auto out = fmt::format("{}{}{}\n", kProof, kIndex, index);
  for (auto const& hash : path) out += base64(hash.raw()) + "\n";
  return out + "\n" + checkpoint.written();
}

std::optional<EntryProof> EntryProof::parse(std::string_view written) {
  if (!written.starts_with(kProof)) return std::nullopt;
  written.remove_prefix(kProof.size());
  auto const index_line = take_line(written);
  if (!index_line || !index_line->starts_with(kIndex)) return std::nullopt;
  auto const index = number_of(index_line->substr(kIndex.size()));
  if (!index) return std::nullopt;
  EntryProof proof;
  proof.index = *index;
  for (;;) {
    auto const line = take_line(written);
    if (!line) return std::nullopt;
    if (line->empty()) break;
    auto const hash = hash_of(*line);
    if (!hash || proof.path.size() == kMostPath) return std::nullopt;
    proof.path.push_back(*hash);
  }
  auto note = Note::parse(written);
  if (!note || !Checkpoint::parse(note->text)) return std::nullopt;
  proof.checkpoint = std::move(*note);
  return proof;
}

bool EntryProof::proves(std::string_view body, VerifierKey const& key) const {
  auto const signed_state = Checkpoint::parse(checkpoint.text);
  return signed_state && checkpoint.signed_by(key) &&
         shows_inclusion(leaf_hash(body), index, signed_state->size, path, signed_state->root);
}

}  // namespace waymark::ledger
