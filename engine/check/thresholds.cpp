// The bodies of Thresholds: rows by date and class, without gap or overlap.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using vocabulary::Kind;

namespace {

// `the last decision's plan year`: what stands in a head is not read as a value.
grammar::Path path_in(std::string_view text, grammar::Span span) {
  grammar::Path out;
  out.span = span;
  for (std::size_t begin = 0; begin <= text.size();) {
    auto const end = std::min(text.find("'s ", begin), text.size());
    grammar::Phrase phrase;
    phrase.text = std::string(text.substr(begin, end - begin));
    phrase.key = grammar::name_key(phrase.text);
    phrase.span = span;
    out.names.push_back(std::move(phrase));
    begin = end + 3;
  }
  return out;
}

}  // namespace

void Checker::threshold(ThresholdId id) {
  if (threshold_progress_[id] != Progress::waiting) return;
  threshold_progress_[id] = Progress::reading;
  ++reading_;
  auto const& block = *threshold_blocks_[id];
  InScope const in(*this, block);
  note_illustrative(program().thresholds[id].citation, program().thresholds[id].shown);
  auto const before = diagnostics_.size();
  bool const head_is_good = !forgiven_.contains(block.name.key) || block.faulty;
  threshold_by(id, block);
  if (diagnostics_.size() != before) forgiven_.insert(block.name.key);
  auto at = surroundings_of(program().thresholds[id].each);
  at.plain_numbers = true;
  for (auto const& clause : block.clauses) {
    if (clause.kind == ClauseKind::threshold_row && head_is_good) threshold_row(id, clause, at);
    auto const* text = std::get_if<grammar::Text>(&clause.body);
    if (clause.kind == ClauseKind::not_coverable && text != nullptr) {
      program().not_coverable.push_back({kNone, id, text->text, clause.span});
    }
  }
  auto& made = program().thresholds[id];
  bool share = !made.rows.empty();
  for (auto const& row : made.rows) {
    made.ratio = made.ratio || this->at(row.value).ratio;
    share = share && share_value_[row.value];
  }
  threshold_share_[id] = share;
  auto const is_row = [](Clause const& clause) { return clause.kind == ClauseKind::threshold_row; };
  auto const written = std::count_if(block.clauses.begin(), block.clauses.end(), is_row);
  bool const all_read = written == static_cast<std::ptrdiff_t>(made.rows.size());
  if (diagnostics_.size() == before && head_is_good && !block.faulty && all_read) rows_follow(id, block);
  if (diagnostics_.size() != before || !all_read) forgiven_.insert(block.name.key);
  threshold_cited(id, block);
  --reading_;
  threshold_progress_[id] = Progress::done;
}

void Checker::threshold_by(ThresholdId id, Block const& block) {
  for (auto const& part : block.parts) {
    for (std::string_view const words : {"by ", "dated by "}) {
      if (part.words.starts_with(words)) chosen_by(id, block, part, words);
    }
  }
}

// `by pathway type`, `dated by start date`
void Checker::chosen_by(ThresholdId id, Block const& block, grammar::Part const& part, std::string_view words) {
  bool const dated = words == "dated by ";
  std::string const help = dated ? "A threshold is dated by a date, or by a year, whose first day counts."
                                 : "A threshold has its classes by a choice, by a text such as a region, or by steps "
                                   "of a number.";
  auto const named = part.written.substr(words.size());
  auto const found = find(path_in(named, part.span), surroundings_of({}));
  if (found.value == kNone) {
    if (found.reported) {
      forgiven_.insert(block.name.key);
      return;
    }
    report(Code::wrong_kind, part.span, fmt::format("`{}` has no value", named), help)
        .secondary.push_back({found.entity.span, "declared here"});
    return;
  }
  auto const type = this->at(found.value).type;
  bool const fits = dated ? type.kind == Kind::date || type.kind == Kind::year
                          : type.kind == Kind::choice || type.kind == Kind::text || is_numeric(type);
  if (!fits || type.list) {
    report(Code::wrong_kind, part.span,
           fmt::format("`{}` is {}, {}", named, type_words(type),
                       dated ? "and neither a date nor a year" : "and neither a choice nor a text nor a number"),
           help);
  } else if (whole(found.value, part.span)) {
    (dated ? program().thresholds[id].dated_by : program().thresholds[id].by) = found.value;
  }
}

