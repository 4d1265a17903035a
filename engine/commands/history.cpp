// Entries back into columns.
#include "engine/commands/history.hpp"

#include <algorithm>

#include "engine/cases/columns.hpp"
#include "engine/commands/judged.hpp"
#include "engine/commands/waiver_entry.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using cases::FieldColumn;
using cases::Layout;
using ledger::LedgerResult;
using values::Known;
using vocabulary::Kind;

constexpr std::string_view kLast = "last decision";
constexpr std::string_view kAll = "earlier decisions";

// The steps of a number in its unit, as facts_json writes it.
std::optional<values::Steps> steps_of(std::string const& text, std::uint32_t decimals) {
  values::Scale scale;
  for (std::uint32_t i = 0; i < decimals; ++i) scale.numerator *= 10;
  auto const read = values::read_decimal(text, scale);
  return read ? std::optional(*read) : std::nullopt;
}

// A recorded text as a value of a type; nothing where it is none.
std::optional<values::Steps> value_of(std::string const& text, vocabulary::Type const& type,
                                      vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols) {
  switch (type.kind) {
    case Kind::date: {
      auto const date = values::read_date(text);
      return date ? std::optional<values::Steps>(date->days) : std::nullopt;
    }
    case Kind::year: {
      auto const year = values::read_year(text);
      return year ? std::optional<values::Steps>(*year) : std::nullopt;
    }
    case Kind::choice: {
      auto const entry = vocabulary.choices[type.which].find(text);
      return entry ? std::optional<values::Steps>(*entry) : std::nullopt;
    }
    case Kind::code:
    case Kind::text: return symbols.intern(text);
    case Kind::yes_no:
    case Kind::record: return std::nullopt;
    default: return steps_of(text, vocabulary.decimals(type));
  }
}

std::optional<values::Steps> yes_or_no(ledger::Body const& body, std::string const& key) {
  auto const status = body.object("criteria").text(key).value_or("");
  if (status == "met" || status == "waived") return 1;
  if (status == "not met") return 0;
  auto const fact = body.object("facts").raw(key);
  if (fact == "true") return 1;
  if (fact == "false") return 0;
  return std::nullopt;
}

void set(cases::FactColumn& column, std::size_t row, values::Steps value) {
  column.lowest[row] = value;
  column.highest[row] = value;
  column.known[row] = Known::exactly;
}

}  // namespace

LedgerResult<History> History::open(ledger::Reader reader, Reviewer const& reviewer) {
  History history(reviewer);
  auto const size = reader.size();
  if (!size) return values::failure(size.error());
  history.size_ = *size;
  auto const waivers = reader.of_kind("waiver");
  if (!waivers) return values::failure(waivers.error());
  for (auto const& entry : *waivers) history.add(entry);
  auto const overrides = reader.of_kind("override");
  if (!overrides) return values::failure(overrides.error());
  for (auto const& entry : *overrides) history.add(entry);
  history.reader_ = std::move(reader);
  return history;
}

LedgerResult<History> History::of_entries(ledger::Reader const& reader, Reviewer const& reviewer,
                                          std::vector<std::uint64_t> const& seqs) {
  History history(reviewer);
  for (auto const seq : seqs) {
    auto const entry = reader.entry(seq);
    if (!entry) return values::failure(entry.error());
    if (*entry) history.add(**entry);
  }
  return history;
}

void History::add(ledger::Entry const& entry) {
  if (entry.kind == "waiver") {
    ledger::Body const body(entry.body);
    // One that came with a submission is of that submission alone, and comes with it again.
    if (!body.has("who")) return;
    for (auto const* key : {"submission", "subject"}) {
      auto const whose = body.text(key);
      if (whose) waivers_[*whose].push_back({waiver_of(body), entry.seq});
    }
  } else if (entry.kind == "override") {
    ledger::Body const body(entry.body);
    auto const concerns = static_cast<std::uint64_t>(body.number("concerns").value_or(0));
    overrides_[concerns] = {body.text("outcome").value_or(""), entry.seq};
  } else if (auto found = earlier_of(entry)) {
    replayed_[found->body.text("subject").value_or("")].push_back(*std::move(found));
  }
}

// A decision of the same policy that decided something.
std::optional<History::Earlier> History::earlier_of(ledger::Entry const& entry) const {
  if (entry.kind != "decision") return std::nullopt;
  Earlier out{entry.seq, {}, ledger::Body(entry.body), {}, std::nullopt};
  auto const date = values::read_date(out.body.text("date").value_or(""));
  auto const outcome = out.body.text("outcome");
  bool const same_policy = out.body.text("policy") == reviewer_.program().title;
  if (!date || !same_policy || outcome == "not reviewed" || outcome == "needs information") return std::nullopt;
  out.date = *date;
  out.outcome = outcome.value_or("");
  return out;
}

