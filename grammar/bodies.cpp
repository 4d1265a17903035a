// What stands behind the colon of a clause.
#include "grammar/bodies.hpp"

#include <fmt/format.h>

#include "grammar/clauses.hpp"
#include "grammar/clip.hpp"
#include "grammar/names.hpp"
#include "grammar/pieces.hpp"

namespace waymark::grammar {
namespace {

bool is_empty(Span span) { return span.begin == span.end; }

At at_of(Reader const& in, std::uint32_t offset) { return in.text.data() + offset; }

Span span_of(Reader const& in, At begin, At end) {
  auto const offset = [&](At at) { return static_cast<std::uint32_t>(at - in.text.data()); };
  return {in.file, offset(begin), offset(end)};
}

/// The words of the label that follow those which name the clause: `2024-07-01` of `from 2024-07-01`. Begins no later
/// than its end.
Span rest_of_label(Reader const& in, LogicalLine const& line, char const* named) {
  auto const end = at_of(in, line.label.end);
  auto at = at_of(in, line.label.begin);
  scan_words(at, end, lower(named));
  return span_of(in, skip_blanks(at, end), end);
}

class Body {
 public:
  Body(Reader& in, BlockKind block, LogicalLine const& line) : in_(in), block_(block), line_(line) {}

  /// Fills `clause`; false where a diagnostic has been added.
  bool read(Clause& clause) {
    switch (line_.kind) {
      case ClauseKind::broken: return false;
      case ClauseKind::note:
      case ClauseKind::jurisdiction:
      case ClauseKind::authority:
      case ClauseKind::to_fix:
      case ClauseKind::recommends:
      case ClauseKind::ties:
      case ClauseKind::lasts:
      case ClauseKind::extended:
      case ClauseKind::not_coverable: return words_follow() && put(clause, read_text(in_, line_.rest));
      case ClauseKind::reviews:
      case ClauseKind::of: return name_and_parts(clause, line_.rest, true);
      case ClauseKind::entry: return name_and_parts(clause, line_.rest, block_ == BlockKind::choice);
      case ClauseKind::waives:
      case ClauseKind::reports: return names(clause);
      case ClauseKind::granted_by:
      case ClauseKind::uses:
      case ClauseKind::ignored:
      case ClauseKind::builds_on:
      case ClauseKind::replaces: return words_follow() && put(clause, Names{raw_names(in_, line_.rest), {}});
      case ClauseKind::lists_all: return words_follow() && put(clause, Names{{raw_name(in_, line_.rest)}, {}});
      case ClauseKind::left_out:
      case ClauseKind::holidays: return put(clause, read_values(in_, line_.rest));
      case ClauseKind::in_force: return put(clause, read_date_range(in_, line_.rest));
      case ClauseKind::through: return through(clause);
      case ClauseKind::threshold_row: return threshold_row(clause);
      case ClauseKind::continues: return nothing_follows(line_.tail);
      case ClauseKind::is_value: return put(clause, read_value(in_, line_.tail));
      case ClauseKind::not_covered:
      case ClauseKind::not_published: return source_value(clause);
      case ClauseKind::case_when: return case_when(clause);
      case ClauseKind::case_otherwise: return put(clause, read_value(in_, line_.rest));
      case ClauseKind::yes_when:
      case ClauseKind::met_when:
      case ClauseKind::not_met_when:
      case ClauseKind::waived_when:
      case ClauseKind::does_not_apply_when:
      case ClauseKind::on_it_when:
      case ClauseKind::decision_when: return put(clause, read_when_tail(in_, line_.tail));
      case ClauseKind::outcome_row:
        return put(clause,
                   read_outcome_row(in_, span_of(in_, at_of(in_, line_.span.begin), at_of(in_, line_.tail.end))));
      case ClauseKind::condition_within: return condition_within(clause);
      case ClauseKind::given: return given(clause);
      case ClauseKind::fact:
      case ClauseKind::expectation: return fact(clause);
      case ClauseKind::expect:
        return is_empty(line_.rest) ? put(clause, Expect{}) : put(clause, read_expect(in_, line_.rest));
      case ClauseKind::field:
      case ClauseKind::starts: return declared(clause);
      case ClauseKind::untold:
      case ClauseKind::rows: return put(clause, read_row_filters(in_, line_.rest));
      case ClauseKind::marks: return put(clause, read_marks(in_, line_.rest));
      case ClauseKind::remembers: return put(clause, read_remembers(in_, line_.rest));
      case ClauseKind::schedule: return schedule(clause);
      case ClauseKind::highest:
      case ClauseKind::lowest: return put(clause, read_ranking(in_, line_.rest));
    }
    return false;
  }

 private:
  template <class T>
  static bool put(Clause& clause, std::optional<T> body) {
    if (!body) return false;
    clause.body = std::move(*body);
    return true;
  }
  template <class T>
  static bool put(Clause& clause, T body) {
    clause.body = std::move(body);
    return true;
  }

  bool report(Code code, Span span, std::string message) {
    in_.diagnostics.push_back(diagnose(code, span, std::move(message)));
    return false;
  }

  bool words_follow() {
    if (!is_empty(line_.rest)) return true;
    return report(Code::text_needed, line_.label,
                  fmt::format("after `{}:` words are needed",
                              clip(in_.text.substr(line_.label.begin, line_.label.end - line_.label.begin))));
  }
  bool nothing_follows(Span rest) {
    if (is_empty(rest)) return true;
    return report(Code::words_left_over, rest, "the line should end before these words");
  }

