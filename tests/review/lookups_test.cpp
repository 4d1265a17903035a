// Sources: keys are bound, rows are filtered (language.md, section 2).
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using grammar::Aggregate;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;

// A measure by occupation and region with openings (a count) and growth (a percent that may be negative).
class Lookups : public testing::Test {
 protected:
  Lookups() {
    region_ = world_.fact("region", text_type());
    world_.fact("occupations", list_of(soc_type()));
    outlook_ = world_.source("outlook", {soc_type(), text_type()}, {count_type(), percent_type()});
    world_.program.vocabulary.sources[outlook_].columns[1].may_be_negative = true;
  }

  std::vector<check::KeyBinding> keys() const {
    return {{check::kNone, world_.list_fact("occupations")}, {region_, std::nullopt}};
  }
  ValueId lookup(Aggregate aggregate, std::uint32_t column, bool complete = false,
                 std::vector<check::RowFilter> where = {}) {
    auto const type = column == 1 ? percent_type() : count_type();
    return world_.add(check::SourceLookup{aggregate, complete, outlook_, column, keys(), std::move(where)}, type,
                      aggregate == Aggregate::average);
  }
  void release(Datum programmers, Datum testers) {
    world_.release(outlook_, {{{"15-1252", "Essex"}, {programmers, exactly(3)}},
                              {{"15-1253", "Essex"}, {testers, exactly(-2)}},
                              {{"11-1011", "Essex"}, {exactly(1000), exactly(9)}}});
  }
  void ask(std::vector<std::string> const& occupations) {
    world_.set_word("region", "Essex");
    world_.set_words("occupations", occupations);
  }
  std::string shown(ValueId value) { return text(world_.seen(value)); }

  World world_;
  ValueId region_ = 0;
  vocabulary::SourceId outlook_ = 0;
};

TEST_F(Lookups, every_combination_of_the_keys_is_one_part) {
  release(exactly(40), exactly(2));
  ask({"15-1252", "15-1253"});
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "42");
  EXPECT_EQ(shown(lookup(Aggregate::highest, 0)), "40");
  EXPECT_EQ(shown(lookup(Aggregate::lowest, 1)), "-2");
  EXPECT_EQ(shown(lookup(Aggregate::average, 0)), "21");
  EXPECT_EQ(shown(lookup(Aggregate::median, 0)), "2") << "the nearest rank, the lower";
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone)), "2");
}

TEST_F(Lookups, a_total_of_numbers_that_fit_in_32_bits_need_not_fit_itself) {
  constexpr auto kLarge = Steps{1} << 30;
  release(exactly(kLarge), exactly(kLarge));
  ask({"15-1252", "15-1253"});
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "2147483648");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, true)), "2147483648");
}

TEST_F(Lookups, a_key_without_a_row_is_a_part_that_is_unknown_never_one_that_vanishes) {
  release(exactly(40), exactly(2));
  ask({"15-1252", "15-9999"});
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "40..");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, true)), "?");
  EXPECT_EQ(shown(lookup(Aggregate::total, 1)), "?") << "growth may be negative";
  EXPECT_EQ(shown(lookup(Aggregate::highest, 0)), "40..");
  EXPECT_EQ(shown(lookup(Aggregate::lowest, 0)), "..40");
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone)), "1..2");
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone, true)), "?");
}

TEST_F(Lookups, a_total_of_counts_that_already_passes_passes) {
  release(exactly(40), missing(Known::suppressed));
  ask({"15-1252", "15-1253"});
  EXPECT_EQ(world_.truth(world_.at_least(lookup(Aggregate::total, 0), world_.number(40))), kYes);
  EXPECT_EQ(world_.truth(world_.at_least(lookup(Aggregate::total, 0), world_.number(41))), kCannotBeTold);
  EXPECT_EQ(world_.truth(world_.at_least(lookup(Aggregate::total, 0, true), world_.number(40))), kCannotBeTold);
}

