// Reads a decision back from its run, without words of explanation.
#include "engine/commands/decision_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/commands/waiver_entry.hpp"
#include "engine/explain/missing.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/spot.hpp"
#include "engine/ledger/body.hpp"
#include "engine/values/json_text.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using ledger::Object;

// Of an entry some is left for what is recorded besides: where the submission came from, which rules and evidence.
constexpr std::size_t kLongestDecision = ledger::kLongestBody - (std::size_t{64} << 10U);

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

  /// The conditions of one criterion, as a list; good until the next is asked for.
  std::string_view conditions(check::Criterion const& criterion) {
    list_.clear();
    list_.push_back('[');
    visit(criterion.test);
    list_.push_back(']');
    return list_;
  }

 private:
  void visit(check::ConditionId id) {
    auto const& node = program_.conditions[id].node;
    if (auto const* junction = std::get_if<check::Junction>(&node)) {
      for (auto const item : junction->items) visit(item);
    } else if (auto const* compare = std::get_if<check::Compare>(&node)) {
      leaf_.clear();
      side(compare->left);
      leaf_ += sign(compare->order);
      side(compare->right);
      add(leaf_);
    } else {
      add(values::words(subject_.run.truth(id, frame())));
    }
  }

  void add(std::string_view leaf) {
    if (list_.size() > 1) list_.push_back(',');
    values::append_json_string(list_, leaf);
  }

  void side(check::ValueId id) {
    auto const seen = subject_.run.value(id, frame());
    auto const number = [&](values::Ratio value) {
      leaf_ += plain_number(value, program_.values[id].type, program_.vocabulary);
    };
    if (!seen.may_apply) {
      leaf_ += "(does not apply)";
    } else if (seen.exact()) {
      number(seen.lowest);
    } else {
      leaf_.push_back('[');
      number(seen.lowest);
      leaf_ += "..";
      number(seen.highest);
      leaf_.push_back(']');
    }
    if (seen.may_apply && seen.may_not_apply) leaf_.push_back('?');
  }

  review::Frame frame() const { return {0, subject_.case_index}; }

  explain::Subject const& subject_;
  check::Program const& program_;
  std::string list_, leaf_;
};

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

Object schedule(explain::Terms const& terms) {
  Object out;
  for (auto const& [name, date] : terms.schedule) {
    if (date) out.text(ascii_key(grammar::data_key(name)), values::write_date(*date));
  }
  return out;
}

// For the next review, which reads it as a fact of the last decision.
Object memory(explain::Subject const& subject) {
  auto const& program = subject.program;
  Object out;
  for (auto const& [what, value] : explain::remembered(subject)) {
    auto const key = ascii_key(what->key);
    if (value) {
      out.put(key, fact_json(program.values[what->value].type, *value, program.vocabulary, subject.symbols));
    } else {
      Object why;
      why.text("missing", explain::found_words(subject, what->value, explain::spot_of(subject)));
      out.object(key, why);
    }
  }
  return out;
}

Object reports(std::vector<explain::Report> const& all) {
  Object out;
  for (auto const& report : all) out.text(ascii_key(report.key), report.words);
  return out;
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

}  // namespace

DecisionKeys::DecisionKeys(Reviewer const& reviewer, ReleaseEntries entries)
    : facts_(reviewer.program().vocabulary), entries_(std::move(entries)) {
  auto const& program = reviewer.program();
  for (check::CriterionId id = 0; id < program.criteria.size(); ++id) {
    criteria_.emplace_back(ascii_key(program.criteria[id].data_key), id);
  }
  std::sort(criteria_.begin(), criteria_.end());
  for (auto const& source : program.vocabulary.sources) {
    sources_.push_back(ascii_key(grammar::data_key(source.name)));
  }
}

Object DecisionBodies::criteria(explain::Subject const& subject) const {
  Object out;
  for (auto const& [key, id] : keys_.criteria_) {
    out.text(key, values::status_words(subject.run.status(id, subject.case_index)));
  }
  return out;
}

Object DecisionBodies::found(explain::Subject const& subject) const {
  FoundWriter writer(subject);
  Object out;
  for (auto const& [key, id] : keys_.criteria_) out.put(key, writer.conditions(subject.program.criteria[id]));
  return out;
}

// Nearly always the same from one decision to the next.
std::string const& DecisionBodies::evidence(explain::Subject const& subject) {
  auto const& sources = subject.program.sources;
  std::vector<evidence::Release const*> releases;
  for (auto const source : sources) releases.push_back(subject.run.release(source, subject.case_index));
  if (releases == releases_ && !evidence_.empty()) return evidence_;
  Object out;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    auto const entry = keys_.entries_.find(releases[i]);
    if (entry != keys_.entries_.end()) out.number(keys_.sources_[sources[i]], static_cast<std::int64_t>(entry->second));
  }
  releases_ = std::move(releases);
  evidence_ = out.json();
  return evidence_;
}

void DecisionBodies::put_result(Object& body, explain::Subject const& subject) {
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
  if (!terms.schedule.empty()) body.object("schedule", schedule(terms));
  if (auto const all = memory(subject); !all.empty()) body.object("remembers", all);
  if (auto const all = explain::reported(subject); !all.empty()) body.object("reports", reports(all));
  if (row != nullptr && !row->recommends.empty()) body.text("recommends", row->recommends);
  if (auto const open = explain::possible(subject); !open.empty()) body.put("possible", texts_json(open));
  body.object("criteria", criteria(subject));
  body.object("found", found(subject));
  body.put("evidence", evidence(subject));
}

Object DecisionBodies::of(std::uint32_t i) {
  auto const subject = judged_.subject(i);
  auto const& batch = judged_.batch();
  Object body;
  body.text("date", values::write_date(subject.date()));
  body.text("policy", subject.program.title);
  body.text("outcome", explain::outcome_words(subject));
  auto const fault = explain::fault_words(subject);
  if (!fault.empty()) body.text("fault", fault);
  if (!batch.origins[i].fault.empty()) return body;
  body.object("facts", facts_of(batch.facts, i, keys_.facts_, subject.program.vocabulary, subject.symbols));
  if (!batch.waivers[i].empty()) body.put("waivers", waivers_json(batch.waivers[i]));
  if (subject.run.outcomes()[i].kind != review::Outcome::Kind::not_reviewed) put_result(body, subject);
  return body;
}

std::vector<Object> bodies_that_fit(DecisionKeys const& keys, std::unique_ptr<Judged>& judged) {
  std::vector<Object> out;
  std::vector<std::uint32_t> too_long;
  DecisionBodies bodies(keys, *judged);
  for (std::uint32_t i = 0; i < judged->size(); ++i) {
    out.push_back(bodies.of(i));
    if (out.back().size() > kLongestDecision) too_long.push_back(i);
  }
  if (too_long.empty()) return out;
  judged = judged->with_fault(
      too_long, fmt::format("The decision with its facts would be longer than the {} bytes that a ledger has for one.",
                            kLongestDecision));
  DecisionBodies shorter(keys, *judged);
  for (auto const i : too_long) out[i] = shorter.of(i);
  return out;
}

bool only_reports(ledger::Body const& decision) {
  return decision.text("outcome") == "reported" && !decision.has("decision");
}

bool is_outcome(std::string_view key) {
  return key == "outcome" || key == "until" || key == "conditions" || key == "recommends" || key == "possible" ||
         key == "schedule" || key == "remembers" || key == "reports";
}

}  // namespace waymark::commands
