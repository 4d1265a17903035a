// Figures that are lists: what is surely on them, what may be, and whether there may be more (language.md, Sources).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using check::ListUse;
using grammar::Aggregate;
using grammar::Quantifier;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;

class ListFigures : public testing::Test {
 protected:
  ListFigures() {
    program_ = world_.fact("program", cip_type());
    occupations_ = world_.fact("occupations", list_of(soc_type()));
    crosswalk_ = world_.source("crosswalk", {cip_type(), soc_type()});
    wages_ = world_.source("wages", {soc_type(), text_type()}, {money_type()});
    region_ = world_.fact("region", text_type());
    renewal_ = world_.holds(world_.fact("renewal", yes_no_type()));
    world_.add_case();
  }
  ValueId key_of(vocabulary::SourceId source, std::uint32_t open, check::KeyBinding other,
                 std::vector<check::RowFilter> where = {}) {
    check::SourceLookup made;
    made.source = source;
    made.open = open;
    made.keys.assign(2, other);
    made.keys[open] = {};
    made.where = std::move(where);
    return world_.add(made, list_of(soc_type()));
  }
  check::KeyBinding value(ValueId id) const { return {id, std::nullopt}; }
  check::FigureId figure(std::vector<check::FigureCase> cases) {
    return world_.figure(list_of(soc_type()), std::move(cases));
  }
  void released() {
    world_.release(crosswalk_,
                   {{{"11.0701", "15-1252"}, {}}, {{"51.3801", "29-1141"}, {}}, {{"11.0701", "15-1212"}, {}}});
  }
  /// `15-1212 15-1252? +`: `?` may be absent, `+` and more.
  std::string members(check::FigureId id) {
    auto const list = world_.run().list_figure(id, 0);
    std::string out;
    for (auto const& [word, surely] : list.members) {
      out += world_.symbols.text(static_cast<values::Symbol>(word)) + (surely ? " " : "? ");
    }
    return out + (list.and_more ? "+" : "");
  }
  RangeId range(check::FigureId id) { return world_.range(check::Range::Of::figure, id); }
  ConditionId holds(check::FigureId id, char const* code, bool negated = false) {
    return world_.add(check::InList{world_.word(code, soc_type()), {ListUse::Of::figure, {}, id}, negated});
  }

  World world_;
  ValueId program_ = 0, occupations_ = 0, region_ = 0;
  ConditionId renewal_ = 0;
  vocabulary::SourceId crosswalk_ = 0, wages_ = 0;
};

TEST_F(ListFigures, hold_what_stands_in_the_key_ordered_by_its_text) {
  auto const related = figure({{kNone, key_of(crosswalk_, 1, value(program_))}});
  released();
  world_.set_word("program", "11.0701");
  EXPECT_EQ(members(related), "15-1212 15-1252 ");
  EXPECT_EQ(world_.truth(holds(related, "15-1252")), kYes);
  EXPECT_EQ(world_.truth(holds(related, "29-1141")), kNo);
  EXPECT_EQ(world_.truth(holds(related, "29-1141", true)), kYes);
  world_.set_word("program", "48.0508");
  EXPECT_EQ(members(related), "") << "the list has no row: it leads to nothing";
}

TEST_F(ListFigures, a_key_that_is_not_known_leaves_nothing_known) {
  auto const related = figure({{kNone, key_of(crosswalk_, 1, value(program_))}});
  released();
  EXPECT_EQ(members(related), "+");
  auto const body =
      world_.is(world_.add(check::Member{range(related)}, soc_type()), {world_.word("15-1252", soc_type())});
  auto const any = world_.quantified(Quantifier::any, range(related), body);
  EXPECT_EQ(world_.truth(any), kCannotBeTold) << "and is no refusal";
  EXPECT_EQ(world_.truth(holds(related, "15-1252")), kCannotBeTold);
  auto const number = world_.add(check::ListAggregate{Aggregate::number, false, range(related), kNone}, count_type());
  EXPECT_EQ(text(world_.seen(number)), "0..");
  world_.set_word("program", "11.0701");
  EXPECT_EQ(text(world_.seen(number)), "2");
  EXPECT_EQ(world_.truth(any), kYes);
}

TEST_F(ListFigures, a_release_that_is_not_there_or_has_lost_rows_may_have_more) {
  auto const related = figure({{kNone, key_of(crosswalk_, 1, value(program_))}});
  world_.set_word("program", "11.0701");
  EXPECT_EQ(members(related), "+");
  released();
  world_.evidence.releases[crosswalk_].front().table.rows_lost = true;
  EXPECT_EQ(members(related), "15-1212 15-1252 +");
  EXPECT_EQ(world_.truth(holds(related, "29-1141")), kCannotBeTold);
}

