// The only file that knows the template library; what it throws, if anything, ends here.
#include "engine/commands/letter.hpp"

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include <charconv>
#include <exception>
#include <string_view>
#include <system_error>

#include "engine/commands/facts_json.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/reading.hpp"
#include "engine/ledger/members.hpp"
#include "engine/values/printable.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using Data = kainjow::mustache::data;

// What is empty is false in a template, so that a section about it is left out.
void put(Data& out, std::string const& name, std::string_view text) {
  out.set(name, text.empty() ? Data(Data::type::bool_false) : Data(values::one_line(text)));
}

void put(Data& out, std::string const& name, std::vector<Data> const& items) {
  Data list(Data::type::list);
  for (auto const& item : items) list.push_back(item);
  out.set("has_" + name, Data(items.empty() ? Data::type::bool_false : Data::type::bool_true));
  out.set(name, list);
}

// The conditions under a proof that failed: what was asked and found, where nothing below says it closer.
void add_findings(explain::Proof const& proof, std::vector<Data>& out) {
  bool closer = false;
  for (auto const& part : proof.parts) {
    auto const result = part.result.view();
    if (result != "no" && result != "cannot be told") continue;
    closer = true;
    add_findings(part, out);
  }
  if (closer || proof.asked.empty()) return;
  Data finding;
  put(finding, "asked", proof.asked);
  put(finding, "found", proof.found.empty() ? proof.result : proof.found);
  put(finding, "margin", proof.margin);
  put(finding, "source", proof.source);
  put(finding, "vintage", proof.vintage);
  put(finding, "citation", proof.citation);
  out.push_back(finding);
}

std::vector<Data> unmet(explain::Subject const& subject) {
  std::vector<Data> out;
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    if (values::status_words(subject.run.status(id, subject.case_index)) != "not met") continue;
    explain::Proofs proofs;
    auto const& proof = explain::of_criterion(subject, id, proofs);
    Data one;
    put(one, "name", subject.program.criteria[id].shown);
    put(one, "citation", proof.citation);
    put(one, "to_fix", explain::to_fix(subject, id));
    std::vector<Data> findings;
    add_findings(proof, findings);
    put(one, "findings", findings);
    out.push_back(one);
  }
  return out;
}

std::vector<Data> waived(explain::Subject const& subject) {
  std::vector<Data> out;
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    if (values::status_words(subject.run.status(id, subject.case_index)) != "waived") continue;
    out.emplace_back(subject.program.criteria[id].shown);
  }
  return out;
}

std::vector<Data> needs_of(explain::Subject const& subject) {
  std::vector<Data> out;
  for (auto const& need : explain::needs(subject)) {
    Data one;
    put(one, "fact", need.fact);
    put(one, "for", need.for_what);
    put(one, "why", need.why);
    out.push_back(one);
  }
  return out;
}

std::vector<Data> conditions(explain::Terms const& terms) {
  std::vector<Data> out;
  for (auto const& [by, text] : terms.conditions) {
    Data one;
    put(one, "by", by ? values::write_date(*by) : "");
    put(one, "text", text);
    out.push_back(one);
  }
  return out;
}

std::vector<Data> schedule(explain::Terms const& terms) {
  std::vector<Data> out;
  for (auto const& [name, date] : terms.schedule) {
    Data one;
    put(one, "name", name);
    put(one, "by", date ? values::write_date(*date) : "cannot be told");
    out.push_back(one);
  }
  return out;
}

std::vector<Data> reports(explain::Subject const& subject) {
  std::vector<Data> out;
  for (auto const& report : explain::reported(subject)) {
    Data one;
    put(one, "name", report.name);
    put(one, "value", report.words);
    out.push_back(one);
  }
  return out;
}

std::string title_of(explain::Subject const& subject) {
  auto const& vocabulary = subject.program.vocabulary;
  auto const& fields = vocabulary.records[subject.program.record].fields;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    auto const& field = vocabulary.fields[fields[position]];
    bool const text = field.quantity.type.kind == vocabulary::Kind::text && !field.quantity.type.list;
    if (field.name != "title" || !text || !field.each.empty()) continue;
    auto const& column = subject.batch.facts.fields[position].values;
    if (column.known[subject.case_index] != values::Known::exactly) return "";
    return subject.symbols.text(static_cast<values::Symbol>(column.lowest[subject.case_index]));
  }
  return "";
}