LedgerResult<std::vector<History::Earlier>> History::earlier(std::string const& subject, values::Date before) const {
  std::vector<Earlier> all;
  if (reader_) {
    auto const seqs = reader_->of_subject(subject);
    if (!seqs) return values::failure(seqs.error());
    for (auto const seq : *seqs) {
      if (seq >= size_) continue;
      auto const entry = reader_->entry(seq);
      if (!entry) return values::failure(entry.error());
      if (!*entry) continue;
      if (auto found = earlier_of(**entry)) all.push_back(*std::move(found));
    }
  } else if (auto const found = replayed_.find(subject); found != replayed_.end()) {
    all = found->second;
  }
  std::erase_if(all, [&](Earlier const& one) { return !(one.date < before); });
  for (auto& one : all) {
    auto const found = overrides_.find(one.seq);
    if (found == overrides_.end() || (reader_ && found->second.seq >= size_)) continue;
    one.outcome = found->second.outcome;
    one.overridden_by = found->second.seq;
  }
  std::sort(all.begin(), all.end(),
            [](Earlier const& a, Earlier const& b) { return std::pair(b.date, b.seq) < std::pair(a.date, a.seq); });
  return all;
}

void History::put(cases::RecordColumns& columns, std::size_t row, Earlier const& from, values::Symbols& symbols) const {
  auto const& vocabulary = reviewer_.program().vocabulary;
  auto const& fields = vocabulary.records[columns.record].fields;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    auto const& field = vocabulary.fields[fields[position]];
    if (cases::layout_of(field) != Layout::single) continue;
    auto const& type = field.quantity.type;
    auto const key = grammar::data_key(field.name);
    std::optional<values::Steps> value;
    if (type.kind == Kind::yes_no) {
      value = yes_or_no(from.body, key);
    } else {
      bool const own = key == "date" || key == "until" || key == "policy";
      auto const text = key == "outcome" ? std::optional(from.outcome)
                        : own            ? from.body.text(key)
                                         : from.body.object("facts").text(key);
      if (text) value = value_of(*text, type, vocabulary, symbols);
    }
    if (value) set(columns.fields[position].values, row, *value);
  }
}

void History::note_entries(cases::Origin& origin, Earlier const& one) {
  origin.entries.push_back(one.seq);
  if (one.overridden_by) origin.entries.push_back(*one.overridden_by);
}

void History::put_last(cases::Batch& batch, std::uint32_t i, std::size_t position, std::vector<Earlier> const& all,
                       values::Symbols& symbols) const {
  auto& column = batch.facts.fields[position];
  auto& presence = column.presence[i];
  if (all.empty()) {
    if (presence == FieldColumn::Presence::unknown) presence = FieldColumn::Presence::none;
    return;
  }
  presence = FieldColumn::Presence::there;
  put(column.members.front(), i, all.front(), symbols);
  note_entries(batch.origins[i], all.front());
}

// The members of a list stand one after the other over the whole batch, so that they are put down together. Lists that
// a submission states stay out of this: they are replaced only where none does.
void History::put_all(cases::Batch& batch, std::size_t position, std::vector<std::vector<Earlier>> const& all,
                      values::Symbols& symbols) const {
  auto& column = batch.facts.fields[position];
  bool const stated = std::any_of(column.list_known.begin(), column.list_known.end(),
                                  [](Known known) { return known != Known::not_submitted; });
  if (stated) return;
  auto& members = column.members.front();
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    if (batch.origins[i].fault.empty()) {
      column.list_known[i] = Known::exactly;
      for (auto const& one : all[i]) {
        cases::add_missing_row(members, reviewer_.program().vocabulary);
        put(members, members.rows - 1, one, symbols);
        note_entries(batch.origins[i], one);
      }
    }
    column.offsets[i + 1] = static_cast<std::uint32_t>(members.rows);
  }
}

LedgerResult<void> History::fill(cases::Batch& batch, values::Symbols& symbols) const {
  auto const& vocabulary = reviewer_.program().vocabulary;
  auto const& fields = vocabulary.records[reviewer_.program().record].fields;
  auto const dates = review_dates(reviewer_, batch).dates;
  std::optional<std::size_t> last, list;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    auto const& field = vocabulary.fields[fields[position]];
    auto const layout = cases::layout_of(field);
    if (field.name == kLast && layout == Layout::record) last = position;
    if (field.name == kAll && layout == Layout::record_list) list = position;
  }
  std::vector<std::vector<Earlier>> all(batch.size());
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    if (!batch.origins[i].fault.empty()) continue;
    auto const subject = about(reviewer_, batch, i);
    std::vector<std::string> whose = {batch.origins[i].id};
    if (subject != whose.front()) whose.push_back(subject);
    for (auto const& key : whose) {
      auto const found = waivers_.find(key);
      if (found == waivers_.end()) continue;
      for (auto const& one : found->second) {
        batch.waivers[i].push_back(one.waiver);
        batch.waivers[i].back().entry = one.seq;
        batch.origins[i].entries.push_back(one.seq);
      }
    }
    if (!last && !list) continue;
    auto earlier_decisions = earlier(subject, dates[i]);
    if (!earlier_decisions) return values::failure(earlier_decisions.error());
    all[i] = *std::move(earlier_decisions);
    if (last) put_last(batch, i, *last, all[i], symbols);
  }
  if (list) put_all(batch, *list, all, symbols);
  for (auto& origin : batch.origins) {
    std::sort(origin.entries.begin(), origin.entries.end());
    origin.entries.erase(std::unique(origin.entries.begin(), origin.entries.end()), origin.entries.end());
  }
  return {};
}

}  // namespace waymark::commands
