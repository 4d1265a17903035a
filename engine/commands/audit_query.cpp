// `waymark audit query`: which decisions were made, by what they say of themselves.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "engine/commands/audit.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/query_filters.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/text_table.hpp"
#include "engine/ledger/members.hpp"
#include "engine/values/csv.hpp"

namespace waymark::commands {
namespace {

using ledger::Body;

// The members of a body that are shown, each kind's own.
std::vector<std::string_view> columns_of(std::string const& kind) {
  if (kind == "decision") return {"submission", "date", "policy", "outcome", "until"};
  if (kind == "override") return {"submission", "concerns", "instead_of", "outcome", "who", "authority", "reason"};
  if (kind == "waiver")
    return {"waiver", "from", "through", "submission", "subject", "grantor", "authority", "reason", "value"};
  if (kind == "rule") return {"policy", "from", "through", "policy_sha256", "program_sha256"};
  if (kind == "evidence") return {"source", "name", "released", "publisher", "sha256"};
  if (kind == "migration") return {"subject", "date", "outcome", "ledger", "entry", "who", "authority", "reason"};
  return {"kind", "submission", "concerns", "who", "authority", "reason"};
}

Row heading(QueryAsked const& asked) {
  Row out = {"seq", "at"};
  for (auto const column : columns_of(asked.kind)) out.emplace_back(column);
  if (asked.kind == "decision") out.emplace_back("overridden to");
  return out;
}

Row row(QueryAsked const& asked, ledger::Entry const& entry, Body const& body, NamedEntries const& named) {
  Row out = {std::to_string(entry.seq), entry.at};
  for (auto const column : columns_of(asked.kind)) {
    auto const number = body.number(column);
    out.push_back(number ? std::to_string(*number) : body.text(column).value_or(""));
  }
  if (asked.kind != "decision") return out;
  auto const overridden = named.overridden.find(static_cast<std::int64_t>(entry.seq));
  out.push_back(overridden == named.overridden.end() ? "" : overridden->second);
  return out;
}

std::string csv(Row const& cells) {
  std::string line;
  for (auto const& cell : cells) line += (line.empty() ? "" : ",") + values::write_safe_csv_cell(cell);
  return line + "\n";
}

ExitCode query(QueryAsked const& asked) {
  bool const known = asked.kind == "all" || std::find(std::begin(ledger::kKinds), std::end(ledger::kKinds),
                                                      asked.kind) != std::end(ledger::kKinds);
  if (!known) {
    say(fmt::format("there are no entries of kind `{}`\n  = help: {}, or all", asked.kind,
                    fmt::join(ledger::kKinds, ", ")));
    return ExitCode::usage;
  }
  ExitCode code = ExitCode::world;
  auto const reader = open_to_audit(asked.ledger, code);
  if (!reader) return code;
  auto const named = named_entries(*reader);
  if (!named) return say_ledger_error(named.error());
  auto const filters = filters_or_say(asked, *named);
  if (!filters) return ExitCode::usage;
  Unknown unknown(*filters);
  std::vector<Row> rows = {heading(asked)};
  std::size_t found = 0;
  if (asked.format == "csv") out("{}", csv(rows.front()));
  auto const failed = reader->each(0, [&](ledger::Entry const& entry) {
    bool const of_kind = asked.kind == "all" || entry.kind == asked.kind;
    if (!of_kind && !unknown.looks()) return true;
    Body const body(entry.body);
    unknown.see(entry, body);
    bool const fits = of_kind && std::all_of(filters->begin(), filters->end(),
                                             [&](Filter const& filter) { return filter.fits(entry, body); });
    if (!fits) return true;
    ++found;
    if (asked.format == "json") out("{}\n", entry.body);
    if (asked.format == "csv") out("{}", csv(row(asked, entry, body, *named)));
    if (asked.format == "text") rows.push_back(row(asked, entry, body, *named));
    return true;
  });
  if (failed) return say_ledger_error(*failed);
  if (asked.format == "text") out("{}", table_text(rows));
  unknown.say_so();
  talk("waymark: {} of the ledger\n", found == 1 ? "1 entry" : fmt::format("{} entries", found));
  return ExitCode::done;
}

}  // namespace

Verb audit_query_verb() {
  return {"query", "Which decisions were made: by outcome, policy, region, program, date, criterion and more",
          [](Options& options) -> Run {
            auto const asked = std::make_shared<QueryAsked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.value("--outcome", asked->outcome, "With this outcome");
            options.value("--policy", asked->policy, "By this policy, by its title");
            options.value("--region", asked->region, "About this region or county");
            options.value("--program", asked->program, "About this program code, or those that begin with it");
            options.value("--submission", asked->submission, "Of the submission with this id");
            options.value("--about", asked->about, "About this pathway from year to year");
            options.value("--date", asked->date, "Reviewed on this day (what has no review date: recorded)");
            options.value("--from", asked->from, "Reviewed on this day or later");
            options.value("--through", asked->through, "Reviewed on this day or earlier");
            options.value("--criterion", asked->criterion, "In which a criterion stood so: \"living wage=not met\"");
            options.value("--rule", asked->rule,
                          "By this version of the rules: its entry's seq, or 8 digits or more of its hash");
            options.value("--waiver", asked->waiver, "With this waiver");
            options.value("--vintage", asked->vintage, "With this release: \"May 2024\", or \"wages=May 2024\"");
            options.value("--kind", asked->kind, "Entries of another kind: waiver, appeal, override …, or all");
            options.choice("--format", asked->format, {"text", "json", "csv"},
                           "How they are printed (json: the bodies, a line each)");
            return [asked] { return query(*asked); };
          }};
}

}  // namespace waymark::commands
