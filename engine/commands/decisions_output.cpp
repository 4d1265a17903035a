// Decisions as records, as lines of CSV, as rows of a table.
#include "engine/commands/decisions_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "engine/commands/report.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/values/csv.hpp"
#include "engine/values/printable.hpp"

namespace waymark::commands {
namespace {

constexpr char const* kNotReviewed = "not reviewed";

// The field `request`, where the record has one that is a choice.
std::optional<std::size_t> request_position(check::Program const& program) {
  auto const& vocabulary = program.vocabulary;
  auto const& fields = vocabulary.records[program.record].fields;
  for (std::size_t position = 0; position < fields.size(); ++position) {
    vocabulary::Field const& field = vocabulary.fields[fields[position]];
    bool const choice = field.quantity.type.kind == vocabulary::Kind::choice && !field.quantity.type.list;
    if (field.name == "request" && choice && field.each.empty()) return position;
  }
  return std::nullopt;
}

std::string request_words(Judged& judged, std::uint32_t i, std::size_t position) {
  check::Program const& program = judged.program(i);
  cases::FactColumn const& values = judged.batch().facts.fields[position].values;
  if (values.known[i] != values::Known::exactly) return "";
  auto const field = program.vocabulary.records[program.record].fields[position];
  auto const choice = program.vocabulary.fields[field].quantity.type.which;
  return program.vocabulary.choices[choice].entries[static_cast<std::size_t>(values.lowest[i])].shown;
}

std::string and_more(std::vector<std::string> const& lines, std::size_t shown) {
  return lines.size() <= shown ? "" : fmt::format(" (and {} more)", lines.size() - shown);
}

std::string needs_words(explain::Subject const& subject) {
  std::vector<std::string> words;
  for (explain::Need const& need : explain::needs(subject)) {
    std::string const of = need.for_what.empty() ? "" : fmt::format(" for {}", need.for_what);
    words.push_back(fmt::format("{}{}: {}", need.fact, of, need.why));
  }
  return words.empty() ? "" : words.front() + and_more(words, 1);
}

// Of a policy that has no Decision.
std::string reports_words(explain::Subject const& subject) {
  std::vector<std::string> words;
  for (explain::Report const& report : explain::reported(subject)) {
    words.push_back(fmt::format("{}: {}", report.name, report.words));
  }
  return words.front() + and_more(words, 1);
}

std::string reason(Judged& judged, std::uint32_t i) {
  std::string const outcome = judged.outcome_words(i);
  if (outcome == kNotReviewed) return judged.fault(i);
  if (judged.program(i).decisions.empty()) return reports_words(judged.subject(i));
  if (judged.row(i) == nullptr) return needs_words(judged.subject(i));
  std::vector<std::string> const because = explain::because(judged.subject(i));
  return because.empty() ? "" : because.front() + and_more(because, 1);
}

Row table_row(Judged& judged, std::uint32_t i, std::optional<std::size_t> request, OutputAsked const& asked) {
  bool const reviewed = judged.outcome_words(i) != kNotReviewed;
  auto const until = reviewed ? explain::terms(judged.subject(i)).until : std::nullopt;
  std::string const id = judged.id(i);
  cases::Origin const& origin = judged.batch().origins[i];
  Row row = {id.empty() ? fmt::format("(line {})", origin.line) : id};
  if (request) row.push_back(origin.fault.empty() ? request_words(judged, i, *request) : "");
  row.push_back(judged.outcome_words(i));
  row.push_back(until ? values::write_date(*until) : "");
  if (asked.detail != explain::Detail::none) row.push_back(reason(judged, i));
  return row;
}

// How the lines of one epoch end, case by case: the letters of all criteria.
struct Letters {
  std::string all;
  std::size_t size = 0;  // of one
  std::string_view of(std::uint32_t i) const { return std::string_view(all).substr(i * size, size); }
};

Letters letters_of(review::Run& run, std::size_t criteria) {
  static constexpr std::size_t kStatuses = 16;  // of four bits
  std::array<char, kStatuses> letter = {};
  for (std::size_t status = 0; status < kStatuses; ++status) {
    letter[status] = values::status_letter(static_cast<values::Status>(status));
  }
  auto const size = criteria + 1;
  Letters out{std::string(run.size() * size, '\n'), size};
  for (check::CriterionId criterion = 0; criterion < criteria; ++criterion) {
    auto const statuses = run.statuses(criterion);
    auto* at = out.all.data() + criterion;
    for (auto const status : statuses) {
      *at = letter[status];
      at += size;
    }
  }
  return out;
}

// All lines of a batch in one text that grows once: nothing is made for a line or a cell of its own.
std::string csv_lines(Judged& judged, OutcomeWords const& words, std::vector<std::size_t> const& numbers) {
  std::vector<Letters> letters(judged.epochs());
  std::size_t longest = 0;
  for (std::size_t epoch = 0; epoch < letters.size(); ++epoch) {
    auto* run = judged.run_of(epoch);
    if (run != nullptr) letters[epoch] = letters_of(*run, judged.reviewer().epochs()[epoch].program->criteria.size());
    longest = std::max(longest, letters[epoch].size);
  }
  constexpr std::size_t kIdAndOutcome = 40;  // more than most have
  std::string out;
  out.reserve(judged.size() * (longest + kIdAndOutcome));
  for (std::uint32_t i = 0; i < judged.size(); ++i) {
    values::append_safe_csv_cell(out, judged.id(i));
    out += words[numbers[i]].cell;
    if (numbers[i] != OutcomeWords::kNotReviewed) {
      out += letters[judged.epoch(i)].of(i);
    } else {
      out += '\n';
    }
  }
  return out;
}

// Where the outcome stands among those of the policy.
std::size_t rank(std::string const& outcome, check::Program const& program) {
  if (program.decisions.empty()) return outcome == "reported" ? 0 : outcome == kNotReviewed ? 2 : 1;
  auto const& entries = program.vocabulary.choices[program.outcomes].entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].name == grammar::name_key(outcome)) return i;
  }
  return outcome == kNotReviewed ? entries.size() + 1 : entries.size();
}

}  // namespace

