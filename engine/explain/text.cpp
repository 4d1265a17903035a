// Explanations as plain text: indented, short lines, the outcome first, readable aloud.
#include <algorithm>

#include "engine/explain/outcome.hpp"
#include "engine/explain/reading.hpp"
#include "engine/explain/words.hpp"
#include "engine/values/printable.hpp"

namespace waymark::explain {
namespace {

constexpr std::size_t kWidth = 110;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Lines of text that break at blanks and go on two columns further in. What a submission says is shown so that it
/// cannot speak to the terminal.
class Page {
 public:
  void line(std::size_t indent, std::string_view words) {
    auto const text = values::one_line(words);
    std::string current(indent, ' ');
    bool empty = true;
    for (std::size_t at = 0; at < text.size();) {
      auto const blank = std::min(text.find(' ', at), text.size());
      auto const word = std::string_view(text).substr(at, blank - at);
      if (!empty && characters(current) + 1 + characters(word) > kWidth) {
        out_ += current + "\n";
        current.assign(indent + 4, ' ');
        empty = true;
      }
      if (!empty) current.push_back(' ');
      current += word;
      empty = false;
      at = blank + 1;
    }
    out_ += current + "\n";
  }
  void blank() { out_ += "\n"; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_head(Page& page, Subject const& subject) {
  auto const& origin = subject.batch.origins[subject.case_index];
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  auto const name = origin.id.empty() ? "line " + std::to_string(origin.line) : origin.id;
  auto const* row = decided_row(subject);
  auto said = row == nullptr ? outcome_words(subject) : row_words(*row);
  auto const all = terms(subject);
  if (all.until) said += ", until " + values::write_date(*all.until);
  if (row == nullptr && outcome.kind == review::Outcome::Kind::needs_information) {
    auto const open = possible(subject);
    if (!open.empty()) said += "; it could still be " + either(open);
  }
  if (outcome.kind == review::Outcome::Kind::not_reviewed) said += ": " + fault_words(subject);
  page.line(0, name + ": " + said);
  page.line(2, "by " + subject.program.title + ", reviewed on " + values::write_date(subject.date()));
  if (is_illustrative_row(subject)) {
    page.line(2, "This outcome is illustrative: no law and no published source names its row.");
  }
  if (row != nullptr && !row->recommends.empty()) {
    page.line(2, "The policy recommends: " + row->recommends + ". It does not demand it.");
  }
  if (!all.fault.empty()) page.line(2, "Note: " + all.fault);
}

void write_conditions(Page& page, Subject const& subject) {
  auto const* row = decided_row(subject);
  auto const all = terms(subject);
  if (row == nullptr || all.conditions.empty()) return;
  page.line(2, "Conditions:");
  for (std::size_t i = 0; i < all.conditions.size(); ++i) {
    std::string when;
    if (all.conditions[i].first) when = "by " + values::write_date(*all.conditions[i].first);
    if (row->conditions[i].within) {
      auto const& text = row->conditions[i].within->text;
      auto const within = text.starts_with("within ") ? text : "within " + text;
      when += when.empty() ? within : " (" + within + ")";
    }
    page.line(4, "- " + (when.empty() ? "" : when + ": ") + all.conditions[i].second);
  }
}

void write_schedule(Page& page, Subject const& subject) {
  auto const all = terms(subject);
  if (!all.schedule.empty()) page.line(2, "Schedule:");
  for (auto const& [name, date] : all.schedule) {
    page.line(4, "- " + name + ": " + (date ? values::write_date(*date) : "cannot be told"));
  }
  for (auto const& [what, value] : remembered(subject)) {
    auto const& type = subject.program.values[what->value].type;
    page.line(2, "Remembered: " + what->name + ": " + (value ? value_words(subject, type, *value) : "cannot be told"));
  }
}

void write_reports(Page& page, Subject const& subject) {
  auto const all = reported(subject);
  if (!all.empty()) page.line(2, "Reported:");
  for (auto const& report : all) page.line(4, "- " + report.name + ": " + report.words);
}

std::string need_words(Need const& need) {
  return need.fact + (need.for_what.empty() ? "" : " for " + need.for_what) + ": " + need.why;
}

// An amount that cannot be told is one reason more to hand in what is missing.
bool all_reports_told(Subject const& subject) {
  auto const& reports = subject.program.reports;
  return std::none_of(reports.begin(), reports.end(), [&](check::ValueId id) {
    return is_untold(subject.run.value(id, {0, subject.case_index}));
  });
}

void write_needs(Page& page, Subject const& subject) {
  auto const missing = needs(subject);
  if (missing.empty()) return;
  // What decides on what is missing, or reports it, cannot say of a missing fact that it did not matter.
  bool const decided = subject.run.outcomes()[subject.case_index].kind == review::Outcome::Kind::decided;
  bool const settled = decided && all_reports_told(subject) && !subject.program.decides_on_incomplete_facts &&
                       !subject.program.has_fallbacks;
  page.line(2, settled ? "Not known, and not needed for this outcome:" : "What is not known:");
  for (auto const& need : missing) {
    page.line(4, "- " + need_words(need));
  }
}

// What the criteria count for, and would not without their waivers.
void write_waived(Page& page, Subject const& subject) {
  std::vector<std::string> names;
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) {
    auto const status = subject.run.status(id, subject.case_index);
    if (values::is_waived(status) == values::kYes) names.push_back(subject.program.criteria[id].shown);
  }
  if (!names.empty()) page.line(2, "Met only because waived: " + listed(names) + ".");
}

void write_illustrative(Page& page, Subject const& subject) {
  auto const names = reading_of(subject).illustrative;
  if (names.empty()) return;
  page.line(2, "Illustrative, resting on no law and no published source: " + listed(names) + ".");
}

std::string from_words(Proof const& proof) {
  if (proof.source.empty()) return "";
  auto const from = std::string("from ").append(proof.source);
  return proof.vintage.empty() ? from : from + ", " + std::string(proof.vintage);
}

// A list whose items follow is said by its head: `any of`.
std::string head_of(Proof const& proof) {
  auto const asked = proof.asked.view();
  auto const items = asked.find(" of: ");
  return std::string(proof.parts.empty() || items == std::string_view::npos ? asked : asked.substr(0, items + 3));
}

std::string first_line(Proof const& proof, std::string const& inherited) {
  auto line = proof.what.empty() ? head_of(proof) : std::string(proof.what);
  if (!proof.result.empty()) line.append(": ").append(proof.result);
  if (!proof.citation.empty() && proof.citation.view() != inherited) {
    line.append(" [").append(proof.citation).append("]");
  }
  return line;
}

/// What has been said above and is not said again.
struct Above {
  std::string citation, source, asked;
};

void write_tree(Page& page, Proof const& proof, std::size_t indent, Above const& above) {
  page.line(indent, first_line(proof, above.citation));
  auto const inner = indent + 2;
  bool const asked_above = !above.asked.empty() && above.asked.ends_with(proof.asked.view());
  if (!proof.what.empty() && !proof.asked.empty() && !asked_above) page.line(inner, "asked: " + head_of(proof));
  if (!proof.found.empty() && proof.found != proof.result) page.line(inner, std::string("found: ").append(proof.found));
  if (!proof.margin.empty()) page.line(inner, std::string("margin: ").append(proof.margin));
  auto const from = from_words(proof);
  if (!from.empty() && from != above.source) page.line(inner, from);
  if (!proof.to_fix.empty()) page.line(inner, put_together({"To fix: ", proof.to_fix}));
  if (proof.not_known != nullptr) {
    for (auto const& need : *proof.not_known) page.line(inner, "Not known: " + need_words(need));
  }
  Above const below{proof.citation.empty() ? above.citation : std::string(proof.citation),
                    from.empty() ? above.source : from, std::string(proof.asked)};
  for (auto const& part : proof.parts) write_tree(page, part, inner, below);
}

bool is_reviewed(Subject const& subject) {
  return subject.run.outcomes()[subject.case_index].kind != review::Outcome::Kind::not_reviewed;
}

}  // namespace

std::string short_text(Subject const& subject) {
  Page page;
  write_head(page, subject);
  if (!is_reviewed(subject)) return page.take();
  auto const lines = because(subject);
  if (!lines.empty()) page.line(2, "Because:");
  for (auto const& line : lines) page.line(4, "- " + line);
  write_conditions(page, subject);
  write_schedule(page, subject);
  write_reports(page, subject);
  write_waived(page, subject);
  write_needs(page, subject);
  write_illustrative(page, subject);
  return page.take();
}

std::string full_text(Subject const& subject) {
  Page page;
  write_head(page, subject);
  if (!is_reviewed(subject)) return page.take();
  write_conditions(page, subject);
  write_schedule(page, subject);
  write_reports(page, subject);
  write_waived(page, subject);
  write_needs(page, subject);
  write_illustrative(page, subject);
  return page.take() + tree_text(subject);
}

std::string tree_text(Subject const& subject) {
  Page page;
  if (!is_reviewed(subject)) return page.take();
  Proofs proofs;
  for (auto const& part : full(subject, proofs).parts) {
    bool const by_itself = part.kind == Proof::Kind::criterion || part.kind == Proof::Kind::report;
    if (by_itself) page.blank();
    write_tree(page, part, by_itself ? 0 : 2, {});
  }
  return page.take();
}

std::string why_not_text(Subject const& subject, std::string_view wanted) {
  Page page;
  write_head(page, subject);
  Proofs proofs;
  auto const rows = why_not(subject, wanted, proofs);
  if (rows.empty()) {
    auto const decision = subject.run.outcomes()[subject.case_index].decision;
    auto const of = decision == check::kNone ? "the policy" : "`" + subject.program.decisions[decision].shown + "`";
    page.line(2, "No row of " + of + " gives \"" + std::string(wanted) + "\".");
  }
  for (auto const& row : rows) {
    bool const is_outcome = row.result.view() == "yes" && row.found.view() == "this is the outcome";
    page.line(2, is_outcome ? std::string(row.what) + " is the outcome." : "Why not " + std::string(row.what) + ":");
    if (!is_outcome) {
      if (!row.found.empty()) page.line(4, row.found);
      for (auto const& part : row.parts) write_tree(page, part, 4, {});
    }
  }
  if (!rows.empty()) write_illustrative(page, subject);
  return page.take();
}

}  // namespace waymark::explain
