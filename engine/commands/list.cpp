// `waymark list`: what is on the list of a policy about occupations, programs or credentials.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "engine/commands/list_gaps.hpp"
#include "engine/commands/list_release.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/commands/text_table.hpp"
#include "engine/commands/verbs.hpp"
#include "engine/values/csv.hpp"
#include "engine/values/json_text.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  ReviewAsked review;
  std::string list;
  std::string format = "csv";
  bool all = false;
  ReleaseAsked release;
};

using Line = ListLine;

std::optional<check::ListId> named_list(check::Program const& program, std::string const& name) {
  std::vector<std::string> names;
  for (check::ListId id = 0; id < program.lists.size(); ++id) {
    if (program.lists[id].name == grammar::name_key(name)) return id;
    names.push_back(program.lists[id].name);
  }
  std::string const near = grammar::nearest(grammar::name_key(name), names);
  say(fmt::format(
      "the policy has no List `{}`{}", name,
      near.empty() ? fmt::format("; it has {}", fmt::join(names, ", ")) : fmt::format("; did you mean `{}`?", near)));
  return std::nullopt;
}

// The last List on which no other is built.
std::optional<check::ListId> chosen_list(check::Program const& program, std::string const& name) {
  if (program.lists.empty()) {
    say("the policy has no List\n  = help: `waymark review` runs its Decision");
    return std::nullopt;
  }
  if (!name.empty()) return named_list(program, name);
  for (auto id = static_cast<check::ListId>(program.lists.size()); id-- > 0;) {
    auto const builds_on_it = [&](check::List const& list) { return list.of == id; };
    if (std::none_of(program.lists.begin(), program.lists.end(), builds_on_it)) return id;
  }
  return 0;
}

std::vector<Line> lines_of(Reviewer const& reviewer, check::List const& list, values::Date date, Members const& members,
                           bool all) {
  evidence::Release const* const release = reviewer.evidence.newest(list.source, date);
  std::vector<Line> lines;
  for (auto const& [member, on] : members) {
    if (!all && on != values::kYes) continue;
    Line line = {reviewer.symbols.text(member), "", on};
    if (release != nullptr && list.key < release->table.titles.size()) {
      auto const& titles = release->table.titles[list.key];
      if (auto const title = titles.find(member); title != titles.end()) line.title = title->second;
    }
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end(), [](Line const& a, Line const& b) { return a.code < b.code; });
  return lines;
}

void print_csv(std::vector<Line> const& lines, bool all) {
  std::string text = all ? "code,title,on the list\n" : "code,title\n";
  for (Line const& line : lines) {
    text += values::write_csv_cell(line.code) + ',' + values::write_safe_csv_cell(line.title);
    if (all) text += fmt::format(",{}", values::words(line.on));
    text += '\n';
  }
  write(stdout, text);
}

void print_json(check::List const& list, std::vector<Line> const& lines, bool all) {
  std::string members;
  for (Line const& line : lines) {
    std::string const on = all ? fmt::format(R"(,"on_the_list":"{}")", values::words(line.on)) : "";
    members += fmt::format(R"({}{{"code":{},"title":{}{}}})", members.empty() ? "" : ",",
                           values::json_string(line.code), values::json_string(line.title), on);
  }
  out("{{\"list\":{},\"members\":[{}]}}\n", values::json_string(list.shown), members);
}

void print_text(std::vector<Line> const& lines, bool all) {
  std::vector<Row> rows = {{"code", "title"}};
  if (all) rows.front().insert(rows.front().begin() + 1, "on the list");
  for (Line const& line : lines) {
    rows.push_back({line.code, line.title});
    if (all) rows.back().insert(rows.back().begin() + 1, std::string(values::words(line.on)));
  }
  out("{}", table_text(rows));
}

void print(check::List const& list, std::vector<Line> const& lines, Asked const& asked) {
  if (asked.format == "csv") print_csv(lines, asked.all);
  if (asked.format == "json") print_json(list, lines, asked.all);
  if (asked.format == "text") print_text(lines, asked.all);
}

