// Writes a Program in the policy's own words. Nothing is decided here, so nothing is computed.
#include "engine/commands/criteria_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/commands/report.hpp"
#include "engine/commands/sheet_text.hpp"
#include "engine/explain/outcome.hpp"

namespace waymark::commands {
namespace {

using check::ConditionId;

constexpr char const* kStyle =
    "body{font:11pt/1.45 Georgia,serif;color:#111;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "overflow-wrap:anywhere}"
    "h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.15rem;margin:1.8rem 0 .5rem;border-bottom:1px solid #767676}"
    "h3{font-size:1rem;margin:1rem 0 .2rem}h3 .from,h3 .illustrative{font-weight:normal}"
    "p,ul,ol{margin:.2rem 0}ul,ol{padding-left:1.3rem}"
    "table{border-collapse:collapse;width:100%;margin:.4rem 0}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}"
    "th{background:#eee}.date{white-space:nowrap}"
    ".from{color:#555}.note{border:2px solid #111;padding:.4rem .8rem;margin:.8rem 0}"
    ".illustrative{border:1px solid #111;padding:0 .3rem;font-style:italic}"
    "@media(max-width:32rem){th,td{padding:.2rem .3rem;font-size:.9rem}}"
    "@page{margin:18mm 15mm}"
    "@media print{body{margin:0;padding:0;max-width:none}h2,h3,h2+p,.when{break-after:avoid}"
    "section,tr,li,.note{break-inside:avoid}thead{display:table-header-group}}";

/// The sheet of one policy on one date.
class Sheet {
 public:
  Sheet(check::Program const& program, Policy const& policy, values::Date date)
      : program_(program), policy_(policy), date_(date) {}

  std::string text() {
    head();
    notes();
    cautions();
    criteria();
    groups();
    decisions();
    reports();
    waivers();
    thresholds();
    figures();
    lists();
    line("<p class=\"from\">For checking: the policy's file has the SHA-256 {}.</p>", policy_.policy_sha256);
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        escaped(fmt::format("{}: criteria as of {}", program_.title, values::write_date(date_))), kStyle, out_);
  }

 private:
  template <class... Values>
  void line(fmt::format_string<Values...> format, Values&&... values) {
    out_ += fmt::format(format, std::forward<Values>(values)...) + "\n";
  }
  void paragraph(std::string_view label, std::string_view words) {
    if (!words.empty()) line("<p>{}{}</p>", label, escaped(words));
  }

  void head() {
    line("<h1>{}</h1>", escaped(program_.title));
    paragraph("Jurisdiction: ", program_.jurisdiction);
    paragraph("Authority: ", program_.authority);
    line(
        "<p>Criteria in force on {}. This text of the policy applies from {}{}; thresholds have dates of their own, "
        "below.</p>",
        dated(date_), dated(program_.from), program_.through ? " through " + dated(*program_.through) : "");
    if (!program_.layers.empty()) {
      line("<p>It builds on {}.</p>", escaped(fmt::format("{}", fmt::join(program_.layers, ", "))));
    }
  }

  // What the policy itself says before all else.
  void notes() {
    for (grammar::Block const& block : policy_.parsed.file.blocks) {
      if (block.kind != grammar::BlockKind::policy) continue;
      for (grammar::Clause const& clause : block.clauses) {
        auto const* text = std::get_if<grammar::Text>(&clause.body);
        if (clause.kind == grammar::ClauseKind::note && text != nullptr) paragraph("", text->text);
      }
    }
  }

  // What a reader must know before anything else.
  void cautions() {
    if (!program_.illustrative.empty()) {
      line("<div class=\"note\"><p><strong>Illustrative.</strong> No law and no published source gives these:</p><ul>");
      for (std::string const& name : program_.illustrative) line("<li>{}</li>", escaped(name));
      line("</ul></div>");
    }
    if (!program_.decides_on_incomplete_facts && !program_.has_fallbacks) return;
    line(
        "<div class=\"note\"><p><strong>Decides on incomplete facts.</strong> Where a fact is missing, this policy "
        "itself says what follows, so what is handed in later can change an outcome.</p>");
    if (program_.has_fallbacks) {
      line("<ul>");
      for (check::Figure const& figure : program_.figures) {
        if (figure.fallback) line("<li>{}: {}</li>", escaped(figure.shown), escaped(fallback_words(figure)));
      }
      line("</ul>");
    }
    line("</div>");
  }

  std::string value_text(check::ValueId id) const { return program_.values[id].text; }

