// From decisions to entries.
#include "engine/commands/recording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/commands/files.hpp"
#include "engine/commands/history.hpp"
#include "engine/commands/recorded_release.hpp"
#include "engine/commands/same_review.hpp"
#include "engine/commands/version.hpp"
#include "engine/commands/waiver_entry.hpp"
#include "engine/ledger/members.hpp"

namespace waymark::commands {
namespace {

using ledger::LedgerResult;
using ledger::Object;

// What an entry says besides when and where it was put down: equal for what is the same.
std::string identity(std::string_view kind, Object const& fields) { return std::string(kind) + "\n" + fields.json(); }

std::string identity(ledger::Body const& body) {
  return identity(body.text("kind").value_or(""), ledger::without_place(body));
}

std::string_view role_words(TextFile::Role role) {
  switch (role) {
    case TextFile::Role::policy: return "policy";
    case TextFile::Role::layer: return "layer";
    case TextFile::Role::vocabulary: return "vocabulary";
    case TextFile::Role::thresholds: return "thresholds";
  }
  return "";
}

}  // namespace

std::string_view format_words(cases::Format format) {
  switch (format) {
    case cases::Format::json_lines: return "json_lines";
    case cases::Format::json: return "json";
    case cases::Format::csv: return "csv";
    case cases::Format::toml: return "toml";
  }
  return "";
}

Object received_fields(ledger::Hash const& sha256, cases::Format format, std::string const& file, std::uint64_t line) {
  return Object()
      .text("sha256", values::hex(sha256))
      .text("format", format_words(format))
      .text("file", name_of_file(file))
      .number("line", static_cast<std::int64_t>(line));
}

LedgerResult<std::unique_ptr<Recording>> Recording::begin(ledger::Writer writer, ledger::Reader const& reader,
                                                          Reviewer const& reviewer) {
  std::unique_ptr<Recording> recording(new Recording(std::move(writer), reviewer));
  for (auto const* kind : {"rule", "evidence", "waiver"}) {
    auto const entries = reader.of_kind(kind);
    if (!entries) return values::failure(entries.error());
    for (auto const& entry : *entries) recording->known_.emplace(identity(ledger::Body(entry.body)), entry.seq);
  }
  if (auto const done = recording->put_rules(); !done) return values::failure(done.error());
  if (auto const done = recording->put_evidence(); !done) return values::failure(done.error());
  if (auto const note = recording->writer_.commit(); !note) return values::failure(note.error());
  return recording;
}

LedgerResult<std::uint64_t> Recording::put_once(std::string_view kind, Object const& fields) {
  auto const [known, fresh] = known_.emplace(identity(kind, fields), 0);
  if (!fresh) return known->second;
  auto const seq = writer_.append(kind, fields);
  if (seq) {
    known->second = *seq;
  } else {
    known_.erase(known);
  }
  return seq;
}

LedgerResult<void> Recording::put_rules() {
  auto const& policy = reviewer_.policy;
  std::vector<std::string> files;
  for (auto const& file : files_of(reviewer_.rulebook, policy)) {
    auto const& source = reviewer_.rulebook.sources[file.id];
    auto const kept = writer_.keep(source.text);
    if (!kept) return values::failure(kept.error());
    files.push_back(Object()
                        .text("path", path_in_workspace(source.path, reviewer_.rulebook.workspace))
                        .text("role", role_words(file.role))
                        .text("sha256", values::hex(*kept))
                        .json());
  }
  Object fields;
  fields.text("policy", reviewer_.program().title);
  fields.text("jurisdiction", reviewer_.program().jurisdiction);
  fields.text("authority", reviewer_.program().authority);
  fields.text("policy_sha256", policy.policy_sha256);
  fields.text("program_sha256", policy.program_sha256);
  fields.text("from", values::write_date(reviewer_.epochs().front().from));
  if (auto const through = reviewer_.epochs().back().through) fields.text("through", values::write_date(*through));
  fields.number("semantics", kSemantics);
  fields.put("files", ledger::list_json(files));
  auto const seq = put_once("rule", fields);
  if (!seq) return values::failure(seq.error());
  rule_ = *seq;
  return {};
}

LedgerResult<void> Recording::put_evidence() {
  std::vector<std::uint64_t> read;
  ReleaseEntries entries;
  for (auto const& releases : reviewer_.evidence.releases) {
    for (auto const& release : releases) {
      auto const bytes = read_file(release.path);
      if (!bytes) return values::failure(ledger::LedgerError{ledger::LedgerError::Kind::world, bytes.error().message});
      auto const kept = writer_.keep(*bytes);
      if (!kept) return values::failure(kept.error());
      if (values::hex(*kept) != release.sha256) {
        return values::failure(ledger::LedgerError{ledger::LedgerError::Kind::world,
                                                   fmt::format("`{}` changed while it was read", release.path)});
      }
      auto const seq = put_once("evidence", release_fields(release, reviewer_.program().vocabulary));
      if (!seq) return values::failure(seq.error());
      read.push_back(*seq);
      entries[&release] = *seq;
    }
  }
  std::sort(read.begin(), read.end());
  read_json_ = ledger::numbers_json(read);
  keys_.emplace(reviewer_, std::move(entries));
  return {};
}

Recording::Made Recording::make(std::unique_ptr<Judged>& judged, cases::Format format) const {
  Made made;
  made.bodies = bodies_that_fit(*keys_, judged);
  SameReview same(reviewer_);
  for (std::uint32_t i = 0; i < judged->size(); ++i) {
    auto const& origin = judged->batch().origins[i];
    auto const received = values::sha256(origin.received);
    auto& body = made.bodies[i];
    body.object("received", received_fields(received, format, judged->batch().file, origin.line));
    body.number("rule", static_cast<std::int64_t>(rule_));
    body.put("read", read_json_);
    body.number("semantics", kSemantics);
    body.text("program", "waymark " + program_version());
    if (reviewer_.evidence.known_on) body.text("known_on", values::write_date(*reviewer_.evidence.known_on));
    body.number("as_of", static_cast<std::int64_t>(as_of_));
    if (!origin.entries.empty()) body.put("from_ledger", ledger::numbers_json(origin.entries));
    made.findings.push_back(
        {origin.id, judged->about(i), same.of(received, format, origin.line, judged->date(i), kSemantics)});
    made.received.push_back(received);
  }
  return made;
}

LedgerResult<void> Recording::put_waivers(Judged const& judged, std::uint32_t i) {
  auto const& origin = judged.batch().origins[i];
  for (auto const& waiver : judged.batch().waivers[i]) {
    if (waiver.entry) continue;
    auto const seq = put_once("waiver", waiver_fields(waiver).text("submission", origin.id));
    if (!seq) return values::failure(seq.error());
  }
  return {};
}

// The record of this review, if there is one. It must be what the review comes to now, for that is what is printed.
LedgerResult<std::optional<std::uint64_t>> Recording::found(ledger::Hash const& same, cases::Origin const& origin,
                                                            Object const& body) const {
  auto const before = writer_.decided(same);
  if (!before) return values::failure(before.error());
  for (auto const& entry : *before) {
    ledger::Body const recorded(entry.body);
    if (from_ledger(recorded) != origin.entries) continue;
    ledger::Body const now(body.json());
    for (auto const& both : {recorded.members(), now.members()}) {
      for (auto const& [key, json] : both) {
        if (!is_outcome(key) || recorded.raw(key) == now.raw(key)) continue;
        return values::failure(ledger::LedgerError{
            ledger::LedgerError::Kind::integrity,
            fmt::format("entry {} is this review of `{}`, decided as `{}`, and it comes out as `{}` ({}): nothing is "
                        "decided; `waymark audit replay` says what differs",
                        entry.seq, origin.id, recorded.text("outcome").value_or(""), now.text("outcome").value_or(""),
                        key)});
      }
    }
    return std::optional(entry.seq);
  }
  return std::optional<std::uint64_t>();
}

LedgerResult<std::uint64_t> Recording::put(Judged const& judged, std::uint32_t i, Object& body,
                                           ledger::Finding const& finding, ledger::Hash const& received) {
  auto const before = found(finding.same, judged.batch().origins[i], body);
  if (!before) return values::failure(before.error());
  if (*before) {
    ++recorded_before_;
    return **before;
  }
  if (auto const kept = writer_.keep(judged.batch().origins[i].received, received); !kept) {
    return values::failure(kept.error());
  }
  if (auto const done = put_waivers(judged, i); !done) return values::failure(done.error());
  auto const earlier = writer_.decided_before(judged.batch().origins[i].id);
  if (!earlier) return values::failure(earlier.error());
  if (*earlier) {
    ledger::Body const then((*earlier)->body);
    bool const again =
        then.text("date") == values::write_date(judged.date(i)) && then.text("policy") == reviewer_.program().title;
    if (again) ++decided_again_;
  }
  ++recorded_;
  return writer_.append_decision(std::move(body), finding);
}

LedgerResult<std::vector<std::vector<std::uint64_t>>> Recording::record(std::vector<std::unique_ptr<Judged>> const& all,
                                                                        std::vector<Made> made) {
  std::vector<std::vector<std::uint64_t>> seqs(all.size());
  auto const counted = std::tuple(recorded_, recorded_before_, decided_again_);
  auto const failed = [&](ledger::LedgerError error) {
    std::tie(recorded_, recorded_before_, decided_again_) = counted;
    return values::failure(std::move(error));
  };
  for (std::size_t batch = 0; batch < all.size(); ++batch) {
    for (std::uint32_t i = 0; i < all[batch]->size(); ++i) {
      auto& one = made[batch];
      auto const seq = put(*all[batch], i, one.bodies[i], one.findings[i], one.received[i]);
      if (!seq) return failed(seq.error());
      seqs[batch].push_back(*seq);
    }
  }
  if (auto const note = writer_.commit(); !note) return failed(note.error());
  return seqs;
}

}  // namespace waymark::commands
