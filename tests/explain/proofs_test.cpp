// The memory of proofs: what is kept stays as it was until everything is given back.
#include "engine/explain/proofs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waymark::explain {
namespace {

std::vector<std::string> names(Parts const& parts) {
  std::vector<std::string> out;
  for (auto const& part : parts) out.emplace_back(part.what.view());
  return out;
}

TEST(Proofs, AreMadeAgainWhereOthersWere) {
  Proofs proofs;
  for (int time = 0; time < 3; ++time) {
    Parts parts;
    for (int i = 0; i < 500; ++i) proofs.add_to(parts).what = proofs.keep(std::to_string(i));  // more than at first
    auto const found = names(parts);
    ASSERT_EQ(found.size(), 500U);
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], std::to_string(i));
    proofs.clear();
  }
}

TEST(Proofs, KeepTextsOfAnyLengthAndNone) {
  Proofs proofs;
  std::string const longer(40'000, 'x');
  auto const one = proofs.keep(longer);
  auto const pieces = proofs.keep({"wages (", Text(), std::string_view(), "Essex", ")"});
  auto const none = proofs.keep({Text(), std::string_view()});
  auto const written = proofs.write([](std::string& out) { out += "at least $18"; });
  auto const after = proofs.write([](std::string& out) { out += "$20"; });
  EXPECT_EQ(one.view(), longer);
  EXPECT_EQ(pieces.view(), "wages (Essex)");
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(written.view(), "at least $18") << "the next does not change it";
  EXPECT_EQ(after.view(), "$20");
}

TEST(Proofs, PartsGoOnWithThoseOfOthers) {
  Proofs proofs;
  Parts parts, none, others;
  proofs.add_to(others).what = "b";
  proofs.add_to(others).what = "c";
  none.add_all(parts);
  EXPECT_TRUE(none.empty());
  proofs.add_to(parts).what = "a";
  parts.add_all(none);
  parts.add_all(others);
  proofs.add_to(parts).what = "d";
  EXPECT_THAT(names(parts), testing::ElementsAre("a", "b", "c", "d"));
  none.add_all(parts);
  EXPECT_THAT(names(none), testing::ElementsAre("a", "b", "c", "d"));
}

}  // namespace
}  // namespace waymark::explain
