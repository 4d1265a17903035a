// Reads a decision back from its run, without words of explanation.
#include "engine/commands/decision_body.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "engine/commands/facts_json.hpp"
#include "engine/commands/waiver_entry.hpp"
#include "engine/explain/outcome.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using ledger::Object;

std::string_view sign(check::Order order) {
  switch (order) {
    case check::Order::at_least: return ">=";
    case check::Order::at_most: return "<=";
    case check::Order::more_than: return ">";
    case check::Order::less_than: return "<";
    case check::Order::equal: return "=";
    case check::Order::not_equal: return "<>";
  }
  return "";
}

class FoundWriter {
 public:
  FoundWriter(explain::Subject const& subject) : subject_(subject), program_(subject.program) {}

  std::string criteria() {
    Object out;
    for (auto const& criterion : program_.criteria) {
      leaves_.clear();
      visit(criterion.test);
      out.put(ascii_key(criterion.data_key), ledger::list_json(leaves_));
    }
    return out.json();
  }

 private:
  void visit(check::ConditionId id) {
    auto const& node = program_.conditions[id].node;
    if (auto const* junction = std::get_if<check::Junction>(&node)) {
      for (auto const item : junction->items) visit(item);
    } else if (auto const* compare = std::get_if<check::Compare>(&node)) {
      leaves_.push_back(
          ledger::text_json(fmt::format("{}{}{}", side(compare->left), sign(compare->order), side(compare->right))));
    } else {
      leaves_.push_back(ledger::text_json(values::words(subject_.run.truth(id, frame()))));
    }
  }

  std::string side(check::ValueId id) {
    auto const seen = subject_.run.value(id, frame());
    auto const& type = program_.values[id].type;
    if (!seen.may_apply) return "(does not apply)";
    auto const low = plain_number(seen.lowest, type, program_.vocabulary);
    auto const range =
        seen.exact() ? low : fmt::format("[{}..{}]", low, plain_number(seen.highest, type, program_.vocabulary));
    return seen.may_not_apply ? range + "?" : range;
  }

  review::Frame frame() const { return {0, subject_.case_index}; }

  explain::Subject const& subject_;
  check::Program const& program_;
  std::vector<std::string> leaves_;
};

std::string criteria_json(explain::Subject const& subject) {
  Object out;
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    out.text(ascii_key(subject.program.criteria[id].data_key),
             values::status_words(subject.run.status(id, subject.case_index)));
  }
  return out.json();
}

// The rows as far as they were scanned: up to the first yes.
std::string rows_json(explain::Subject const& subject, check::Decision const& decision) {
  std::vector<std::string> rows;
  for (auto const& row : decision.rows) {
    auto const truth = row.when == check::kNone ? values::kYes : subject.run.truth(row.when, {0, subject.case_index});
    rows.push_back(ledger::text_json(values::words(truth)));
    if (truth == values::kYes) break;
  }
  return ledger::list_json(rows);
}

std::string conditions_json(explain::Terms const& terms) {
  std::vector<std::string> all;
  for (auto const& [by, text] : terms.conditions) {
    Object condition;
    if (by) condition.text("by", values::write_date(*by));
    all.push_back(condition.text("text", text).json());
  }
  return ledger::list_json(all);
}

std::string texts_json(std::vector<std::string> const& texts) {
  std::vector<std::string> all;
  for (auto const& text : texts) all.push_back(ledger::text_json(text));
  return ledger::list_json(all);
}

std::string waivers_json(std::vector<cases::WaiverOnRecord> const& waivers) {
  std::vector<std::string> all;
  for (auto const& waiver : waivers) {
    auto fields = waiver_fields(waiver);
    if (waiver.entry) fields.number("entry", static_cast<std::int64_t>(*waiver.entry));
    all.push_back(fields.json());
  }
  return ledger::list_json(all);
}

std::string evidence_json(explain::Subject const& subject) {
  Object out;
  for (auto const source : subject.program.sources) {
    auto const* release = subject.run.release(source, subject.case_index);
    if (release == nullptr) continue;
    out.put(ascii_key(grammar::data_key(subject.program.vocabulary.sources[source].name)),
            Object().text("release", release->entry.name).text("sha256", release->sha256).json());
  }
  return out.json();
}

void put_result(Object& body, explain::Subject const& subject) {
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  auto const terms = explain::terms(subject);
  auto const* row = explain::decided_row(subject);
  if (outcome.decision != check::kNone) {
    auto const& decision = subject.program.decisions[outcome.decision];
    body.text("decision", decision.name);
    body.put("rows", rows_json(subject, decision));
  }
  if (terms.until) body.text("until", values::write_date(*terms.until));
  if (!terms.conditions.empty()) body.put("conditions", conditions_json(terms));
  if (row != nullptr && !row->recommends.empty()) body.text("recommends", row->recommends);
  if (auto const open = explain::possible(subject); !open.empty()) body.put("possible", texts_json(open));
  body.put("criteria", criteria_json(subject));
  body.put("found", FoundWriter(subject).criteria());
  body.put("evidence", evidence_json(subject));
}

}  // namespace

ledger::Object decision_body(Judged& judged, std::uint32_t i) {
  auto const subject = judged.subject(i);
  auto const context = judged.context();
  Object body;
  body.text("date", values::write_date(subject.date()));
  body.text("policy", subject.program.title);
  body.text("policy_sha256", context.policy_sha256);
  body.text("program_sha256", context.program_sha256);
  body.text("outcome", explain::outcome_words(subject));
  auto const fault = explain::fault_words(subject);
  if (!fault.empty()) body.text("fault", fault);
  if (!judged.batch().origins[i].fault.empty()) return body;
  body.put("facts", facts_json(judged.batch().facts, i, subject.program.vocabulary, subject.symbols));
  if (!judged.batch().waivers[i].empty()) body.put("waivers", waivers_json(judged.batch().waivers[i]));
  if (subject.run.outcomes()[i].kind != review::Outcome::Kind::not_reviewed) put_result(body, subject);
  return body;
}

}  // namespace waymark::commands
