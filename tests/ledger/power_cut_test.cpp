// The power goes while a ledger is written, thousands of times. Nothing that `commit` answered for may be lost, and the
// ledger is whole each time. WAYMARK_POWER_CUTS sets how many cuts, WAYMARK_POWER_SEED where they begin.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/verify.hpp"
#include "tests/environment.hpp"
#include "tests/ledger/power_cut_vfs.hpp"
#include "tests/ledger/sample.hpp"

namespace waymark::ledger {
namespace {

using sample::asked;
using sample::must;
using sample::Scratch;

constexpr std::uint64_t kLivesOfALedger = 5;  // cuts that one ledger lives through before the next one is begun
constexpr std::uint64_t kMostChanges = 120;   // of the disk before a cut

struct Tally {
  std::uint64_t cuts = 0, acknowledged = 0, lost = 0, damaged = 0;
  std::string first_trouble;
};

// One ledger on one disk, through some cuts.
class Lives {
 public:
  Lives(std::string path, std::uint64_t seed, std::string const& synchronous, Tally& tally)
      : path_(std::move(path)), seed_(seed), disk_(seed), tally_(tally) {
    disk_.force("wal_autocheckpoint", "30");
    if (!synchronous.empty()) disk_.force("synchronous", synchronous);
  }

  void run(std::uint64_t cuts) {
    for (std::uint64_t life = 0; life < cuts; ++life) {
      disk_.cut_at(1 + disk_.random(kMostChanges));
      work();
      disk_.power_on();
      ++tally_.cuts;
      if (!look_again()) return;
    }
  }

 private:
  // Groups of one to four decisions, now and then by a new writer, until the power goes.
  void work() {
    while (!disk_.is_cut()) {
      auto writer = Writer::open(asked(path_));
      for (auto groups = 1 + disk_.random(6); writer && groups != 0; --groups) {
        bool failed = false;
        for (auto size = 1 + disk_.random(4); size != 0 && !failed; --size) {
          failed = sample::decide(*writer, next_++).has_value();
        }
        auto note = failed ? LedgerResult<Note>(values::failure(LedgerError{})) : writer->commit();
        if (!note) break;
        acknowledged_ = *note;
        ++tally_.acknowledged;
      }
    }
  }

  // After the power is back. False: this ledger ends here.
  bool look_again() {
    auto const reopened = Writer::open(asked(path_));
    if (!reopened) return trouble(tally_.damaged, reopened.error().message);
    auto const verdict = verify({path_, acknowledged_, std::nullopt});
    if (!verdict) return trouble(tally_.damaged, verdict.error().message);
    if (!verdict->append_only.empty()) return trouble(tally_.lost, verdict->append_only.front().what);
    if (!verdict->integrity.empty()) return trouble(tally_.damaged, verdict->integrity.front().what);
    if (!verdict->completeness.empty()) return trouble(tally_.damaged, verdict->completeness.front().what);
    return true;
  }

  bool trouble(std::uint64_t& count, std::string const& what) {
    ++count;
    if (tally_.first_trouble.empty()) tally_.first_trouble = fmt::format("seed {}: {}", seed_, what);
    return false;
  }

  std::string path_;
  std::uint64_t seed_;
  Disk disk_;
  Tally& tally_;
  std::uint64_t next_ = 0;
  std::optional<Note> acknowledged_;
};

Tally cut(std::uint64_t cuts, std::string const& synchronous) {
  Scratch const folder("power-cut");
  Tally tally;
  auto const first = tests::number_in_environment("WAYMARK_POWER_SEED", 20261121);
  for (std::uint64_t ledger = 0; tally.cuts < cuts; ++ledger) {
    Lives(folder.file("l.db"), first + ledger, synchronous, tally).run(std::min(kLivesOfALedger, cuts - tally.cuts));
  }
  return tally;
}

TEST(PowerCut, nothing_acknowledged_is_lost) {
  auto const tally = cut(tests::number_in_environment("WAYMARK_POWER_CUTS", tests::divided(5000)), "");
  EXPECT_EQ(tally.lost, 0U) << tally.first_trouble;
  EXPECT_EQ(tally.damaged, 0U) << tally.first_trouble;
  EXPECT_GT(tally.acknowledged, tally.cuts) << "most lives come to a commit";
}

// The controls: a harness that finds nothing with these would find nothing at all.
TEST(PowerCut, control_without_a_sync_at_each_commit_loses_commits) {
  auto const tally = cut(tests::divided(1000), "NORMAL");
  EXPECT_GT(tally.lost, tally.cuts / 20);
}

TEST(PowerCut, control_without_any_sync_damages_ledgers) {
  auto const tally = cut(tests::divided(1000), "OFF");
  EXPECT_GT(tally.damaged, tally.cuts / 20);
}

}  // namespace
}  // namespace waymark::ledger
