// Lists that hold codes of another edition than they are asked in (language.md, section 2).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using values::kCannotBeTold;
using values::kNo;
using values::kYes;

// A list of SOC 2018 in which 31-1014, a SOC 2010 code, stands for what SOC 2018 calls 31-1131.
class OtherEditions : public testing::Test {
 protected:
  OtherEditions() {
    listed_ = world_.source("listed occupations", {soc_type(2018)});
    editions_ = world_.source("SOC editions", {soc_type(2010), soc_type(2018)});
    code_ = world_.fact("code", soc_type(2018));
    world_.fact("codes", list_of(soc_type(2018)));
    use_.of = check::ListUse::Of::source;
    use_.which = listed_;
    in_list_ = world_.add(check::InList{code_, use_, false});
    not_in_list_ = world_.add(check::InList{code_, use_, true});
  }

  void list(std::vector<std::string> const& codes) {
    world_.evidence.releases[listed_].clear();
    std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> rows;
    for (auto const& code : codes) rows.push_back({{code}, {}});
    world_.release(listed_, rows);
  }
  void crosswalk(std::optional<values::Date> released = std::nullopt) {
    world_.release(editions_,
                   {{{"31-1014", "31-1131"}, {}},
                    {{"15-1132", "15-1252"}, {}},
                    {{"51-4121", "51-4121"}, {}},
                    {{"29-1141", "29-1141"}, {}},
                    {{"13-1199", "13-1082"}, {}},
                    {{"13-1199", "13-1199"}, {}}},
                   released);
  }
  values::Truth asked(ConditionId condition, char const* code) {
    world_.set_word("code", code);
    return world_.truth(condition);
  }
  values::Truth in_list(char const* code) { return asked(in_list_, code); }

  World world_;
  vocabulary::SourceId listed_ = 0, editions_ = 0;
  ValueId code_ = 0;
  check::ListUse use_;
  ConditionId in_list_ = 0, not_in_list_ = 0;
};

TEST_F(OtherEditions, a_code_whose_partner_is_listed_cannot_be_told) {
  list({"31-1014", "51-4121"});
  crosswalk();
  EXPECT_EQ(in_list("31-1131"), kCannotBeTold);
  EXPECT_EQ(asked(not_in_list_, "31-1131"), kCannotBeTold);
  EXPECT_EQ(in_list("51-4121"), kYes);
  EXPECT_EQ(in_list("31-1014"), kYes) << "a code is on the list that holds it";
  EXPECT_EQ(in_list("29-1141"), kNo) << "its own code in both editions, and not listed";
  EXPECT_EQ(in_list("15-1252"), kNo) << "its partner is not listed either";
  EXPECT_EQ(in_list("47-2111"), kNo) << "the crosswalk does not have it";
}

TEST_F(OtherEditions, without_a_crosswalk_that_is_known_absence_is_an_answer) {
  list({"31-1014", "51-4121"});
  EXPECT_EQ(in_list("31-1131"), kNo);
  crosswalk(values::date_of(2026, 11, 22));
  EXPECT_EQ(in_list("31-1131"), kNo) << "released a day after the review";
}

// 13-1199 is a code of both editions, and part of what it was is 13-1082 now.
TEST_F(OtherEditions, a_list_wholly_in_its_edition_means_its_own_codes) {
  list({"13-1199", "51-4121"});
  crosswalk();
  EXPECT_EQ(in_list("13-1082"), kNo);
  list({"13-1199", "51-4121", "31-1014"});
  EXPECT_EQ(in_list("13-1082"), kCannotBeTold) << "31-1014 shows that the list speaks SOC 2010";
}

