// The bodies of Figures.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using vocabulary::Kind;

// Where a policy only lists, its figures are about the rows of the source that it lists.
Surroundings Checker::surroundings_of(std::vector<RangeId> const& each) {
  Surroundings at;
  at.ranges = each;
  for (auto const range : each) look_back(range, 1);
  if (!program().reviews_record && !list_blocks_.empty() && !forgiven_.contains(list_blocks_.front()->name.key)) {
    at.rows_of = program().lists.front().source;
  }
  return at;
}

// Where a value does not fit its head, the head is the other place.
void Checker::needed_as(std::size_t before, Span unit, Type const& type) {
  for (auto i = before; i < diagnostics_.size(); ++i) {
    auto& diagnostic = diagnostics_[i];
    bool const of_units = diagnostic.code == Code::wrong_unit || diagnostic.code == Code::wrong_kind ||
                          diagnostic.code == Code::points_not_percent || diagnostic.code == Code::hours_and_years;
    if (!of_units || !diagnostic.secondary.empty() || unit == Span{}) continue;
    diagnostic.secondary.push_back({unit, fmt::format("needed here: {}", type_words(type))});
    // Where several lines miss the head in the same way, it is the head.
    auto const what = diagnostic.message.rfind('`');
    if (what != std::string::npos) {
      diagnostic.about.push_back(about("head", std::to_string(unit.begin), diagnostic.message.substr(what)));
    }
  }
}

void Checker::figure(FigureId id) {
  if (figure_progress_[id] != Progress::waiting) return;
  figure_progress_[id] = Progress::reading;
  ++reading_;
  auto const& block = *figure_blocks_[id];
  InScope const in(*this, block);
  note_illustrative(program().figures[id].citation, program().figures[id].shown);
  auto const at = surroundings_of(program().figures[id].each);
  auto const before = diagnostics_.size();
  if (!forgiven_.contains(block.name.key) || block.faulty) {
    if (program().figures[id].type.kind == Kind::yes_no) {
      yes_or_no_figure(id, block, at);
    } else {
      value_figure(id, block, at);
    }
  }
  auto const& made = program().figures[id];
  if (diagnostics_.size() == before && made.yes_when == kNone && made.cases.empty()) forgiven_.insert(block.name.key);
  if (diagnostics_.size() == before && !forgiven_.contains(block.name.key)) told_by_year(id, block);
  if (diagnostics_.size() != before) forgiven_.insert(block.name.key);
  --reading_;
  figure_progress_[id] = Progress::done;
}

void Checker::not_of_this_figure(FigureId id, Clause const& clause) {
  auto const& made = program().figures[id];
  bool const yes_no = made.type.kind == Kind::yes_no;
  auto& diagnostic = report(Code::clause_not_here, clause.span,
                            yes_no ? fmt::format("`{}` is answered with yes or no and has no such line", made.shown)
                                   : fmt::format("`{}` has a value and no such line", made.shown),
                            yes_no ? "Say with `Yes when:` when it is yes."
                                   : "Say its value with `=`, or declare it `yes or no` in its head.");
  if (figure_units_[id] != Span{}) diagnostic.secondary.push_back({figure_units_[id], "said here"});
}

void Checker::list_has_no_exemption(FigureId id, Clause const& clause) {
  report(Code::clause_not_here, clause.label,
         fmt::format("`{}` is a list, and a list always applies", program().figures[id].shown),
         "Choose the list by cases (`when …: …` and `otherwise: …`), or say this where the list is asked for.");
}

void Checker::yes_or_no_figure(FigureId id, Block const& block, Surroundings const& outer) {
  auto at = outer;
  at.in_row = true;
  bool has_test = block.faulty;
  std::optional<ConditionId> above;
  for (auto const& clause : block.clauses) {
    if (clause.kind == ClauseKind::not_coverable) not_coverable(clause, above);
    bool const of_value = clause.kind == ClauseKind::is_value || clause.kind == ClauseKind::case_when ||
                          clause.kind == ClauseKind::case_otherwise || clause.kind == ClauseKind::not_covered ||
                          clause.kind == ClauseKind::not_published;
    if (of_value) {
      has_test = true;
      not_of_this_figure(id, clause);
    }
    auto const* node = std::get_if<grammar::Condition>(&clause.body);
    if (node == nullptr) continue;
    auto const read = condition(*node, at);
    above = read;
    if (clause.kind == ClauseKind::yes_when) {
      has_test = true;
      program().figures[id].yes_when = read;
    }
    if (clause.kind == ClauseKind::does_not_apply_when) program().figures[id].exempt = read;
    if (read != kNone && uses_found(read)) figure_found_[id] = true;
  }
  if (has_test) return;
  report(Code::empty_block, block.name.span, fmt::format("`{}` does not say when it is yes", block.name.text),
         "Add a line: `Yes when: …`.");
}

void Checker::case_of_figure(FigureId id, ConditionId when, SyntaxValue const& syntax, Surroundings const& at) {
  auto const before = diagnostics_.size();
  auto const read = value_of_figure(id, syntax, at);
  needed_as(before, figure_units_[id], program().figures[id].type);
  if (read == kNone) return;
  auto& made = program().figures[id];
  made.cases.push_back({when, read});
  made.ratio = made.ratio || this->at(read).ratio;
  figure_share_[id] = (made.cases.size() == 1 || figure_share_[id]) && share_value_[read];
}

