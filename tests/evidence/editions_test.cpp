// Codes between editions.
#include "engine/evidence/editions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.hpp"

namespace waymark::evidence {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using values::CodeSystem;

class EditionsOf : public testing::Test {
 protected:
  EditionsOf() {
    auto table = sample::source("soc", {sample::key("occupation", sample::soc(), "Code")});
    table.lists_all = sample::soc();
    vocabulary.sources = {table,
                          sample::source("renamed", {sample::key("old", sample::soc(2010), "Old"),
                                                     sample::key("new", sample::soc(), "New")}),
                          sample::source("programs", {sample::key("program", sample::cip(), "CIP"),
                                                      sample::key("occupation", sample::soc(), "SOC")})};
    sample::Given given;
    given.add("soc", "Code\n11-1011\n15-1252\n15-1253\n");
    given.add("renamed", "Old,New\n11-1011,11-1011\n15-1132,15-1252\n15-1132,15-1253\n15-1133,15-1252\n").released =
        values::date_of(2018, 1, 1);
    given.add("programs", "CIP,SOC\n11.0701,15-1252\n");
    read = sample::read(vocabulary, given);
  }
  values::Symbol symbol(std::string const& code) const { return read.symbols.find(code); }
  Editions on(int year) const { return {vocabulary, read.evidence, values::date_of(year, 1, 1)}; }

  vocabulary::Vocabulary vocabulary;
  sample::Read read;
};

TEST_F(EditionsOf, ACodeIsFollowedInBothDirections) {
  auto const editions = on(2024);
  EXPECT_THAT(editions.successors(CodeSystem::soc, symbol("15-1132"), 2010, 2018),
              ElementsAre(symbol("15-1252"), symbol("15-1253")));
  EXPECT_THAT(editions.successors(CodeSystem::soc, symbol("15-1252"), 2018, 2010),
              ElementsAre(symbol("15-1132"), symbol("15-1133")));
  EXPECT_THAT(editions.successors(CodeSystem::soc, symbol("15-1252"), 2010, 2018), IsEmpty());
  EXPECT_THAT(editions.successors(CodeSystem::soc, symbol("15-1132"), 2000, 2018), IsEmpty());
  EXPECT_THAT(editions.successors(CodeSystem::cip, symbol("11.0701"), 2010, 2020), IsEmpty());
}

TEST_F(EditionsOf, ATableTellsWhatBelongs) {
  auto const editions = on(2024);
  EXPECT_TRUE(editions.has_table(sample::soc()));
  EXPECT_FALSE(editions.has_table(sample::soc(2010)));
  EXPECT_EQ(editions.table(sample::soc(), symbol("15-1252")), true);
  EXPECT_EQ(editions.table(sample::soc(), symbol("15-1132")), false);
  EXPECT_EQ(editions.table(sample::soc(2010), symbol("15-1132")), std::nullopt);
}

TEST_F(EditionsOf, ACodeOfAnotherEditionIsFound) {
  auto const editions = on(2024);
  EXPECT_EQ(editions.edition_of(CodeSystem::soc, symbol("15-1132"), 2018), 2010);
  EXPECT_EQ(editions.edition_of(CodeSystem::soc, symbol("15-1252"), 2018), std::nullopt);
  EXPECT_EQ(editions.edition_of(CodeSystem::soc, symbol("15-1252"), 2010), 2018);
  EXPECT_EQ(editions.edition_of(CodeSystem::soc, values::Symbols::kUnknown, 2018), std::nullopt);
}

TEST_F(EditionsOf, NothingIsKnownBeforeItIsReleased) {
  EXPECT_THAT(on(2017).successors(CodeSystem::soc, symbol("15-1132"), 2010, 2018), IsEmpty());
  EXPECT_TRUE(on(2017).has_table(sample::soc()));
}

}  // namespace
}  // namespace waymark::evidence