std::string head(OutputAsked const& asked) {
  return asked.format == OutputFormat::csv ? "submission,outcome,criteria\n" : "";
}

Printed print(Judged& judged, OutputAsked const& asked, Counting const& counting,
              std::vector<std::uint64_t> const& seqs) {
  Printed printed;
  auto const numbers = counting.outcomes().numbers(judged);
  printed.tally = counting.count(judged, numbers);
  if (asked.format == OutputFormat::csv) {
    printed.text = csv_lines(judged, counting.outcomes(), numbers);
    return printed;
  }
  explain::RecordContext context = judged.context();
  for (std::uint32_t i = 0; i < judged.size(); ++i) {
    if (asked.format == OutputFormat::jsonl) {
      if (!seqs.empty()) context.seq = seqs[i];
      explain::append_decision_json(printed.text, judged.subject(i), context, asked.detail);
      printed.text += '\n';
      // Room for the others, which are about as long: a batch of full records has 32 MB, and grows by copying them.
      if (i == 0) printed.text.reserve(judged.size() * (printed.text.size() + printed.text.size() / 8));
      continue;
    }
    printed.rows.push_back(table_row(judged, i, request_position(judged.program(i)), asked));
    if (asked.detail == explain::Detail::full && judged.outcome_words(i) != kNotReviewed) {
      printed.explanations += "\n" + values::one_line(judged.id(i)) + "\n" + explain::full_text(judged.subject(i));
    }
  }
  return printed;
}

Row table_heading(check::Program const& program, OutputAsked const& asked) {
  Row heading = {"submission"};
  if (request_position(program)) heading.emplace_back("request");
  heading.emplace_back("outcome");
  heading.emplace_back("until");
  if (asked.detail != explain::Detail::none) heading.emplace_back("reason");
  return heading;
}

std::string summary(Tally const& tally, check::Program const& program) {
  std::vector<std::pair<std::size_t, std::string>> order;  // the policy's, then the two that it does not declare
  for (auto const& [words, number] : tally.outcomes) order.emplace_back(rank(words, program), words);
  std::sort(order.begin(), order.end());
  std::string text = fmt::format("\n{}\n", counted(tally.total(), "submission"));
  for (auto const& [place, words] : order) text += fmt::format("{:>8}  {}\n", tally.outcomes.at(words), words);
  std::map<std::string, std::set<std::string>> used;
  for (evidence::Release const* release : tally.evidence) {
    used[program.vocabulary.sources[release->source].shown].insert(release->entry.name);
  }
  for (auto const& [source, releases] : used) {
    text += fmt::format("evidence: {}, {}\n", source, fmt::join(releases, ", "));
  }
  return text;
}

}  // namespace waymark::commands
