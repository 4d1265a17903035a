#include "engine/ledger/keys.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <algorithm>

#include "engine/ledger/base64.hpp"
#include "engine/values/hash.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::ledger {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* memory) const { BIO_free_all(memory); }
  void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;
using Memory = std::unique_ptr<BIO, Free>;

constexpr std::size_t kEd25519Bytes = 32;

// The signature types of signed-note.
constexpr char kEd25519Type = '\x01';
constexpr char kEcdsaType = '\x02';
constexpr char kCosignatureType = '\x04';

unsigned char const* octets(std::string_view bytes) { return reinterpret_cast<unsigned char const*>(bytes.data()); }

std::optional<Algorithm> algorithm_of(EVP_PKEY const* key) {
  if (EVP_PKEY_is_a(key, "ED25519") == 1) return Algorithm::ed25519;
  std::array<char, 32> group{};
  if (EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
      std::string_view(group.data()) == "prime256v1") {
    return Algorithm::p256;
  }
  return std::nullopt;
}

// Ed25519 hashes for itself.
char const* digest_of(Algorithm algorithm) { return algorithm == Algorithm::p256 ? "SHA256" : nullptr; }

std::string spki_of(EVP_PKEY* key) {
  auto const size = i2d_PUBKEY(key, nullptr);
  WAYMARK_CHECK(size > 0, "a public key could not be written");
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_PUBKEY(key, &out);
  return der;
}

// Nothing where the bytes are no such key, or are not written as `spki_of` writes it: one key has one id.
Key public_key(Algorithm algorithm, std::string_view bytes) {
  if (algorithm == Algorithm::ed25519) {
    if (bytes.size() != kEd25519Bytes) return nullptr;
    return Key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, octets(bytes), bytes.size()));
  }
  auto const* from = octets(bytes);
  Key key(d2i_PUBKEY(nullptr, &from, static_cast<long>(bytes.size())));
  if (key == nullptr || algorithm_of(key.get()) != algorithm || spki_of(key.get()) != bytes) return nullptr;
  return key;
}

std::string hex(KeyId const& id) {
  values::Hash padded;
  std::copy(id.begin(), id.end(), padded.bytes.begin());
  return values::hex(padded).substr(0, 2 * id.size());
}

char type_of(VerifierKey const& key) {
  if (key.cosigns) return kCosignatureType;
  return key.algorithm == Algorithm::p256 ? kEcdsaType : kEd25519Type;
}

// Characters beyond ASCII that Unicode calls spaces (White_Space).
constexpr std::string_view kBlanks[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                        "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
                                        "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || values::valid_utf8_prefix(name) != name.size()) return false;
  auto const bars = [](char c) { return (c >= 0 && c <= ' ') || c == '+' || c == '\x7f'; };
  if (std::any_of(name.begin(), name.end(), bars)) return false;
  return std::none_of(std::begin(kBlanks), std::end(kBlanks),
                      [&](std::string_view blank) { return name.find(blank) != std::string_view::npos; });
}

KeyId VerifierKey::id() const {
  // Of an ECDSA key the id is of its bytes alone, as signed-note has it.
  auto const type = type_of(*this);
  auto const hash = type == kEcdsaType ? values::sha256(public_bytes)
                                       : values::sha256({name, "\n", std::string_view(&type, 1), public_bytes});
  KeyId id;
  std::copy_n(hash.bytes.begin(), id.size(), id.begin());
  return id;
}

std::string VerifierKey::text() const { return name + "+" + hex(id()) + "+" + base64(type_of(*this) + public_bytes); }

std::optional<VerifierKey> VerifierKey::parse(std::string_view text) {
  auto const plus = text.find('+');
  if (plus == std::string_view::npos) return std::nullopt;
  auto const id_end = text.find('+', plus + 1);
  if (id_end == std::string_view::npos) return std::nullopt;
  auto const typed = of_base64(text.substr(id_end + 1));
  if (!typed || typed->empty()) return std::nullopt;
  VerifierKey key;
  key.name = text.substr(0, plus);
  key.algorithm = typed->front() == kEcdsaType ? Algorithm::p256 : Algorithm::ed25519;
  key.cosigns = typed->front() == kCosignatureType;
  key.public_bytes = typed->substr(1);
  if (!is_key_name(key.name) || public_key(key.algorithm, key.public_bytes) == nullptr) return std::nullopt;
  // Which also refuses a type byte that is none of the three and an id that is another key's.
  if (key.text() != text) return std::nullopt;
  return key;
}

