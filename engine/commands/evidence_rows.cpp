#include "engine/commands/evidence_rows.hpp"

#include <set>

#include "engine/cases/columns.hpp"
#include "engine/commands/facts_json.hpp"
#include "engine/ledger/canonical.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using values::Known;
using vocabulary::Kind;

// Every word by which the case could ask a table: its own codes and texts, and those that the policy names.
class Words {
 public:
  Words(explain::Subject const& subject) : subject_(subject), vocabulary_(subject.program.vocabulary) {
    record(subject.batch.facts, subject.case_index);
    for (auto const& value : subject.program.values) {
      auto const* constant = std::get_if<check::Constant>(&value.node);
      if (constant != nullptr && !constant->text.empty()) add(subject.symbols.find(constant->text));
    }
  }
  bool has(values::Symbol symbol) const { return found_.count(symbol) != 0; }

 private:
  void add(values::Symbol symbol) { found_.insert(symbol); }

  void record(cases::RecordColumns const& columns, std::size_t row) {
    auto const& fields = vocabulary_.records[columns.record].fields;
    for (std::size_t position = 0; position < fields.size(); ++position) {
      field(vocabulary_.fields[fields[position]], columns.fields[position], row);
    }
  }

  void field(vocabulary::Field const& field, cases::FieldColumn const& column, std::size_t row) {
    using cases::Layout;
    auto const layout = cases::layout_of(field);
    if (layout == Layout::single) value(field, column.values, row);
    if (layout == Layout::list || layout == Layout::record_list) {
      for (auto at = column.offsets[row]; at < column.offsets[row + 1]; ++at) {
        layout == Layout::list ? value(field, column.values, at) : record(column.members.front(), at);
      }
    }
  }

  void value(vocabulary::Field const& field, cases::FactColumn const& column, std::size_t at) {
    if (column.known[at] != Known::exactly) return;
    auto const& type = field.quantity.type;
    auto const steps = column.lowest[at];
    switch (type.kind) {
      case Kind::code:
      case Kind::text: add(static_cast<values::Symbol>(steps)); break;
      case Kind::choice:
      case Kind::year:
      case Kind::date:
      case Kind::yes_no: add(subject_.symbols.find(evidence::key_text(type, steps, vocabulary_))); break;
      default: break;
    }
  }

  explain::Subject const& subject_;
  vocabulary::Vocabulary const& vocabulary_;
  std::set<values::Symbol> found_;
};

class RowWriter {
 public:
  RowWriter(explain::Subject const& subject, evidence::Release const& release)
      : subject_(subject),
        vocabulary_(subject.program.vocabulary),
        source_(vocabulary_.sources[release.source]),
        release_(release) {}

  std::string line(std::size_t row) const {
    ledger::Object keys, cells;
    for (std::size_t key = 0; key < source_.keys.size(); ++key) {
      keys.text(ascii_key(grammar::data_key(source_.keys[key].name)),
                subject_.symbols.text(release_.table.keys[key][row]));
    }
    for (std::size_t column = 0; column < source_.columns.size(); ++column) {
      cells.put(ascii_key(grammar::data_key(source_.columns[column].name)), cell(column, row));
    }
    return ledger::Object()
               .text("source", source_.name)
               .text("release", release_.entry.name)
               .text("sha256", release_.sha256)
               .put("keys", keys.json())
               .put("values", cells.json())
               .json() +
           "\n";
  }

 private:
  std::string cell(std::size_t column, std::size_t row) const {
    auto const& cells = release_.table.columns[column];
    auto const known = cells.known[row];
    if (known == Known::exactly) return word(column, cells.lowest[row]);
    if (known != Known::bounded) return ledger::Object().text("missing", values::words(known)).json();
    ledger::Object range;
    if (cells.lowest[row] != values::kNoLowest) range.put("at_least", word(column, cells.lowest[row]));
    if (cells.highest[row] != values::kNoHighest) range.put("at_most", word(column, cells.highest[row]));
    return range.json();
  }

  std::string word(std::size_t column, values::Steps steps) const {
    auto const& type = source_.columns[column].quantity.type;
    switch (type.kind) {
      case Kind::choice:
        return ledger::text_json(vocabulary_.choices[type.which].entries[static_cast<std::size_t>(steps)].shown);
      case Kind::code:
      case Kind::text: return ledger::text_json(subject_.symbols.text(static_cast<values::Symbol>(steps)));
      case Kind::yes_no: return ledger::flag_json(steps != 0);
      default: return ledger::text_json(plain_number(values::ratio_of(steps), type, vocabulary_));
    }
  }

  explain::Subject const& subject_;
  vocabulary::Vocabulary const& vocabulary_;
  vocabulary::Source const& source_;
  evidence::Release const& release_;
};

}  // namespace

std::string evidence_rows(Judged& judged, std::uint32_t i) {
  auto const subject = judged.subject(i);
  Words const words(subject);
  std::string out;
  for (auto const source : subject.program.sources) {
    auto const* release = subject.run.release(source, i);
    if (release == nullptr) continue;
    RowWriter const writer(subject, *release);
    for (std::size_t row = 0; row < release->table.rows; ++row) {
      bool asked = true;
      for (auto const& key : release->table.keys) asked = asked && words.has(key[row]);
      if (asked) out += writer.line(row);
    }
  }
  return out;
}

}  // namespace waymark::commands