TEST_F(Lookups, a_part_below_a_mark_lies_in_its_range) {
  release(exactly(40), between(0, 9));
  ask({"15-1252", "15-1253"});
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "40..49");
  EXPECT_EQ(shown(lookup(Aggregate::average, 0)), "20..49/2");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, true)), "?");
}

TEST_F(Lookups, a_range_that_the_column_declares_bounds_what_is_missing) {
  world_.program.vocabulary.sources[outlook_].columns[0].lowest = 1;
  world_.program.vocabulary.sources[outlook_].columns[0].highest = 500;
  release(exactly(40), missing(Known::suppressed));
  ask({"15-1252", "15-1253"});
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "41..540");
  EXPECT_EQ(shown(lookup(Aggregate::lowest, 0)), "1..40");
}

TEST_F(Lookups, an_empty_list_of_keys) {
  release(exactly(40), exactly(2));
  ask({});
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "0");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, true)), "0");
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone)), "0");
  EXPECT_EQ(shown(lookup(Aggregate::highest, 0)), "?");
  EXPECT_EQ(shown(lookup(Aggregate::average, 0)), "?");
  EXPECT_EQ(shown(lookup(Aggregate::median, 0)), "?");
}

TEST_F(Lookups, a_missing_list_of_keys_is_an_unknown_number_of_parts) {
  release(exactly(40), exactly(2));
  world_.set_word("region", "Essex");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "0..");
  EXPECT_EQ(shown(lookup(Aggregate::total, 1)), "?");
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone)), "0..");
  EXPECT_EQ(shown(lookup(Aggregate::highest, 0)), "?");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, true)), "?");
}

TEST_F(Lookups, a_key_that_is_itself_unknown_is_an_unknown_part) {
  release(exactly(40), exactly(2));
  world_.set_words("occupations", {"15-1252"});
  EXPECT_EQ(shown(lookup(Aggregate::total, 0)), "0..");
  EXPECT_EQ(shown(lookup(Aggregate::highest, 0)), "?");
}

TEST_F(Lookups, without_an_aggregate_the_single_row) {
  release(exactly(40), exactly(2));
  auto const one =
      world_.add(check::SourceLookup{Aggregate::none,
                                     false,
                                     outlook_,
                                     0,
                                     {{world_.word("15-1252", soc_type()), std::nullopt}, {region_, std::nullopt}},
                                     {}},
                 count_type());
  world_.set_word("region", "Essex");
  EXPECT_EQ(shown(one), "40");
  world_.set_word("region", "essex ");
  EXPECT_EQ(shown(one), "40") << "case and blanks do not matter";
  world_.set_word("region", "Hudson");
  EXPECT_EQ(shown(one), "?");
}

TEST_F(Lookups, a_filter_excludes_rows_and_what_it_may_exclude_may_be_missing) {
  release(exactly(40), between(0, 9));
  ask({"15-1252", "15-1253", "11-1011"});
  auto const column = world_.add(check::RowColumn{outlook_, 0}, count_type());
  auto const over = [&](Steps n) {
    return std::vector<check::RowFilter>{{0, world_.compare(check::Order::more_than, column, world_.number(n))}};
  };
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, false, over(50))), "1000");
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone, false, over(50))), "1");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, false, over(5))), "1040..1049");
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone, false, over(5))), "2..3");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, true, over(5))), "?") << "complete, and one row cannot be told";
  EXPECT_EQ(shown(lookup(Aggregate::highest, 0, false, over(5000))), "?");
  EXPECT_EQ(shown(lookup(Aggregate::total, 0, false, over(5000))), "0");
}

