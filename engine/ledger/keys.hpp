// Keys that sign checkpoints: Ed25519 (RFC 8032), or ECDSA over P-256 with SHA-256 (FIPS 186-5) where an office needs
// it. Through OpenSSL's EVP. Written as PKCS #8 PEM, and as the verifier keys of C2SP signed-note.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/values/result.hpp"

namespace waymark::ledger {

enum class Algorithm : std::uint8_t { ed25519, p256 };

/// Four bytes by which a note names the key that signed it.
using KeyId = std::array<std::uint8_t, 4>;

/// Whether a key may go by this name in a note: UTF-8, not empty, no blanks of any script, no controls, no `+`.
bool is_key_name(std::string_view name);

/// The public half. `text()` is `NAME+KEYID+BASE64`, the verifier key of C2SP signed-note: what an auditor pins.
struct VerifierKey {
  std::string name;  ///< as `is_key_name` has it
  Algorithm algorithm = Algorithm::ed25519;
  std::string public_bytes;  ///< Ed25519: 32 bytes; P-256: the SubjectPublicKeyInfo as DER
  bool cosigns = false;      ///< a witness's key (tlog-cosignature, Ed25519 only), not a signer's
  friend bool operator==(VerifierKey const&, VerifierKey const&) = default;

  KeyId id() const;
  std::string text() const;
  static std::optional<VerifierKey> parse(std::string_view text);
  /// Whether the signature is of exactly this message: of Ed25519 the 64 bytes, of P-256 the DER.
  bool verifies(std::string_view message, std::string_view signature) const;
};

/// 16 random bytes in hex: what tells two ledgers apart that one key signs.
std::string drawn_salt();

class SigningKey {
 public:
  /// A fresh key; its randomness is OpenSSL's.
  static SigningKey make(Algorithm algorithm);
  /// Of a private key as PKCS #8 PEM; an error for any other text, another kind of key, or one with a password. The
  /// message does not name the file, which only the caller knows.
  static values::Result<SigningKey, values::WorldError> of_pem(std::string_view pem);
  /// For tests: the Ed25519 key of a seed of 32 bytes.
  static SigningKey of_seed(std::string_view seed);

  std::string pem() const;
  Algorithm algorithm() const;
  std::string sign(std::string_view message) const;
  VerifierKey verifier(std::string name) const;

 private:
  struct Secret;
  explicit SigningKey(std::shared_ptr<Secret const> secret) : secret_(std::move(secret)) {}
  std::shared_ptr<Secret const> secret_;
};

}  // namespace waymark::ledger
