#include "tests/ledger/tamper.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "tests/ledger/sample.hpp"
#include "tests/ledger/shell.hpp"

namespace waymark::ledger {
namespace {

std::string hex_of(std::string_view bytes) {
  std::string out;
  for (char const c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}
std::string as_text(std::string_view bytes) { return "CAST(x'" + hex_of(bytes) + "' AS TEXT)"; }
std::string as_bytes(std::string_view bytes) { return "x'" + hex_of(bytes) + "'"; }

// One change at random, each kind in its own function.
class Tampering {
 public:
  Tampering(Subject& subject, std::mt19937_64& random) : subject_(subject), random_(random) {}

  Change any() {
    switch (below(22)) {
      case 0: return move_entry();
      case 1: return delete_entries();
      case 2: return cut_entries();
      case 3: return insert_entry();
      case 4: return append_entry();
      case 5: return splice();
      case 6: return rotate();
      case 7:
      case 8: return fit_leaf();
      case 9:
      case 10: return fit_tile();
      case 11: return change_search();
      case 12: return drop_checkpoint();
      case 13: return flip_note();
      case 14: return swap_notes();
      case 15: return change_blob();
      case 16: return change_tile();
      case 17:
      case 18: return flip_raw();
      case 19: return truncate_raw();
      case 20: return copy_page();
      default: return flip_entry();
    }
  }

 private:
  std::uint64_t below(std::uint64_t end) { return std::uniform_int_distribution<std::uint64_t>(0, end - 1)(random_); }
  std::uint64_t size() const { return subject_.entries().size(); }
  Entry const& some_entry() { return subject_.entries()[below(size())]; }
  std::string flipped(std::string bytes) {
    auto& byte = bytes[below(bytes.size())];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << below(8)));
    return bytes;
  }
  void run(std::string const& sql) {
    auto const said = subject_.change(sql);
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("failed"))) << sql;
  }
  static std::string put(std::uint64_t seq, Entry const& entry) {
    return fmt::format("UPDATE entry SET kind = '{}', at = '{}', body = {}, leaf = {} WHERE seq = {};", entry.kind,
                       entry.at, as_text(entry.body), as_bytes(entry.leaf.raw()), seq);
  }
  // The body with another content, canonical still, and the leaf that fits it.
  static Entry rewritten(Entry entry) {
    auto const place = entry.body.find("2026");
    entry.body.replace(place, 4, "2025");
    entry.at = std::string(entry.at).replace(0, 4, "2025");
    entry.leaf = leaf_hash(entry.body);
    return entry;
  }

  Change flip_entry() {
    auto const& entry = some_entry();
    static constexpr char const* kColumns[] = {"kind", "at", "body", "leaf"};
    auto const column = below(4);
    std::string const cells[] = {entry.kind, entry.at, entry.body, std::string(entry.leaf.raw())};
    auto const cell = flipped(cells[column]);
    run(fmt::format("UPDATE entry SET {} = {} WHERE seq = {}", kColumns[column],
                    column == 3 ? as_bytes(cell) : as_text(cell), entry.seq));
    return {fmt::format("a bit of the {} of {}", kColumns[column], entry.seq), entry.seq};
  }
  Change move_entry() {
    auto const seq = some_entry().seq;
    auto const to = below(2) == 0 ? size() + below(1000) : (seq ^ (std::uint64_t{1} << (10 + below(53))));
    run(fmt::format("UPDATE entry SET seq = {} WHERE seq = {}", static_cast<std::int64_t>(to), seq));
    return {fmt::format("entry {} moved to {}", seq, to), seq};
  }
  Change delete_entries() {
    auto const first = below(size()), last = std::min(size() - 1, first + below(5));
    run(fmt::format("DELETE FROM entry WHERE seq BETWEEN {} AND {}", first, last));
    return {fmt::format("entries {} to {} deleted", first, last), first};
  }
  Change cut_entries() {
    auto const first = 1 + below(size() - 1);
    run(fmt::format("DELETE FROM entry WHERE seq >= {0}; DELETE FROM decided WHERE seq >= {0}", first));
    return {fmt::format("entries cut from {} on", first), first};
  }
  Change insert_entry() {
    auto const seq = below(size());
    auto const made_up = rewritten(subject_.entries()[seq]);
    // Twice, as seqs would meet each other on the way.
    run(
        fmt::format("UPDATE entry SET seq = -seq - 10 WHERE seq >= {0}; UPDATE entry SET seq = -seq - 9 WHERE seq < 0;"
                    "INSERT INTO entry VALUES ({0}, '{1}', '{2}', {3}, {4})",
                    seq, made_up.kind, made_up.at, as_text(made_up.body), as_bytes(made_up.leaf.raw())));
    return {fmt::format("an entry inserted at {}", seq), seq};
  }
  Change append_entry() {
    auto entry = subject_.entries().back();
    auto const number = fmt::format("\"seq\":{}", entry.seq);
    entry.body.replace(entry.body.find(number), number.size(), fmt::format("\"seq\":{}", size()));
    entry.leaf = leaf_hash(entry.body);
    run(fmt::format("INSERT INTO entry VALUES ({}, '{}', '{}', {}, {})", size(), entry.kind, entry.at,
                    as_text(entry.body), as_bytes(entry.leaf.raw())));
    return {"an entry added at the end", size()};
  }
  Change splice() {
    auto const a = below(size() - 1), b = a + 1 + below(size() - a - 1);
    run(put(a, subject_.entries()[b]) + put(b, subject_.entries()[a]));
    return {fmt::format("entries {} and {} exchanged", a, b), a};
  }
  Change rotate() {
    auto const first = below(size() - 3), length = 3 + below(std::min<std::uint64_t>(20, size() - first - 2));
    std::string sql;
    for (std::uint64_t i = 0; i < length; ++i) {
      sql += put(first + i, subject_.entries()[first + (i + 1) % length]);
    }
    run(sql);
    return {fmt::format("{} entries from {} on turned around", length, first), first};
  }
  Change fit_leaf() {
    auto const& entry = some_entry();
    run(put(entry.seq, rewritten(entry)));
    return {fmt::format("entry {} with a leaf made to fit", entry.seq), entry.seq};
  }
  // Now only what was signed says otherwise, and that speaks of whole groups.
  Change fit_tile() {
    auto const& entry = some_entry();
    auto const made_up = rewritten(entry);
    run(put(entry.seq, made_up) + set_tile(entry.seq, made_up.leaf.raw()));
    return {fmt::format("entry {} with leaf and tree made to fit", entry.seq), subject_.group_of(entry.seq)};
  }
  static std::string set_tile(std::uint64_t seq, std::string_view hash) {
    return fmt::format(
        "UPDATE tile SET hashes = CAST(substr(hashes, 1, {0}) || {1} || substr(hashes, {0} + 33) AS BLOB) "
        "WHERE level = 0 AND position = {2};",
        seq % 256 * 32, as_bytes(hash), seq / 256);
  }
  Change change_search() {
    auto const* entry = &some_entry();
    while (entry->kind != "decision") entry = &some_entry();
    auto const seq = entry->seq;
    static constexpr char const* kColumns[] = {"submission", "subject", "same"};
    std::string_view const column = kColumns[below(3)];
    switch (below(4)) {
      case 0: run(fmt::format("DELETE FROM decided WHERE seq = {}", seq)); break;
      case 1: {
        auto const other = column == "same" ? "same / 2" : fmt::format("{} || '1'", column);  // the one is a number
        run(fmt::format("UPDATE decided SET {} = {} WHERE seq = {}", column, other, seq));
        break;
      }
      case 2:
        run(fmt::format("UPDATE decided SET {0} = replace({0}, substr({0}, -1), '1') WHERE seq = {1}", column, seq));
        break;
      default: run("INSERT INTO decided VALUES (0, 'P1', 'P1', 1)"); return {"a finding made up", 0};
    }
    return {fmt::format("the finding of {}", seq), seq};
  }
  std::uint64_t some_checkpoint() { return subject_.checkpoints()[below(subject_.checkpoints().size())]; }
  Change drop_checkpoint() {
    auto const size = some_checkpoint();
    run(fmt::format("DELETE FROM checkpoint WHERE size = {}", size));
    return {fmt::format("checkpoint {} taken away", size), subject_.group_of(size - 1)};
  }
  Change flip_note() {
    auto const size = some_checkpoint();
    auto const note = subject_.query(fmt::format("SELECT note FROM checkpoint WHERE size = {}", size));
    run(fmt::format("UPDATE checkpoint SET note = {} WHERE size = {}", as_text(flipped(note)), size));
    return {fmt::format("a bit of checkpoint {}", size), subject_.group_of(size - 1)};
  }
  Change swap_notes() {
    auto const a = some_checkpoint(), b = some_checkpoint();
    run(
        fmt::format("CREATE TEMP TABLE t AS SELECT size, note FROM checkpoint WHERE size IN ({0}, {1});"
                    "UPDATE checkpoint SET note = (SELECT note FROM t WHERE size = {0}) WHERE size = {1};"
                    "UPDATE checkpoint SET note = (SELECT note FROM t WHERE size = {1}) WHERE size = {0}",
                    a, b));
    return {fmt::format("checkpoints {} and {} exchanged", a, b), subject_.group_of(std::min(a, b) - 1)};
  }
  Change change_blob() {
    auto const& hash = subject_.blobs()[below(subject_.blobs().size())];
    auto const& other = subject_.blobs()[below(subject_.blobs().size())];
    auto const& entries = subject_.entries();
    auto const names = [&](std::string const& one) {
      auto const place = std::find_if(entries.begin(), entries.end(),
                                      [&](Entry const& entry) { return entry.body.find(one) != std::string::npos; });
      return static_cast<std::uint64_t>(place - entries.begin());
    };
    switch (below(5)) {
      case 0: run("DELETE FROM blob WHERE sha256 = x'" + hash + "'"); break;
      case 1: run("UPDATE blob SET bytes = CAST(bytes || x'00' AS BLOB) WHERE sha256 = x'" + hash + "'"); break;
      case 2: {
        std::string const bytes = subject_.query("SELECT bytes FROM blob WHERE sha256 = x'" + hash + "'");
        run(fmt::format("UPDATE blob SET bytes = {} WHERE sha256 = x'{}'", as_bytes(flipped(bytes)), hash));
        break;
      }
      case 3:
        run(fmt::format("UPDATE blob SET bytes = (SELECT bytes FROM blob WHERE sha256 = x'{}') WHERE sha256 = x'{}'",
                        other, hash));
        break;
      default:
        run("INSERT INTO blob VALUES (x'" + std::string(64, 'a') + "', x'00')");
        return {"bytes made up", std::nullopt};
    }
    return {"the bytes kept as " + hash, names(hash)};
  }
  Change change_tile() {
    auto const seq = below(size());
    auto const where = fmt::format("WHERE level = 0 AND position = {}", seq / 256);
    switch (below(4)) {
      case 0: run(set_tile(seq, flipped(std::string(subject_.entries()[seq].leaf.raw())))); break;
      case 1: run("DELETE FROM tile " + where); return {"a tile deleted", seq / 256 * 256};
      case 2:
        run("UPDATE tile SET hashes = CAST(substr(hashes, 1, length(hashes) - 32) AS BLOB) " + where);
        return {"a tile cut", std::min(seq / 256 * 256 + 255, size() - 1)};
      default:
        run("UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB) WHERE level = 1");
        return {"a tile above others", std::nullopt};
    }
    return {fmt::format("the hash of {} in its tile", seq), seq};
  }
  Change flip_raw() {
    auto const at = below(subject_.bytes().size()), bit = below(8);
    auto& byte = subject_.bytes()[at];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit));
    return {fmt::format("bit {} of byte {} of the file", bit, at), std::nullopt};
  }
  Change truncate_raw() {
    auto& bytes = subject_.bytes();
    auto const length = below(bytes.size());
    bytes.resize(below(2) == 0 ? length : length / 4096 * 4096);
    return {fmt::format("the file cut to {} bytes", bytes.size()), std::nullopt};
  }
  Change copy_page() {
    auto& bytes = subject_.bytes();
    auto const pages = bytes.size() / 4096, from = below(pages), to = below(pages);
    bytes.replace(to * 4096, 4096, std::string(bytes, from * 4096, 4096));
    return {fmt::format("page {} over page {}", from, to), std::nullopt};
  }

  Subject& subject_;
  std::mt19937_64& random_;
};

}  // namespace

