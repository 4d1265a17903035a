#include "engine/commands/recorded_release.hpp"

#include "engine/commands/facts_json.hpp"
#include "engine/commands/files.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using ledger::Object;

std::string marks_json(std::vector<evidence::ReleaseEntry::ColumnMarks> const& all) {
  std::vector<std::string> columns;
  for (auto const& column : all) {
    std::vector<std::string> marks;
    for (auto const& [mark, meaning] : column.marks) {
      marks.push_back(Object().text("mark", mark).text("means", meaning).json());
    }
    columns.push_back(Object().text("column", column.column).put("marks", ledger::list_json(marks)).json());
  }
  return ledger::list_json(columns);
}

}  // namespace

Object release_fields(evidence::Release const& release, vocabulary::Vocabulary const& vocabulary) {
  auto const& entry = release.entry;
  auto out = release_meaning(release, vocabulary);
  out.text("key", ascii_key(grammar::data_key(grammar::name_key(vocabulary.sources[release.source].name))));
  out.text("file", name_of_file(entry.file));
  out.number("bytes", static_cast<std::int64_t>(release.bytes));
  out.text("publisher", entry.publisher);
  out.text("address", entry.address);
  if (entry.decided_by) {
    std::vector<std::string> read;
    for (auto const& one : entry.decided_by->read) read.push_back(Object().text("release", one).json());
    Object by;
    by.text("policy", entry.decided_by->policy).text("sha256", entry.decided_by->sha256);
    by.text("date", entry.decided_by->date).put("read", ledger::list_json(read));
    out.object("decided_by", std::move(by));
  }
  return out;
}

Object release_meaning(evidence::Release const& release, vocabulary::Vocabulary const& vocabulary) {
  auto const& entry = release.entry;
  Object out;
  out.text("source", vocabulary.sources[release.source].name);
  out.text("name", entry.name);
  out.text("sha256", release.sha256);
  out.text("period", entry.period);
  if (entry.released) out.text("released", values::write_date(*entry.released));
  out.text("encoding", entry.encoding);
  out.text("separator", std::string(1, entry.separator));
  out.number("header_row", entry.header_row);
  out.text("footer", entry.footer);
  out.put("marks", marks_json(entry.marks));
  return out;
}

evidence::ReleaseEntry release_entry_of(ledger::Body const& body) {
  auto const text = [&](std::string_view key) { return body.text(key).value_or(""); };
  evidence::ReleaseEntry out;
  out.source = text("source");
  out.name = text("name");
  out.file = text("sha256");
  out.sha256 = text("sha256");
  out.publisher = text("publisher");
  out.period = text("period");
  out.released = values::read_date(text("released"));
  out.address = text("address");
  out.encoding = text("encoding");
  if (auto const separator = text("separator"); separator.size() == 1) out.separator = separator.front();
  out.header_row = static_cast<std::uint32_t>(body.number("header_row").value_or(1));
  out.footer = text("footer");
  if (body.has("decided_by")) {
    auto const by = body.object("decided_by");
    auto& made = out.decided_by.emplace();
    made.policy = by.text("policy").value_or("");
    made.sha256 = by.text("sha256").value_or("");
    made.date = by.text("date").value_or("");
    for (auto const& one : by.items("read")) made.read.push_back(ledger::Body(one).text("release").value_or(""));
  }
  for (auto const& item : body.items("marks")) {
    ledger::Body const column(item);
    auto& made = out.marks.emplace_back();
    made.column = column.text("column").value_or("");
    for (auto const& pair : column.items("marks")) {
      ledger::Body const mark(pair);
      made.marks.emplace_back(mark.text("mark").value_or(""), mark.text("means").value_or(""));
    }
  }
  return out;
}

}  // namespace waymark::commands