// How many are on it, and how many cannot be told: these two stand beside each other, or the second passes in silence.
std::string totals(check::List const& list, Members const& members) {
  auto const count = [&](auto const& fits) {
    return std::count_if(members.begin(), members.end(), [&](auto const& member) { return fits(member.second); });
  };
  auto const on = count([](values::Truth truth) { return truth == values::kYes; });
  auto const untold = count([](values::Truth truth) { return !values::can_be_told(truth); });
  std::string text = fmt::format("{}: {} of {}", list.shown, on, members.size());
  if (untold > 0) text += fmt::format("; {} cannot be told, and --all shows which", untold);
  return text;
}

// Of what is not on the list nothing can be told where the Source has no release, or has lost rows: why, or empty.
std::string cannot_tell(Reviewer& reviewer, check::Program const& program, check::List const& list, values::Date date) {
  std::string const& source = program.vocabulary.sources[list.source].shown;
  evidence::Release const* const release = reviewer.evidence.newest(list.source, date);
  if (release == nullptr) {
    return fmt::format("{} cannot be drawn up: no release of {} is known on {}", list.shown, source,
                       values::write_date(date));
  }
  if (!release->table.rows_lost) return "";
  return fmt::format("what is not on {} cannot be told: {} has rows in {} that could not be read, or none", list.shown,
                     source, release->path);
}

ExitCode list(Asked const& asked) {
  Prepared prepared = prepare(asked.review);
  if (!prepared.reviewer) return prepared.code;
  Reviewer& reviewer = *prepared.reviewer;
  values::Date const date = reviewer.date.value_or(reviewer.today);
  auto const epoch = reviewer.epoch_on(date);
  if (!epoch) {
    say(fmt::format("the policy is not in force on {}\n  = help: --date names another day", values::write_date(date)));
    return ExitCode::unreadable;
  }
  check::Program const& program = *reviewer.epochs()[*epoch].program;
  auto const chosen = chosen_list(program, asked.list);
  if (!chosen) return ExitCode::usage;
  if (!reviewer.date && !asked.release.into.empty()) {
    say("a release says for which day the list was decided\n  = help: --date names it");
    return ExitCode::usage;
  }
  if (!reviewer.date)
    talk("waymark: as of today, {} in universal time; --date names another day\n", values::write_date(date));
  check::List const& the_list = program.lists[*chosen];
  std::string const untold = cannot_tell(reviewer, program, the_list, date);
  if (reviewer.evidence.newest(the_list.source, date) == nullptr) {
    say(untold + "\n  = help: name its releases in the evidence manifest, or another day with --date");
    return ExitCode::world;
  }
  Members const members = run_list(program, reviewer.evidence, reviewer.symbols, *chosen, date);
  if (asked.release.into.empty()) {
    print(the_list, lines_of(reviewer, the_list, date, members, asked.all), asked);
  } else if (!untold.empty()) {
    say(untold + "\n  = help: a release says of everybody who is not in it that they are not on the list");
    return ExitCode::world;
  } else {
    auto const all = lines_of(reviewer, the_list, date, members, true);
    auto const code = write_list_release(asked.release, reviewer, program, the_list, date, all);
    if (code != ExitCode::done) return code;
  }
  std::fflush(stdout);
  talk("waymark: {}\n", totals(the_list, members));
  if (!untold.empty()) talk("waymark: warning: {}\n", untold);
  tell(gap_warnings(reviewer, program, *chosen, date, members));
  return ExitCode::done;
}

}  // namespace

Verb list_verb() {
  return {"list", "Runs a policy's List and prints what is on it", [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            declare(options, asked->review);
            options.value("--list", asked->list, "Which List (default: the last on which no other builds)");
            options.choice("--format", asked->format, {"csv", "text", "json"}, "How it is printed");
            options.value("--release", asked->release.into,
                          "Write it as a release: the manifest, or a folder with evidence.toml");
            options.value("--source", asked->release.source, "By what Source it is read (default: the List's name)");
            options.value("--name", asked->release.name, "The release's name (default: the date)");
            options.value("--released", asked->release.released, "From which day on it is known (default: the date)");
            options.flag("--all", asked->all, "Every member that was looked at, and whether it is on the list");
            return [asked] { return list(*asked); };
          }};
}

}  // namespace waymark::commands