bool Checker::row_period(ThresholdRow& row, grammar::DateRange const& period) {
  auto const from = values::read_date(period.from);
  row.through = values::read_date(period.through);
  if (!from || (!period.through.empty() && !row.through)) {
    report(Code::not_a_day, period.span,
           fmt::format("`{}` is not a day of the calendar", !from ? period.from : period.through), kDay);
    return false;
  }
  row.from = *from;
  if (!row.through || *from <= *row.through) return true;
  report(Code::period_backwards, period.span, "This row ends before it begins", "Exchange the two dates.");
  return false;
}

bool Checker::row_class(ThresholdId id, ThresholdRow& row, grammar::Phrase const& of_class) {
  auto const by = program().thresholds[id].by;
  if (of_class.empty()) return true;
  if (by == kNone) {
    if (forgiven_.contains(program().thresholds[id].name)) return false;
    auto const& shown = program().thresholds[id].shown;
    report(Code::class_unknown, of_class.span, fmt::format("`{}` has no classes", shown),
           in_toml(of_class.span)
               ? std::string("Say in its table by what it differs: `by = \"pathway type\"`.")
               : fmt::format("Say in the head by what it differs: `Threshold: {}, in …, by pathway type`.", shown));
    return false;
  }
  if (is_numeric(this->at(by).type)) {
    row.step = row_step(this->at(by).type, of_class);
    return row.step.has_value();
  }
  if (this->at(by).type.kind != Kind::choice) {
    row.text = of_class.text;
    return true;
  }
  auto const& choice = words().choices[this->at(by).type.which];
  if (choice.entries.empty()) return false;  // which has been said
  row.entry = choice.find(of_class.text);
  if (row.entry) return true;
  std::vector<std::string> names;
  for (auto const& entry : choice.entries) names.push_back(entry.name);
  auto const near = grammar::nearest(of_class.key, names);
  auto& diagnostic = report(
      Code::class_unknown, of_class.span, fmt::format("`{}` is not one of `{}`", of_class.text, choice.shown),
      near.empty() ? fmt::format("It can be: {}.", fmt::join(names, ", ")) : fmt::format("Did you mean `{}`?", near));
  diagnostic.about = {about("entry", choice.name, of_class.key)};
  if (!near.empty()) diagnostic.edit = grammar::Edit{of_class.span, near};
  return false;
}

void Checker::threshold_row(ThresholdId id, Clause const& clause, Surroundings const& at) {
  auto const& body = std::get<grammar::ThresholdRow>(clause.body);
  ThresholdRow row;
  row.span = clause.span;
  row.citation = citation_of(clause.citation, program().thresholds[id].citation);
  row.otherwise = body.otherwise || body.of_class.empty();
  note_illustrative(row.citation, program().thresholds[id].shown);
  auto const period = row_period(row, body.period);
  auto const of_class = row_class(id, row, body.of_class);
  auto const before = diagnostics_.size();
  row.value = value(body.value, at, program().thresholds[id].type);
  needed_as(before, threshold_units_[id], program().thresholds[id].type);
  if (period && of_class && row.value != kNone) program().thresholds[id].rows.push_back(std::move(row));
}

void Checker::threshold_cited(ThresholdId id, Block const& block) {
  auto const& made = program().thresholds[id];
  auto const has_own = [](Clause const& clause) { return clause.citation.has_value(); };
  bool const cited = block.citation || std::any_of(block.clauses.begin(), block.clauses.end(), has_own);
  if (cited || block.faulty) return;
  auto& diagnostic = report(
      Code::number_without_source, block.name.span,
      fmt::format("`{}` does not say where its number comes from", made.shown),
      in_toml(block.head) ? "Add a line `citation = \"…\"`, with `illustrative` where no source gives the number."
                          : "Add the citation in brackets, or `[illustrative]` where no source gives the number.");
  diagnostic.edit = grammar::Edit{{block.head.file, block.head.end, block.head.end},
                                  in_toml(block.head) ? "\ncitation = \"illustrative\"" : "  [illustrative]"};
}

