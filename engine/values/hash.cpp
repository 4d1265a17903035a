// SHA-256 through OpenSSL's EVP, so that an office which needs a validated build can link one.
#include "engine/values/hash.hpp"

#include <openssl/evp.h>

#include <memory>

#include "engine/values/result.hpp"

namespace waymark::values {
namespace {

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};

// Looked up once: to fetch it anew for every short text costs more than the hash itself.
EVP_MD const* digest() {
  static std::unique_ptr<EVP_MD, Free> const fetched(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  WAYMARK_CHECK(fetched != nullptr, "this OpenSSL has no SHA-256");
  return fetched.get();
}

EVP_MD_CTX* context() {
  thread_local std::unique_ptr<EVP_MD_CTX, Free> const kept(EVP_MD_CTX_new());
  WAYMARK_CHECK(kept != nullptr, "no memory for a hash");
  return kept.get();
}

constexpr std::array<std::int8_t, 256> digits() {
  std::array<std::int8_t, 256> out{};
  for (auto& value : out) value = -1;
  for (std::size_t i = 0; i < 16; ++i)
    out[static_cast<unsigned char>("0123456789abcdef"[i])] = static_cast<std::int8_t>(i);
  return out;
}

int digit(char c) {
  static constexpr auto kDigits = digits();
  return kDigits[static_cast<unsigned char>(c)];
}

}  // namespace

Hash sha256(std::string_view bytes) { return sha256(std::initializer_list<std::string_view>{bytes}); }

Hash sha256(std::initializer_list<std::string_view> parts) {
  Hash out;
  bool done = EVP_DigestInit_ex2(context(), digest(), nullptr) == 1;
  for (auto const part : parts) done = done && EVP_DigestUpdate(context(), part.data(), part.size()) == 1;
  done = done && EVP_DigestFinal_ex(context(), out.bytes.data(), nullptr) == 1;
  WAYMARK_CHECK(done, "SHA-256 could not be computed");
  return out;
}

std::string hex(Hash const& hash) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(2 * hash.bytes.size());
  for (auto const byte : hash.bytes) {
    out.push_back(kHex[byte >> 4U]);
    out.push_back(kHex[byte & 15U]);
  }
  return out;
}

std::optional<Hash> hash_of_hex(std::string_view text) {
  Hash out;
  if (text.size() != 2 * out.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < out.bytes.size(); ++i) {
    auto const high = digit(text[2 * i]);
    auto const low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return out;
}

std::optional<Hash> hash_of_raw(std::string_view bytes) {
  Hash out;
  if (bytes.size() != out.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < bytes.size(); ++i) out.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
  return out;
}

}  // namespace waymark::values
