// `Reports:` of the Policy: figures whose values every decision carries.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::ClauseKind;

void Checker::reports() {
  auto const* block = policy_block();
  if (block == nullptr) return;
  for (auto const& clause : block->clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind != ClauseKind::reports || names == nullptr || silent_) continue;
    if (!program().reviews_record) {
      report(Code::clause_not_here, clause.span, "A policy that only lists decides no case, and so reports nothing",
             "Leave the line out.");
      continue;
    }
    for (auto const& name : names->names) reported(name);
  }
}

void Checker::reported(grammar::Phrase const& name) {
  auto const named = entity_of(name);
  if (forgiven_.contains(name.key)) return;
  if (!named) return unknown(grammar::Path{{name}, name.span}, "figure");
  if (named->what != Named::figure) {
    std::vector<std::string> figures;
    for (auto const& figure : program().figures) figures.push_back(figure.name);
    auto const near = grammar::nearest(name.key, figures);
    auto& diagnostic =
        report(Code::wrong_kind, name.span, fmt::format("`{}` is no Figure", name.text),
               near.empty() ? fmt::format("A decision carries Figures: declare one whose value is `= {}`.", name.text)
                            : fmt::format("Did you mean `{}`?", near));
    diagnostic.about = {about("kind", name.key)};
    diagnostic.secondary.push_back({named->span, "declared here"});
    if (!near.empty()) diagnostic.edit = grammar::Edit{name.span, near};
    return;
  }
  auto const& figure = program().figures[named->index];
  if (!figure.each.empty()) {
    report(Code::needs_each, name.span,
           fmt::format("`{}` has one value for each {}, and a decision carries one", figure.shown,
                       program().ranges[figure.each.front()].member),
           "Name a Figure of them all, such as their total.")
        .secondary.push_back({figure.span, "declared here"});
    return;
  }
  if (figure.type.list) {
    report(Code::wrong_kind, name.span, fmt::format("`{}` is a list, and a decision carries one value", figure.shown),
           "Name a Figure that counts its members, or their total.")
        .secondary.push_back({figure.span, "declared here"});
    return;
  }
  auto const again = [&](ValueId id) { return std::get<FigureRef>(at(id).node).figure == named->index; };
  if (auto const first = std::find_if(program().reports.begin(), program().reports.end(), again);
      first != program().reports.end()) {
    report(Code::listed_twice, name.span, fmt::format("`{}` is reported twice", figure.shown), "Leave one of them out.")
        .secondary.push_back({at(*first).span, "the first one"});
    return;
  }
  auto const value = figure_of(named->index, {}, name.span);
  if (value != kNone) program().reports.push_back(value);
}

}  // namespace waymark::check
