// SHA-256 (FIPS 180-4), the one hash of the program: of files that were read, of texts, of the ledger's entries.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::values {

struct Hash {
  std::array<std::uint8_t, 32> bytes{};
  friend auto operator<=>(Hash const&, Hash const&) = default;

  /// The 32 bytes as they are stored.
  std::string_view raw() const { return {reinterpret_cast<char const*>(bytes.data()), bytes.size()}; }
};

Hash sha256(std::string_view bytes);
/// Of the parts, one after the other, as if they were one text.
Hash sha256(std::initializer_list<std::string_view> parts);

/// 64 lower-case hexadecimal digits.
std::string hex(Hash const& hash);
/// What `hex` writes, read back; nothing for any other text.
std::optional<Hash> hash_of_hex(std::string_view text);
/// Of exactly 32 bytes; nothing for any other number.
std::optional<Hash> hash_of_raw(std::string_view bytes);

}  // namespace waymark::values
