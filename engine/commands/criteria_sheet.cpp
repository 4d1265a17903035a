// Writes a Program in the policy's own words. Nothing is decided here, so nothing is computed.
#include "engine/commands/criteria_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/explain/outcome.hpp"

namespace waymark::commands {
namespace {

using check::ConditionId;

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out.push_back(c);
    }
  }
  return out;
}

constexpr char const* kStyle =
    "body{font:11pt/1.45 Georgia,serif;color:#111;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.15rem;margin:1.8rem 0 .5rem;border-bottom:1px solid #999}"
    "h3{font-size:1rem;margin:1rem 0 .2rem}p,ul{margin:.2rem 0}ul{padding-left:1.3rem}"
    "table{border-collapse:collapse;width:100%;margin:.4rem 0}"
    "th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#eee}"
    ".from{color:#555}.note{border:2px solid #111;padding:.4rem .8rem;margin:.8rem 0}"
    ".illustrative{border:1px solid #111;padding:0 .3rem;font-style:italic}"
    "@media print{body{margin:0;max-width:none}h2,h3{break-after:avoid}tr,li,.note{break-inside:avoid}"
    "thead{display:table-header-group}}";

/// The sheet of one policy on one date.
class Sheet {
 public:
  Sheet(check::Program const& program, Policy const& policy, values::Date date)
      : program_(program), policy_(policy), date_(date) {}

