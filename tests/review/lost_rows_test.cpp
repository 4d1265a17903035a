// A release of which rows could not be read: what stands in it is known, what it lacks decides nothing
// (docs/language.md).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using check::ListUse;
using check::Range;
using grammar::Aggregate;
using grammar::Quantifier;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;

class LostRows : public testing::Test {
 protected:
  LostRows() {
    code_ = world_.fact("code", soc_type());
    world_.add_case();
    in_demand_ = world_.source("in demand", {soc_type()});
    lose_rows(world_.release(in_demand_, {{{"15-1252"}, {}}, {{"29-1141"}, {}}}));
    openings_ = world_.source("openings", {soc_type()}, {count_type()});
    lose_rows(world_.release(openings_, {{{"15-1252"}, {exactly(10)}}, {{"11-1011"}, {exactly(1)}}}));
    by_region_ = world_.source("regional openings", {soc_type(), text_type()}, {count_type()});
    lose_rows(world_.release(by_region_, {{{"15-1252", "Essex"}, {exactly(10)}},
                                          {{"15-1252", "Hudson"}, {exactly(1)}},
                                          {{"11-1011", "Essex"}, {exactly(1)}},
                                          {{"29-1141", "Essex"}, {exactly(1)}}}));
  }
  static void lose_rows(evidence::Release& release) { release.table.rows_lost = true; }
  // Those with 5 openings or more.
  check::ListId list(vocabulary::SourceId source, std::vector<std::string> left_out = {}) {
    check::List made;
    made.source = source;
    made.member = soc_type();
    made.on_it = world_.at_least(world_.add(check::RowColumn{source, 0}, count_type()), world_.number(5));
    made.left_out = std::move(left_out);
    world_.program.lists.push_back(made);
    return static_cast<check::ListId>(world_.program.lists.size() - 1);
  }
  values::Truth on(ListUse const& use, char const* code) {
    world_.set_word("code", code);
    return world_.truth(world_.add(check::InList{code_, use, false}));
  }
  static ListUse use_of(check::ListId list) { return {ListUse::Of::list, {}, list}; }

  World world_;
  ValueId code_ = 0;
  vocabulary::SourceId in_demand_ = 0, openings_ = 0, by_region_ = 0;
};

TEST_F(LostRows, a_list_source_says_yes_and_never_no) {
  ListUse const use{ListUse::Of::source, {}, in_demand_};
  EXPECT_EQ(on(use, "15-1252"), kYes);
  EXPECT_EQ(on(use, "11-1011"), kCannotBeTold);
}

TEST_F(LostRows, a_list_says_no_of_a_member_whose_only_row_was_read) {
  auto const use = use_of(list(openings_));
  EXPECT_EQ(on(use, "15-1252"), kYes);
  EXPECT_EQ(on(use, "11-1011"), kNo);
  EXPECT_EQ(on(use, "29-1141"), kCannotBeTold) << "its row may be one of those that could not be read";
}

TEST_F(LostRows, a_member_with_several_rows_may_have_lost_one) {
  auto const listed = list(by_region_);
  EXPECT_EQ(on(use_of(listed), "15-1252"), kYes);
  EXPECT_EQ(on(use_of(listed), "11-1011"), kCannotBeTold);
  auto const& members = world_.run().list(listed, world_.review_date);
  EXPECT_EQ(members.at(world_.symbols.find("15-1252")), kYes);
  EXPECT_EQ(members.at(world_.symbols.find("11-1011")), kCannotBeTold);
}

TEST_F(LostRows, what_a_list_leaves_out_is_never_on_it) {
  auto const listed = list(by_region_, {"11-1011", "47-2111"});
  check::List built_on_it;
  built_on_it.source = by_region_;
  built_on_it.of = listed;
  built_on_it.member = soc_type();
  world_.program.lists.push_back(built_on_it);
  for (auto const id : {listed, listed + 1}) {
    EXPECT_EQ(on(use_of(id), "11-1011"), kNo);
    EXPECT_EQ(on(use_of(id), "47-2111"), kNo) << "also without a row";
    EXPECT_EQ(on(use_of(id), "29-1141"), kCannotBeTold);
  }
  world_.evidence.releases[by_region_].clear();
  EXPECT_EQ(on(use_of(listed), "11-1011"), kNo) << "also without a release";
  EXPECT_EQ(on(use_of(listed), "15-1252"), kCannotBeTold);
}

TEST_F(LostRows, a_quantifier_counts_on_members_that_were_read_and_on_any_number_besides) {
  auto const range = world_.range(Range::Of::source_list, in_demand_);
  auto const member = world_.add(check::Member{range}, soc_type());
  auto const over = [&](Quantifier quantifier, std::vector<ValueId> const& codes, std::uint32_t count = 0) {
    return world_.truth(world_.quantified(quantifier, range, world_.is(member, codes), count));
  };
  auto const software = world_.word("15-1252", soc_type());
  auto const nursing = world_.word("29-1141", soc_type());
  auto const teaching = world_.word("25-2031", soc_type());
  EXPECT_EQ(over(Quantifier::any, {software}), kYes);
  EXPECT_EQ(over(Quantifier::any, {teaching}), kCannotBeTold);
  EXPECT_EQ(over(Quantifier::every, {software}), kNo);
  EXPECT_EQ(over(Quantifier::every, {software, nursing}), kCannotBeTold);
  EXPECT_EQ(over(Quantifier::at_least, {software, nursing}, 2), kYes);
  EXPECT_EQ(over(Quantifier::at_least, {software}, 2), kCannotBeTold);
  EXPECT_EQ(over(Quantifier::at_least, {software}, 4'000'000'000), kCannotBeTold);
  EXPECT_EQ(over(Quantifier::more_than_half, {software, nursing}), kCannotBeTold);
  EXPECT_EQ(over(Quantifier::more_than_half, {teaching}), kCannotBeTold);
}

TEST_F(LostRows, keys_bound_to_such_a_list_name_the_rows_that_are_known_and_further_ones) {
  auto const wages = world_.source("wages", {soc_type()}, {count_type()});
  world_.release(wages, {{{"15-1252"}, {exactly(90)}}, {{"29-1141"}, {exactly(40)}}});
  auto const lookup = [&](Aggregate aggregate) {
    ListUse const use{ListUse::Of::source, {}, in_demand_};
    auto const column = aggregate == Aggregate::number ? kNone : 0U;
    auto const id = world_.add(check::SourceLookup{aggregate, false, wages, column, {{kNone, use}}, {}}, count_type());
    return text(world_.seen(id));
  };
  EXPECT_EQ(lookup(Aggregate::total), "130..");
  EXPECT_EQ(lookup(Aggregate::number), "2..");
  EXPECT_EQ(lookup(Aggregate::highest), "90..");
  EXPECT_EQ(lookup(Aggregate::lowest), "..40");
  auto& column = world_.program.vocabulary.sources[wages].columns[0];
  column.lowest = 10;
  column.highest = 200;
  EXPECT_EQ(lookup(Aggregate::highest), "90..200") << "further ones lie in the range that the column declares";
  EXPECT_EQ(lookup(Aggregate::lowest), "10..40");
}

}  // namespace
}  // namespace waymark::review
