// Which ids are found again, beside a list of all of them.
#include "engine/cases/ids_seen.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/cases/notices.hpp"
#include "engine/cases/readers.hpp"

namespace waymark::cases {
namespace {

bool add(IdsSeen& seen, std::string const& id) { return seen.add(id, IdsSeen::mark_of(id)); }

rc::Gen<std::string> some_id() {
  return rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'b', '\0', '\xC3')));
}

RC_GTEST_PROP(IdsSeen, FindsWhatCameBefore, ()) {
  IdsSeen seen;
  std::unordered_set<std::string> all;
  for (auto const& id : *rc::gen::container<std::vector<std::string>>(some_id())) {
    RC_ASSERT(add(seen, id) == all.insert(id).second);
  }
  RC_ASSERT(!seen.bounded());
}

// What is found again did come before; what is not found is none of the last, as many as are promised.
RC_GTEST_PROP(IdsSeen, ForgetsOnlyTheOldest, ()) {
  IdsSeen seen({1024, *rc::gen::inRange<std::size_t>(1, 5), 128});
  std::vector<std::string> kept;
  for (auto const& id : *rc::gen::container<std::vector<std::string>>(200, some_id())) {
    if (id.size() > 100) continue;
    bool const is_new = add(seen, id);
    auto const last = seen.bounded() ? std::min(kept.size(), seen.bounded()->last) : kept.size();
    auto const from = is_new ? kept.end() - static_cast<std::ptrdiff_t>(last) : kept.begin();
    RC_ASSERT((std::find(from, kept.end(), id) == kept.end()) == is_new);
    if (is_new) kept.push_back(id);
  }
}

TEST(IdsSeen, ComparesTexts) {
  IdsSeen seen;
  EXPECT_TRUE(seen.add("P1", 7));
  EXPECT_TRUE(seen.add("P2", 7)) << "another id, though it is marked alike";
  EXPECT_FALSE(seen.add("P1", 7));
  EXPECT_FALSE(seen.add("P2", 7));
}

// So many ids of six bytes that want one of the last three slots of 1,024.
std::vector<std::string> ids_that_crowd(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 100'000; out.size() < count && i < 1'000'000; ++i) {
    auto const id = std::to_string(i);
    if ((IdsSeen::mark_of(id) & 1023U) >= 1021) out.push_back(id);
  }
  return out;
}

// Where one is forgotten, those behind it are still found, also where the slots begin again.
TEST(IdsSeen, FindsWhatStoodBehindOneThatIsForgotten) {
  IdsSeen seen({1024, 8, 64});
  auto const ids = ids_that_crowd(600);
  ASSERT_EQ(ids.size(), 600U);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    ASSERT_TRUE(add(seen, ids[i]));
    auto const last = seen.bounded() ? seen.bounded()->last : std::size_t{1};
    for (auto j = i + 1 - last; j <= i; ++j) ASSERT_FALSE(add(seen, ids[j])) << i << " " << j;
  }
  EXPECT_EQ(seen.bounded()->last, 7U * 8U) << "eight blocks of eight, one of them empty";
}

TEST(IdsSeen, SaysFromWhereOnAndHowFarBack) {
  IdsSeen seen({1024, 100, 1024});  // 640 ids; 204 of three bytes are a block
  std::size_t i = 100;
  for (; i < 740; ++i) ASSERT_TRUE(add(seen, std::to_string(i)));
  EXPECT_FALSE(seen.bounded());
  for (; i < 999; ++i) ASSERT_TRUE(add(seen, std::to_string(i)));
  ASSERT_TRUE(seen.bounded());
  EXPECT_EQ(seen.bounded()->after, 640U);
  EXPECT_EQ(seen.bounded()->last, 640U - 204U);
  EXPECT_TRUE(add(seen, "100"));
  EXPECT_FALSE(add(seen, "100"));
}

TEST(Notices, SayThatNotAllIdsWereCompared) {
  Notices notices;
  std::string id(1000, 'P');
  for (std::size_t i = 0; i < 70'000; ++i) {
    id.replace(0, 5, std::to_string(i + 10'000));
    ASSERT_EQ(notices.id(id), Say::nothing);
    ASSERT_EQ(ids_not_compared(notices, "in").has_value(), i >= 65'536) << i;
  }
  auto const said = ids_not_compared(notices, "in");
  ASSERT_TRUE(said);
  EXPECT_EQ(said->file, "in");
  EXPECT_THAT(said->message, testing::StartsWith("After 65,536 different ids each further id was compared with the "
                                                 "last 65,528 or more,"));
  for (std::size_t i = 1; i <= 6; ++i) {
    id.replace(0, 5, std::to_string(80'000 - i));
    EXPECT_EQ(notices.id(id), i == 6 ? Say::that_there_are_more : Say::it);
  }
  EXPECT_FALSE(ids_not_compared(notices, "in")) << "of further ids nothing is said";
}

}  // namespace
}  // namespace waymark::cases
