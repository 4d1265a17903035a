// Why another outcome was not given: the rows that give it, what failed in them, and what would mend it.
#include <algorithm>

#include "engine/explain/deciding.hpp"
#include "engine/explain/leaf.hpp"
#include "engine/explain/missing.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/proof.hpp"
#include "engine/explain/words.hpp"
#include "grammar/parse.hpp"

namespace waymark::explain {
namespace {

constexpr char const* kNeedsInformation = "needs information";

// What would mend a criterion. Where it may be met as things are, nothing has to be mended: something is not known.
std::string mended(Subject const& subject, check::CriterionId id) {
  auto const status = subject.run.status(id, subject.case_index);
  bool const fails = (status & values::kNotMet) != 0 && (values::counted(status) & values::kMet) == 0;
  return fails ? to_fix(subject, id) : "";
}

std::vector<Need> not_known(Subject const& subject, check::CriterionId id) {
  Missing missing(subject);
  missing.of_criterion(id);
  return missing.needs();
}

std::vector<Need> not_known(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  Missing missing(subject);
  missing.of_condition(condition, spot);
  return missing.needs();
}

// The criterion, or the yes-or-no figure, that a leaf belongs to: one part for all its leaves.
Proof& holder_of(Subject const& subject, Proofs& proofs, Parts& parts, ProofBuilder& builder, Reason const& reason) {
  auto const* figure = reason.criterion == check::kNone ? &subject.program.figures[reason.figure] : nullptr;
  auto const spot = figure == nullptr ? spot_of(subject) : settled(reason.spot, figure->each);
  auto const kind = figure == nullptr ? Proof::Kind::criterion : Proof::Kind::step;
  auto const name =
      figure == nullptr ? subject.program.criteria[reason.criterion].shown : figure_words(subject, reason.figure, spot);
  auto const same = [&](Proof const& part) { return part.kind == kind && part.what.view() == name; };
  auto const found = std::find_if(parts.begin(), parts.end(), same);
  if (found != parts.end()) return *found;
  auto& out = proofs.add_to(parts);
  if (figure == nullptr) {
    builder.status(out, reason.criterion);
    out.kind = kind;
    out.citation = builder.kept(cited(subject.program.criteria[reason.criterion].citation));
    out.to_fix = builder.kept(mended(subject, reason.criterion));
    out.not_known = proofs.keep(not_known(subject, reason.criterion));
    return out;
  }
  out.what = builder.kept(name);
  out.result = Text::lasting(values::words(subject.run.truth(figure->yes_when, spot.frame())));
  out.citation = builder.kept(cited(figure->citation));
  out.not_known = proofs.keep(not_known(subject, figure->yes_when, spot));
  return out;
}

void add(Subject const& subject, Proofs& proofs, Parts& parts, ProofBuilder& builder, Reason const& reason) {
  auto& leaf = proofs.make();
  if (reason.condition != check::kNone) {
    builder.condition(leaf, reason.condition, reason.spot);
    leaf.parts = {};  // why not asks for the leaf; `full` shows what it rests on
    leaf.citation = builder.kept(citation_of(subject, reason));
  }
  bool const in_figure = reason.criterion == check::kNone && reason.figure != check::kNone;
  if (!in_figure) leaf.what = builder.kept(reason.spot.words());
  if (reason.criterion == check::kNone && !in_figure) return parts.add(leaf);
  auto& holder = holder_of(subject, proofs, parts, builder, reason);
  if (reason.condition != check::kNone) holder.parts.add(leaf);
}

void add_all(Subject const& subject, Proofs& proofs, Parts& parts, std::vector<Reason> const& reasons) {
  ProofBuilder builder(subject, proofs);
  for (auto const& reason : reasons) add(subject, proofs, parts, builder, reason);
}

// A row that would hold by itself lost to one above that was kept.
void add_earlier(Subject const& subject, Proofs& proofs, Proof& proof, check::Decision const& decision,
                 std::uint32_t row) {
  auto const& kept = subject.run.outcomes()[subject.case_index].kept;
  std::vector<std::string> names;
  for (auto const earlier : kept) {
    if (earlier >= row) break;
    names.push_back(row_words(decision.rows[earlier]));
    auto const when = decision.rows[earlier].when;
    if (when != check::kNone) add_all(subject, proofs, proof.parts, deciding(subject, when, spot_of(subject)));
  }
  if (names.empty()) return;
  proof.result = "not reached";
  proof.found = proofs.keep(listed(names) + (names.size() == 1 ? " stands above it" : " stand above it"));
}

void of_row(Subject const& subject, Proofs& proofs, Proof& proof, check::Decision const& decision,
            std::uint32_t index) {
  auto const& row = decision.rows[index];
  auto const frame = review::Frame{0, subject.case_index};
  auto const truth = row.when == check::kNone ? values::kYes : subject.run.truth(row.when, frame);
  proof.what = proofs.keep(row_words(row));
  proof.asked = row.when == check::kNone ? Text("otherwise") : Text::lasting(subject.program.conditions[row.when].text);
  proof.result = Text::lasting(values::words(truth));
  auto const& citation = row.citation.text.empty() && !row.citation.illustrative ? decision.citation : row.citation;
  proof.citation = cited(citation).kept(proofs);
  if (truth == values::kYes) {
    if (decided_row(subject) == &row) {
      proof.found = "this is the outcome";
    } else {
      add_earlier(subject, proofs, proof, decision, index);
    }
    return;
  }
  add_all(subject, proofs, proof.parts, in_the_way(subject, row.when, spot_of(subject)));
}

// With its term or without.
bool gives(check::Row const& row, std::string_view wanted) {
  auto const key = grammar::name_key(wanted);
  if (row.needs_information) return key == kNeedsInformation;
  return key == grammar::name_key(row.shown) || key == grammar::name_key(row_words(row));
}

std::string illustrative_mark(Subject const& subject, check::ValueId id) {
  auto const* ref = std::get_if<check::ThresholdRef>(&subject.program.values[id].node);
  if (ref == nullptr) return "";
  auto const& threshold = subject.program.thresholds[ref->threshold];
  auto const row = subject.run.threshold_row(ref->threshold, review::Frame{0, subject.case_index});
  return is_illustrative(threshold, row) ? " (illustrative)" : "";
}

}  // namespace

std::string to_fix(Subject const& subject, check::CriterionId id) {
  auto const& criterion = subject.program.criteria[id];
  auto const& text = criterion.to_fix.text;
  auto const spot = spot_of(subject);
  std::string out;
  std::size_t next = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const open = text.find('{', at);
    auto const close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos || next >= criterion.to_fix_values.size()) return out + text.substr(at);
    auto const value = criterion.to_fix_values[next++];
    out += text.substr(at, open - at) + found_words(subject, value, spot) + illustrative_mark(subject, value);
    at = close + 1;
  }
  return out;
}

