// The tree against RFC 6962's definition at every size to 512, against published hashes, and against proofs that were
// changed.
#include "engine/ledger/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tests/ledger/full_tree.hpp"

namespace waymark::ledger_test {
namespace {

using namespace ledger;
using Proof = std::vector<Hash>;

constexpr std::uint64_t kSizes = 512;

Hash of_hex(std::string_view text) { return values::hash_of_hex(text).value(); }

FullTree const& tree() {
  static FullTree const made = [] {
    FullTree built;
    for (std::uint64_t i = 0; i < kSizes; ++i) built.add("entry " + std::to_string(i));
    return built;
  }();
  return made;
}

TEST(Tree, RootsAreThoseOfTheDefinition) {
  Frontier grown;
  for (std::uint64_t size = 0; size <= kSizes; ++size) {
    auto const root = tree().root(size);
    EXPECT_EQ(root_of(tree().nodes(), size), root) << size;
    EXPECT_EQ(grown.root(), root) << size;
    EXPECT_EQ(Frontier(tree().nodes(), size).root(), root) << size;
    EXPECT_EQ(grown.size(), size);
    if (size < kSizes) grown.add(tree().leaf(size));
  }
}

TEST(Tree, AGrowingTreeGivesEachCompleteSubtreeOnce) {
  for (std::uint64_t begin : {0U, 1U, 7U, 64U, 100U}) {
    Frontier grown(tree().nodes(), begin);
    std::map<std::pair<unsigned, std::uint64_t>, Hash> given;
    for (auto i = begin; i < kSizes; ++i) {
      grown.add(tree().leaf(i), [&](unsigned level, std::uint64_t index, Hash const& hash) {
        EXPECT_TRUE(given.emplace(std::pair{level, index}, hash).second);
      });
    }
    for (unsigned level = 0; level <= 9; ++level) {
      for (std::uint64_t index = 0; (index + 1) << level <= kSizes; ++index) {
        auto const was_there = (index + 1) << level <= begin;
        auto const found = given.find({level, index});
        ASSERT_EQ(found == given.end(), was_there) << level << ' ' << index;
        if (was_there) continue;
        EXPECT_EQ(found->second, tree().nodes()(level, index)) << level << ' ' << index;
      }
    }
  }
}

TEST(Tree, EveryInclusionProofIsTheDefinitionsAndHolds) {
  for (std::uint64_t size = 1; size <= kSizes; ++size) {
    auto const root = tree().root(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto const proof = inclusion_proof(tree().nodes(), index, size);
      ASSERT_EQ(proof, tree().path(index, 0, size)) << index << " of " << size;
      ASSERT_TRUE(shows_inclusion(tree().leaf(index), index, size, proof, root)) << index << " of " << size;
    }
  }
}

void consistency_holds(std::uint64_t old_size, std::uint64_t size) {
  auto const proof = consistency_proof(tree().nodes(), old_size, size);
  auto const defined = old_size == 0 ? Proof{} : tree().subproof(old_size, 0, size, true);
  ASSERT_EQ(proof, defined) << old_size << " to " << size;
  ASSERT_TRUE(shows_consistency(old_size, tree().root(old_size), size, tree().root(size), proof))
      << old_size << " to " << size;
}

TEST(Tree, EveryConsistencyProofIsTheDefinitionsAndHolds) {
  for (std::uint64_t size = 0; size <= 130; ++size) {
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) consistency_holds(old_size, size);
  }
  for (auto const size : {255U, 256U, 257U, 300U, 383U, 384U, 385U, 511U, 512U}) {
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) consistency_holds(old_size, size);
  }
}