  std::string fallback_words(check::Figure const& figure) const {
    return fmt::format("if not {} by {}, {}", figure.fallback->published ? "published" : "covered",
                       program_.vocabulary.sources[figure.fallback->source].shown, value_text(figure.fallback->value));
  }

  static check::Citation own_or(check::Citation const& own, check::Citation const& heading) {
    return own.text.empty() && !own.illustrative ? heading : own;
  }

  bool is_past(check::Threshold const& threshold, check::ThresholdRow const& row) const {
    auto const end = last_day(threshold, row);
    return end && *end < date_;
  }
  bool is_in_force(check::Threshold const& threshold, check::ThresholdRow const& row) const {
    return row.from <= date_ && !is_past(threshold, row);
  }

  void thresholds() {
    if (program_.thresholds.empty()) return;
    line("<h2>Thresholds in force on {}</h2>", dated(date_));
    threshold_table([&](auto const& threshold, auto const& row) { return is_in_force(threshold, row); });
    if (!has_others()) return;
    line("<h2>Earlier and coming thresholds</h2>");
    threshold_table([&](auto const& threshold, auto const& row) { return !is_in_force(threshold, row); });
    line(
        "<p>What is past still counts where a rule is about an earlier year or date: there the row in force on its "
        "first day is read.</p>");
  }
  bool has_others() const {
    return std::any_of(program_.thresholds.begin(), program_.thresholds.end(), [&](auto const& threshold) {
      return std::any_of(threshold.rows.begin(), threshold.rows.end(),
                         [&](auto const& row) { return !is_in_force(threshold, row); });
    });
  }
  template <class Wanted>
  void threshold_table(Wanted wanted) {
    line("<table><thead><tr><th>Threshold</th><th>Value</th><th>In force</th><th>Source</th></tr></thead>");
    for (check::Threshold const& threshold : program_.thresholds) {
      for (check::ThresholdRow const& row : threshold.rows) {
        if (wanted(threshold, row)) threshold_row(threshold, row);
      }
    }
    line("</table>");
  }

  static bool same_class(check::ThresholdRow const& a, check::ThresholdRow const& b) {
    return a.entry == b.entry && a.text == b.text && a.otherwise == b.otherwise && a.step == b.step;
  }
  // As it is written, or the day before the next row of its class.
  static std::optional<values::Date> last_day(check::Threshold const& threshold, check::ThresholdRow const& row) {
    auto out = row.through;
    for (check::ThresholdRow const& later : threshold.rows) {
      if (!same_class(later, row) || later.from <= row.from) continue;
      values::Date const before = values::add_days(later.from, -1);
      if (!out || before < *out) out = before;
    }
    return out;
  }
  std::string class_words(check::Threshold const& threshold, check::ThresholdRow const& row) const {
    if (threshold.by == check::kNone) return "";
    if (row.otherwise) return ", otherwise";
    auto const& type = program_.values[threshold.by].type;
    if (row.step) return ", " + step_words(type, *row.step);
    if (!row.entry) return ", " + row.text;
    return ", " + program_.vocabulary.choices[type.which].entries[*row.entry].shown;
  }
  std::string step_words(vocabulary::Type const& type, check::Step const& step) const {
    auto const number = [&](values::Steps steps) { return vocabulary::write_steps(steps, type, program_.vocabulary); };
    if (step.lowest == values::kNoLowest) return "at most " + number(step.highest);
    if (step.highest == values::kNoHighest) return "at least " + number(step.lowest);
    return "between " + number(step.lowest) + " and " + number(step.highest);
  }
  // A row of every year counts for the years that begin while it holds; the policy's own end cuts every row.
  std::string period_words(check::Threshold const& threshold, check::ThresholdRow const& row) const {
    auto end = last_day(threshold, row);
    if (program_.through && (!end || *program_.through < *end)) end = program_.through;
    std::string out = threshold.each.empty() ? "from " : "for years that begin from ";
    out += dated(row.from);
    if (end && row.from <= *end) out += " through " + dated(*end);
    if (date_ < row.from) out += " (not yet)";
    if (is_past(threshold, row)) out += " (past)";
    return out;
  }
  void threshold_row(check::Threshold const& threshold, check::ThresholdRow const& row) {
    std::string const by = threshold.dated_by == check::kNone ? "" : ", dated by " + value_text(threshold.dated_by);
    line("<tr><td>{}{}{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", escaped(threshold.shown),
         escaped(class_words(threshold, row)), escaped(by), escaped(value_text(row.value)),
         period_words(threshold, row), cited(own_or(row.citation, threshold.citation)));
  }

