// `waymark audit query`: which decisions were made, by what they say of themselves.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "engine/commands/audit.hpp"
#include "engine/commands/facts_json.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/manifest_choice.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/text_table.hpp"
#include "engine/ledger/members.hpp"
#include "engine/values/csv.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using ledger::Body;

struct Asked {
  std::string ledger;
  std::string outcome, policy, region, program, submission, about, date, from, through, criterion, rule, waiver,
      vintage;
  std::string kind = "decision";
  std::string format = "text";
};

// Facts that say where a pathway is, and which program it is, under the names that vocabularies give them.
constexpr std::string_view kRegionKeys[] = {"region", "county", "area", "workforce_area", "labor_market_area"};
constexpr std::string_view kProgramKeys[] = {"program", "program_code", "cip"};

using Test = std::function<bool(ledger::Entry const&, Body const&)>;

// Words that are the same but for case and blanks.
bool same_words(std::string const& a, std::string const& b) { return grammar::name_key(a) == grammar::name_key(b); }

bool has_text(Body const& body, std::string_view key, std::string const& wanted) {
  auto const text = body.text(key);
  return text && same_words(*text, wanted);
}

// `48.05` finds 48.0508, too.
bool is_within(std::string const& code, std::string const& wanted) { return code.starts_with(wanted); }

// `living wage` for any decision that has the criterion, `living wage=not met` for those in which it stood so.
Test criterion_test(std::string const& asked) {
  auto const sign = asked.find('=');
  auto const key = ascii_key(grammar::data_key(grammar::name_key(asked.substr(0, sign))));
  auto const status = sign == std::string::npos ? "" : asked.substr(sign + 1);
  return [key, status](ledger::Entry const&, Body const& body) {
    auto const found = body.object("criteria").text(key);
    return found && (status.empty() || same_words(*found, status));
  };
}

// The seq of its entry, or the beginning of one of its hashes.
Test rule_test(std::string const& asked) {
  return [asked](ledger::Entry const&, Body const& body) {
    if (body.number("rule") == std::optional<std::int64_t>(std::atoll(asked.c_str())) && asked.size() < 8) return true;
    return asked.size() >= 8 && (body.text("policy_sha256").value_or("").starts_with(asked) ||
                                 body.text("program_sha256").value_or("").starts_with(asked));
  };
}

Test waiver_test(std::string const& asked) {
  return [asked](ledger::Entry const& entry, Body const& body) {
    if (entry.kind == "waiver") return has_text(body, "waiver", asked);
    auto const waivers = body.items("waivers");
    return std::any_of(waivers.begin(), waivers.end(),
                       [&](std::string const& one) { return has_text(Body(one), "waiver", asked); });
  };
}

// `May 2024` of any source, or `wages=May 2024`.
Test vintage_test(std::string const& asked) {
  auto const sign = asked.find('=');
  auto const source = sign == std::string::npos ? "" : grammar::data_key(grammar::name_key(asked.substr(0, sign)));
  auto const release = sign == std::string::npos ? asked : asked.substr(sign + 1);
  return [source, release](ledger::Entry const&, Body const& body) {
    auto const evidence = body.object("evidence");
    for (auto const& [key, json] : evidence.members()) {
      if ((source.empty() || key == source) && has_text(Body(json), "release", release)) return true;
    }
    return false;
  };
}

template <std::size_t N>
Test fact_test(std::string_view const (&keys)[N], std::function<bool(std::string const&)> fits) {
  return [&keys, fits = std::move(fits)](ledger::Entry const&, Body const& body) {
    auto const facts = body.object("facts");
    return std::any_of(std::begin(keys), std::end(keys), [&](std::string_view key) {
      auto const text = facts.text(key);
      return text && fits(*text);
    });
  };
}

std::vector<Test> tests(Asked const& asked) {
  std::vector<Test> out;
  for (auto const& text : {std::pair("outcome", &asked.outcome), std::pair("policy", &asked.policy),
                           std::pair("submission", &asked.submission), std::pair("subject", &asked.about),
                           std::pair("date", &asked.date)}) {
    if (text.second->empty()) continue;
    out.push_back([text](ledger::Entry const&, Body const& body) { return has_text(body, text.first, *text.second); });
  }
  if (!asked.from.empty()) {
    out.push_back([&](ledger::Entry const&, Body const& body) { return body.text("date").value_or("") >= asked.from; });
  }
  if (!asked.through.empty()) {
    out.push_back([&](ledger::Entry const&, Body const& body) {
      auto const date = body.text("date");
      return date && *date <= asked.through;
    });
  }
  if (!asked.region.empty()) {
    out.push_back(fact_test(kRegionKeys, [&](std::string const& text) { return same_words(text, asked.region); }));
  }
  if (!asked.program.empty()) {
    out.push_back(fact_test(kProgramKeys, [&](std::string const& text) { return is_within(text, asked.program); }));
  }
  if (!asked.criterion.empty()) out.push_back(criterion_test(asked.criterion));
  if (!asked.rule.empty()) out.push_back(rule_test(asked.rule));
  if (!asked.waiver.empty()) out.push_back(waiver_test(asked.waiver));
  if (!asked.vintage.empty()) out.push_back(vintage_test(asked.vintage));
  return out;
}

