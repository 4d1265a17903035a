// Keys against the published signatures of RFC 8032 and RFC 6979, verifier keys of other programs, and wrong ones.
#include "engine/ledger/keys.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string>
#include <vector>

#include "engine/ledger/base64.hpp"

namespace waymark::ledger_test {
namespace {

using namespace ledger;

std::string of_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

// RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).
struct Published {
  char const *seed, *public_key, *message, *signature;
};
constexpr Published kRfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "5"
     "5141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "0"
     "0d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "0"
     "27beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2"
     "a"
     "9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad"
     "9"
     "bef1177331a704"},
};

TEST(Keys, SignAsRfc8032Does) {
  for (auto const& one : kRfc8032) {
    auto const key = SigningKey::of_seed(of_hex(one.seed));
    auto const verifier = key.verifier("test");
    EXPECT_EQ(verifier.public_bytes, of_hex(one.public_key));
    EXPECT_EQ(key.sign(of_hex(one.message)), of_hex(one.signature));
    EXPECT_TRUE(verifier.verifies(of_hex(one.message), of_hex(one.signature)));
  }
}

// RFC 6979, A.2.5: P-256 with SHA-256.
TEST(Keys, VerifyThePublishedSignaturesOfP256) {
  VerifierKey key;
  key.name = "test";
  key.algorithm = Algorithm::p256;
  key.public_bytes = of_hex(
      "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
      "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
      "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
  auto const sample = of_hex(
      "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
      "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  auto const test = of_hex(
      "3045022100f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
      "0220019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083");
  EXPECT_TRUE(key.verifies("sample", sample));
  EXPECT_TRUE(key.verifies("test", test));
  EXPECT_FALSE(key.verifies("test", sample));
  EXPECT_FALSE(key.verifies("sample", sample + std::string(1, '\0'))) << "bytes after the DER";
}

class BothKinds : public testing::TestWithParam<Algorithm> {};
INSTANTIATE_TEST_SUITE_P(Keys, BothKinds, testing::Values(Algorithm::ed25519, Algorithm::p256));

TEST_P(BothKinds, AreReadBackFromTheirPem) {
  auto const key = SigningKey::make(GetParam());
  auto const again = SigningKey::of_pem(key.pem());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->algorithm(), GetParam());
  EXPECT_EQ(again->pem(), key.pem());
  EXPECT_TRUE(key.verifier("one").verifies("text", again->sign("text")));
}