// Rows of one class follow each other without gap or overlap, from the policy's first day on.
void Checker::rows_follow(ThresholdId id, Block const& block) {
  auto const& made = program().thresholds[id];
  if (made.rows.empty()) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` has no rows", made.shown),
           in_toml(block.head) ? "Add a table `[[threshold.row]]` with `from` and `value`."
                               : "Add a line: `from 2024-07-01: 50 openings per year`.");
    return;
  }
  if (made.by != kNone && is_numeric(this->at(made.by).type)) return steps_follow(made, block);
  auto const class_of = [](ThresholdRow const& row) {
    return row.otherwise ? std::string("otherwise") : row.entry ? fmt::format("#{}", *row.entry) : row.text;
  };
  std::map<std::string, RowsOfClass> classes;
  for (auto const& row : made.rows) classes[class_of(row)].push_back(&row);
  for (auto& [name, rows] : classes) {
    std::stable_sort(rows.begin(), rows.end(), [](auto const* a, auto const* b) { return a->from < b->from; });
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) row_after(made, *rows[i], *rows[i + 1]);
    bool const late = rows.front()->from > epoch_.from && made.dated_by == kNone;
    if (late && setting_.period_is_known) {
      auto& diagnostic = report(Code::threshold_gap, rows.front()->span,
                                fmt::format("`{}` begins on {}, and the policy is in force from {}", made.shown,
                                            values::write_date(rows.front()->from), values::write_date(epoch_.from)),
                                "Add a row for the earlier dates.");
      if (auto const* policy = policy_block()) diagnostic.secondary.push_back({policy->head, "the policy"});
    }
  }
  for (auto const& [name, rows] : classes) {
    if (!rows_end(made, block, rows)) break;
  }
  rows_for_all(id, block, classes);
}

void Checker::row_after(Threshold const& made, ThresholdRow const& row, ThresholdRow const& next) {
  if (row.from == next.from || (row.through && *row.through >= next.from)) {
    auto& diagnostic = report(Code::threshold_overlap, next.span,
                              fmt::format("Two rows of `{}` hold on {}", made.shown, values::write_date(next.from)),
                              "Give one of them other dates.");
    diagnostic.secondary.push_back({row.span, "the other row"});
  } else if (row.through && values::add_days(*row.through, 1) < next.from) {
    auto& diagnostic = report(Code::threshold_gap, next.span,
                              fmt::format("`{}` has no value from {} through {}", made.shown,
                                          values::write_date(values::add_days(*row.through, 1)),
                                          values::write_date(values::add_days(next.from, -1))),
                              "Let the rows follow each other.");
    diagnostic.secondary.push_back({row.span, "the row before it"});
  }
}

bool Checker::rows_end(Threshold const& made, Block const& block, RowsOfClass const& rows) {
  bool const continues = std::any_of(block.clauses.begin(), block.clauses.end(),
                                     [](Clause const& clause) { return clause.kind == ClauseKind::continues; });
  auto const& last = *rows.back();
  if (continues || last.through) return true;
  auto& diagnostic =
      report(Code::threshold_without_end, last.span, fmt::format("`{}` does not say how long this holds", made.shown),
             in_toml(last.span) ? "Add a line `continues = true` to the threshold, or `through = …` to this row."
                                : "Add a line `continues until changed`, or an end: `from … through …`.");
  // Behind the last line of the block, so that it stands below all the rows.
  auto end = block.head.end;
  for (auto const& clause : block.clauses) end = std::max(end, clause.span.end);
  diagnostic.edit = in_toml(last.span)
                        ? grammar::Edit{{block.head.file, block.head.end, block.head.end}, "\ncontinues = true"}
                        : grammar::Edit{{block.head.file, end, end}, "\n  continues until changed"};
  return false;
}

void Checker::rows_for_all(ThresholdId id, Block const& block, std::map<std::string, RowsOfClass> const& classes) {
  auto const& made = program().thresholds[id];
  if (made.by == kNone || classes.contains("otherwise")) return;
  auto const type = at(made.by).type;
  if (type.kind != Kind::choice) {
    report(Code::threshold_gap, block.name.span, fmt::format("`{}` has no value for other classes", made.shown),
           in_toml(block.head) ? "Add a row with `class = \"otherwise\"`." : "Add a row `from …, otherwise: …`.");
    return;
  }
  auto const& entries = words().choices[type.which].entries;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    if (classes.contains(fmt::format("#{}", i))) continue;
    report(Code::threshold_gap, block.name.span,
           fmt::format("`{}` has no value for `{}`", made.shown, entries[i].shown),
           in_toml(block.head)
               ? fmt::format("Add a row with `class = \"{}\"`, or one with `class = \"otherwise\"`.", entries[i].name)
               : fmt::format("Add a row `from …, {}: …` or `from …, otherwise: …`.", entries[i].name));
    return;
  }
}

}  // namespace waymark::check