bool VerifierKey::verifies(std::string_view message, std::string_view signature) const {
  auto const key = public_key(algorithm, public_bytes);
  Context const context(EVP_MD_CTX_new());
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, digest_of(algorithm), nullptr, nullptr, key.get(), nullptr) ==
             1 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message), message.size()) == 1;
}

std::string drawn_salt() {
  values::Hash drawn;
  WAYMARK_CHECK(RAND_bytes(drawn.bytes.data(), static_cast<int>(drawn.bytes.size())) == 1, "no random bytes to be had");
  return values::hex(drawn).substr(0, 32);
}

struct SigningKey::Secret {
  Key key;
  Algorithm algorithm;
};

SigningKey SigningKey::make(Algorithm algorithm) {
  Key key(algorithm == Algorithm::p256 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")
                                       : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  WAYMARK_CHECK(key != nullptr, "this OpenSSL could not make a key");
  return SigningKey(std::make_shared<Secret const>(Secret{std::move(key), algorithm}));
}

values::Result<SigningKey, values::WorldError> SigningKey::of_pem(std::string_view pem) {
  if (pem.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos) {
    return values::failure(
        values::WorldError{"the private key has a password: give one without, in a file that only its owner may read"});
  }
  Memory const memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free> const info(
      PEM_read_bio_PKCS8_PRIV_KEY_INFO(memory.get(), nullptr, nullptr, nullptr));
  Key key(info == nullptr ? nullptr : EVP_PKCS82PKEY(info.get()));
  if (key == nullptr) {
    return values::failure(
        values::WorldError{"this is no private key as PEM (PKCS #8, which begins `-----BEGIN PRIVATE KEY-----`)"});
  }
  auto const algorithm = algorithm_of(key.get());
  if (!algorithm)
    return values::failure(values::WorldError{"the private key is of a kind that is neither Ed25519 nor P-256"});
  return SigningKey(std::make_shared<Secret const>(Secret{std::move(key), *algorithm}));
}

SigningKey SigningKey::of_seed(std::string_view seed) {
  Key key(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, octets(seed), seed.size()));
  WAYMARK_CHECK(key != nullptr, "a seed that is not 32 bytes");
  return SigningKey(std::make_shared<Secret const>(Secret{std::move(key), Algorithm::ed25519}));
}

std::string SigningKey::pem() const {
  Memory const memory(BIO_new(BIO_s_mem()));
  WAYMARK_CHECK(memory != nullptr && PEM_write_bio_PKCS8PrivateKey(memory.get(), secret_->key.get(), nullptr, nullptr,
                                                                   0, nullptr, nullptr) == 1,
                "a private key could not be written");
  char* text = nullptr;
  auto const size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Algorithm SigningKey::algorithm() const { return secret_->algorithm; }

std::string SigningKey::sign(std::string_view message) const {
  Context const context(EVP_MD_CTX_new());
  std::size_t size = 0;
  bool done = context != nullptr &&
              EVP_DigestSignInit_ex(context.get(), nullptr, digest_of(secret_->algorithm), nullptr, nullptr,
                                    secret_->key.get(), nullptr) == 1 &&
              EVP_DigestSign(context.get(), nullptr, &size, octets(message), message.size()) == 1;
  std::string signature(size, '\0');
  done = done && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                octets(message), message.size()) == 1;
  WAYMARK_CHECK(done, "a signature could not be made");
  signature.resize(size);  // of P-256 it may be shorter than was asked for
  return signature;
}

VerifierKey SigningKey::verifier(std::string name) const {
  WAYMARK_CHECK(is_key_name(name), "a key's name has a blank or a `+`, or is empty");
  VerifierKey key;
  key.name = std::move(name);
  key.algorithm = secret_->algorithm;
  if (key.algorithm == Algorithm::p256) {
    key.public_bytes = spki_of(secret_->key.get());
  } else {
    auto size = kEd25519Bytes;
    key.public_bytes.resize(size);
    auto* out = reinterpret_cast<unsigned char*>(key.public_bytes.data());
    WAYMARK_CHECK(EVP_PKEY_get_raw_public_key(secret_->key.get(), out, &size) == 1, "a key without its public half");
  }
  return key;
}

}  // namespace waymark::ledger