TEST_F(OtherEditions, the_number_of_rows_is_no_surer) {
  list({"31-1014", "51-4121"});
  crosswalk();
  auto const number = world_.add(
      check::SourceLookup{
          grammar::Aggregate::number, false, listed_, check::kNone, {{check::kNone, world_.list_fact("codes")}}, {}},
      count_type());
  world_.set_words("codes", {"31-1131", "51-4121", "29-1141"});
  EXPECT_EQ(text(world_.seen(number)), "1..2");
  auto const parts = world_.run().parts(number, {0, 0});
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].known, Known::outside_edition);
  EXPECT_EQ(parts[2].known, Known::not_covered);
}

// What was found before a crosswalk was released is not what is found after it, also where the cases stay in memory.
TEST_F(OtherEditions, what_was_looked_up_before_a_crosswalk_is_not_kept_for_after_it) {
  list({"31-1014", "51-4121"});
  crosswalk(values::date_of(2026, 6, 1));
  auto const number = world_.add(
      check::SourceLookup{
          grammar::Aggregate::number, false, listed_, check::kNone, {{check::kNone, world_.list_fact("codes")}}, {}},
      count_type());
  world_.add_case();
  world_.set_words("codes", {"31-1131", "51-4121", "29-1141"});
  Plan const plan(world_.program, world_.evidence, world_.symbols);
  HeldCases held(world_.batch);
  review::Run run(plan, world_.symbols, &world_.batch, world_.dates);
  for (int time = 0; time < 2; ++time) {
    std::vector<values::Date> dates = {values::date_of(2026, 1, 1)};
    run.again(held, dates);
    EXPECT_EQ(text(run.value(number, {0, 0})), "1");
    dates = {values::date_of(2026, 11, 21)};
    run.again(held, dates);
    EXPECT_EQ(text(run.value(number, {0, 0})), "1..2");
  }
}

TEST_F(OtherEditions, of_a_list_with_two_keys_each_may_be_of_another_edition) {
  auto const taught = world_.source("taught", {text_type(), soc_type(2018)});
  world_.release(taught, {{{"nursing", "31-1014"}, {}}, {{"welding", "51-4121"}, {}}});
  crosswalk();
  auto const program = world_.fact("program", text_type());
  auto const number = world_.add(check::SourceLookup{grammar::Aggregate::number,
                                                     false,
                                                     taught,
                                                     check::kNone,
                                                     {{program, std::nullopt}, {code_, std::nullopt}},
                                                     {}},
                                 count_type());
  world_.set_word("code", "31-1131");
  world_.set_word("program", "nursing");
  EXPECT_EQ(text(world_.seen(number)), "0..1");
  world_.set_word("program", "welding");
  EXPECT_EQ(text(world_.seen(number)), "0");
}

TEST_F(OtherEditions, a_list_of_the_list_holds_what_may_be_its_member) {
  list({"31-1014", "51-4121", "15-1132"});
  crosswalk();
  check::List made;
  made.name = made.shown = "list";
  made.source = listed_;
  made.member = soc_type(2018);
  made.left_out = {"15-1132"};
  world_.program.lists.push_back(made);
  check::ListUse use;
  use.of = check::ListUse::Of::list;
  auto const in_made = world_.add(check::InList{code_, use, false});
  EXPECT_EQ(asked(in_made, "31-1131"), kCannotBeTold);
  EXPECT_EQ(asked(in_made, "51-4121"), kYes);
  EXPECT_EQ(asked(in_made, "15-1252"), kNo) << "its partner is left out";
  EXPECT_EQ(asked(in_made, "29-1141"), kNo);
}

TEST_F(OtherEditions, an_explanation_can_name_the_partner) {
  list({"31-1014", "51-4121"});
  crosswalk();
  world_.set_word("code", "31-1131");
  auto const partners = world_.run().partners(listed_, 0, world_.symbols.find("31-1131"), 0);
  ASSERT_EQ(partners.size(), 1U);
  EXPECT_EQ(world_.symbols.text(partners[0].code), "31-1014");
  EXPECT_EQ(partners[0].edition, 2010);
}

}  // namespace
}  // namespace waymark::review
