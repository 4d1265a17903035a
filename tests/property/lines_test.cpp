// Lines of submissions for random vocabularies are read the same straight into columns, in blocks and by trees.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/cases/both_readers.hpp"
#include "tests/cases/some_lines.hpp"
#include "tests/environment.hpp"
#include "tests/property/random.hpp"
#include "tests/property/words.hpp"

namespace waymark::property {
namespace {

using cases::Plainly;

TEST(Lines, AreReadTheSamePlainlyAndInBlocks) {
  auto const count = tests::divided(2000);
  for (std::size_t number = 0; number < count; ++number) {
    auto const seed = seed_of_part(seed_of_run(), number);
    Random random(seed);
    auto const words = make_words(random);
    cases::sample::LineMaker maker(words, kPathway, seed);
    auto const odd = random.pick(std::vector<unsigned>{0, 1, 5, 30});
    std::string text;
    for (std::size_t i = random.below(20) + 2; i > 0; --i) {
      auto line = maker.line(odd);
      text += (random.chance(10) ? maker.damaged(line) : line) + "\n";
    }
    auto const given = [&] { return cases::sample::Given(words, kPathway, {}); };
    auto const by_trees = given().by_one(text, 300, 7, Plainly::none);
    auto const what = fmt::format("WAYMARK_SEED={} number {}\n{}", seed_of_run(), number, text);
    ASSERT_EQ(given().by_one(text, 300, 7, Plainly::all), by_trees) << what;
    ASSERT_EQ(given().by_blocks(text, 300, 7, 3), by_trees) << what;
  }
}

}  // namespace
}  // namespace waymark::property
