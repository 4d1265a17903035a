// The schema of a submission: that it is JSON, and what it says of each kind of field.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/cases/json.hpp"
#include "engine/cases/schema.hpp"
#include "tests/cases/sample.hpp"

namespace waymark::cases {
namespace {

std::string schema() { return json_schema(0, sample::vocabulary(), "a pathway"); }

/// What stands under these keys, in whichever item of a list, or 0 where nothing does.
NodeId find(Tree const& tree, std::vector<std::string_view> const& keys, std::size_t from = 0, NodeId at = 0) {
  if (from == keys.size()) return at;
  for (auto const part : parts(tree, at)) {
    bool const item = tree[at].shape == Shape::list;
    auto const found = item                           ? find(tree, keys, from, part)
                       : tree[part].key == keys[from] ? find(tree, keys, from + 1, part)
                                                      : 0;
    if (found != 0) return found;
  }
  return 0;
}

TEST(Schema, IsKeptAsItStands) {
  auto const path = std::string(WAYMARK_ROOT) + "/tests/cases/sample.schema.json";
  if (std::getenv("WAYMARK_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << schema();
  std::ifstream in(path, std::ios::binary);
  std::ostringstream kept;
  kept << in.rdbuf();
  EXPECT_EQ(schema(), kept.str());
}

TEST(Schema, SpeaksOfEachKey) {
  auto padded = schema();
  auto const size = padded.size();
  padded.resize(size + JsonReader::kPadding);
  JsonReader reader;
  Tree tree;
  auto const trouble = reader.read(std::string_view(padded).substr(0, size), tree);
  ASSERT_FALSE(trouble) << trouble->message;
  EXPECT_EQ(tree[find(tree, {"title"})].text, "a pathway");
  for (auto const* key : {"id", "kind", "cip", "soc", "region", "lea", "title", "waivers", "completers", "courses"}) {
    EXPECT_NE(find(tree, {"properties", key}), 0U) << key;
  }
  EXPECT_NE(find(tree, {"properties", "rates", "properties", "all"}), 0U);
  EXPECT_NE(find(tree, {"properties", "rates", "properties", "econ"}), 0U);
  EXPECT_EQ(tree[find(tree, {"properties", "satisfaction", "anyOf", "maximum"})].whole, 100);
  EXPECT_EQ(tree[find(tree, {"properties", "growth_permille", "description"})].text,
            "growth: a number of percent; 1 stands for 0.1 percent");
  auto const kinds = find(tree, {"properties", "kind", "anyOf", "enum"});
  ASSERT_NE(kinds, 0U);
  EXPECT_EQ(tree[kinds + 1].text, "new");
}

}  // namespace
}  // namespace waymark::cases