void put_decision(Data& out, explain::Subject const& subject) {
  put(out, "date", values::write_date(subject.date()));
  auto const* row = explain::decided_row(subject);
  put(out, "outcome", row == nullptr ? explain::outcome_words(subject) : explain::row_words(*row));
  put(out, "fault", explain::fault_words(subject));
  if (subject.run.outcomes()[subject.case_index].kind == review::Outcome::Kind::not_reviewed) return;
  auto const terms = explain::terms(subject);
  put(out, "until", terms.until ? values::write_date(*terms.until) : "");
  put(out, "conditions", conditions(terms));
  put(out, "schedule", schedule(terms));
  put(out, "reports", reports(subject));
  put(out, "recommends", row == nullptr ? "" : row->recommends);
  put(out, "illustrative", explain::is_illustrative_row(subject) ? "yes" : "");
  std::vector<Data> reasons, possible;
  for (auto const& reason : explain::because(subject)) reasons.emplace_back(values::one_line(reason));
  for (auto const& words : explain::possible(subject)) possible.emplace_back(values::one_line(words));
  put(out, "reasons", reasons);
  put(out, "possible", possible);
  put(out, "unmet", unmet(subject));
  put(out, "waived", waived(subject));
  put(out, "needs", needs_of(subject));
}

void put_record(Data& out, LetterContext const& context) {
  put(out, "entry", std::to_string(context.decision.seq));
  put(out, "ledger", context.checkpoint.origin);
  put(out, "size", std::to_string(context.checkpoint.size));
  put(out, "root", ledger::base64(context.checkpoint.root.raw()));
  put(out, "key", context.key);
  if (!context.overridden) return;
  ledger::Body const body(context.overridden->body);
  put(out, "overridden", "yes");
  put(out, "overridden_at", context.overridden->at.substr(0, 10));
  for (auto const* key : {"outcome", "who", "authority", "reason"}) {
    put(out, std::string("overridden_") + key, body.text(key).value_or(""));
  }
}

// Of several empty lines one.
std::string without_gaps(std::string const& page) {
  std::string out;
  for (char const c : page) {
    if (c == '\n' && (out.empty() || out.ends_with("\n\n"))) continue;
    out.push_back(c);
  }
  return out;
}

// The library ends what it says of a fault with ` at `, and how many characters stand before it.
std::string fault_in(LetterTemplate const& layout, std::string fault) {
  auto const at = fault.rfind(" at ");
  auto const digits = at == std::string::npos ? std::string_view() : std::string_view(fault).substr(at + 4);
  std::size_t position = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), position);
  if (!digits.empty() && error == std::errc() && end == digits.data() + digits.size()) fault.resize(at);
  if (!fault.empty() && fault.front() >= 'A' && fault.front() <= 'Z')
    fault.front() = static_cast<char>(fault.front() + 32);
  return template_fault(layout, position, fault);
}

// What was submitted, as the decision has it: facts that are one text or number.
std::vector<std::string> put_facts(Data& out, ledger::Body const& decision, explain::Subject const& subject) {
  auto const& vocabulary = subject.program.vocabulary;
  std::vector<std::string> keys;
  Data all(Data::type::object);
  auto const facts = decision.object("facts");
  for (auto const field : vocabulary.records[subject.program.record].fields) {
    auto const key = ascii_key(grammar::data_key(vocabulary.fields[field].name));
    keys.push_back(key);
    put(all, key, facts.text(key).value_or(""));
  }
  out.set("facts", all);
  return keys;
}

}  // namespace

values::Result<std::string, std::string> letter(Judged& judged, std::uint32_t i, LetterContext const& context,
                                                LetterTemplate const& layout) {
  auto const subject = judged.subject(i);
  Data data;
  put(data, "policy", subject.program.title);
  put(data, "jurisdiction", subject.program.jurisdiction);
  put(data, "authority", subject.program.authority);
  put(data, "submission", judged.id(i));
  put(data, "title", title_of(subject));
  put_decision(data, subject);
  put_record(data, context);
  auto const facts = put_facts(data, ledger::Body(context.decision.body), subject);
  if (auto const wrong = wrong_in_template(layout, facts)) return values::failure(*wrong);
  try {
    kainjow::mustache::mustache page(layout.text);
    page.set_custom_escape([](std::string const& text) { return text; });
    auto out = page.render(data);
    if (!page.is_valid()) return values::failure(fault_in(layout, page.error_message()));
    return without_gaps(out);
  } catch (std::exception const& error) {
    return values::failure(fault_in(layout, error.what()));
  }
}

}  // namespace waymark::commands