// The eight leaves, roots and proofs that implementations of RFC 6962 are tested with (certificate-transparency and its
// successors).
struct Published {
  std::vector<std::string> leaves{
      "",
      std::string("\x00", 1),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
  };
  std::vector<std::string> roots{
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  };
  struct Of {
    std::uint64_t from, size;  // leaf or old size
    std::vector<std::string> proof;
  };
  std::vector<Of> inclusion{
      {0, 1, {}},
      {0,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {5,
       8,
       {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
      {1,
       5,
       {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
  };
  std::vector<Of> consistency{
      {1, 1, {}},
      {1,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {6,
       8,
       {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2,
       5,
       {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
      {6,
       7,
       {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
  };
};

Proof of_hex(std::vector<std::string> const& texts) {
  Proof proof;
  for (auto const& text : texts) proof.push_back(of_hex(text));
  return proof;
}

TEST(Tree, AgreesWithThePublishedHashes) {
  Published const published;
  FullTree const full(published.leaves);
  for (std::uint64_t size = 0; size < published.roots.size(); ++size) {
    EXPECT_EQ(hex(root_of(full.nodes(), size)), published.roots[size]);
  }
  for (auto const& one : published.inclusion) {
    EXPECT_EQ(inclusion_proof(full.nodes(), one.from, one.size), of_hex(one.proof)) << one.from << ' ' << one.size;
    EXPECT_TRUE(
        shows_inclusion(full.leaf(one.from), one.from, one.size, of_hex(one.proof), of_hex(published.roots[one.size])));
  }
  for (auto const& one : published.consistency) {
    EXPECT_EQ(consistency_proof(full.nodes(), one.from, one.size), of_hex(one.proof)) << one.from << ' ' << one.size;
    EXPECT_TRUE(shows_consistency(one.from, of_hex(published.roots[one.from]), one.size,
                                  of_hex(published.roots[one.size]), of_hex(one.proof)));
  }
}

// Every proof that comes of this one by one change: a bit of each hash, a hash dropped, added, doubled, exchanged.
void each_change(Proof const& proof, std::vector<Hash> const& strange,
                 std::function<void(Proof const&, std::string const&)> const& visit) {
  for (std::size_t i = 0; i < proof.size(); ++i) {
    auto const at = std::to_string(i);
    for (unsigned const bit : {0U, 7U, 100U, 255U}) {
      auto changed = proof;
      changed[i].bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
      visit(changed, "bit " + std::to_string(bit) + " of hash " + at);
    }
    auto shorter = proof;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    visit(shorter, "without hash " + at);
    for (auto j = i + 1; j < proof.size(); ++j) {
      auto exchanged = proof;
      std::swap(exchanged[i], exchanged[j]);
      visit(exchanged, "hashes " + at + " and " + std::to_string(j) + " exchanged");
    }
  }
  for (std::size_t i = 0; i <= proof.size(); ++i) {
    for (auto const& hash : strange) {
      auto longer = proof;
      longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), hash);
      visit(longer, "a hash added before " + std::to_string(i));
    }
  }
}

Hash changed(Hash hash) {
  hash.bytes[31] ^= 1U;
  return hash;
}

TEST(Tree, EveryChangedInclusionProofIsRefused) {
  for (std::uint64_t size = 1; size <= 40; ++size) {
    auto const root = tree().root(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto const leaf = tree().leaf(index);
      auto const proof = inclusion_proof(tree().nodes(), index, size);
      auto const place = std::to_string(index) + " of " + std::to_string(size) + ": ";
      each_change(proof, {root, leaf, empty_root(), Hash{}}, [&](Proof const& wrong, std::string const& what) {
        EXPECT_FALSE(shows_inclusion(leaf, index, size, wrong, root)) << place << what;
      });
      EXPECT_FALSE(shows_inclusion(changed(leaf), index, size, proof, root)) << place;
      EXPECT_FALSE(shows_inclusion(leaf, index, size, proof, changed(root))) << place;
      for (std::uint64_t other = 0; other <= size + 2; ++other) {
        if (other == index) continue;
        EXPECT_FALSE(shows_inclusion(leaf, other, size, proof, root)) << place << other;
      }
      // Another size may have a path of the same shape; with that tree's own root it never holds.
      for (std::uint64_t other = 0; other <= 80; ++other) {
        if (other == size) continue;
        EXPECT_FALSE(shows_inclusion(leaf, index, other, proof, tree().root(other))) << place << other;
      }
    }
  }
}

TEST(Tree, EveryChangedConsistencyProofIsRefused) {
  for (std::uint64_t size = 1; size <= 40; ++size) {
    auto const root = tree().root(size);
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      auto const old_root = tree().root(old_size);
      auto const proof = consistency_proof(tree().nodes(), old_size, size);
      auto const place = std::to_string(old_size) + " to " + std::to_string(size) + ": ";
      each_change(proof, {root, old_root, empty_root(), Hash{}}, [&](Proof const& wrong, std::string const& what) {
        EXPECT_FALSE(shows_consistency(old_size, old_root, size, root, wrong)) << place << what;
      });
      EXPECT_FALSE(shows_consistency(old_size, changed(old_root), size, root, proof)) << place;
      EXPECT_FALSE(shows_consistency(old_size, old_root, size, changed(root), proof)) << place;
      for (std::uint64_t other = 0; other <= size + 2; ++other) {
        if (other == old_size || (other == 0 && proof.empty())) continue;
        EXPECT_FALSE(shows_consistency(other, tree().root(other), size, root, proof)) << place << other;
      }
      if (old_size == size) continue;
      EXPECT_FALSE(shows_consistency(size, root, old_size, old_root, proof)) << place;
    }
  }
}

TEST(Tree, TheEmptyTreeIsConsistentWithEveryTree) {
  auto const root = tree().root(5);
  EXPECT_TRUE(shows_consistency(0, empty_root(), 5, root, {}));
  EXPECT_TRUE(shows_consistency(0, empty_root(), 0, empty_root(), {}));
  EXPECT_FALSE(shows_consistency(0, empty_root(), 5, root, {root}));
  EXPECT_FALSE(shows_consistency(0, root, 5, root, {}));
  EXPECT_FALSE(shows_consistency(0, empty_root(), 0, root, {}));
  EXPECT_FALSE(shows_inclusion(tree().leaf(0), 0, 0, {}, empty_root()));
}

// A leaf's bytes can never pass for a node's: the first byte that is hashed differs.
TEST(Tree, LeavesAndNodesAreHashedApart) {
  auto const left = tree().leaf(0), right = tree().leaf(1);
  auto const both = std::string(left.raw()) + std::string(right.raw());
  EXPECT_NE(leaf_hash(both), node_hash(left, right));
  EXPECT_NE(leaf_hash(""), empty_root());
}

TEST(Tree, ProofsForTheLargestTreesEnd) {
  auto const zeros = [](unsigned, std::uint64_t) { return Hash{}; };
  auto const most = ~std::uint64_t{0};
  auto const root = root_of(zeros, most);
  auto const proof = inclusion_proof(zeros, most - 1, most);
  EXPECT_TRUE(shows_inclusion(Hash{}, most - 1, most, proof, root));
  auto const half = std::uint64_t{1} << 63U;
  EXPECT_TRUE(shows_consistency(half, root_of(zeros, half), most, root, consistency_proof(zeros, half, most)));
  EXPECT_EQ(Frontier(zeros, most).root(), root);
}

}  // namespace
}  // namespace waymark::ledger_test
