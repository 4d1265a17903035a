// Lists of a policy that only lists, and Lists that a review reads (language.md, section 2).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;

class Lists : public testing::Test {
 protected:
  Lists() {
    source_ = world_.source("projections", {soc_type(), text_type()}, {count_type()});
    world_.program.reviews_record = false;
    growth_ = world_.add(check::RowColumn{source_, 0}, count_type());
    floor_ = world_.threshold_value(
        world_.threshold({world_.row("2020-01-01", world_.number(5)), world_.row("2027-01-01", world_.number(50))}));
    world_.release(source_, {{{"15-1252", "Essex"}, {exactly(10)}},
                             {{"15-1252", "Hudson"}, {exactly(1)}},
                             {{"15-1253", "Essex"}, {missing(Known::suppressed)}},
                             {{"15-1253", "Hudson"}, {exactly(1)}},
                             {{"11-1011", "Essex"}, {exactly(1)}},
                             {{"29-1141", "Essex"}, {exactly(100)}}});
    candidates_ = list(world_.at_least(growth_, floor_));
  }
  check::ListId list(ConditionId on_it, check::ListId of = kNone) {
    check::List made;
    made.name = made.shown = "list";
    made.source = source_;
    made.of = of;
    made.member = soc_type();
    made.on_it = on_it;
    world_.program.lists.push_back(made);
    return static_cast<check::ListId>(world_.program.lists.size() - 1);
  }
  values::Truth on(check::ListId list, char const* member) {
    auto const& all = world_.run().list(list, world_.review_date);
    auto const found = all.find(world_.symbols.find(member));
    return found == all.end() ? values::Truth{0} : found->second;
  }
  World world_;
  vocabulary::SourceId source_ = 0;
  ValueId growth_ = 0, floor_ = 0;
  check::ListId candidates_ = 0;
};

TEST_F(Lists, a_member_is_on_it_where_the_condition_holds_for_any_of_its_rows) {
  EXPECT_EQ(on(candidates_, "15-1252"), kYes);
  EXPECT_EQ(on(candidates_, "15-1253"), kCannotBeTold);
  EXPECT_EQ(on(candidates_, "11-1011"), kNo);
  EXPECT_EQ(on(candidates_, "53-0000"), 0) << "no row: no member";
}

TEST_F(Lists, thresholds_are_those_of_the_date) {
  world_.review_date = values::date_of(2027, 1, 1);
  EXPECT_EQ(on(candidates_, "15-1252"), kNo);
  EXPECT_EQ(on(candidates_, "29-1141"), kYes);
}

TEST_F(Lists, left_out_is_surely_not_on_it) {
  world_.program.lists[candidates_].left_out = {"15-1252", "15-1253"};
  EXPECT_EQ(on(candidates_, "15-1252"), kNo);
  EXPECT_EQ(on(candidates_, "15-1253"), kNo);
  EXPECT_EQ(on(candidates_, "29-1141"), kYes);
}

TEST_F(Lists, a_list_of_a_list_is_no_surer_than_that) {
  auto const second = list(world_.compare(check::Order::at_most, growth_, world_.number(10)), candidates_);
  EXPECT_EQ(on(second, "15-1252"), kYes);
  EXPECT_EQ(on(second, "15-1253"), kCannotBeTold);
  EXPECT_EQ(on(second, "29-1141"), kNo);
  world_.program.lists[candidates_].left_out = {"15-1252"};
  EXPECT_EQ(on(second, "15-1252"), kNo);
  auto const all = list(kNone, candidates_);
  EXPECT_EQ(on(all, "29-1141"), kYes);
}

TEST_F(Lists, a_list_asks_of_its_rows_by_their_keys) {
  auto const region = world_.add(check::RowKey{source_, 1}, text_type());
  auto const in_hudson = list(world_.is(region, {world_.word("Hudson")}));
  EXPECT_EQ(on(in_hudson, "15-1252"), kYes);
  EXPECT_EQ(on(in_hudson, "29-1141"), kNo);
}

TEST_F(Lists, a_figure_of_the_row) {
  auto const wages = world_.source("wages", {soc_type()}, {count_type()});
  world_.release(wages, {{{"15-1252"}, {exactly(90)}}, {{"29-1141"}, {exactly(40)}}});
  auto const code = world_.add(check::RowKey{source_, 0}, soc_type());
  auto const wage = world_.add(
      check::SourceLookup{grammar::Aggregate::none, false, wages, 0, {{code, std::nullopt}}, {}}, count_type());
  auto const figure = world_.figure(count_type(), {{kNone, wage}});
  auto const well_paid = list(world_.at_least(world_.figure_value(figure), world_.number(50)));
  EXPECT_EQ(on(well_paid, "15-1252"), kYes);
  EXPECT_EQ(on(well_paid, "29-1141"), kNo);
  EXPECT_EQ(on(well_paid, "15-1253"), kCannotBeTold) << "wages do not cover it";
}

