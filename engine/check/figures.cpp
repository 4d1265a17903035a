// The bodies of Figures, Thresholds and Lists.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using vocabulary::Kind;

void Checker::figure(FigureId id) {
  if (figure_progress_[id] != Progress::waiting) return;
  figure_progress_[id] = Progress::reading;
  auto const& block = *figure_blocks_[id];
  auto const outer_block = block_;
  auto const outer_heading = heading_;
  block_ = block.span;
  heading_ = block.citation ? block.citation->text : std::string();
  note_illustrative(program().figures[id].citation, program().figures[id].shown);
  Surroundings at;
  at.ranges = program().figures[id].each;
  for (auto const range : at.ranges) look_back(range, 1);
  if (!program().reviews_record && !list_blocks_.empty()) at.rows_of = program().lists.front().source;
  auto const before = diagnostics_.size();
  if (program().figures[id].type.kind == Kind::yes_no) {
    yes_or_no_figure(id, block, at);
  } else {
    value_figure(id, block, at);
  }
  if (diagnostics_.size() != before) forgiven_.insert(block.name.key);
  figure_progress_[id] = Progress::done;
  block_ = outer_block;
  heading_ = outer_heading;
}

void Checker::yes_or_no_figure(FigureId id, Block const& block, Surroundings const& outer) {
  auto at = outer;
  at.in_row = true;
  bool has_test = false;
  for (auto const& clause : block.clauses) {
    auto const* node = std::get_if<grammar::Condition>(&clause.body);
    if (node == nullptr) continue;
    auto const read = condition(*node, at);
    if (clause.kind == ClauseKind::yes_when) {
      if (has_test)
        report(Code::clause_twice, clause.label, "It says twice when it is yes",
               "Keep one of them, or join them in a list.");
      has_test = true;
      program().figures[id].yes_when = read;
    }
    if (clause.kind == ClauseKind::does_not_apply_when) program().figures[id].exempt = read;
    if (read != kNone && uses_found(read)) figure_found_[id] = true;
  }
  if (!has_test && !block.faulty) {
    report(Code::empty_block, block.name.span,
           fmt::format("`{}` does not say when it is yes", program().figures[id].shown), "Add a line: `Yes when: …`.");
  }
}