std::vector<std::string> outcome_names(check::Program const& program) {
  std::vector<std::string> out;
  if (!program.decisions.empty()) {
    for (auto const& entry : program.vocabulary.choices[program.outcomes].entries) out.push_back(entry.shown);
  }
  out.emplace_back(kNeedsInformation);
  return out;
}

bool is_outcome(check::Program const& program, std::string_view wanted) {
  auto const names = outcome_names(program);
  auto const key = grammar::name_key(wanted);
  bool const named =
      std::any_of(names.begin(), names.end(), [&](std::string const& name) { return grammar::name_key(name) == key; });
  return named || std::any_of(program.decisions.begin(), program.decisions.end(), [&](auto const& decision) {
           return std::any_of(decision.rows.begin(), decision.rows.end(),
                              [&](check::Row const& row) { return gives(row, wanted); });
         });
}

Parts why_not(Subject const& subject, std::string_view wanted, Proofs& proofs) {
  Parts out;
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  auto const& decisions = subject.program.decisions;
  for (std::uint32_t d = 0; d < decisions.size(); ++d) {
    if (outcome.decision != check::kNone && outcome.decision != d) continue;
    for (std::uint32_t r = 0; r < decisions[d].rows.size(); ++r) {
      if (gives(decisions[d].rows[r], wanted)) of_row(subject, proofs, proofs.add_to(out), decisions[d], r);
    }
  }
  return out;
}

}  // namespace waymark::explain