  void asks(std::string_view label, ConditionId id) {
    if (id == check::kNone) return;
    // A list stands beside a paragraph, not in one.
    line("<div>{} {}</div>", label, condition_html(program_, id));
  }

  void criteria() {
    if (program_.criteria.empty()) return;
    line("<h2>Criteria</h2>");
    for (check::Criterion const& criterion : program_.criteria) {
      line("<section><h3>{}{}</h3>", escaped(criterion.shown), cited(criterion.citation));
      asks(criterion.not_met_when ? "Not met when" : "Met when", criterion.test);
      asks("Does not apply when", criterion.exempt);
      asks("Waived when", criterion.waived);
      paragraph("To fix: ", with_values(criterion));
      line("</section>");
    }
  }

  // A threshold in braces that is the same for everybody is said with its value, everything else by its name.
  std::string with_values(check::Criterion const& criterion) const {
    std::string out;
    std::string_view text = criterion.to_fix.text;
    for (check::ValueId const id : criterion.to_fix_values) {
      auto const open = text.find('{');
      auto const close = text.find('}', open);
      if (close == std::string_view::npos) break;
      out += text.substr(0, open);
      out += text.substr(open + 1, close - open - 1);
      if (auto const value = value_for_all(id); !value.empty()) out += " (" + value + ")";
      text.remove_prefix(close + 1);
    }
    return out + std::string(text);
  }
  std::string value_for_all(check::ValueId id) const {
    auto const* ref = id == check::kNone ? nullptr : std::get_if<check::ThresholdRef>(&program_.values[id].node);
    if (ref == nullptr) return "";
    check::Threshold const& threshold = program_.thresholds[ref->threshold];
    if (threshold.by != check::kNone || threshold.dated_by != check::kNone || !threshold.each.empty()) return "";
    for (check::ThresholdRow const& row : threshold.rows) {
      if (is_in_force(threshold, row)) return value_text(row.value);
    }
    return "";
  }

  void groups() {
    if (program_.groups.empty()) return;
    line("<h2>Groups of criteria</h2>");
    for (check::Group const& group : program_.groups) {
      std::vector<std::string> names;
      for (auto const id : group.criteria) names.push_back(program_.criteria[id].shown);
      line("<p><strong>{}</strong>: {}.</p>", escaped(group.shown), escaped(fmt::format("{}", fmt::join(names, ", "))));
    }
  }

  std::string each_words(check::Figure const& figure) const {
    std::string out;
    for (auto const range : figure.each) out += ", for each " + program_.ranges[range].member;
    return out;
  }

  void figures() {
    if (program_.figures.empty()) return;
    line("<h2>How figures come about</h2>");
    for (check::Figure const& figure : program_.figures) {
      line("<section><h3>{}{}{}</h3>", escaped(figure.shown), escaped(each_words(figure)), cited(figure.citation));
      asks("Yes when", figure.yes_when);
      for (check::FigureCase const& one : figure.cases) {
        if (one.when != check::kNone) {
          line("<div>When {}: {}</div>", condition_html(program_, one.when), escaped(value_text(one.value)));
        } else {
          paragraph(figure.cases.size() == 1 ? "" : "Otherwise: ", value_text(one.value));
        }
      }
      asks("Does not apply when", figure.exempt);
      if (figure.fallback) paragraph("", "Else: " + fallback_words(figure));
      line("</section>");
    }
  }

  void lists() {
    if (program_.lists.empty()) return;
    line("<h2>Lists</h2>");
    for (check::List const& list : program_.lists) {
      line("<section><h3>{}{}</h3>", escaped(list.shown), cited(list.citation));
      auto const& source = program_.vocabulary.sources[list.source];
      paragraph("Of: ", list.of != check::kNone ? program_.lists[list.of].shown
                                                : fmt::format("{}, by {}", source.shown, source.keys[list.key].shown));
      asks("On it when", list.on_it);
      if (!list.left_out.empty()) paragraph("Left out: ", fmt::format("{}", fmt::join(list.left_out, ", ")));
      if (list.ranking) paragraph("", ranking_words(*list.ranking));
      line("</section>");
    }
  }
  std::string ranking_words(check::Ranking const& ranking) const {
    constexpr char const* kTies[] = {"are on it", "are not on it", "cannot be told"};
    return fmt::format("The {} {} by {}{}; members that tie for the last place {}.",
                       ranking.highest ? "highest" : "lowest", value_text(ranking.count), value_text(ranking.by),
                       ranking.stratum == check::kNone ? "" : ", for each " + value_text(ranking.stratum),
                       kTies[static_cast<std::size_t>(ranking.ties)]);
  }