Row heading(Asked const& asked) {
  if (asked.kind == "decision") return {"seq", "at", "submission", "date", "policy", "outcome", "until"};
  return {"seq", "at", "kind", "submission", "concerns", "who", "authority", "reason"};
}

Row row(Asked const& asked, ledger::Entry const& entry, Body const& body) {
  auto const text = [&](std::string_view key) { return body.text(key).value_or(""); };
  Row out = {std::to_string(entry.seq), entry.at};
  if (asked.kind == "decision") {
    for (auto const* key : {"submission", "date", "policy", "outcome", "until"}) out.push_back(text(key));
    return out;
  }
  out.push_back(entry.kind);
  out.push_back(text("submission"));
  auto const concerns = body.number("concerns");
  out.push_back(concerns ? std::to_string(*concerns) : "");
  for (auto const* key : {"who", "authority", "reason"}) out.push_back(text(key));
  return out;
}

// A spreadsheet takes a cell that begins so for a formula and runs it: what a submission says must not be run.
std::string guarded(std::string const& cell) {
  bool const runs = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
  return values::write_csv_cell(runs ? "'" + cell : cell);
}

std::string csv(Row const& cells) {
  std::string line;
  for (auto const& cell : cells) line += (line.empty() ? "" : ",") + guarded(cell);
  return line + "\n";
}

ExitCode query(Asked const& asked) {
  bool const known = asked.kind == "all" || std::find(std::begin(ledger::kKinds), std::end(ledger::kKinds),
                                                      asked.kind) != std::end(ledger::kKinds);
  if (!known) {
    say(fmt::format("there are no entries of kind `{}`\n  = help: {}, or all", asked.kind,
                    fmt::join(ledger::kKinds, ", ")));
    return ExitCode::usage;
  }
  for (auto const& [option, day] :
       {std::pair("--date", &asked.date), std::pair("--from", &asked.from), std::pair("--through", &asked.through)}) {
    if (!day->empty() && !date_or_say(option, *day)) return ExitCode::usage;
  }
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  auto const all = tests(asked);
  std::vector<Row> rows = {heading(asked)};
  std::size_t found = 0;
  if (asked.format == "csv") out("{}", csv(rows.front()));
  auto const failed = reader->each(0, [&](ledger::Entry const& entry) {
    if (asked.kind != "all" && entry.kind != asked.kind) return true;
    Body const body(entry.body);
    bool const fits = std::all_of(all.begin(), all.end(), [&](Test const& test) { return test(entry, body); });
    if (!fits) return true;
    ++found;
    if (asked.format == "json") out("{}\n", entry.body);
    if (asked.format == "csv") out("{}", csv(row(asked, entry, body)));
    if (asked.format == "text") rows.push_back(row(asked, entry, body));
    return true;
  });
  if (failed) return say_ledger_error(*failed);
  if (asked.format == "text") out("{}", table_text(rows));
  talk("waymark: {} of the ledger\n", found == 1 ? "1 entry" : fmt::format("{} entries", found));
  return ExitCode::done;
}

}  // namespace

Verb audit_query_verb() {
  return {"query", "Which decisions were made: by outcome, policy, region, program, date, criterion and more",
          [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.value("--outcome", asked->outcome, "With this outcome");
            options.value("--policy", asked->policy, "By this policy, by its title");
            options.value("--region", asked->region, "About this region or county");
            options.value("--program", asked->program, "About this program code, or those that begin with it");
            options.value("--submission", asked->submission, "Of the submission with this id");
            options.value("--about", asked->about, "About this pathway from year to year");
            options.value("--date", asked->date, "Reviewed on this day");
            options.value("--from", asked->from, "Reviewed on this day or later");
            options.value("--through", asked->through, "Reviewed on this day or earlier");
            options.value("--criterion", asked->criterion, "In which a criterion stood so: \"living wage=not met\"");
            options.value("--rule", asked->rule, "By this version of the rules: the seq of its entry, or its hash");
            options.value("--waiver", asked->waiver, "With this waiver");
            options.value("--vintage", asked->vintage, "With this release: \"May 2024\", or \"wages=May 2024\"");
            options.value("--kind", asked->kind, "Entries of another kind: waiver, appeal, override …, or all");
            options.choice("--format", asked->format, {"text", "json", "csv"},
                           "How they are printed (json: the bodies, a line each)");
            return [asked] { return query(*asked); };
          }};
}

}  // namespace waymark::commands