Change tamper(Subject& subject, std::mt19937_64& random) { return Tampering(subject, random).any(); }

Subject::Subject(std::uint64_t decisions, std::uint64_t seed) : disk_(seed) {
  sample::Scratch const folder("tamper");  // the lock lies on the real disk
  path_ = folder.file("l.db");
  {
    auto writer = sample::must(Writer::open(sample::asked(path_)));
    EXPECT_FALSE(sample::publish(writer));
    for (std::uint64_t i = 0; i < decisions; ++i) {
      EXPECT_FALSE(sample::decide(writer, i));
      if (i % 40 == 7) sample::must(writer.append("appeal", Object().number("concerns", static_cast<std::int64_t>(i))));
      if (disk_.random(23) == 0) sample::must(writer.commit());
    }
    last_ = sample::must(writer.commit());
  }
  file_ = bytes();
  auto const reader = sample::must(Reader::open(path_));
  EXPECT_FALSE(reader.each(0, [&](Entry const& entry) {
    entries_.push_back(entry);
    return true;
  }));
  std::istringstream sizes(query("SELECT group_concat(size, ' ') FROM (SELECT size FROM checkpoint ORDER BY size)"));
  for (std::uint64_t size = 0; sizes >> size;) checkpoints_.push_back(size);
  std::istringstream hashes(query("SELECT group_concat(lower(hex(sha256)), ' ') FROM blob"));
  for (std::string hash; hashes >> hash;) blobs_.push_back(hash);
}

