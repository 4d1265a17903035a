// What somebody can do to a small ledger who has its key: everything that is stored is made to fit the bodies again.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/ledger/keys.hpp"
#include "engine/ledger/members.hpp"
#include "engine/ledger/note.hpp"
#include "engine/ledger/sqlite.hpp"
#include "tests/ledger/full_tree.hpp"

namespace waymark::ledger {

/// Leaves, the one tile and all checkpoints of the ledger are made anew over its bodies, and signed with the key in
/// `path.key`. Of a ledger of at most 255 entries. The triggers are as before.
inline void sign_anew(std::string const& path) {
  std::ifstream in(path + ".key");
  std::stringstream pem;
  pem << in.rdbuf();
  auto const key = SigningKey::of_pem(pem.str());
  auto const opened = SqliteFile::read_write(path);
  ASSERT_TRUE(key && opened);
  auto const& file = **opened;
  auto const column = [&](char const* sql) {
    std::vector<std::string> out;
    auto rows = file.query(sql);
    while (rows && rows->next().value_or(false)) out.emplace_back(rows->raw(0));
    return out;
  };
  auto const triggers = column("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
  for (auto const& name : column("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
    ASSERT_FALSE(file.script("DROP TRIGGER " + name));
  }
  auto const bodies = column("SELECT body FROM entry ORDER BY seq");
  ASSERT_LT(bodies.size(), 256U);
  ledger_test::FullTree const tree(bodies);
  std::string hashes;
  for (std::uint64_t seq = 0; seq < bodies.size(); ++seq) {
    hashes += tree.leaf(seq).raw();
    ASSERT_FALSE(file.run("UPDATE entry SET leaf = ? WHERE seq = ?", Bytes{tree.leaf(seq).raw()}, seq));
  }
  ASSERT_FALSE(file.run("UPDATE tile SET hashes = ? WHERE level = 0 AND position = 0", Bytes{hashes}));
  auto const origin = Body(bodies.front()).text("origin").value_or("");
  for (auto const& text : column("SELECT CAST(size AS TEXT) FROM checkpoint")) {
    std::uint64_t const size = std::stoull(text);
    auto const note = sign(Checkpoint{origin, size, tree.root(size)}, *key, origin).written();
    ASSERT_FALSE(file.run("UPDATE checkpoint SET note = ? WHERE size = ?", note, size));
  }
  for (auto const& trigger : triggers) ASSERT_FALSE(file.script(trigger));
}

}  // namespace waymark::ledger