  void decisions() {
    if (program_.decisions.empty()) return;
    line(
        "<h2>What is decided</h2>\n<p>The rows are read from the top; the first that holds is the outcome. Where a "
        "missing or suppressed fact leaves open which row that is, the outcome is <em>needs information</em>.</p>");
    for (check::Decision const& decision : program_.decisions) {
      line("<h3>{}{}</h3>", escaped(decision.shown), cited(decision.citation));
      if (decision.when != check::kNone) {
        line("<div class=\"when\">When {}</div>", condition_html(program_, decision.when));
      }
      line("<table><thead><tr><th></th><th>Outcome</th><th>When (and no row above holds)</th></tr></thead>");
      int number = 0;
      for (check::Row const& row : decision.rows) {
        line("<tr><td>{}</td><td>{}{}</td><td>{}{}</td></tr>", ++number, escaped(explain::row_words(row)),
             own_citation(row, decision), row.when == check::kNone ? "otherwise" : condition_html(program_, row.when),
             below(row));
      }
      line("</table>");
    }
  }

  // Of a row that does not rest on what its decision rests on.
  static std::string own_citation(check::Row const& row, check::Decision const& decision) {
    bool const same =
        row.citation.text == decision.citation.text && row.citation.illustrative == decision.citation.illustrative;
    return same ? "" : cited(row.citation);
  }

  std::string below(check::Row const& row) const {
    std::string out;
    for (check::Attached const& attached : row.conditions) {
      std::string const within = attached.within ? ", within " + attached.within->text + " of the decision" : "";
      out += fmt::format("<div>Duty{}: {}</div>", escaped(within), escaped(attached.text));
    }
    for (check::Scheduled const& scheduled : row.schedule) {
      out += fmt::format("<div>Schedule: {} after {}</div>", escaped(scheduled.name), escaped(scheduled.after.text));
    }
    if (row.term && row.term->over && row.schedule.empty()) {
      out += "<div>No dates of the last intake and of the closure are given.</div>";
    }
    for (check::Remembered const& remembered : row.remembers) {
      out += fmt::format("<div>Carried to the next review: {} = {}</div>", escaped(remembered.name),
                         escaped(value_text(remembered.value)));
    }
    if (!row.recommends.empty()) out += fmt::format("<div>Recommends: {}</div>", escaped(row.recommends));
    return out;
  }

  // Who may grant it, for how long and how often extended.
  static std::string limits(check::Waiver const& waiver) {
    std::string out;
    std::vector<std::string> grantors;
    for (auto const& grantor : waiver.granted_by) grantors.push_back(escaped(grantor.shown));
    if (!grantors.empty()) out += fmt::format("<div>Granted by: {}</div>", fmt::join(grantors, ", "));
    if (waiver.lasts) out += fmt::format("<div>Lasts: at most {}</div>", escaped(waiver.lasts->text));
    if (waiver.extended) {
      out += fmt::format("<div>Extended: at most {}</div>", counted(*waiver.extended, "time"));
    }
    return out;
  }

  void reports() {
    if (program_.reports.empty()) return;
    line("<h2>What is reported</h2>\n<p>{} carries these figures.</p>\n<ul>",
         program_.decisions.empty() ? "What is said of a case" : "Every decision");
    for (check::ValueId const id : program_.reports) line("<li>{}</li>", escaped(value_text(id)));
    line("</ul>");
  }

  void waivers() {
    if (program_.waivers.empty()) return;
    line("<h2>Waivers</h2>\n<ul>");
    for (check::Waiver const& waiver : program_.waivers) {
      std::vector<std::string> names;
      for (auto const id : waiver.waives) names.push_back(escaped(program_.criteria[id].shown));
      if (waiver.threshold != check::kNone) {
        names.push_back(escaped(program_.thresholds[waiver.threshold].shown) +
                        " (for one case, with a value of its own)");
      }
      line("<li>{} waives {}{}{}</li>", escaped(waiver.shown), fmt::join(names, ", "), cited(waiver.citation),
           limits(waiver));
    }
    line("</ul>");
  }

  check::Program const& program_;
  Policy const& policy_;
  values::Date date_;
  std::string out_;
};

}  // namespace

std::string criteria_sheet(check::Program const& program, Policy const& policy, values::Date date) {
  return Sheet(program, policy, date).text();
}

}  // namespace waymark::commands
