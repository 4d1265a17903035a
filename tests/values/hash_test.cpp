// SHA-256 against its published examples, and its two written forms.
#include "engine/values/hash.hpp"

#include <gtest/gtest.h>

namespace waymark::values {
namespace {

// FIPS 180-2, appendix B.
TEST(Hash, IsThePublishedOne) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Hash, PartsAreOneText) { EXPECT_EQ(sha256({"ab", "", "c"}), sha256("abc")); }

TEST(Hash, IsReadBackAsItWasWritten) {
  auto const hash = sha256("abc");
  EXPECT_EQ(hash_of_hex(hex(hash)), hash);
  EXPECT_EQ(hash_of_raw(hash.raw()), hash);
  for (auto const* wrong : {"", "ba78", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                            "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}) {
    EXPECT_EQ(hash_of_hex(wrong), std::nullopt) << wrong;
  }
  EXPECT_EQ(hash_of_raw("short"), std::nullopt);
}

}  // namespace
}  // namespace waymark::values
