// A witness over a ledger that grows, stands still, loses its tail, forks, changes its key.
#include "engine/ledger/witness.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/ledger/full_tree.hpp"

namespace waymark::ledger_test {
namespace {

using namespace ledger;

constexpr std::int64_t kNoon = 1795262400;  // 2026-11-21 12:00
constexpr char const* kLedger = "ledger.example/2026";
constexpr char const* kWitness = "auditor.example/w1";

SigningKey key_of(char fill) { return SigningKey::of_seed(std::string(32, fill)); }

// Of `size` entries; from `fork` on they are others.
FullTree tree_of(std::uint64_t size, std::uint64_t fork = ~std::uint64_t{0}) {
  FullTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.add((i < fork ? "entry " : "another ") + std::to_string(i));
  return tree;
}

Note signed_state(FullTree const& tree, char key = 'a') {
  return sign({kLedger, tree.size(), tree.root(tree.size())}, key_of(key), kLedger);
}

WitnessState fresh() { return {key_of('a').verifier(kLedger), cosigner(key_of('w'), kWitness), std::nullopt}; }

LedgerResult<WitnessState> seen(WitnessState const& state, FullTree const& tree, std::int64_t at = kNoon) {
  return witness(state, signed_state(tree), tree.nodes(), key_of('w'), at);
}

std::string refusal(LedgerResult<WitnessState> const& result) {
  if (result) return "it cosigned";
  EXPECT_EQ(result.error().kind, LedgerError::Kind::integrity);
  return result.error().message;
}

TEST(Witness, CosignsWhatItSeesFirst) {
  auto const tree = tree_of(5);
  auto const state = seen(fresh(), tree);
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_EQ(state->seen->cosigned_by(fresh().witness), kNoon);
  EXPECT_TRUE(state->seen->signed_by(fresh().ledger));
  EXPECT_EQ(Checkpoint::parse(state->seen->text)->size, 5U);
}

TEST(Witness, CosignsALedgerThatGrowsOrStandsStill) {
  auto state = seen(fresh(), tree_of(0)).value();
  for (std::uint64_t size = 0; size <= 40; ++size) {
    for (int times = 0; times < 2; ++times) {
      auto const at = kNoon + static_cast<std::int64_t>(size);
      auto const next = seen(state, tree_of(size), at);
      ASSERT_TRUE(next) << next.error().message;
      EXPECT_EQ(next->seen->cosigned_by(state.witness), at);
      state = WitnessState::parse(next->written()).value();
    }
  }
}

TEST(Witness, FindsATailThatWasCut) {
  auto const state = seen(fresh(), tree_of(12)).value();
  EXPECT_EQ(refusal(seen(state, tree_of(9))), "the ledger has shrunk: it has 9 entries, and the witness has seen 12");
  EXPECT_EQ(refusal(seen(state, tree_of(0))), "the ledger has shrunk: it has 0 entries, and the witness has seen 12");
}

TEST(Witness, FindsAFork) {
  for (std::uint64_t const size : {1U, 7U, 8U, 12U}) {
    auto const state = seen(fresh(), tree_of(size)).value();
    for (std::uint64_t const now : {size, size + 1, size + 20}) {
      for (std::uint64_t fork = 0; fork < size; ++fork) {
        EXPECT_EQ(refusal(seen(state, tree_of(now, fork))), "the ledger has forked: its first " + std::to_string(size) +
                                                                " entries are not those that the witness has seen");
      }
    }
    EXPECT_TRUE(seen(state, tree_of(size + 9, size))) << "what is added is free";
  }
}

// The nodes are the ledger's own: it may give the old ones where they are asked for and have signed another root.
TEST(Witness, BelievesNoNodes) {
  auto const honest = tree_of(8), forked = tree_of(16, 3);
  auto const state = seen(fresh(), honest).value();
  Nodes const two_faced = [&](unsigned level, std::uint64_t index) {
    return level == 3 && index == 0 ? honest.root(8) : forked.nodes()(level, index);
  };
  EXPECT_EQ(refusal(witness(state, signed_state(forked), two_faced, key_of('w'), kNoon)),
            "the ledger does not show that its 16 entries only add to the 8 that the witness has seen");
  Nodes const none = [](unsigned, std::uint64_t) { return Hash{}; };
  EXPECT_EQ(refusal(witness(fresh(), signed_state(honest), none, key_of('w'), kNoon)),
            "the ledger's 8 entries do not lead to the root of its checkpoint");
}

TEST(Witness, TakesNoOtherKey) {
  auto const tree = tree_of(5);
  auto const pinned = fresh().ledger.text();
  EXPECT_EQ(refusal(witness(fresh(), signed_state(tree, 'b'), tree.nodes(), key_of('w'), kNoon)),
            "the ledger's checkpoint is not signed by the key that the witness has pinned, " + pinned);
  EXPECT_EQ(refusal(witness(fresh(), signed_state(tree), tree.nodes(), key_of('v'), kNoon)),
            "this is not the key of the witness auditor.example/w1");
  EXPECT_EQ(refusal(witness(fresh(), signed_state(tree), tree.nodes(), SigningKey::make(Algorithm::p256), kNoon)),
            "a witness's key is Ed25519, and this one is not");
  auto const state = seen(fresh(), tree).value();
  auto const other = sign({"ledger.example/2027", 5, tree.root(5)}, key_of('a'), kLedger);
  EXPECT_EQ(refusal(witness(state, other, tree.nodes(), key_of('w'), kNoon)),
            "this is the ledger ledger.example/2027, not ledger.example/2026, which the witness has seen");
}

TEST(Witness, FindsAStateThatWasChanged) {
  auto const state = seen(fresh(), tree_of(12)).value();
  auto changed = state;
  changed.seen = signed_state(tree_of(9));  // signed by the ledger, never cosigned
  EXPECT_EQ(refusal(seen(changed, tree_of(20))),
            "the witness's state was changed: its checkpoint is not signed by the ledger and cosigned by the witness");
  changed = state;
  changed.seen->text.replace(changed.seen->text.find("12"), 2, "13");
  EXPECT_EQ(refusal(seen(changed, tree_of(20))),
            "the witness's state was changed: its checkpoint is not signed by the ledger and cosigned by the witness");
}

TEST(Witness, TheStateIsReadBackAndNothingElse) {
  auto const state = seen(fresh(), tree_of(5)).value();
  for (auto const& text : {fresh().written(), state.written()}) {
    auto const again = WitnessState::parse(text);
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(again->written(), text);
  }
  auto const good = state.written();
  auto const keys = fresh().written();
  auto const ledger = "ledger " + state.ledger.text() + "\n", own = "witness " + state.witness.text() + "\n";
  std::vector<std::string> const wrong = {"",
                                          "waymark witness 1\n",
                                          "waymark witness 2\n" + ledger + own,
                                          "waymark witness 1\n" + own + ledger,
                                          "waymark witness 1\nledger " + state.witness.text() + "\n" + own,
                                          "waymark witness 1\n" + ledger + "witness " + state.ledger.text() + "\n",
                                          keys.substr(0, keys.size() - 1),
                                          keys + "\n",
                                          keys + state.seen->written(),
                                          good + "\n",
                                          good.substr(0, good.size() - 1)};
  for (auto const& text : wrong) EXPECT_FALSE(WitnessState::parse(text)) << text;
}

}  // namespace
}  // namespace waymark::ledger_test
