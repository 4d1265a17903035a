#include <fmt/format.h>

#include <utility>

#include "engine/ledger/genesis.hpp"
#include "engine/ledger/ledger.hpp"
#include "engine/ledger/members.hpp"
#include "engine/ledger/schema.hpp"
#include "engine/ledger/sqlite.hpp"
#include "engine/ledger/stored.hpp"
#include "engine/ledger/tiles.hpp"
#include "engine/ledger/voucher.hpp"

namespace waymark::ledger {
namespace {

LedgerResult<std::vector<std::uint64_t>> seqs(SqliteFile const& file, char const* sql, std::string const& name) {
  auto rows = file.query(sql, name);
  if (!rows) return values::failure(ledger_error(file, rows.error()));
  std::vector<std::uint64_t> out;
  for (;;) {
    auto more = next_row(file, *rows);
    if (!more) return values::failure(std::move(more.error()));
    if (!*more) return out;
    out.push_back(static_cast<std::uint64_t>(rows->whole(0)));
  }
}

LedgerResult<std::vector<Entry>> entries_of_kind(SqliteFile const& file, Voucher& voucher, std::string_view kind) {
  auto rows = file.query(
      "SELECT seq, kind, at, body, leaf FROM entry WHERE kind = ? AND kind <> 'decision' ORDER BY seq", kind);
  if (!rows) return values::failure(ledger_error(file, rows.error()));
  std::vector<Entry> out;
  for (;;) {
    auto more = next_row(file, *rows);
    if (!more) return values::failure(std::move(more.error()));
    if (!*more) return out;
    auto entry = entry_of(file, *rows);
    if (!entry) return values::failure(std::move(entry.error()));
    if (auto error = voucher.check(*entry)) return values::failure(*std::move(error));
    out.push_back(*std::move(entry));
  }
}

}  // namespace

LedgerResult<Reader> Reader::open(std::string const& path) {
  auto const real = real_path(path);
  auto file = SqliteFile::read_only(real);
  if (!file) return values::failure(ledger_error(real, file.error()));
  auto const state = state_of(**file);
  if (!state) return values::failure(state.error());
  if (*state == FileState::empty) {
    return values::failure(LedgerError{LedgerError::Kind::world, fmt::format("{} is not a ledger: it is empty", real)});
  }
  // A view may be without end: what is no table of a ledger is not read.
  auto const wrong = wrong_in_schema(**file);
  if (!wrong) return values::failure(ledger_error(real, wrong.error()));
  for (auto const& one : *wrong) {
    if (bars_reading(one)) return values::failure(broken(real, one.words()));
  }
  auto key = genesis_key(**file);
  if (!key) return values::failure(ledger_error(real, key.error()));
  return Reader(*std::move(file), *std::move(key));
}

Reader::Reader(std::unique_ptr<SqliteFile> file, VerifierKey key)
    : file_(std::move(file)),
      key_(std::make_unique<VerifierKey>(std::move(key))),
      voucher_(std::make_unique<Voucher>(*file_, *key_)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

VerifierKey const& Reader::key() const { return *key_; }

LedgerResult<std::uint64_t> Reader::size() const {
  auto const size = file_->whole("SELECT ifnull(max(seq) + 1, 0) FROM entry");
  if (!size) return values::failure(ledger_error(*file_, size.error()));
  return static_cast<std::uint64_t>(*size);
}

LedgerResult<std::optional<Entry>> Reader::entry(std::uint64_t seq) const {
  auto entry = stored_entry(*file_, seq);
  if (!entry || !*entry) return entry;
  if (auto error = voucher_->check(**entry)) return values::failure(*std::move(error));
  return entry;
}

std::optional<LedgerError> Reader::each(std::uint64_t first, std::function<bool(Entry const&)> const& visit) const {
  auto rows = file_->query("SELECT seq, kind, at, body, leaf FROM entry WHERE seq >= ? ORDER BY seq", first);
  if (!rows) return ledger_error(*file_, rows.error());
  for (;;) {
    auto more = next_row(*file_, *rows);
    if (!more) return std::move(more.error());
    if (!*more) return std::nullopt;
    auto entry = entry_of(*file_, *rows);
    if (!entry) return std::move(entry.error());
    if (auto error = voucher_->check(*entry)) return error;
    if (!visit(*entry)) return std::nullopt;
  }
}

LedgerResult<std::vector<Entry>> Reader::of_kind(std::string_view kind) const {
  return entries_of_kind(*file_, *voucher_, kind);
}

LedgerResult<std::optional<std::string>> Reader::blob(Hash const& sha256) const {
  auto row = file_->query("SELECT bytes FROM blob WHERE sha256 = ?", Bytes{sha256.raw()});
  if (!row) return values::failure(ledger_error(*file_, row.error()));
  auto more = next_row(*file_, *row);
  if (!more) return values::failure(std::move(more.error()));
  if (!*more) return std::optional<std::string>();
  // Whoever asks by a hash gets what has that hash, whatever stands in the file.
  if (values::sha256(row->raw(0)) != sha256) {
    return values::failure(broken(file_->path(), fmt::format("the bytes kept as {} are others", values::hex(sha256))));
  }
  return std::optional(std::string(row->raw(0)));
}

LedgerResult<Note> Reader::checkpoint() const {
  auto newest = checkpoint_before(kAnySize);
  if (!newest) return values::failure(std::move(newest.error()));
  if (!*newest) return values::failure(broken(file_->path(), "it has no checkpoint"));
  return **std::move(newest);
}

LedgerResult<std::optional<Note>> Reader::checkpoint_before(std::uint64_t size) const {
  auto const written = stored_checkpoint(*file_, size);
  if (!written) return values::failure(written.error());
  if (!*written) return std::optional<Note>();
  auto note = Note::parse(**written);
  if (!note) return values::failure(broken(file_->path(), "its checkpoint is no signed note"));
  return note;
}

// The reader's own voucher may have checked them against several checkpoints, one after the other.
LedgerResult<Checkpoint> Reader::vouched(std::vector<Entry> const& entries) const {
  WAYMARK_CHECK(!entries.empty(), "entries are asked for, and none is given");
  Voucher voucher(*file_, *key_);
  for (auto const& entry : entries) {
    if (auto error = voucher.check(entry)) return values::failure(*std::move(error));
  }
  return *voucher.checkpoint();
}

Nodes Reader::nodes() const { return stored_nodes(*file_); }

LedgerResult<std::vector<std::uint64_t>> Reader::of_submission(std::string const& submission) const {
  return seqs(*file_, "SELECT seq FROM decided WHERE submission = ? ORDER BY seq DESC", submission);
}

LedgerResult<std::vector<std::uint64_t>> Reader::of_subject(std::string const& subject) const {
  return seqs(*file_, "SELECT seq FROM decided WHERE subject = ? ORDER BY seq DESC", subject);
}

LedgerResult<Entry> Reader::found(std::uint64_t seq, std::string const& key, std::string const& wanted) const {
  auto entry = this->entry(seq);
  if (!entry) return values::failure(std::move(entry.error()));
  if (*entry && Body((*entry)->body).text(key) == wanted) return **std::move(entry);
  auto what = fmt::format(
      "the search table says that entry {} is about `{}`, and it is not: `waymark audit verify` says all that is wrong",
      seq, wanted);
  return values::failure(LedgerError{LedgerError::Kind::integrity, std::move(what)});
}

}  // namespace waymark::ledger