void Checker::value_figure(FigureId id, Block const& block, Surroundings const& outer) {
  auto at = outer;
  at.plain_numbers = true;
  auto const type = program().figures[id].type;
  bool has_value = false;
  bool has_otherwise = false;
  bool has_cases = false;
  bool share = true;
  auto const take = [&](ConditionId when, ValueId value) {
    has_value = true;
    if (value == kNone) return;
    program().figures[id].cases.push_back({when, value});
    program().figures[id].ratio = program().figures[id].ratio || this->at(value).ratio;
    share = share && share_value_[value];
  };
  for (auto const& clause : block.clauses) {
    if (auto const* plain = std::get_if<grammar::Value>(&clause.body)) {
      if (clause.kind == ClauseKind::is_value || clause.kind == ClauseKind::case_otherwise) {
        if (has_otherwise)
          report(Code::clause_twice, clause.span, fmt::format("`{}` has two values", program().figures[id].shown),
                 "Keep one of them.");
        has_otherwise = true;
        take(kNone, value(*plain, at, type));
      }
    } else if (auto const* one = std::get_if<grammar::CaseValue>(&clause.body)) {
      has_cases = true;
      auto const when = condition(*one->when, at);
      take(when, value(one->value, at, type));
    } else if (auto const* exempt = std::get_if<grammar::Condition>(&clause.body)) {
      auto const read = condition(*exempt, at);
      if (clause.kind == ClauseKind::does_not_apply_when) program().figures[id].exempt = read;
    } else if (clause.kind == ClauseKind::not_covered || clause.kind == ClauseKind::not_published) {
      fallback(id, clause, at);
    }
  }
  if (!has_value && !block.faulty) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` has no value", program().figures[id].shown),
           "Add a line that begins with `=`, or lines `when …: …` and `otherwise: …`.");
  } else if (has_cases && !has_otherwise && !block.faulty) {
    report(Code::empty_block, block.name.span,
           fmt::format("`{}` has no value where none of its cases holds", program().figures[id].shown),
           "Add a last line: `otherwise: …`.");
  }
  figure_share_[id] = has_value && share;
}

void Checker::fallback(FigureId id, Clause const& clause, Surroundings const& at) {
  auto const& body = std::get<grammar::SourceValue>(clause.body);
  auto const source = source_named(body.source);
  if (!source) {
    if (forgiven_.contains(body.source.names.back().key)) return;
    std::vector<std::string> names;
    for (auto const& s : words().sources) names.push_back(s.name);
    auto const near = grammar::nearest(body.source.names.back().key, names);
    auto& diagnostic = report(Code::unknown_source, body.source.span,
                              fmt::format("There is no source `{}`", grammar::print(body.source)),
                              near.empty() ? "" : fmt::format("Did you mean `{}`?", near));
    if (!near.empty()) diagnostic.edit = grammar::Edit{body.source.span, near};
    return;
  }
  if (program().figures[id].fallback) {
    report(Code::clause_twice, clause.label, fmt::format("`{}` falls back twice", program().figures[id].shown),
           "One level only: what the second source lacks cannot be told.");
    return;
  }
  auto const read = value(body.value, at, program().figures[id].type);
  if (read == kNone) return;
  auto const published = clause.kind == ClauseKind::not_published;
  program().figures[id].fallback = Figure::Fallback{published, *source, read};
  program().figures[id].ratio = program().figures[id].ratio || this->at(read).ratio;
  program().has_fallbacks = true;
}

void Checker::threshold(ThresholdId id) {
  if (threshold_progress_[id] != Progress::waiting) return;
  threshold_progress_[id] = Progress::reading;
  auto const& block = *threshold_blocks_[id];
  auto const outer_block = block_;
  auto const outer_heading = heading_;
  block_ = block.span;
  heading_ = block.citation ? block.citation->text : std::string();
  auto const citation = program().thresholds[id].citation;
  note_illustrative(citation, program().thresholds[id].shown);
  auto const before = diagnostics_.size();
  for (auto const& part : block.parts) {
    if (part.words.starts_with("dated by")) {
      report(Code::not_available_yet, part.span, "`dated by` is not understood by this version",
             "A threshold is the one in force on the review date.");
    }
    if (!part.words.starts_with("by ")) continue;
    grammar::Phrase phrase;
    phrase.key = grammar::name_key(part.words.substr(3));
    phrase.text = part.written.substr(3);
    phrase.span = part.span;
    auto const found = find(grammar::Path{{phrase}, part.span}, {});
    if (found.value == kNone) {
      if (!found.reported) unknown(grammar::Path{{phrase}, part.span}, "choice");
      continue;
    }
    auto const kind = this->at(found.value).type.kind;
    if (kind != Kind::choice && kind != Kind::text) {
      report(Code::wrong_kind, part.span, fmt::format("`{}` is neither a choice nor a text", phrase.text),
             "A threshold has its classes by a choice, or by a text such as a region.");
      continue;
    }
    program().thresholds[id].by = found.value;
  }
  if (diagnostics_.size() != before) forgiven_.insert(block.name.key);
  Surroundings at;
  at.ranges = program().thresholds[id].each;
  for (auto const range : at.ranges) look_back(range, 1);
  at.plain_numbers = true;
  bool share = true;
  for (auto const& clause : block.clauses) {
    if (clause.kind != ClauseKind::threshold_row) continue;
    threshold_row(id, clause, at);
  }
  auto& made = program().thresholds[id];
  for (auto const& row : made.rows) {
    made.ratio = made.ratio || (row.value != kNone && this->at(row.value).ratio);
    share = share && row.value != kNone && share_value_[row.value];
  }
  threshold_share_[id] = share && !made.rows.empty();
  if (diagnostics_.size() == before && !block.faulty) threshold_rows_in_order(id, block);
  bool const cited = block.citation.has_value() || std::any_of(made.rows.begin(), made.rows.end(), [](auto const& row) {
                       return !row.citation.text.empty();
                     });
  if (!cited && !block.faulty) {
    auto& diagnostic = report(Code::number_without_source, block.name.span,
                              fmt::format("`{}` does not say where its number comes from", made.shown),
                              "Add the citation in brackets, or `[illustrative]` where no source gives the number.");
    diagnostic.edit = grammar::Edit{{block.head.file, block.head.end, block.head.end}, "  [illustrative]"};
  }
  if (diagnostics_.size() != before &&
      grammar::has_errors({diagnostics_.begin() + static_cast<std::ptrdiff_t>(before), diagnostics_.end()}))
    forgiven_.insert(block.name.key);
  threshold_progress_[id] = Progress::done;
  block_ = outer_block;
  heading_ = outer_heading;
}

void Checker::threshold_row(ThresholdId id, Clause const& clause, Surroundings const& at) {
  auto const& body = std::get<grammar::ThresholdRow>(clause.body);
  ThresholdRow row;
  row.span = clause.span;
  row.citation = citation_of(clause.citation, program().thresholds[id].citation);
  note_illustrative(row.citation, program().thresholds[id].shown);
  auto const from = values::read_date(body.period.from);
  auto const through = values::read_date(body.period.through);
  if (!from || (!body.period.through.empty() && !through)) {
    report(Code::not_a_day, body.period.span,
           fmt::format("`{}` is not a day of the calendar", !from ? body.period.from : body.period.through));
    return;
  }
  if (through && *through < *from) {
    report(Code::period_backwards, body.period.span, "This row ends before it begins", "Exchange the two dates.");
    return;
  }
  row.from = *from;
  row.through = through;
  auto const by = program().thresholds[id].by;
  row.otherwise = body.otherwise || body.of_class.empty();
  if (!body.of_class.empty() && by == kNone) {
    if (!forgiven_.contains(program().thresholds[id].name)) {
      report(Code::class_unknown, body.of_class.span,
             fmt::format("`{}` has no classes", program().thresholds[id].shown),
             fmt::format("Say in the head by what it differs: `Threshold: {}, in …, by pathway type`.",
                         program().thresholds[id].shown));
    }
    return;
  }
  if (!body.of_class.empty() && this->at(by).type.kind == Kind::choice) {
    auto const& choice = words().choices[this->at(by).type.which];
    row.entry = choice.find(body.of_class.text);
    if (!row.entry) {
      std::vector<std::string> names;
      for (auto const& entry : choice.entries) names.push_back(entry.name);
      auto const near = grammar::nearest(body.of_class.key, names);
      auto& diagnostic = report(Code::class_unknown, body.of_class.span,
                                fmt::format("`{}` is not one of `{}`", body.of_class.text, choice.shown),
                                near.empty() ? fmt::format("It can be: {}.", fmt::join(names, ", "))
                                             : fmt::format("Did you mean `{}`?", near));
      if (!near.empty()) diagnostic.edit = grammar::Edit{body.of_class.span, near};
      return;
    }
  } else {
    row.text = body.of_class.text;
  }
  row.value = value(body.value, at, program().thresholds[id].type);
  if (row.value != kNone) program().thresholds[id].rows.push_back(std::move(row));
}

// Rows of one class follow each other without gap or overlap, from the policy's first day to its last.
void Checker::threshold_rows_in_order(ThresholdId id, Block const& block) {
  auto const& made = program().thresholds[id];
  bool const continues = std::any_of(block.clauses.begin(), block.clauses.end(),
                                     [](auto const& clause) { return clause.kind == ClauseKind::continues; });
  if (made.rows.empty()) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` has no rows", made.shown),
           "Add a line: `from 2024-07-01: 50 openings per year`.");
    return;
  }
  auto const class_of = [](ThresholdRow const& row) {
    return row.otherwise ? std::string("otherwise") : row.entry ? fmt::format("#{}", *row.entry) : row.text;
  };
  std::map<std::string, std::vector<ThresholdRow const*>> classes;
  for (auto const& row : made.rows) classes[class_of(row)].push_back(&row);
  for (auto& [name, rows] : classes) {
    std::stable_sort(rows.begin(), rows.end(), [](auto const* a, auto const* b) { return a->from < b->from; });
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
      auto const* row = rows[i];
      auto const* next = rows[i + 1];
      bool const overlap = row->from == next->from || (row->through && *row->through >= next->from);
      if (overlap) {
        auto& diagnostic =
            report(Code::threshold_overlap, next->span,
                   fmt::format("Two rows of `{}` hold on {}", made.shown, values::write_date(next->from)),
                   "Give one of them other dates.");
        diagnostic.secondary.push_back({row->span, "the other row"});
      } else if (row->through && values::add_days(*row->through, 1) < next->from) {
        report(Code::threshold_gap, next->span,
               fmt::format("`{}` has no value from {} through {}", made.shown,
                           values::write_date(values::add_days(*row->through, 1)),
                           values::write_date(values::add_days(next->from, -1))),
               "Let the rows follow each other.");
      }
    }
    if (rows.front()->from > program().from) {
      report(Code::threshold_gap, rows.front()->span,
             fmt::format("`{}` begins on {}, and the policy is in force on {}", made.shown,
                         values::write_date(rows.front()->from), values::write_date(program().from)),
             "Add a row for the earlier dates.");
    }
    if (!continues && !rows.back()->through) {
      auto& diagnostic = report(Code::threshold_without_end, rows.back()->span,
                                fmt::format("`{}` does not say how long this holds", made.shown),
                                "Add a line `continues until changed`, or an end: `from … through …`.");
      diagnostic.edit = grammar::Edit{{rows.back()->span.file, rows.back()->span.end, rows.back()->span.end},
                                      "\n  continues until changed"};
      return;
    }
  }
  if (made.by == kNone || classes.contains("otherwise") || at(made.by).type.kind != Kind::choice) {
    if (made.by != kNone && !classes.contains("otherwise")) {
      report(Code::threshold_gap, block.name.span, fmt::format("`{}` has no value for other classes", made.shown),
             "Add a row `from …, otherwise: …`.");
    }
    return;
  }
  auto const& choice = words().choices[at(made.by).type.which];
  for (std::uint32_t i = 0; i < choice.entries.size(); ++i) {
    if (classes.contains(fmt::format("#{}", i))) continue;
    report(Code::threshold_gap, block.name.span,
           fmt::format("`{}` has no value for `{}`", made.shown, choice.entries[i].shown),
           fmt::format("Add a row `from …, {}: …` or `from …, otherwise: …`.", choice.entries[i].name));
    return;
  }
}