TEST_F(Lookups, a_part_without_a_row_may_be_excluded_by_a_filter) {
  release(exactly(40), exactly(2));
  ask({"15-1252", "15-9999"});
  auto const column = world_.add(check::RowColumn{outlook_, 0}, count_type());
  auto const test = world_.compare(check::Order::more_than, column, world_.number(1));
  EXPECT_EQ(shown(lookup(Aggregate::number, check::kNone, false, {{0, test}})), "1..2");
  EXPECT_EQ(shown(lookup(Aggregate::lowest, 0, false, {{0, test}})), "..40");
}

TEST_F(Lookups, a_filter_may_compare_with_a_fact_of_the_case) {
  release(exactly(40), exactly(2));
  auto const floor = world_.fact("floor", count_type());
  auto const column = world_.add(check::RowColumn{outlook_, 0}, count_type());
  auto const test = world_.at_least(column, floor);
  auto const total = lookup(Aggregate::total, 0, false, {{0, test}});
  for (std::uint32_t i = 0; i < 2; ++i) {
    world_.add_case();
    world_.set("region", exactly(world_.symbols.intern("Essex")), i);
    world_.set_words("occupations", {"15-1252", "15-1253"}, i);
    world_.set("floor", exactly(i == 0 ? 2 : 3), i);
  }
  EXPECT_EQ(text(world_.seen(total, 0)), "42");
  EXPECT_EQ(text(world_.seen(total, 1)), "40");
}

TEST_F(Lookups, in_a_list_source_a_part_without_a_row_is_not_there) {
  auto const program = world_.fact("program", cip_type());
  world_.fact("credentials", list_of(text_type()));
  auto const listed = world_.source("priority credentials", {cip_type(), text_type()});
  auto const number =
      world_.add(check::SourceLookup{Aggregate::number,
                                     false,
                                     listed,
                                     check::kNone,
                                     {{program, std::nullopt}, {check::kNone, world_.list_fact("credentials")}},
                                     {}},
                 count_type());
  world_.set_word("program", "11.0701");
  world_.set_words("credentials", {"CompTIA A+", "made up"});
  EXPECT_EQ(shown(number), "0..2") << "no release: nothing is known of the list";
  world_.release(listed, {{{"11.0701", "CompTIA A+"}, {}}, {{"11.0701", "CCNA"}, {}}});
  EXPECT_EQ(shown(number), "1");
  world_.set("program", missing());
  EXPECT_EQ(shown(number), "0..2");
}

TEST_F(Lookups, a_text_that_a_list_gives_twice_names_one_row) {
  world_.fact("credentials", list_of(text_type()));
  auto const listed = world_.source("listed", {text_type()});
  auto const number = world_.add(
      check::SourceLookup{
          Aggregate::number, false, listed, check::kNone, {{check::kNone, world_.list_fact("credentials")}}, {}},
      count_type());
  world_.release(listed, {{{"CCNA"}, {}}});
  world_.set_words("credentials", {"CCNA", "ccna"});
  EXPECT_EQ(shown(number), "1");
}

TEST_F(Lookups, a_decision_uses_the_newest_release_known_on_its_date) {
  auto const row = [](Steps n) {
    return std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>>{
        {{"15-1252", "Essex"}, {exactly(n), exactly(0)}}};
  };
  world_.release(outlook_, row(1), values::date_of(2024, 4, 1));
  world_.release(outlook_, row(2), values::date_of(2025, 4, 1));
  auto const total = lookup(Aggregate::total, 0);
  auto const at = [&](char const* date) {
    world_.batch = {};
    world_.dates.clear();
    world_.review_date = *values::read_date(date);
    ask({"15-1252"});
    return shown(total);
  };
  EXPECT_EQ(at("2024-04-01"), "1");
  EXPECT_EQ(at("2025-03-31"), "1");
  EXPECT_EQ(at("2025-04-01"), "2");
  EXPECT_EQ(at("2024-03-31"), "0..") << "not yet published";
  EXPECT_EQ(world_.run().parts(total, {0, 0}).at(0).known, Known::not_yet_published);
}

