// A decision as its record: one object on one line, keys in a fixed order, no number that is not whole.
#include "engine/explain/explain.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/proof.hpp"
#include "engine/explain/reading.hpp"
#include "engine/explain/spot.hpp"
#include "engine/explain/words.hpp"
#include "engine/values/json_text.hpp"
#include "grammar/parse.hpp"

namespace waymark::explain {
namespace {

using values::append_json_string;

/// Writes members in the order in which they are asked for.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_.push_back('{'); }
  void text(std::string_view key, std::string_view value) { append_json_string(begin(key), value); }
  void texts(std::string_view key, std::vector<std::string> const& all) {
    auto& out = begin(key);
    out.push_back('[');
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i != 0) out.push_back(',');
      append_json_string(out, all[i]);
    }
    out.push_back(']');
  }
  /// The key with its colon; the caller writes the value.
  std::string& begin(std::string_view key) {
    if (!first_) out_.push_back(',');
    first_ = false;
    append_json_string(out_, key);
    out_.push_back(':');
    return out_;
  }
  void end() { out_.push_back('}'); }

 private:
  std::string& out_;
  bool first_ = true;
};

template <class Items, class Write>
void write_array(std::string& out, Items const& items, Write write) {
  out.push_back('[');
  bool first = true;
  for (auto const& item : items) {
    if (!first) out.push_back(',');
    first = false;
    write(item);
  }
  out.push_back(']');
}

void write_needs(std::string& out, std::vector<Need> const& needs) {
  write_array(out, needs, [&](Need const& need) {
    Object each(out);
    each.text("fact", need.fact);
    each.text("for", need.for_what);
    each.text("why", need.why);
    each.end();
  });
}

std::string_view opening(Proof::Kind kind) {
  switch (kind) {
    case Proof::Kind::criterion: return R"({"criterion":")";
    case Proof::Kind::decision: return R"({"decision":")";
    case Proof::Kind::report: return R"({"report":")";
    case Proof::Kind::step: break;
  }
  return R"({"what":")";
}

// Nearly all of a full record is steps of proofs: what stands around their texts is written as it stands.
void write_proof(values::JsonWriter& out, Proof const& proof) {
  out.inside_quotes(opening(proof.kind), proof.what);
  out.inside_quotes(R"(","result":")", proof.result);
  out.inside_quotes(R"(","asked":")", proof.asked);
  out.inside_quotes(R"(","found":")", proof.found);
  out.inside_quotes(R"(","source":")", proof.source);
  out.inside_quotes(R"(","vintage":")", proof.vintage);
  out.inside_quotes(R"(","margin":")", proof.margin);
  out.inside_quotes(R"(","citation":")", proof.citation);
  out.raw(R"(","parts":[)");
  bool first = true;
  for (auto const& part : proof.parts) {
    if (!first) out.raw(',');
    first = false;
    write_proof(out, part);
  }
  out.raw(']');
  if (!proof.to_fix.empty()) {
    out.inside_quotes(R"(,"to_fix":")", proof.to_fix);
    out.raw('"');
  }
  if (proof.not_known != nullptr) {
    out.raw(R"(,"not_known":)");
    out.append([&](std::string& text) { write_needs(text, *proof.not_known); });
  }
  out.raw('}');
}

void write_request(Object& object, Subject const& subject) {
  auto const& vocabulary = subject.program.vocabulary;
  auto const& fields = vocabulary.records[subject.program.record].fields;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    auto const& field = vocabulary.fields[fields[position]];
    if (field.name != "request" || field.quantity.type.list || !field.each.empty()) continue;
    auto const& column = subject.batch.facts.fields[position].values;
    if (column.known[subject.case_index] != values::Known::exactly) continue;
    object.text("request", value_words(subject, field.quantity.type, column.lowest[subject.case_index]));
  }
}

void write_conditions(Object& object, Terms const& all, check::Row const* row) {
  auto& out = object.begin("conditions");
  out.push_back('[');
  for (std::size_t i = 0; row != nullptr && i < all.conditions.size(); ++i) {
    if (i != 0) out.push_back(',');
    Object condition(out);
    if (row->conditions[i].within) condition.text("within", row->conditions[i].within->text);
    if (all.conditions[i].first) condition.text("by", values::write_date(*all.conditions[i].first));
    condition.text("text", all.conditions[i].second);
    condition.end();
  }
  out.push_back(']');
}

