// All commits and all checkpoints of the database's log are made on the writer's one connection: SQLite before 3.51.3
// may lose a commit when another connection does the one while this does the other.
#include <fmt/format.h>

#include <utility>

#include "engine/ledger/body.hpp"
#include "engine/ledger/genesis.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/lock.hpp"
#include "engine/ledger/members.hpp"
#include "engine/ledger/schema.hpp"

#include "engine/ledger/sqlite.hpp"
#include "engine/ledger/stored.hpp"
#include "engine/ledger/tiles.hpp"
#include "engine/ledger/voucher.hpp"

namespace waymark::ledger {

std::int64_t Finding::short_of(Hash const& same) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8U | same.bytes[i];
  return static_cast<std::int64_t>(out);
}

namespace {

// What must be so before the first write. `journal_mode` is asked for apart, as its answer has to be looked at. The log
// is long (16 MB), as pages of the indexes over hashes are written again and again.
constexpr char const* kSettings =
    "PRAGMA page_size=8192; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=OFF; PRAGMA "
    "cache_size=-65536; "
    "PRAGMA wal_autocheckpoint=4000;";

LedgerError world(std::string const& path, std::string const& what) {
  return {LedgerError::Kind::world, fmt::format("the ledger {}: {}", path, what)};
}

std::optional<LedgerError> prepare_connection(SqliteFile& file) {
  if (auto error = file.script(kSettings)) return ledger_error(file, *error);
  auto mode = file.query("PRAGMA journal_mode=WAL");
  if (!mode) return ledger_error(file, mode.error());
  auto more = mode->next();
  if (!more) return ledger_error(file, more.error());
  if (mode->raw(0) != "wal") return world(file.path(), "this file system cannot keep a write-ahead log");
  return std::nullopt;
}

}  // namespace

struct Writer::State {
  // Where the tree ends: a value, so that going back is an assignment.
  struct End {
    Frontier frontier;
    TileEdge tiles;
  };

  SigningKey key;
  std::function<std::string()> now;
  WriterLock lock;  // outlives the connection
  std::unique_ptr<SqliteFile> file;
  VerifierKey verifier;
  End end, committed;
  Note checkpoint;
  std::optional<Voucher> voucher;  // of what was committed
  BodyReader body;
  bool group_open = false;
  std::uint64_t opened_at = 0;  // how many entries there were
  std::optional<LedgerError> failed;

  State(Asked const& asked, WriterLock taken, std::unique_ptr<SqliteFile> opened)
      : key(asked.key), now(asked.now), lock(std::move(taken)), file(std::move(opened)) {
    verifier = key.verifier(origin_of(key, asked.salt));
  }

  std::optional<LedgerError> begin(Asked const& asked);
  LedgerResult<bool> check_schema();      ///< whether the search table has to be made anew
  LedgerResult<bool> misses_decisions();  ///< the same, because rows of it are gone
  std::optional<LedgerError> resume();
  std::optional<LedgerError> check_checkpoint();
  std::optional<LedgerError> open_group();
  LedgerResult<std::uint64_t> append(std::string_view kind, Object fields);
  std::optional<SqlError> insert(std::string_view kind, std::string const& at, std::string const& json);
  std::optional<SqlError> insert_finding(std::uint64_t seq, Finding const& finding);
  std::optional<SqlError> fill_search();
  /// An entry that a checkpoint vouches for, or one of the group that is open.
  LedgerResult<std::optional<Entry>> vouched(std::uint64_t seq);
  LedgerError fail(LedgerError error);
  LedgerError fail(SqlError const& error) { return fail(ledger_error(*file, error)); }
  void drop_group();
};

// A new ledger is one transaction: its tables, its genesis entry and the first checkpoint.
std::optional<LedgerError> Writer::State::begin(Asked const& asked) {
  if (auto error = file->script("BEGIN IMMEDIATE;" + make_schema_sql())) return fail(*error);
  file->allow_only(allowed_to_writers());
  group_open = true;
  auto const seq = append("genesis", genesis_fields(verifier, asked.salt, asked.program, asked.semantics));
  return seq ? std::nullopt : std::optional(seq.error());
}