TEST_F(Lookups, keys_that_are_choices_and_years) {
  auto const type = world_.choice("level", {"secondary", "postsecondary"});
  auto const level = world_.fact("level", type);
  auto const rates = world_.source("rates", {type, year_type()}, {count_type()});
  world_.release(rates, {{{"Postsecondary", "2024-25"}, {exactly(7)}}, {{"secondary", "2025-26"}, {exactly(8)}}});
  auto const year = world_.add(check::RunningYear{0, -2}, year_type());
  auto const one = world_.add(
      check::SourceLookup{Aggregate::none, false, rates, 0, {{level, std::nullopt}, {year, std::nullopt}}, {}},
      count_type());
  world_.set("level", 1);
  EXPECT_EQ(shown(one), "7");
  auto const parts = world_.run().parts(one, {0, 0});
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].row, 0U);
  EXPECT_EQ(evidence::key_text(year_type(), parts[0].words[1], world_.program.vocabulary), "2024-25");
  world_.set("level", 0);
  EXPECT_EQ(shown(one), "?");
}

TEST_F(Lookups, parts_stand_in_the_order_of_the_keys) {
  release(exactly(40), missing(Known::suppressed));
  ask({"15-1252", "15-1253", "15-9999"});
  auto const total = lookup(Aggregate::total, 0);
  auto const parts = world_.run().parts(total, {0, 0});
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(world_.symbols.text(parts[0].keys[0]), "15-1252");
  EXPECT_EQ(parts[0].known, Known::exactly);
  EXPECT_EQ(parts[1].known, Known::suppressed);
  EXPECT_EQ(parts[2].known, Known::not_covered);
  EXPECT_FALSE(parts[2].row);
  EXPECT_EQ(text(parts[0].value), "40");
}

TEST_F(Lookups, a_code_outside_the_table_of_its_edition_cannot_be_told) {
  world_.fact("codes", list_of(soc_type(2018)));
  auto const code = world_.fact("code", soc_type(2018));
  auto const all = world_.source("all codes", {soc_type(2018)});
  world_.program.vocabulary.sources[all].lists_all = soc_type(2018);
  auto const wages = world_.source("wages", {soc_type(2018)}, {count_type()});
  world_.release(wages, {{{"15-1252"}, {exactly(5)}}, {{"15-1132"}, {exactly(7)}}});
  auto const total = world_.add(
      check::SourceLookup{Aggregate::total, false, wages, 0, {{check::kNone, world_.list_fact("codes")}}, {}},
      count_type());
  auto const is = world_.is(code, {world_.word("15-1132", soc_type(2018))});
  world_.set_words("codes", {"15-1132", "15-1252"});
  world_.set_word("code", "15-1132");
  EXPECT_EQ(shown(total), "12") << "without the edition's table only the form is checked";
  EXPECT_EQ(world_.truth(is), kYes);
  EXPECT_TRUE(world_.run().cases_with_outside_codes().empty());
  world_.release(all, {{{"15-1252"}, {}}});
  EXPECT_EQ(shown(total), "5..");
  EXPECT_EQ(world_.truth(is), kCannotBeTold);
  EXPECT_EQ(world_.run().known(code, {0, 0}), Known::outside_edition);
  auto const old = world_.symbols.find("15-1132");
  auto const parts = world_.run().parts(total, {0, 0});
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].keys.front(), old) << "it can be named";
  EXPECT_EQ(parts[0].words.front(), values::kNoLowest) << "and is no key";
  auto const outside = world_.run().outside_codes(0);
  EXPECT_EQ(world_.run().cases_with_outside_codes(), std::vector<std::uint8_t>{1});
  ASSERT_EQ(outside.size(), 2U);
  EXPECT_EQ(outside[0].code, old);
  EXPECT_EQ(world_.run().edition_tables(list_of(soc_type(2018)), 0), std::vector<vocabulary::SourceId>{all});
}

}  // namespace
}  // namespace waymark::review
