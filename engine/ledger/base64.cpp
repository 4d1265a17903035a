#include "engine/ledger/base64.hpp"

#include <openssl/evp.h>

#include <limits>

#include "engine/values/result.hpp"

namespace waymark::ledger {
namespace {

// OpenSSL counts in int, and what it writes is up to a third longer.
constexpr std::size_t kMost = std::numeric_limits<int>::max() / 2;

unsigned char const* octets(std::string_view bytes) { return reinterpret_cast<unsigned char const*>(bytes.data()); }
unsigned char* octets(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

std::string base64(std::string_view bytes) {
  WAYMARK_CHECK(bytes.size() < kMost, "too many bytes for base64");
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
  auto const size = EVP_EncodeBlock(octets(text), octets(bytes), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> of_base64(std::string_view text) {
  if (text.empty()) return "";
  if (text.size() % 4 != 0 || text.size() >= kMost) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(octets(bytes), octets(text), static_cast<int>(text.size())) < 0) return std::nullopt;
  bytes.resize(bytes.size() - (text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U));
  // OpenSSL passes over blanks at the ends and bits that are left over.
  if (base64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace waymark::ledger