// Another trigger could keep what is recorded from being there; a search table that is made otherwise is made anew.
LedgerResult<bool> Writer::State::check_schema() {
  auto const wrong = wrong_in_schema(*file);
  if (!wrong) return values::failure(ledger_error(*file, wrong.error()));
  bool search = false;
  for (auto const& one : *wrong) {
    if (!is_of_search(one.object)) {
      return values::failure(broken(file->path(), one.words() + "; `audit verify` says all that is wrong"));
    }
    search = true;
  }
  return search;
}

// A decision that is not found would be made a second time. (That a row says something else, only `verify` sees.)
LedgerResult<bool> Writer::State::misses_decisions() {
  auto const counted = file->whole(
      "SELECT (SELECT count(*) FROM decided) = (SELECT max(seq) + 1 FROM entry) - "
      "(SELECT count(*) FROM entry WHERE kind <> 'decision')");
  if (!counted) return values::failure(ledger_error(*file, counted.error()));
  return *counted == 0;
}

std::optional<LedgerError> Writer::State::resume() {
  auto recorded = genesis_key(*file);
  if (!recorded) return ledger_error(*file, recorded.error());
  if (recorded->public_bytes != verifier.public_bytes) {
    return world(file->path(), fmt::format("it was begun with another key, {}", recorded->text()));
  }
  verifier = *std::move(recorded);
  auto const size = file->whole("SELECT max(seq) + 1 FROM entry");
  if (!size) return ledger_error(*file, size.error());
  auto const entries = static_cast<std::uint64_t>(*size);
  opened_at = entries;
  auto tiles = TileEdge::load(*file, entries);
  if (!tiles) return ledger_error(*file, tiles.error());
  std::optional<SqlError> unread;
  end = {Frontier(stored_nodes(*file, &unread), entries), *std::move(tiles)};
  if (unread) return ledger_error(*file, *unread);
  committed = end;
  return check_checkpoint();
}

// Nothing is added to a ledger whose end is not what was signed.
std::optional<LedgerError> Writer::State::check_checkpoint() {
  auto const written = stored_checkpoint(*file);
  if (!written) return written.error();
  auto note = *written ? Note::parse(**written) : std::nullopt;
  Checkpoint const expected{verifier.name, committed.frontier.size(), committed.frontier.root()};
  if (!note || note->text != expected.text() || !note->signed_by(verifier)) {
    return broken(file->path(), "its last checkpoint is not over its entries; `audit verify` says where it broke");
  }
  checkpoint = *std::move(note);
  return std::nullopt;
}

std::optional<LedgerError> Writer::State::open_group() {
  if (failed) return failed;
  if (group_open) return std::nullopt;
  file->rollback();  // of a group that failed and could not even be ended
  if (auto error = file->run("BEGIN IMMEDIATE")) return fail(*error);
  group_open = true;
  return std::nullopt;
}

LedgerResult<std::uint64_t> Writer::State::append(std::string_view kind, Object fields) {
  if (auto error = open_group()) return values::failure(*std::move(error));
  auto const seq = end.frontier.size();
  auto const at = now();
  fields.text("kind", kind).text("at", at);
  fields.number("seq", static_cast<std::int64_t>(seq));
  fields.number("group", static_cast<std::int64_t>(committed.frontier.size()));
  auto const json = fields.json();
  if (json.size() > kLongestBody) {
    return values::failure(
        world(file->path(), fmt::format("this {} cannot be recorded: it is longer than 1 MiB", kind)));
  }
  if (auto error = insert(kind, at, json)) return values::failure(fail(*error));
  return seq;
}