TEST_F(Lists, the_rows_of_a_member_explain_it) {
  auto& run = world_.run();
  auto const frames = run.list_rows(candidates_, world_.symbols.find("15-1252"), world_.review_date);
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(text(run.value(growth_, frames[0])), "10");
  EXPECT_EQ(text(run.value(growth_, frames[1])), "1");
  EXPECT_EQ(text(run.value(floor_, frames[1])), "5");
  EXPECT_EQ(run.truth(world_.program.lists[0].on_it, frames[0]), kYes);
  EXPECT_EQ(text(run.value(growth_, {0, 5})), "100") << "domain 0 is the rows of the List's source";
  EXPECT_EQ(run.known(growth_, {0, 2}), Known::suppressed);
}

TEST_F(Lists, a_threshold_without_a_value_is_the_fault_of_the_list) {
  EXPECT_EQ(world_.run().list_fault(candidates_, world_.review_date), "");
  world_.review_date = values::date_of(2019, 1, 1);
  EXPECT_EQ(world_.run().list_fault(candidates_, world_.review_date), "`threshold 0` has no value on 2019-01-01.");
}

class ListsInReviews : public Lists {
 protected:
  ListsInReviews() {
    world_.program.reviews_record = true;
    code_ = world_.fact("code", soc_type());
    world_.fact("codes", list_of(soc_type()));
    use_.of = check::ListUse::Of::list;
    use_.which = candidates_;
    in_list_ = world_.add(check::InList{code_, use_, false});
  }
  values::Truth in_list(char const* code) {
    world_.set_word("code", code);
    return world_.truth(in_list_);
  }
  ValueId code_ = 0;
  check::ListUse use_;
  ConditionId in_list_ = 0;
};

TEST_F(ListsInReviews, being_on_a_list_is_as_sure_as_the_list_is) {
  EXPECT_EQ(in_list("15-1252"), kYes);
  EXPECT_EQ(in_list("15-1253"), kCannotBeTold);
  EXPECT_EQ(in_list("11-1011"), kNo);
  EXPECT_EQ(in_list("53-0000"), kNo);
  world_.set("code", missing());
  EXPECT_EQ(world_.truth(in_list_), kCannotBeTold);
}

TEST_F(ListsInReviews, each_case_by_its_own_date) {
  world_.add_case();
  world_.review_date = values::date_of(2027, 1, 1);
  world_.add_case();
  world_.set_word("code", "15-1252", 0);
  world_.set_word("code", "15-1252", 1);
  EXPECT_EQ(world_.truth(in_list_, 0), kYes);
  EXPECT_EQ(world_.truth(in_list_, 1), kNo);
}

TEST_F(ListsInReviews, a_list_of_keys_has_members_that_may_be_missing) {
  auto const openings = world_.source("openings", {soc_type()}, {count_type()});
  world_.release(openings, {{{"15-1252"}, {exactly(3)}}, {{"15-1253"}, {exactly(5)}}, {{"11-1011"}, {exactly(100)}}});
  auto const total =
      world_.add(check::SourceLookup{grammar::Aggregate::total, false, openings, 0, {{kNone, use_}}, {}}, count_type());
  EXPECT_EQ(text(world_.seen(total)), "3..") << "29-1141 is on the list and has no row";
  world_.release(openings, {{{"15-1252"}, {exactly(3)}}, {{"15-1253"}, {exactly(5)}}, {{"29-1141"}, {exactly(7)}}});
  EXPECT_EQ(text(world_.seen(total)), "10..15");
  auto const number = world_.add(
      check::SourceLookup{grammar::Aggregate::number, false, openings, kNone, {{kNone, use_}}, {}}, count_type());
  EXPECT_EQ(text(world_.seen(number)), "2..3");
}

TEST_F(ListsInReviews, the_fault_of_a_list_is_that_of_the_cases_that_read_it) {
  world_.criterion(in_list_);
  check::Decision decision;
  decision.rows.emplace_back();
  world_.program.decisions.push_back(decision);
  world_.add_case();
  world_.review_date = values::date_of(2019, 1, 1);
  world_.add_case();
  EXPECT_EQ(world_.outcome(0).kind, Outcome::Kind::decided);
  EXPECT_EQ(world_.outcome(1).fault, "`threshold 0` has no value on 2019-01-01.");
}

TEST_F(ListsInReviews, without_a_release_a_list_is_not_known) {
  world_.evidence.releases[source_].clear();
  EXPECT_EQ(in_list("15-1252"), kCannotBeTold);
  auto const range = world_.range(check::Range::Of::list, candidates_);
  auto const any = world_.quantified(grammar::Quantifier::any, range, in_list_);
  EXPECT_EQ(world_.truth(any), kCannotBeTold);
}

}  // namespace
}  // namespace waymark::review
