// Lists by rank (docs/language.md, "Lists by rank"): who surely is among the highest, who surely is not, and ties.
#include <gtest/gtest.h>

#include "tests/review/world.hpp"

namespace waymark::review {
namespace {

using check::kNone;
using values::kCannotBeTold;
using values::kNo;
using values::kYes;
using Ties = check::Ranking::Ties;

class Ranks : public testing::Test {
 protected:
  Ranks() {
    grade_ = world_.choice("grade", {"low", "high"});
    source_ = world_.source("line items", {soc_type()}, {count_type(), grade_});
    world_.program.reviews_record = false;
    size_ = world_.add(check::RowColumn{source_, 0}, count_type());
  }
  // One row for each value, from 11-1001 on, all of one grade.
  void rows(std::vector<Datum> const& sizes) {
    std::vector<std::pair<std::vector<std::string>, std::vector<Datum>>> all;
    for (std::size_t i = 0; i < sizes.size(); ++i) all.push_back({{code(i)}, {sizes[i], exactly(0)}});
    world_.release(source_, all);
  }
  static std::string code(std::size_t i) { return "11-1" + std::to_string(101 + i).substr(0, 3); }

  check::ListId ranked(values::Steps places, Ties ties, bool highest = true) {
    return ranked_by(world_.number(places), ties, highest);
  }
  check::ListId ranked_by(ValueId places, Ties ties, bool highest = true) {
    check::List made;
    made.name = made.shown = "list";
    made.source = source_;
    made.member = soc_type();
    made.ranking = check::Ranking{highest, places, size_, kNone, ties, {}};
    world_.program.lists.push_back(made);
    return static_cast<check::ListId>(world_.program.lists.size() - 1);
  }
  // y on it, n not, ? cannot be told: one letter a row.
  std::string on(check::ListId list, std::size_t count) {
    auto const& all = world_.run().list(list, world_.review_date);
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
      auto const truth = all.at(world_.symbols.find(code(i)));
      out += truth == kYes ? 'y' : truth == kNo ? 'n' : '?';
    }
    return out;
  }