// `Of: crosswalk, by program`, `Of: candidates`
void Checker::list_subject(ListId id, Block const& block, Clause const& clause) {
  auto const* names = std::get_if<grammar::Names>(&clause.body);
  if (names == nullptr || names->names.empty()) return;
  auto const& name = names->names.front();
  auto& made = program().lists[id];
  if (auto const named = entity(name.key); named && named->what == Named::list && named->index < id) {
    made.of = named->index;
    made.source = program().lists[named->index].source;
    made.key = program().lists[named->index].key;
    made.member = program().lists[named->index].member;
    return;
  }
  auto const source = words().source(name.key);
  if (!source) {
    if (!forgiven_.contains(name.key)) {
      report(Code::unknown_source, name.span, fmt::format("There is no source and no earlier list `{}`", name.text),
             "A list is made of a Source of the vocabulary, or of a List above it.");
    }
    forgiven_.insert(block.name.key);
    return;
  }
  made.source = *source;
  auto const& keys = words().sources[*source].keys;
  std::string wanted = program().reviews;
  for (auto const& part : names->parts) {
    std::string_view words = part.words;
    if (words.starts_with("by ")) wanted = grammar::name_key(words.substr(3));
  }
  auto const found = std::find_if(keys.begin(), keys.end(), [&](auto const& key) { return key.name == wanted; });
  if (found == keys.end() && keys.size() != 1) {
    std::vector<std::string> shown;
    for (auto const& key : keys) shown.push_back(key.shown);
    report(Code::list_member_unclear, clause.span,
           fmt::format("`{}` has several keys, and the list does not say which it names", name.text),
           fmt::format("Write: `Of: {}, by {}`. Its keys are: {}.", name.text, keys.empty() ? "…" : keys.front().shown,
                       fmt::join(shown, ", ")));
    forgiven_.insert(block.name.key);
    return;
  }
  made.key = found == keys.end() ? 0U : static_cast<std::uint32_t>(found - keys.begin());
  made.member = keys[made.key].type;
}