void Checker::value_figure(FigureId id, Block const& block, Surroundings const& outer) {
  auto at = outer;
  at.plain_numbers = true;
  std::optional<ConditionId> above;
  for (auto const& clause : block.clauses) {
    if (clause.kind == ClauseKind::not_coverable) not_coverable(clause, above);
    if (auto const* plain = std::get_if<grammar::Value>(&clause.body)) {
      case_of_figure(id, kNone, *plain, at);
    } else if (auto const* one = std::get_if<grammar::CaseValue>(&clause.body)) {
      auto const when = condition(*one->when, at);
      above = when;
      case_of_figure(id, when, one->value, at);
    } else if (clause.kind == ClauseKind::yes_when) {
      not_of_this_figure(id, clause);
    } else if (clause.kind == ClauseKind::does_not_apply_when && program().figures[id].type.list) {
      list_has_no_exemption(id, clause);
    } else if (auto const* exempt = std::get_if<grammar::Condition>(&clause.body)) {
      above = program().figures[id].exempt = condition(*exempt, at);
    } else if (clause.kind == ClauseKind::not_covered || clause.kind == ClauseKind::not_published) {
      fallback(id, clause, at);
    }
  }
  cases_are_whole(block);
  fallback_is_read(id, block);
}

// One value; or cases, and what holds otherwise.
void Checker::cases_are_whole(Block const& block) {
  if (block.faulty) return;
  auto const& shown = block.name.text;
  auto const has = [&](ClauseKind kind) {
    return std::any_of(block.clauses.begin(), block.clauses.end(), [&](Clause const& c) { return c.kind == kind; });
  };
  bool const cases = has(ClauseKind::case_when);
  bool const plain = has(ClauseKind::is_value);
  bool const otherwise = has(ClauseKind::case_otherwise);
  if (plain && (cases || otherwise)) {
    report(Code::clause_twice, block.name.span, fmt::format("`{}` has one value and cases too", shown),
           "Keep the line that begins with `=`, or the lines with `when` and `otherwise`.");
  } else if (!plain && !cases && !otherwise && !has(ClauseKind::yes_when)) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` has no value", shown),
           "Add a line that begins with `=`, or lines `when …: …` and `otherwise: …`.");
  } else if (cases && !otherwise) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` has no value where none of its cases holds", shown),
           "Add a last line: `otherwise: …`.");
  }
}

void Checker::fallback(FigureId id, Clause const& clause, Surroundings const& at) {
  auto const& body = std::get<grammar::SourceValue>(clause.body);
  auto const source = source_named(body.source);
  if (!source) return no_source(body.source, "");
  if (program().figures[id].fallback) {
    report(Code::clause_twice, clause.label, fmt::format("`{}` falls back twice", program().figures[id].shown),
           "One level only: what the second source lacks cannot be told.");
    return;
  }
  auto const before = diagnostics_.size();
  auto const read = value_of_figure(id, body.value, at);
  needed_as(before, figure_units_[id], program().figures[id].type);
  if (read == kNone) return;
  auto const published = clause.kind == ClauseKind::not_published;
  program().figures[id].fallback = Figure::Fallback{published, *source, read};
  program().figures[id].ratio = program().figures[id].ratio || this->at(read).ratio;
  program().has_fallbacks = true;
  program().decides_on_incomplete_facts = true;
}

// A fallback asks for the keys that the figure binds in the source itself: in a figure that this one names they are not
// seen.
void Checker::fallback_is_read(FigureId id, Block const& block) {
  auto const& made = program().figures[id];
  if (!made.fallback || made.cases.empty()) return;
  bool read = false;
  for (auto const& one : made.cases) {
    walk_value(
        program(), one.value,
        [&](ValueId value) {
          auto const* lookup = std::get_if<SourceLookup>(&this->at(value).node);
          read = read || (lookup != nullptr && lookup->source == made.fallback->source);
        },
        [](ConditionId) {});
  }
  if (read) return;
  for (auto const& clause : block.clauses) {
    if (clause.kind != ClauseKind::not_covered && clause.kind != ClauseKind::not_published) continue;
    report(Code::clause_not_here, clause.label,
           fmt::format("`{}` looks nothing up in `{}`", made.shown, words().sources[made.fallback->source].shown),
           "Name the source in which the value of this figure is looked up.");
  }
}

// What is said for each year must change with the years.
void Checker::told_by_year(FigureId id, Block const& block) {
  auto const made = program().figures[id];
  for (auto const range : made.each) {
    if (program().ranges[range].of != Range::Of::years) continue;
    auto const year = program().ranges[range].member;
    auto const help = fmt::format("Name a fact or a Figure `for each {}`.", year);
    if (made.yes_when != kNone) {
      auto const stays = same_every_year(made.yes_when, range);
      if (!stays) continue;
      report(Code::not_a_yearly_name, program().conditions[*stays].span,
             fmt::format("`{}` is not told year by year", program().conditions[*stays].text), help)
          .about = {about("yearly", asked_of(*stays))};
      continue;
    }
    bool const yearly = std::any_of(made.cases.begin(), made.cases.end(), [&](FigureCase const& one) {
      return is_yearly(one.value, range) || (one.when != kNone && mentions(one.when, range));
    });
    if (yearly) continue;
    report(Code::not_a_yearly_name, block.name.span,
           fmt::format("`{}` is said for each {}, and nothing in it is", made.shown, year), help);
  }
}

}  // namespace waymark::check
