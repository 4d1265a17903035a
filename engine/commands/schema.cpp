// `waymark schema`: what a portal integrates against, as JSON Schema: the submission that a policy reviews, or the
// record of its decision.
#include <fmt/format.h>

#include <memory>
#include <set>
#include <utility>

#include "engine/cases/schema.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/reviewer.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/values/json_text.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using values::json_string;

struct Asked {
  std::string policy;
  std::string workspace;
  bool decision = false;
};

// `"a", "b"`: each once, in the order in which they come.
class Words {
 public:
  void add(std::string const& word) {
    if (seen_.insert(word).second) text_ += (text_.empty() ? "" : ", ") + json_string(word);
  }
  std::string const& text() const { return text_; }

 private:
  std::set<std::string> seen_;
  std::string text_;
};

// Members of `properties`, in order.
class Properties {
 public:
  void add(std::string_view key, std::string const& schema) {
    text_ += fmt::format("{}    {}: {}", text_.empty() ? "" : ",\n", json_string(key), schema);
  }
  std::string const& text() const { return text_; }

 private:
  std::string text_;
};

std::string outcomes(std::vector<check::Epoch> const& epochs) {
  Words words;
  for (check::Epoch const& epoch : epochs) {
    for (check::Decision const& decision : epoch.program->decisions) {
      for (check::Row const& row : decision.rows) words.add(row.shown);
    }
  }
  for (check::Epoch const& epoch : epochs) {
    if (epoch.program->decisions.empty()) words.add("reported");
  }
  words.add("needs information");
  words.add("not reviewed");
  return words.text();
}

std::string criteria(std::vector<check::Epoch> const& epochs) {
  std::set<std::string> seen;
  std::string text;
  for (check::Epoch const& epoch : epochs) {
    for (check::Criterion const& criterion : epoch.program->criteria) {
      if (!seen.insert(criterion.data_key).second) continue;
      text += fmt::format("{}\n        {}: {{\"$ref\": \"#/$defs/status\"}}", text.empty() ? "" : ",",
                          json_string(criterion.data_key));
    }
  }
  return fmt::format(
      "{{\n      \"type\": \"object\",\n      \"properties\": {{{}\n      }},\n"
      "      \"additionalProperties\": false\n    }}",
      text);
}

// Those of any epoch, each once.
std::string reports(std::vector<check::Epoch> const& epochs) {
  std::set<std::string> seen;
  std::string text;
  for (check::Epoch const& epoch : epochs) {
    for (check::ValueId const id : epoch.program->reports) {
      auto const figure = std::get<check::FigureRef>(epoch.program->values[id].node).figure;
      auto const key = grammar::data_key(epoch.program->figures[figure].name);
      if (!seen.insert(key).second) continue;
      text += fmt::format("{}{}: {{\"type\": \"string\"}}", text.empty() ? "" : ", ", json_string(key));
    }
  }
  return text.empty()
             ? ""
             : fmt::format(R"({{"type": "object", "properties": {{{}}}, "additionalProperties": false}})", text);
}

std::string request_schema(check::Program const& program) {
  auto const& vocabulary = program.vocabulary;
  for (vocabulary::FieldId const id : vocabulary.records[program.record].fields) {
    vocabulary::Field const& field = vocabulary.fields[id];
    if (field.name != "request" || field.quantity.type.kind != vocabulary::Kind::choice) continue;
    Words words;
    for (auto const& entry : vocabulary.choices[field.quantity.type.which].entries) words.add(entry.shown);
    return fmt::format("{{\"enum\": [{}]}}", words.text());
  }
  return "";
}

constexpr char const* kText = R"({"type": "string"})";
constexpr char const* kTexts = R"({"type": "array", "items": {"type": "string"}})";
constexpr char const* kDate = R"({"type": "string", "format": "date"})";
constexpr char const* kHash = R"({"type": "string", "pattern": "^[0-9a-f]{64}$"})";
constexpr char const* kTextsByKey = R"({"type": "object", "additionalProperties": {"type": "string"}})";
constexpr char const* kConditions =
    R"({"type": "array", "items": {"type": "object", "properties": {"within": {"type": "string"}, )"
    R"("by": {"type": "string", "format": "date"}, "text": {"type": "string"}}, "required": ["text"]}})";
constexpr char const* kNeeds =
    R"({"type": "array", "items": {"type": "object", "properties": {"fact": {"type": "string"}, )"
    R"("for": {"type": "string"}, "why": {"type": "string"}}, "required": ["fact", "for", "why"]}})";

std::string decision_schema(std::vector<check::Epoch> const& epochs) {
  check::Program const& program = *epochs.front().program;
  Properties properties;
  properties.add("submission", kText);
  properties.add("policy", fmt::format("{{\"const\": {}}}", json_string(program.title)));
  properties.add("policy_sha256", kHash);
  properties.add("program_sha256", kHash);
  properties.add("date", kDate);
  if (std::string const request = request_schema(program); !request.empty()) properties.add("request", request);
  properties.add("outcome", fmt::format("{{\"enum\": [{}]}}", outcomes(epochs)));
  properties.add("until", kDate);
  properties.add("conditions", kConditions);
  properties.add("schedule", kTextsByKey);
  properties.add("remembers", kTextsByKey);
  if (std::string const reported = reports(epochs); !reported.empty()) properties.add("reports", reported);
  properties.add("criteria", criteria(epochs));
  properties.add("because", kTexts);
  properties.add("needs", kNeeds);
  properties.add("evidence", kTextsByKey);
  properties.add("possible", kTexts);
  properties.add("recommends", kText);
  properties.add("illustrative", kTexts);
  properties.add("message", kText);
  properties.add("explanation", R"({"type": "array", "items": {"type": "object"}})");
  return fmt::format(
      "{{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": {},\n"
      "  \"type\": \"object\",\n  \"properties\": {{\n{}\n  }},\n"
      "  \"required\": [\"submission\", \"policy\", \"policy_sha256\", \"program_sha256\", \"date\", \"outcome\"],\n"
      "  \"$defs\": {{\n    \"status\": {{\"enum\": [\"met\", \"not met\", \"cannot be told\", \"waived\", "
      "\"does not apply\"]}}\n  }}\n}}\n",
      json_string("A decision under " + program.title), properties.text());
}

ExitCode schema(Asked const& asked) {
  auto rulebook = open_or_say(asked.workspace, asked.policy);
  if (!rulebook) return ExitCode::unreadable;
  auto const policy = load_to_decide(*rulebook, asked.policy);
  if (!policy) return ExitCode::unreadable;
  check::Program const& program = *policy->checked.epochs.front().program;
  bool const decides = !program.decisions.empty() || !program.reports.empty();
  if (!program.reviews_record || (asked.decision && !decides)) {
    say(fmt::format("`{}` only lists: it takes no submissions and gives no decisions", asked.policy));
    return ExitCode::usage;
  }
  std::string const text =
      asked.decision ? decision_schema(policy->checked.epochs)
                     : cases::json_schema(program.record, program.vocabulary, "A submission to " + program.title);
  out("{}{}", text, text.ends_with('\n') ? "" : "\n");
  return ExitCode::done;
}

}  // namespace

Verb schema_verb() {
  return {"schema", "Prints the JSON Schema of a policy's submission or decision", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("POLICY", asked->policy, "The policy, a .policy file", Need::required);
            options.value("--workspace", asked->workspace,
                          "The workspace (default: the nearest upward from the policy)");
            options.flag("--decision", asked->decision, "Of the decision instead of the submission");
            return [asked] { return schema(*asked); };
          }};
}

}  // namespace waymark::commands