  std::string text() {
    head();
    cautions();
    thresholds();
    criteria();
    groups();
    figures();
    lists();
    decisions();
    waivers();
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        escaped(program_.title), kStyle, out_);
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
    line("<p>As of {}. These rules have stood since {}{}.</p>", values::write_date(date_),
         values::write_date(program_.from),
         program_.through ? " and stand through " + values::write_date(*program_.through) : "");
    line("<p class=\"from\">The policy's file has the SHA-256 {}.</p>", policy_.policy_sha256);
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
        "itself "
        "says what follows, so what is handed in later can change an outcome.</p>");
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

  static std::string cited(check::Citation const& citation) {
    if (citation.illustrative) return R"( <span class="illustrative">illustrative</span>)";
    return citation.text.empty() ? "" : fmt::format(R"( <span class="from">[{}]</span>)", escaped(citation.text));
  }
  static check::Citation own_or(check::Citation const& own, check::Citation const& heading) {
    return own.text.empty() && !own.illustrative ? heading : own;
  }

  void thresholds() {
    if (program_.thresholds.empty()) return;
    line(
        "<h2>Thresholds</h2>\n<table><thead><tr><th>Threshold</th><th>Value</th><th>In force</th><th>Source</th></tr>"
        "</thead>");
    bool past = false;
    for (check::Threshold const& threshold : program_.thresholds) {
      for (check::ThresholdRow const& row : threshold.rows) {
        threshold_row(threshold, row);
        auto const end = last_day(threshold, row);
        past = past || (end && *end < date_);
      }
    }
    line("</table>");
    if (past) {
      line(
          "<p>What is past still counts where a rule is about an earlier year or date: there the row in force on its "
          "first day is read.</p>");
    }
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
  void threshold_row(check::Threshold const& threshold, check::ThresholdRow const& row) {
    auto const end = last_day(threshold, row);
    std::string when = "from " + values::write_date(row.from);
    if (end) when += " through " + values::write_date(*end);
    if (date_ < row.from) when += " (not yet)";
    if (end && *end < date_) when += " (past)";
    std::string const by = threshold.dated_by == check::kNone ? "" : ", dated by " + value_text(threshold.dated_by);
    line("<tr><td>{}{}{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", escaped(threshold.shown),
         escaped(class_words(threshold, row)), escaped(by), escaped(value_text(row.value)), when,
         cited(own_or(row.citation, threshold.citation)));
  }

  // A condition that first asks whether there is an earlier decision is said by what it asks then.
  ConditionId without_guard(ConditionId id) const {
    auto const* junction = std::get_if<check::Junction>(&program_.conditions[id].node);
    if (junction == nullptr || junction->items.empty()) return id;
    bool const guards = std::holds_alternative<check::Present>(program_.conditions[junction->items.front()].node);
    return guards ? without_guard(junction->items.back()) : id;
  }

  // `is between` and `is not waived` are lists to the program alone: their items have the whole's words.
  bool is_list(ConditionId id) const {
    auto const* junction = std::get_if<check::Junction>(&program_.conditions[id].node);
    if (junction == nullptr) return false;
    return std::none_of(junction->items.begin(), junction->items.end(), [&](ConditionId item) {
      return program_.conditions[item].text == program_.conditions[id].text;
    });
  }

  // What is asked of each member or year, where the condition's words end in it.
  ConditionId body_of(check::Condition const& condition) const {
    ConditionId body = check::kNone;
    if (auto const* quantified = std::get_if<check::Quantified>(&condition.node)) body = quantified->body;
    if (auto const* windowed = std::get_if<check::Windowed>(&condition.node)) body = windowed->body;
    if (body == check::kNone) return body;
    body = without_guard(body);
    return condition.text.ends_with(program_.conditions[body].text) ? body : check::kNone;
  }

  std::string condition(ConditionId asked) const {
    ConditionId const id = without_guard(asked);
    check::Condition const& node = program_.conditions[id];
    if (auto const inner = body_of(node); inner != check::kNone && is_list(inner)) {
      auto const& items = program_.conditions[inner].text;
      return escaped(node.text.substr(0, node.text.size() - items.size())) + condition(inner) + quoted(node.citation);
    }
    if (!is_list(id)) return escaped(node.text) + quoted(node.citation);
    std::string out = escaped(node.text.substr(0, node.text.find(':'))) + ":" + quoted(node.citation) + "<ul>";
    for (ConditionId const item : std::get<check::Junction>(node.node).items) {
      out += "<li>" + condition(item) + "</li>";
    }
    return out + "</ul>";
  }
  static std::string quoted(std::string const& citation) { return cited({citation, false}); }

  void asks(std::string_view label, ConditionId id) {
    if (id == check::kNone) return;
    // A list stands beside a paragraph, not in one.
    line("<div>{} {}</div>", label, condition(id));
  }

  void criteria() {
    if (program_.criteria.empty()) return;
    line("<h2>Criteria</h2>");
    for (check::Criterion const& criterion : program_.criteria) {
      line("<h3>{}{}</h3>", escaped(criterion.shown), cited(criterion.citation));
      asks(criterion.not_met_when ? "Not met when" : "Met when", criterion.test);
      asks("Does not apply when", criterion.exempt);
      asks("Waived when", criterion.waived);
      paragraph("To fix: ", without_braces(criterion.to_fix.text));
    }
  }

  // What a decision shows as a value stands here by its name.
  static std::string without_braces(std::string text) {
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '{' || c == '}'; }), text.end());
    return text;
  }

  void groups() {
    if (program_.groups.empty()) return;
    line("<h2>Groups of criteria</h2>");
    for (check::Group const& group : program_.groups) {
      line("<h3>{}</h3>\n<ul>", escaped(group.shown));
      for (auto const id : group.criteria) line("<li>{}</li>", escaped(program_.criteria[id].shown));
      line("</ul>");
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
      line("<h3>{}{}{}</h3>", escaped(figure.shown), escaped(each_words(figure)), cited(figure.citation));
      asks("Yes when", figure.yes_when);
      for (check::FigureCase const& one : figure.cases) {
        if (one.when != check::kNone) {
          line("<div>When {}: {}</div>", condition(one.when), escaped(value_text(one.value)));
        } else {
          paragraph(figure.cases.size() == 1 ? "" : "Otherwise: ", value_text(one.value));
        }
      }
      asks("Does not apply when", figure.exempt);
      if (figure.fallback) paragraph("", "Else: " + fallback_words(figure));
    }
  }

  void lists() {
    if (program_.lists.empty()) return;
    line("<h2>Lists</h2>");
    for (check::List const& list : program_.lists) {
      line("<h3>{}{}</h3>", escaped(list.shown), cited(list.citation));
      auto const& source = program_.vocabulary.sources[list.source];
      paragraph("Of: ", list.of != check::kNone ? program_.lists[list.of].shown
                                                : fmt::format("{}, by {}", source.shown, source.keys[list.key].shown));
      asks("On it when", list.on_it);
      if (!list.left_out.empty()) paragraph("Left out: ", fmt::format("{}", fmt::join(list.left_out, ", ")));
      if (list.ranking) paragraph("", ranking_words(*list.ranking));
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
    line("<h2>What is decided</h2>\n<p>The rows are read from the top. The first that holds is the outcome.</p>");
    for (check::Decision const& decision : program_.decisions) {
      line("<h3>{}{}</h3>", escaped(decision.shown), cited(decision.citation));
      asks("When", decision.when);
      line("<table><thead><tr><th>Outcome</th><th>When</th></tr></thead>");
      for (check::Row const& row : decision.rows) {
        line("<tr><td>{}{}</td><td>{}{}</td></tr>", escaped(explain::row_words(row)), own_citation(row, decision),
             row.when == check::kNone ? "otherwise" : condition(row.when), below(row));
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
      std::string const within = attached.within ? "within " + attached.within->text + ": " : "";
      out += fmt::format("<div>On condition, {}{}</div>", escaped(within), escaped(attached.text));
    }
    for (check::Scheduled const& scheduled : row.schedule) {
      out += fmt::format("<div>Schedule: {} after {}</div>", escaped(scheduled.name), escaped(scheduled.after.text));
    }
    for (check::Remembered const& remembered : row.remembers) {
      out +=
          fmt::format("<div>Remembers: {} = {}</div>", escaped(remembered.name), escaped(value_text(remembered.value)));
    }
    if (!row.recommends.empty()) out += fmt::format("<div>Recommends: {}</div>", escaped(row.recommends));
    return out;
  }

  void waivers() {
    if (program_.waivers.empty()) return;
    line("<h2>Waivers</h2>\n<ul>");
    for (check::Waiver const& waiver : program_.waivers) {
      std::vector<std::string> names;
      for (auto const id : waiver.waives) names.push_back(escaped(program_.criteria[id].shown));
      line("<li>{} waives {}{}</li>", escaped(waiver.shown), fmt::join(names, ", "), cited(waiver.citation));
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
