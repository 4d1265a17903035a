// windows-1252 by the table of WHATWG's Encoding Standard.
#include "engine/evidence/encoding.hpp"

#include <array>

namespace waymark::evidence {
namespace {

unsigned char byte(char c) { return static_cast<unsigned char>(c); }

// What 0x80..0x9F mean; the rest of windows-1252 is Latin-1.
constexpr std::array<char16_t, 32> kWindows = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                               0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                               0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                               0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void append(std::string& out, unsigned point) {
  auto const put = [&](unsigned value) { out.push_back(static_cast<char>(static_cast<unsigned char>(value))); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0U | (point >> 6U));
  } else {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

}  // namespace

std::string utf8_from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (auto const c : bytes) {
    unsigned const value = byte(c);
    append(out, value >= 0x80 && value < 0xA0 ? kWindows[value - 0x80] : value);
  }
  return out;
}

}  // namespace waymark::evidence