  bool names(Clause& clause) {
    Names out;
    for (auto const& piece : split(in_.text, line_.rest, ',')) {
      auto name = read_name(in_, piece);
      if (!name) return false;
      out.names.push_back(std::move(*name));
    }
    return put(clause, std::move(out));
  }
  bool name_and_parts(Clause& clause, Span span, bool may_have_parts) {
    auto const pieces = may_have_parts ? split(in_.text, span, ',') : std::vector<Span>{span};
    auto name = read_name(in_, pieces.front());
    if (!name) return false;
    Names out;
    out.names.push_back(std::move(*name));
    out.parts = read_parts(in_, pieces, 1);
    return put(clause, std::move(out));
  }
  bool declared(Clause& clause) {
    auto name = read_name(in_, line_.label);
    if (!name) return false;
    if (!words_follow()) return false;
    return put(clause, Declared{std::move(*name), read_parts(in_, split(in_.text, line_.rest, ','), 0)});
  }
  bool schedule(Clause& clause) {
    if (!words_follow()) return false;
    return put(clause, Declared{{}, read_parts(in_, split(in_.text, line_.rest, ','), 0)});
  }

  bool through(Clause& clause) {
    auto date = read_date(in_, line_.rest);
    if (!date) return false;
    return put(clause, DateRange{{}, std::move(*date), line_.rest});
  }
  /// `from D[ through D][, class|, otherwise]: V`
  bool threshold_row(Clause& clause) {
    auto const pieces = split(in_.text, line_.label, ',');
    auto period = read_date_range(in_, pieces.front());
    if (!period) return false;
    ThresholdRow out;
    out.period = std::move(*period);
    if (pieces.size() > 1) {
      auto of_class = raw_name(in_, {in_.file, pieces[1].begin, line_.label.end});
      if (of_class.empty())
        return report(Code::name_needed, pieces[1], "after the comma the class is needed for which the row holds");
      out.otherwise = !of_class.quoted && of_class.key == "otherwise";
      if (!out.otherwise) out.of_class = std::move(of_class);
    }
    auto value = read_value(in_, line_.rest);
    if (!value) return false;
    out.value = std::move(*value);
    return put(clause, std::move(out));
  }
  bool source_value(Clause& clause) {
    auto source = read_path(in_, rest_of_label(in_, line_, label_of(line_.kind)));
    if (!source) return false;
    auto value = read_value(in_, line_.rest);
    if (!value) return false;
    return put(clause, SourceValue{std::move(*source), std::move(*value)});
  }
  bool case_when(Clause& clause) {
    auto when = read_condition(in_, rest_of_label(in_, line_, label_of(line_.kind)));
    if (!when) return false;
    auto value = read_value(in_, line_.rest);
    if (!value) return false;
    return put(clause, CaseValue{std::move(*when), std::move(*value)});
  }
  /// `Condition, within 180 days: text`
  bool condition_within(Clause& clause) {
    ConditionWithin out;
    auto term = rest_of_label(in_, line_, label_of(line_.kind));
    if (!is_empty(term) && in_.text[term.begin] == ',') {
      ++term.begin;
      auto const begin = skip_blanks(at_of(in_, term.begin), at_of(in_, term.end));
      out.within = read_term(in_, span_of(in_, begin, at_of(in_, term.end)));
      if (!out.within) return false;
    } else if (!nothing_follows(term)) {
      return false;
    }
    if (!words_follow()) return false;
    auto text = read_text(in_, line_.rest);
    if (!text) return false;
    out.text = std::move(*text);
    return put(clause, std::move(out));
  }

  bool given(Clause& clause) {
    if (!nothing_follows(line_.rest)) return false;
    Given out;
    auto label = rest_of_label(in_, line_, label_of(line_.kind));
    out.span = label;
    if (!is_empty(label)) {
      auto at = at_of(in_, label.begin);
      scan_words(at, at_of(in_, label.end), "on");
      label = span_of(in_, skip_blanks(at, at_of(in_, label.end)), at_of(in_, label.end));
      auto date = read_date(in_, label);
      if (!date) return false;
      out.date = std::move(*date);
    }
    return put(clause, std::move(out));
  }
  bool fact(Clause& clause) {
    auto label = read_fact_label(in_, line_.label);
    if (!label) return false;
    if (!words_follow()) return false;
    Fact out;
    out.name = std::move(label->name);
    out.keys = std::move(label->keys);
    out.span = line_.rest;
    out.text = fold(in_.text.substr(line_.rest.begin, line_.rest.end - line_.rest.begin));
    for (auto const& group : split(in_.text, line_.rest, ';')) {
      if (!is_empty(group)) out.groups.push_back(split(in_.text, group, ','));
    }
    return put(clause, std::move(out));
  }

  Reader& in_;
  BlockKind block_;
  LogicalLine const& line_;
};

}  // namespace

Clause read_clause(Reader& in, BlockKind block, LogicalLine const& line) {
  Clause out;
  out.kind = line.kind;
  out.citation = line.citation;
  out.label = line.label;
  out.span = line.span;
  if (!Body(in, block, line).read(out)) {
    out.kind = ClauseKind::broken;
    out.body = std::monostate{};
  }
  return out;
}

}  // namespace waymark::grammar