void Checker::list(ListId id) {
  auto const& block = *list_blocks_[id];
  block_ = block.span;
  heading_ = block.citation ? block.citation->text : std::string();
  program().lists[id].citation = citation_of(block);
  note_illustrative(program().lists[id].citation, program().lists[id].shown);
  Surroundings at;
  at.rows_of = program().lists[id].source;
  bool has_of = false;
  for (auto const& clause : block.clauses) {
    has_of = has_of || clause.kind == ClauseKind::of;
    auto const* node = std::get_if<grammar::Condition>(&clause.body);
    if (clause.kind == ClauseKind::on_it_when && node != nullptr && !forgiven_.contains(block.name.key)) {
      auto const read = condition(*node, at);
      program().lists[id].on_it = read;
    }
    auto const* values = std::get_if<grammar::Values>(&clause.body);
    if (clause.kind != ClauseKind::left_out || values == nullptr) continue;
    for (auto const& one : values->values) {
      auto const read = value(one, at, program().lists[id].member);
      auto const* constant = read != kNone ? std::get_if<Constant>(&this->at(read).node) : nullptr;
      if (constant != nullptr) program().lists[id].left_out.push_back(constant->text);
    }
  }
  if (!has_of && !block.faulty) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` does not say of what it is a list", block.name.text),
           "Add a line: `Of: projections`, the name of a Source or of a List above it.");
  }
}

}  // namespace waymark::check