void write_schedule(Object& object, Terms const& all) {
  Object schedule(object.begin("schedule"));
  for (auto const& [name, date] : all.schedule) {
    if (date) schedule.text(grammar::data_key(name), values::write_date(*date));
  }
  schedule.end();
}

// What cannot be told is not remembered.
void write_memory(Object& object, Subject const& subject) {
  auto const all = remembered(subject);
  if (all.empty()) return;
  Object memory(object.begin("remembers"));
  for (auto const& [what, value] : all) {
    auto const& type = subject.program.values[what->value].type;
    if (value) memory.text(what->key, value_words(subject, type, *value));
  }
  memory.end();
}

void write_reports(Object& object, Subject const& subject) {
  auto const all = reported(subject);
  if (all.empty()) return;
  Object reports(object.begin("reports"));
  for (auto const& report : all) reports.text(report.key, report.words);
  reports.end();
}

void write_criteria(Object& object, Subject const& subject) {
  Object criteria(object.begin("criteria"));
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    auto const words = values::status_words(subject.run.status(id, subject.case_index));
    criteria.text(subject.program.criteria[id].data_key, words);
  }
  criteria.end();
}

void write_evidence(Object& object, Subject const& subject, Reading const& reading) {
  Object evidence(object.begin("evidence"));
  for (auto const source : reading.sources) {
    auto const* release = subject.run.release(source, subject.case_index);
    if (release == nullptr) continue;
    evidence.text(grammar::data_key(subject.program.vocabulary.sources[source].name), release->entry.name);
  }
  evidence.end();
}

void write_explanation(Object& object, Subject const& subject) {
  values::JsonWriter out(object.begin("explanation"));
  out.raw('[');
  bool first = true;
  auto const put = [&](Proof const& proof) {
    if (!first) out.raw(',');
    first = false;
    write_proof(out, proof);
  };
  Proofs proofs;
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    put(of_criterion(subject, id, proofs));
    proofs.clear();  // each stands in the nearest cache
  }
  if (!subject.program.decisions.empty()) put(of_decision(subject, proofs));
  for (auto const& report : of_reports(subject, proofs)) put(report);
  out.raw(']');
}

void write_seq(Object& object, RecordContext const& context) {
  if (context.seq) object.begin("seq") += std::to_string(*context.seq);
}

void write_head(Object& object, Subject const& subject, RecordContext const& context) {
  object.text("submission", subject.batch.origins[subject.case_index].id);
  object.text("policy", subject.program.title);
  object.text("policy_sha256", context.policy_sha256);
  object.text("program_sha256", context.program_sha256);
  object.text("date", values::write_date(subject.date()));
}

}  // namespace

std::string proof_json(Proof const& proof) {
  std::string out;
  {
    values::JsonWriter writer(out);
    write_proof(writer, proof);
  }
  return out;
}

std::string decision_json(Subject const& subject, RecordContext const& context, Detail detail) {
  std::string out;
  append_decision_json(out, subject, context, detail);
  return out;
}

void append_decision_json(std::string& out, Subject const& subject, RecordContext const& context, Detail detail) {
  Object object(out);
  write_head(object, subject, context);
  auto const outcome = outcome_words(subject);
  if (subject.run.outcomes()[subject.case_index].kind == review::Outcome::Kind::not_reviewed) {
    object.text("outcome", outcome);
    object.text("message", fault_words(subject));
    write_seq(object, context);
    object.end();
    return;
  }
  auto const all = terms(subject);
  auto const reading = reading_of(subject);
  auto const* row = decided_row(subject);
  write_request(object, subject);
  object.text("outcome", outcome);
  if (all.until) object.text("until", values::write_date(*all.until));
  write_conditions(object, all, row);
  write_schedule(object, all);
  write_memory(object, subject);
  write_reports(object, subject);
  write_criteria(object, subject);
  object.texts("because", detail == Detail::none ? std::vector<std::string>() : because(subject));
  write_needs(object.begin("needs"), needs(subject));
  write_evidence(object, subject, reading);
  auto const open = possible(subject);
  if (!open.empty()) object.texts("possible", open);
  if (row != nullptr && !row->recommends.empty()) object.text("recommends", row->recommends);
  if (!reading.illustrative.empty()) object.texts("illustrative", reading.illustrative);
  if (!all.fault.empty()) object.text("message", all.fault);
  if (detail == Detail::full) write_explanation(object, subject);
  write_seq(object, context);
  object.end();
}

}  // namespace waymark::explain