TEST_F(ListFigures, a_measure_without_a_row_says_nothing_and_a_filter_may_leave_out) {
  auto const wage = world_.add(check::RowColumn{wages_, 0}, money_type());
  auto const pays = world_.at_least(wage, world_.number(50, money_type()));
  auto const region = value(region_);
  auto const in_region = figure({{kNone, key_of(wages_, 0, region, {{0, pays}})}});
  world_.release(wages_, {{{"15-1252", "North"}, {exactly(80)}},
                          {{"29-1141", "North"}, {exactly(20)}},
                          {{"15-1212", "North"}, {missing(Known::suppressed)}},
                          {{"11-1011", "South"}, {exactly(90)}}});
  world_.set_word("region", "North");
  EXPECT_EQ(members(in_region), "15-1212? 15-1252 ");
  world_.set_word("region", "West");
  EXPECT_EQ(members(in_region), "+");
}

TEST_F(ListFigures, a_member_of_a_list_field_that_cannot_be_told_may_be_one_of_the_others) {
  auto const all = figure({{kNone, occupations_}});
  EXPECT_EQ(members(all), "+");
  world_.set_list("occupations", {exactly(world_.symbols.intern("29-1141")), missing()});
  EXPECT_EQ(members(all), "29-1141 +");
}

TEST_F(ListFigures, a_list_field_is_ordered_by_its_texts) {
  auto const all = figure({{kNone, occupations_}});
  world_.set_words("occupations", {"29-1141", "11-1011"});
  EXPECT_EQ(members(all), "11-1011 29-1141 ");
}

TEST_F(ListFigures, where_the_case_cannot_be_told_only_what_all_lists_have_is_sure) {
  auto const related = figure({{kNone, key_of(crosswalk_, 1, value(program_))}});
  auto const either =
      figure({{renewal_, world_.add(check::FigureRef{related}, list_of(soc_type()))}, {kNone, occupations_}});
  released();
  world_.set_word("program", "11.0701");
  world_.set_words("occupations", {"15-1252", "29-1141"});
  EXPECT_EQ(members(either), "15-1212? 15-1252 29-1141? ");
  world_.set("renewal", 1);
  EXPECT_EQ(members(either), "15-1212 15-1252 ");
  world_.set("renewal", 0);
  EXPECT_EQ(members(either), "15-1252 29-1141 ");
}

TEST_F(ListFigures, the_fallback_is_a_matter_of_the_release_only) {
  auto const related = figure({{kNone, key_of(crosswalk_, 1, value(program_))}});
  world_.program.figures[related].fallback = check::Figure::Fallback{false, crosswalk_, occupations_};
  released();
  world_.set_words("occupations", {"15-1252"});
  EXPECT_EQ(members(related), "15-1252? +") << "a submission without its program may fall back or not";
  world_.set_word("program", "48.0508");
  EXPECT_EQ(members(related), "15-1252 ");
  world_.set_word("program", "51.3801");
  EXPECT_EQ(members(related), "29-1141 ");
}

TEST_F(ListFigures, where_the_only_row_is_untold_the_members_may_be_those_of_the_fallback) {
  auto const related = figure({{kNone, key_of(crosswalk_, 1, value(program_))}});
  world_.program.figures[related].fallback = check::Figure::Fallback{false, crosswalk_, occupations_};
  released();
  world_.evidence.releases[crosswalk_].front().table.untold = {1, 1, 0};
  world_.set_words("occupations", {"11-1011"});
  world_.set_word("program", "51.3801");
  EXPECT_EQ(members(related), "11-1011? 29-1141? ");
  EXPECT_EQ(world_.truth(holds(related, "11-1011")), kCannotBeTold);
  EXPECT_EQ(world_.truth(holds(related, "15-1252")), kNo) << "neither list has it";
  world_.set_word("program", "11.0701");
  EXPECT_EQ(members(related), "15-1212 15-1252? ") << "one of its rows is sure";
}

TEST_F(ListFigures, as_a_key_its_members_are_the_parts) {
  auto const related = figure({{kNone, key_of(crosswalk_, 1, value(program_))}});
  check::SourceLookup total;
  total.aggregate = Aggregate::total;
  total.source = wages_;
  total.column = 0;
  total.keys = {{kNone, ListUse{ListUse::Of::figure, {}, related}}, value(world_.word("North"))};
  auto const pay = world_.add(total, money_type());
  released();
  world_.release(wages_, {{{"15-1252", "North"}, {exactly(80)}}, {{"15-1212", "North"}, {exactly(20)}}});
  EXPECT_EQ(text(world_.seen(pay)), "0..");
  world_.set_word("program", "11.0701");
  EXPECT_EQ(text(world_.seen(pay)), "100");
}

}  // namespace
}  // namespace waymark::review