std::optional<SqlError> Writer::State::insert(std::string_view kind, std::string const& at, std::string const& json) {
  auto const leaf = leaf_hash(json);
  auto error = file->run("INSERT INTO entry(seq, kind, at, body, leaf) VALUES (?, ?, ?, ?, ?)", end.frontier.size(),
                         kind, at, json, Bytes{leaf.raw()});
  end.frontier.add(leaf, [&](unsigned level, std::uint64_t, Hash const& hash) {
    if (!error) error = end.tiles.add(*file, level, hash);
  });
  return error;
}

std::optional<SqlError> Writer::State::insert_finding(std::uint64_t seq, Finding const& finding) {
  return file->run("INSERT INTO decided(seq, submission, subject, same) VALUES (?, ?, ?, ?)", seq, finding.submission,
                   finding.subject, Finding::short_of(finding.same));
}

LedgerResult<std::optional<Entry>> Writer::State::vouched(std::uint64_t seq) {
  auto entry = stored_entry(*file, seq);
  if (!entry || !*entry || seq >= committed.frontier.size()) return entry;
  if (!voucher) voucher.emplace(*file, verifier);
  if (auto error = voucher->check(**entry)) return values::failure(*std::move(error));
  return entry;
}

std::optional<SqlError> Writer::State::fill_search() {
  if (auto error = file->script("BEGIN IMMEDIATE;" + make_search_sql())) return error;
  auto rows = file->query("SELECT seq, body FROM entry WHERE kind = 'decision' ORDER BY seq");
  if (!rows) return std::move(rows.error());
  for (;;) {
    auto more = rows->next();
    if (!more) return std::move(more.error());
    if (!*more) return file->run("COMMIT");
    auto const trouble = body.read(rows->raw(1));
    auto const submission = body.text("submission"), subject = body.text("subject");
    auto const same = values::hash_of_hex(body.text("same").value_or(std::string_view()));
    if (trouble || !submission || !subject || !same) {
      return SqlError::damage(fmt::format("the body of entry {} is no decision", rows->whole(0)));
    }
    Finding const finding{std::string(*submission), std::string(*subject), *same};
    if (auto error = insert_finding(static_cast<std::uint64_t>(rows->whole(0)), finding)) return error;
  }
}

LedgerError Writer::State::fail(LedgerError error) {
  drop_group();
  failed = error;
  return error;
}

void Writer::State::drop_group() {
  file->rollback();
  end = committed;
  group_open = false;
}

LedgerResult<Writer> Writer::open(Asked asked) {
  auto const path = real_path(asked.path);
  auto lock = WriterLock::take(path);
  if (!lock) return values::failure(std::move(lock.error()));
  auto file = SqliteFile::read_write(path);
  if (!file) return values::failure(ledger_error(path, file.error()));
  auto const found = state_of(**file);
  if (!found) return values::failure(found.error());
  if (auto error = prepare_connection(**file)) return values::failure(*std::move(error));
  Writer writer(std::make_unique<State>(asked, *std::move(lock), *std::move(file)));
  auto& state = *writer.state_;
  if (*found == FileState::empty) {
    if (auto error = state.begin(asked)) return values::failure(*std::move(error));
    auto first = writer.commit();
    if (!first) return values::failure(std::move(first.error()));
    return writer;
  }
  auto search = state.check_schema();
  if (search && !*search) search = state.misses_decisions();
  if (!search) return values::failure(search.error());
  if (auto error = state.resume()) return values::failure(*std::move(error));
  if (*search) {
    if (auto error = writer.rebuild_search()) return values::failure(*std::move(error));
  }
  state.file->allow_only(allowed_to_writers());
  return writer;
}

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() {
  if (state_ != nullptr) state_->drop_group();
}

std::uint64_t Writer::size() const { return state_->end.frontier.size(); }

LedgerResult<std::uint64_t> Writer::append(std::string_view kind, Object fields) {
  bool known = false;
  for (auto const one : kKinds) known = known || (one == kind && one != "genesis");
  WAYMARK_CHECK(known, "an entry of a kind that the ledger does not know");
  return state_->append(kind, std::move(fields));
}

