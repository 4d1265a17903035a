// The tables of docs/language.md on what conditions and criteria may be, as data, against engine/values/truth.hpp; then
// every list of up to four items against the reference, which makes every choice.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <vector>

#include "engine/values/truth.hpp"
#include "tests/reference/possible.hpp"

namespace waymark {
namespace {

using grammar::Connective;
using grammar::Quantifier;
using grammar::State;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kMet;
using values::kNo;
using values::kNoCriterion;
using values::kNotMet;
using values::kWaived;
using values::kYes;
using values::Status;
using values::Truth;

// Each letter is one condition: y yes, n no, - does not apply, ? cannot be told.
Truth truth_of_letter(char letter) {
  static std::map<char, Truth> const truths = {{'y', kYes}, {'n', kNo}, {'-', kDoesNotApply}, {'?', kCannotBeTold}};
  return truths.at(letter);
}

std::vector<Truth> truths_of(std::string const& letters) {
  std::vector<Truth> out;
  for (auto const letter : letters) out.push_back(truth_of_letter(letter));
  return out;
}

struct ListLine {
  std::string items;
  char all, any, none, at_least_2;
};

// Items that do not apply are dropped, N is never lowered, a list with nothing left does not apply; `none of` needs
// every item that applies to be no.
std::vector<ListLine> const kLists = {
    {"", '-', '-', '-', '-'},      {"y", 'y', 'y', 'n', 'n'},   {"n", 'n', 'n', 'y', 'n'},
    {"?", '?', '?', '?', 'n'},     {"-", '-', '-', '-', '-'},   {"yy", 'y', 'y', 'n', 'y'},
    {"yn", 'n', 'y', 'n', 'n'},    {"y?", '?', 'y', 'n', '?'},  {"y-", 'y', 'y', 'n', 'n'},
    {"nn", 'n', 'n', 'y', 'n'},    {"n?", 'n', '?', '?', 'n'},  {"n-", 'n', 'n', 'y', 'n'},
    {"\?\?", '?', '?', '?', '?'},  {"?-", '?', '?', '?', 'n'},  {"--", '-', '-', '-', '-'},
    {"yy-", 'y', 'y', 'n', 'y'},   {"yn?", 'n', 'y', 'n', '?'}, {"y?-", '?', 'y', 'n', '?'},
    {"n?-", 'n', '?', '?', 'n'},   {"nn?", 'n', '?', '?', 'n'}, {"yyn", 'n', 'y', 'n', 'y'},
    {"n\?\?", 'n', '?', '?', '?'}, {"yy?", '?', 'y', 'n', 'y'}, {"ynn-", 'n', 'y', 'n', 'n'},
};

TEST(Kleene, lists_of_conditions) {
  for (auto const& line : kLists) {
    auto const items = truths_of(line.items);
    EXPECT_EQ(values::all_of(items), truth_of_letter(line.all)) << line.items;
    EXPECT_EQ(values::any_of(items), truth_of_letter(line.any)) << line.items;
    EXPECT_EQ(values::none_of(items), truth_of_letter(line.none)) << line.items;
    EXPECT_EQ(values::at_least_of(2, items), truth_of_letter(line.at_least_2)) << line.items;
  }
}

struct MembersLine {
  std::string members;
  char any, every, at_least_2, more_than_half;
};

// Empty lists: `any` is no, `every` does not apply.
std::vector<MembersLine> const kMembers = {
    {"", 'n', '-', 'n', 'n'},    {"y", 'y', 'y', 'n', 'y'},   {"n", 'n', 'n', 'n', 'n'},   {"?", '?', '?', 'n', '?'},
    {"-", '-', '-', '-', '-'},   {"yn", 'y', 'n', 'n', 'n'},  {"yy", 'y', 'y', 'y', 'y'},  {"y?", 'y', '?', '?', '?'},
    {"y-", 'y', 'y', 'n', 'y'},  {"n?", '?', 'n', 'n', 'n'},  {"yyn", 'y', 'n', 'y', 'y'}, {"yn-", 'y', 'n', 'n', 'n'},
    {"y?n", 'y', 'n', '?', '?'}, {"yy?", 'y', '?', 'y', 'y'}, {"?--", '?', '?', 'n', '?'}, {"nn?", '?', 'n', 'n', 'n'},
};

TEST(Kleene, members) {
  for (auto const& line : kMembers) {
    auto const members = truths_of(line.members);
    EXPECT_EQ(values::any_member(members), truth_of_letter(line.any)) << line.members;
    EXPECT_EQ(values::every_member(members), truth_of_letter(line.every)) << line.members;
    EXPECT_EQ(values::at_least_members(2, members), truth_of_letter(line.at_least_2)) << line.members;
    EXPECT_EQ(values::more_than_half(members), truth_of_letter(line.more_than_half)) << line.members;
  }
}

struct StateLine {
  std::string words;
  State state;
  std::string letters;  // met, waived, not met, cannot be told, does not apply, met or waived, waived or not met
};

std::array<Status, 7> const kStatuses = {kMet,         kWaived,        kNotMet,          kMet | kNotMet,
                                         kNoCriterion, kMet | kWaived, kWaived | kNotMet};

std::vector<StateLine> const kStates = {
    {"is met", State::met, "yyn?-y?"},
    {"is not met", State::not_met, "nny?-n?"},
    {"is found met", State::found_met, "yynnnyn"},
    {"is found not met", State::found_not_met, "nnynnnn"},
    {"cannot be told", State::cannot_be_told, "nnnynny"},
    {"is waived", State::waived, "nynn-??"},
};

Truth asked(State state, Status status) {
  switch (state) {
    case State::met: return values::is_met(status);
    case State::not_met: return values::is_not_met(status);
    case State::found_met: return values::is_found_met(status);
    case State::found_not_met: return values::is_found_not_met(status);
    case State::cannot_be_told: return values::is_untold(status);
    case State::waived: return values::is_waived(status);
  }
  return 0;
}

TEST(Kleene, states_of_criteria) {
  for (auto const& line : kStates) {
    for (std::size_t i = 0; i < kStatuses.size(); ++i) {
      EXPECT_EQ(asked(line.state, kStatuses[i]), truth_of_letter(line.letters[i]))
          << line.words << " of " << values::status_words(kStatuses[i]);
    }
  }
}

struct StatusLine {
  char exempt, test, waiver;
  std::string words;
};

// First whether it applies, then the test, then the waiver.
std::vector<StatusLine> const kOrders = {
    {'y', 'y', 'n', "does not apply"},
    {'y', 'n', 'y', "does not apply"},
    {'y', '?', '?', "does not apply"},
    {'n', 'y', 'n', "met"},
    {'n', 'y', 'y', "met"},
    {'n', 'y', '?', "met"},
    {'n', 'n', 'n', "not met"},
    {'n', 'n', 'y', "waived"},
    {'n', 'n', '?', "cannot be told"},
    {'n', '?', 'n', "cannot be told"},
    {'n', '?', 'y', "met"},
    {'n', '-', 'n', "does not apply"},
    {'n', '-', 'y', "does not apply"},
    {'?', 'y', 'n', "cannot be told"},
    {'?', 'n', 'n', "cannot be told"},
    {'-', 'y', 'n', "met"},
    {'-', 'n', '-', "not met"},
    {'?', '-', 'n', "does not apply"},
};

TEST(Kleene, status_of_a_criterion) {
  for (auto const& line : kOrders) {
    auto const status =
        values::status_of(truth_of_letter(line.exempt), truth_of_letter(line.test), truth_of_letter(line.waiver));
    EXPECT_EQ(values::status_words(status), line.words) << line.exempt << line.test << line.waiver;
  }
}

TEST(Kleene, letters_of_statuses) {
  std::string letters;
  for (auto const status : kStatuses) letters += values::status_letter(status);
  EXPECT_EQ(letters, "TWFUNTU");
}

// --- Against the reference, over every set of possibilities -------------------------------------------------------

// Calls `ask` with every list of at most `length` sets of possibilities.
template <class Ask>
void every_list(std::size_t length, Ask const& ask, std::vector<Truth> items = {}) {
  ask(items);
  if (items.size() == length) return;
  for (Truth truth = 1; truth < 8; ++truth) {
    items.push_back(truth);
    every_list(length, ask, items);
    items.pop_back();
  }
}

std::string shown(std::vector<Truth> const& items) {
  std::string out;
  for (auto const item : items) out += std::to_string(int{item}) + " ";
  return out;
}

TEST(Kleene, every_list_of_sets_of_possibilities) {
  every_list(4, [](std::vector<Truth> const& items) {
    EXPECT_EQ(values::all_of(items), reference::junction(Connective::all, 0, items)) << shown(items);
    EXPECT_EQ(values::any_of(items), reference::junction(Connective::any, 0, items)) << shown(items);
    EXPECT_EQ(values::none_of(items), reference::junction(Connective::none, 0, items)) << shown(items);
    for (std::uint32_t n = 0; n <= 5; ++n) {
      EXPECT_EQ(values::at_least_of(n, items), reference::junction(Connective::at_least, n, items))
          << n << " of " << shown(items);
    }
  });
}

TEST(Kleene, every_list_of_members) {
  every_list(4, [](std::vector<Truth> const& items) {
    std::vector<reference::MemberTruth> members;
    for (auto const item : items) members.push_back({item, false});
    EXPECT_EQ(values::any_member(items), reference::quantified(Quantifier::any, 0, members)) << shown(items);
    EXPECT_EQ(values::every_member(items), reference::quantified(Quantifier::every, 0, members)) << shown(items);
    EXPECT_EQ(values::more_than_half(items), reference::quantified(Quantifier::more_than_half, 0, members))
        << shown(items);
    for (std::uint32_t n = 0; n <= 5; ++n) {
      EXPECT_EQ(values::at_least_members(n, items), reference::quantified(Quantifier::at_least, n, members))
          << n << " of " << shown(items);
    }
  });
}

TEST(Kleene, every_status_and_state) {
  for (Truth exempt = 1; exempt < 8; ++exempt) {
    for (Truth test = 1; test < 8; ++test) {
      for (Truth waiver = 1; waiver < 8; ++waiver) {
        auto const status = values::status_of(exempt, test, waiver);
        ASSERT_EQ(status, reference::status(exempt, test, waiver))
            << int{exempt} << " " << int{test} << " " << int{waiver};
        for (auto const& line : kStates) EXPECT_EQ(asked(line.state, status), reference::state_of(status, line.state));
      }
    }
  }
}

// Filling in what is missing narrows the sets of items, and so never gives anything that was not possible before.
TEST(Kleene, narrower_items_give_no_new_result) {
  every_list(3, [](std::vector<Truth> const& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      for (auto const one : {kYes, kNo, kDoesNotApply}) {
        if ((items[i] & one) == 0) continue;
        auto narrower = items;
        narrower[i] = one;
        EXPECT_EQ(values::all_of(narrower) & ~values::all_of(items), 0) << shown(items);
        EXPECT_EQ(values::any_of(narrower) & ~values::any_of(items), 0) << shown(items);
        EXPECT_EQ(values::at_least_of(2, narrower) & ~values::at_least_of(2, items), 0) << shown(items);
        EXPECT_EQ(values::more_than_half(narrower) & ~values::more_than_half(items), 0) << shown(items);
      }
    }
  });
}

}  // namespace
}  // namespace waymark