  World world_;
  Type grade_;
  vocabulary::SourceId source_ = 0;
  ValueId size_ = 0;
};

TEST_F(Ranks, the_highest_and_the_lowest) {
  rows({exactly(5), exactly(9), exactly(1), exactly(7)});
  EXPECT_EQ(on(ranked(2, Ties::cannot_be_told), 4), "nyny");
  EXPECT_EQ(on(ranked(2, Ties::cannot_be_told, false), 4), "ynyn");
  EXPECT_EQ(on(ranked(0, Ties::in), 4), "nnnn");
  EXPECT_EQ(on(ranked(9, Ties::out), 4), "yyyy");
}

TEST_F(Ranks, a_sure_tie_for_the_last_place_follows_ties) {
  rows({exactly(9), exactly(5), exactly(5), exactly(5), exactly(1)});
  EXPECT_EQ(on(ranked(2, Ties::in), 5), "yyyyn");
  EXPECT_EQ(on(ranked(2, Ties::out), 5), "ynnnn");
  EXPECT_EQ(on(ranked(2, Ties::cannot_be_told), 5), "y???n");
  EXPECT_EQ(on(ranked(4, Ties::out), 5), "yyyyn") << "there is a place for each";
}

// Where the value of one that may decide is not known, there is no sure tie.
TEST_F(Ranks, a_tie_that_is_not_sure_cannot_be_told) {
  rows({exactly(9), exactly(5), exactly(5), between(4, 6)});
  EXPECT_EQ(on(ranked(2, Ties::in), 4), "y???");
  EXPECT_EQ(on(ranked(2, Ties::out), 4), "y???");
}

TEST_F(Ranks, what_is_not_known_may_stand_anywhere) {
  rows({exactly(9), missing(Known::suppressed), exactly(5), exactly(1)});
  EXPECT_EQ(on(ranked(2, Ties::out), 4), "y??n");
  EXPECT_EQ(on(ranked(1, Ties::out), 4), "??nn");
}

TEST_F(Ranks, rows_that_were_lost_may_stand_above_all) {
  rows({exactly(9), exactly(5), exactly(1)});
  world_.evidence.releases[source_].front().table.rows_lost = true;
  EXPECT_EQ(on(ranked(2, Ties::in), 3), "??n");
}

TEST_F(Ranks, those_that_the_condition_leaves_are_ranked) {
  rows({exactly(9), exactly(5), exactly(4), exactly(1)});
  auto const list = ranked(1, Ties::out);
  world_.program.lists[list].on_it = world_.compare(check::Order::at_most, size_, world_.number(5));
  EXPECT_EQ(on(list, 4), "nynn");
  world_.program.lists[list].left_out = {code(1)};
  EXPECT_EQ(on(list, 4), "nnyn");
}

// Who may not be among them stands in nobody's way for sure, and perhaps in everybody's.
TEST_F(Ranks, one_that_may_not_be_ranked_is_an_other_that_can_be_and_none_that_surely_is) {
  rows({between(6, 9), exactly(5), exactly(4)});
  auto const list = ranked(1, Ties::out);
  world_.program.lists[list].on_it = world_.compare(check::Order::at_most, size_, world_.number(7));
  EXPECT_EQ(on(list, 3), "??n");
}

TEST_F(Ranks, each_entry_of_a_choice_has_places_of_its_own) {
  world_.release(source_, {{{code(0)}, {exactly(9), exactly(0)}},
                           {{code(1)}, {exactly(8), exactly(0)}},
                           {{code(2)}, {exactly(2), exactly(1)}},
                           {{code(3)}, {exactly(1), exactly(1)}}});
  auto const list = ranked(1, Ties::out);
  world_.program.lists[list].ranking->stratum = world_.add(check::RowColumn{source_, 1}, grade_);
  EXPECT_EQ(on(list, 4), "ynyn");
}

TEST_F(Ranks, one_whose_entry_is_not_known_may_stand_in_each) {
  world_.release(source_, {{{code(0)}, {exactly(9), missing(Known::suppressed)}},
                           {{code(1)}, {exactly(8), exactly(0)}},
                           {{code(2)}, {exactly(2), exactly(1)}},
                           {{code(3)}, {exactly(1), exactly(1)}}});
  auto const list = ranked(1, Ties::out);
  world_.program.lists[list].ranking->stratum = world_.add(check::RowColumn{source_, 1}, grade_);
  EXPECT_EQ(on(list, 4), "y??n") << "the first is the highest wherever it stands";
}

TEST_F(Ranks, a_percent_of_the_members_is_rounded_up) {
  rows({exactly(5), exactly(4), exactly(3), exactly(2), exactly(1)});
  Type percent;
  percent.kind = vocabulary::Kind::percent;
  auto const part = [&](values::Steps millionths) { return world_.add(check::Constant{millionths, ""}, percent); };
  EXPECT_EQ(on(ranked_by(part(20'000'000), Ties::out), 5), "ynnnn");
  EXPECT_EQ(on(ranked_by(part(20'000'001), Ties::out), 5), "yynnn");
  EXPECT_EQ(on(ranked_by(part(100'000'000), Ties::out), 5), "yyyyy");
}

TEST_F(Ranks, a_list_of_a_list_by_rank_holds_those_that_are_on_it) {
  rows({exactly(9), exactly(5), exactly(4), exactly(1)});
  auto const two = ranked(2, Ties::out);
  auto const lowest = ranked(1, Ties::out, false);
  world_.program.lists[lowest].of = two;
  EXPECT_EQ(on(lowest, 4), "nynn");
}

TEST_F(Ranks, a_place_is_told_for_an_explanation) {
  rows({exactly(9), exactly(5), exactly(5), missing(Known::suppressed)});
  auto const list = ranked(2, Ties::out);
  auto const at = world_.run().standing(list, world_.symbols.find(code(1)), world_.review_date);
  ASSERT_TRUE(at);
  EXPECT_EQ(at->above, 1);
  EXPECT_EQ(at->can, 3);
  EXPECT_EQ(at->most, 2);
  EXPECT_FALSE(at->tie);
}

}  // namespace
}  // namespace waymark::review