LedgerResult<std::uint64_t> Writer::append_decision(Object fields, Finding const& finding) {
  fields.text("submission", finding.submission).text("subject", finding.subject);
  fields.text("same", values::hex(finding.same));
  auto seq = state_->append("decision", std::move(fields));
  if (!seq) return seq;
  if (auto error = state_->insert_finding(*seq, finding)) return values::failure(state_->fail(*error));
  return seq;
}

LedgerResult<Hash> Writer::keep(std::string_view bytes) {
  auto const hash = values::sha256(bytes);
  if (auto const kept = keep(bytes, hash); !kept) return values::failure(kept.error());
  return hash;
}

LedgerResult<void> Writer::keep(std::string_view bytes, Hash const& sha256) {
  if (auto error = state_->open_group()) return values::failure(*std::move(error));
  auto const error = state_->file->run("INSERT INTO blob(sha256, bytes) VALUES (?, ?) ON CONFLICT(sha256) DO NOTHING",
                                       Bytes{sha256.raw()}, Bytes{bytes});
  if (error) return values::failure(state_->fail(*error));
  return {};
}

LedgerResult<std::vector<Entry>> Writer::decided(Hash const& same) const {
  auto const& file = *state_->file;
  auto rows = file.query("SELECT seq FROM decided WHERE same = ? ORDER BY seq DESC", Finding::short_of(same));
  if (!rows) return values::failure(ledger_error(file, rows.error()));
  std::vector<Entry> out;
  for (;;) {
    auto const more = rows->next();
    if (!more) return values::failure(ledger_error(file, more.error()));
    if (!*more) return out;
    auto entry = state_->vouched(static_cast<std::uint64_t>(rows->whole(0)));
    if (!entry) return values::failure(std::move(entry.error()));
    // Its eight bytes may be another's, too.
    if (*entry && Body((*entry)->body).text("same") == values::hex(same)) out.push_back(**std::move(entry));
  }
}

LedgerResult<std::optional<Entry>> Writer::decided_before(std::string const& submission) const {
  auto const& file = *state_->file;
  if (state_->opened_at == 0) return std::optional<Entry>();
  auto row = file.query("SELECT max(seq) FROM decided WHERE submission = ? AND seq < ?", submission, state_->opened_at);
  if (!row) return values::failure(ledger_error(file, row.error()));
  auto const more = row->next();
  if (!more) return values::failure(ledger_error(file, more.error()));
  if (!*more || !row->is_whole(0)) return std::optional<Entry>();
  return state_->vouched(static_cast<std::uint64_t>(row->whole(0)));
}

LedgerResult<Note> Writer::commit() {
  auto& state = *state_;
  if (state.failed) return values::failure(*state.failed);
  if (!state.group_open) return state.checkpoint;
  auto const size = state.end.frontier.size();
  auto note = state.checkpoint;
  std::optional<SqlError> error;
  if (size != state.committed.frontier.size()) {
    note = sign(Checkpoint{state.verifier.name, size, state.end.frontier.root()}, state.key, state.verifier.name);
    error = state.end.tiles.store(*state.file);
    if (!error) error = state.file->run("INSERT INTO checkpoint(size, note) VALUES (?, ?)", size, note.written());
  }
  if (!error) error = state.file->run("COMMIT");
  if (error) return values::failure(state.fail(*error));
  state.group_open = false;
  state.committed = state.end;
  state.checkpoint = note;
  return note;
}

void Writer::rollback() {
  state_->drop_group();
  state_->failed.reset();
}

std::optional<LedgerError> Writer::rebuild_search() {
  auto& state = *state_;
  if (state.failed) return state.failed;
  WAYMARK_CHECK(!state.group_open, "the search table is made anew between groups");
  state.file->allow_all();
  auto error = state.fill_search();
  state.file->allow_only(allowed_to_writers());
  if (error) return state.fail(*error);
  return std::nullopt;
}

}  // namespace waymark::ledger