std::uint64_t Subject::group_of(std::uint64_t seq) const {
  auto const after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), seq);
  return after == checkpoints_.begin() ? 0 : *std::prev(after);
}

std::string Subject::query(std::string const& sql) const { return shell(path_, sql); }

std::string Subject::change(std::string const& sql) const {
  auto const guards = query("SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'");
  std::string drop;
  std::istringstream names(query("SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type = 'trigger'"));
  for (std::string name; names >> name;) drop += "DROP TRIGGER " + name + ";";
  return query("PRAGMA synchronous=OFF; PRAGMA ignore_check_constraints=ON; BEGIN;" + drop + sql + ";" + guards +
               "; COMMIT;");
}

std::optional<std::string> Subject::content() const {
  std::string out;
  for (auto const* sql :
       {"SELECT seq, quote(kind), quote(at), quote(body), quote(leaf) FROM entry NOT INDEXED ORDER BY +seq",
        "SELECT quote(sha256), quote(bytes) FROM blob NOT INDEXED ORDER BY +sha256",
        "SELECT level, position, quote(hashes) FROM tile NOT INDEXED ORDER BY +level, +position",
        "SELECT size, quote(note) FROM checkpoint NOT INDEXED ORDER BY +size",
        "SELECT seq, quote(submission), quote(subject), quote(same) FROM decided NOT INDEXED ORDER BY +seq"}) {
    auto rows = query(sql);
    if (rows.rfind("failed", 0) == 0) return std::nullopt;
    out += rows + "\n";
  }
  return out;
}

}  // namespace waymark::ledger