TEST_P(BothKinds, VerifyNothingButTheirOwnSignatureOfTheMessage) {
  auto const key = SigningKey::make(GetParam());
  auto const verifier = key.verifier("one");
  auto const signature = key.sign("text");
  EXPECT_TRUE(verifier.verifies("text", signature));
  EXPECT_FALSE(verifier.verifies("texT", signature));
  EXPECT_FALSE(verifier.verifies("", signature));
  EXPECT_FALSE(verifier.verifies("text", ""));
  EXPECT_FALSE(verifier.verifies("text", signature.substr(1)));
  EXPECT_FALSE(verifier.verifies("text", signature + "x"));
  EXPECT_FALSE(SigningKey::make(Algorithm::ed25519).verifier("one").verifies("text", signature));
  EXPECT_FALSE(SigningKey::make(Algorithm::p256).verifier("one").verifies("text", signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto changed = signature;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(verifier.verifies("text", changed)) << i;
  }
}

TEST_P(BothKinds, VerifierKeysAreReadBackAsTheyWereWritten) {
  auto const key = SigningKey::make(GetParam()).verifier("ledger.example/2026");
  EXPECT_EQ(VerifierKey::parse(key.text()), key);
}

TEST(Keys, VerifierKeysOfOtherProgramsAreRead) {
  for (auto const* text : {
           // signed-note's and the Go checksum database's examples
           "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
           "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
           // whose base64 holds a `+`
           "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
           // a witness's
           "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
           // ECDSA keys of Rekor and of the Pixel log
           "rekor.sigstore.dev+c0d23d6a+"
           "AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+"
           "smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=",
           "pixel6_transparency_log+91c16e30+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN+"
           "4x0Jk1yTwvLFI9A4NDdGZcX0aiWVdWM5XJVy0M4VWD3AvyW5Q6Hs9A0mcDkpUoYgn+KKPNzFC0H3nN3q6JQ8=",
       }) {
    auto const key = VerifierKey::parse(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->text(), text);
  }
  EXPECT_TRUE(VerifierKey::parse("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")->cosigns);
}

TEST(Keys, OtherTextsAreNoVerifierKeys) {
  std::string const good = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  std::vector<std::string> wrong = {"",
                                    "PeterNeumann",
                                    "PeterNeumann+c74f20a3",
                                    "PeterNeumann+c74f20a3+",
                                    "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                    "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                    "PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                    "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                    "peterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                    "PeterNeumann+c74f20a3+Axpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10==",
                                    good + "\n",
                                    " " + good,
                                    good + " "};
  // A key of P-384 under P-256's type, with its right id.
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const other(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384"),
                                                                  EVP_PKEY_free);
  VerifierKey odd;
  odd.name = "odd";
  odd.algorithm = Algorithm::p256;
  odd.public_bytes.resize(static_cast<std::size_t>(i2d_PUBKEY(other.get(), nullptr)));
  auto* out = reinterpret_cast<unsigned char*>(odd.public_bytes.data());
  i2d_PUBKEY(other.get(), &out);
  wrong.push_back(odd.text());
  for (auto const& text : wrong) EXPECT_FALSE(VerifierKey::parse(text)) << text;
}

TEST(Keys, NamesHaveNoBlanks) {
  for (auto const* name : {"a", "ledger.example/2026", "Peña"}) EXPECT_TRUE(is_key_name(name)) << name;
  for (auto const* name : {"", "a b", "a+b", "a\nb", "a\tb", "a\u00a0b", "a\u2003b", "\u3000", "\xff", "a\x7f"}) {
    EXPECT_FALSE(is_key_name(name)) << name;
  }
}

// PEM of a fresh key, as `openssl genpkey`, `openssl pkcs8` and `openssl ec` write it.
struct Pem {
  std::string pkcs8, with_password, traditional, public_half;
};
std::string taken(BIO* memory) {
  char* text = nullptr;
  auto const size = BIO_get_mem_data(memory, &text);
  std::string out(text, static_cast<std::size_t>(size));
  BIO_free_all(memory);
  return out;
}
Pem pem_of(EVP_PKEY* key) {
  Pem pem;
  auto* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
  pem.pkcs8 = taken(memory);
  memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(memory, key, EVP_aes_128_cbc(), "word", 4, nullptr, nullptr);
  pem.with_password = taken(memory);
  memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey_traditional(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
  pem.traditional = taken(memory);
  memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(memory, key);
  pem.public_half = taken(memory);
  EVP_PKEY_free(key);
  return pem;
}

std::string error_of(std::string_view pem) {
  auto const key = SigningKey::of_pem(pem);
  return key ? "" : key.error().message;
}

TEST(Keys, OtherPemIsRefusedInWords) {
  auto const p256 = pem_of(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  EXPECT_EQ(error_of(p256.pkcs8), "");
  EXPECT_EQ(error_of("a line before\n" + p256.pkcs8), "");
  auto const* no_key = "this is no private key as PEM (PKCS #8, which begins `-----BEGIN PRIVATE KEY-----`)";
  for (auto const& text : {std::string(), std::string("no key"), p256.traditional, p256.public_half,
                           p256.pkcs8.substr(0, p256.pkcs8.size() / 2)}) {
    EXPECT_EQ(error_of(text), no_key) << text;
  }
  EXPECT_EQ(error_of(p256.with_password),
            "the private key has a password: give one without, in a file that only its owner may read");
  auto const* other_kind = "the private key is of a kind that is neither Ed25519 nor P-256";
  EXPECT_EQ(error_of(pem_of(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384")).pkcs8), other_kind);
  EXPECT_EQ(error_of(pem_of(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519")).pkcs8), other_kind);
}

TEST(Base64, IsOfOneFormOnly) {
  // RFC 4648, section 10.
  std::pair<char const*, char const*> const published[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
  for (auto const& [bytes, text] : published) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(of_base64(text), bytes);
  }
  for (auto const* wrong : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm9v ", " Zm9v", "Zm9v\n",
                            "Zm9v====", "====", "Zg==Zg==", "Zm-_", "Z", "\nZm9v\n\n\n", "Zm9v\n\n\n\n"}) {
    EXPECT_EQ(of_base64(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace waymark::ledger_test
