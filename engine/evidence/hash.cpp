// SHA-256 through OpenSSL's EVP, so that an office which needs a validated build can link one.
#include <openssl/evp.h>

#include <array>

#include "engine/evidence/evidence.hpp"

namespace waymark::evidence {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  auto const done = EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  WAYMARK_CHECK(done == 1, "SHA-256 could not be computed");
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < length; ++i) {
    out.push_back(kHex[digest[i] >> 4U]);
    out.push_back(kHex[digest[i] & 15U]);
  }
  return out;
}

}  // namespace waymark::evidence
