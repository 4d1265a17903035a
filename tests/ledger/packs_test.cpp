// verify.py on 1,000 packs of random ledgers, all of which hold, and on 1,000 with one random change each, none of
// which does. WAYMARK_CASES_DIVISOR makes both fewer.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/environment.hpp"
#include "tests/ledger/made_pack.hpp"
#include "tests/ledger/sample.hpp"
#include "tests/ledger/verifier.hpp"

namespace waymark::ledger_test {
namespace {

using namespace ledger;
std::uint64_t packs() { return tests::divided(1000); }

Files made(Random& random) {
  MadeLedger::Like like;
  like.entries = 8 + below(random, below(random, 4) == 0 ? 400 : 40);
  if (below(random, 10) == 0) like.algorithm = Algorithm::p256;
  MadeLedger const ledger(random, like);
  auto asked = ledger.asked();
  // In most of them not, or the test would mostly write copies of the same two files.
  if (below(random, 20) != 0) {
    std::erase_if(asked.files,
                  [](PackFile const& file) { return file.path == "verify.py" || file.path == "README.txt"; });
  }
  return make_pack(ledger.source(), asked).value();
}

std::string without_a_line(Random& random, std::string const& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    auto const end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  auto const dropped = below(random, lines.size());
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) out += i == dropped ? "" : lines[i];
  return out;
}

// One change of the file; `other` is another pack.
void damage(Random& random, PackFile& file, Files const& other) {
  auto const before = file.bytes;
  switch (below(random, 4)) {
    case 0: {
      auto& c = file.bytes[below(random, before.size())];
      c = static_cast<char>(c ^ (1 << below(random, 8)));
      break;
    }
    case 1: file.bytes.resize(below(random, before.size())); break;
    case 2: file.bytes = without_a_line(random, before); break;
    default: file.bytes = other[below(random, other.size())].bytes;
  }
  if (file.bytes == before) damage(random, file, other);
}

std::string name(std::size_t i) { return "p" + std::to_string(i); }

TEST(Packs, AllOfThemHold) {
  Random random(1);
  PackFolder const folder;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < packs(); ++i) {
    names.push_back(name(i));
    folder.write_pack(names.back(), made(random));
  }
  auto const ran = verify(folder, names);
  EXPECT_EQ(ran.code, 0) << ran.out.substr(0, 5000);
  EXPECT_EQ(ran.holds.size(), names.size());
  for (auto const& [pack, holds] : ran.holds) EXPECT_TRUE(holds) << pack;
}

// The files that something else than the manifest vouches for.
bool is_proved(PackFile const& file) {
  return file.path.starts_with("entries/") || file.path.starts_with("rules/") || file.path == "decision.json" ||
         file.path == "proof.txt" || file.path == "checkpoint.txt" || file.path == "key.txt" ||
         file.path == "submission";
}

enum class Manifest { as_it_was, made_to_fit };

void none_holds(Random random, std::uint64_t count, Manifest manifest) {
  PackFolder const folder;
  std::vector<std::string> names;
  auto other = made(random);
  for (std::size_t i = 0; i < count; ++i) {
    names.push_back(name(i));
    auto files = made(random);
    auto const whole = files;
    auto* file = &files[below(random, files.size())];
    while (manifest == Manifest::made_to_fit && !is_proved(*file)) file = &files[below(random, files.size())];
    damage(random, *file, other);
    if (manifest == Manifest::made_to_fit) remake_manifest(files);
    folder.write_pack(names.back(), files);
    other = whole;
  }
  auto const ran = verify(folder, names);
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.holds.size(), names.size()) << ran.out.substr(0, 5000);
  for (auto const& [pack, holds] : ran.holds) EXPECT_FALSE(holds) << pack;
  EXPECT_EQ(ran.out.substr(std::min(ran.out.find("Traceback"), ran.out.size())), "");
}

TEST(Packs, NoneHoldsOfThoseThatWereDamaged) { none_holds(Random(2), packs(), Manifest::as_it_was); }

TEST(Packs, NoneHoldsOfThoseWhoseDamageTheManifestCoversUp) {
  none_holds(Random(3), packs() / 4, Manifest::made_to_fit);
}

}  // namespace
}  // namespace waymark::ledger_test
