// A walk over everything that one decision asks, each figure and threshold once.
#include "engine/explain/reading.hpp"

#include <algorithm>

#include "engine/check/walk.hpp"
#include "engine/explain/illustrative.hpp"
#include "engine/explain/outcome.hpp"
#include "engine/explain/visited.hpp"
#include "engine/explain/waivers.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {
namespace {

// What the program alone settles, or null.
Illustrative::Names const* fixed_behind(Subject const& subject, check::ConditionId condition) {
  return subject.illustrative == nullptr ? nullptr : subject.illustrative->behind(condition);
}

/// What is gathered. A citation asks for the illustrative names only, some fifty times a decision.
enum class Gather : std::uint8_t { all, illustrative };

class Walk {
 public:
  explicit Walk(Subject const& subject, Gather what = Gather::all) : subject_(subject), sources_(what == Gather::all) {
    if (sources_) reading_.illustrative.reserve(kNames);
  }

  void condition(check::ConditionId id, Spot const& spot) {
    if (id == check::kNone) return;
    auto const* fixed = fixed_behind(subject_, id);
    if (fixed != nullptr && !(sources_ && fixed->reads)) {
      for (auto const& name : fixed->all) note(true, name);
      return;
    }
    if (!first(0, id, spot)) return;
    auto const& node = subject_.program.conditions[id].node;
    std::visit([&](auto const& each) { in(each, spot); }, node);
    auto const* in_list = std::get_if<check::InList>(&node);
    bool const untold = sources_ && in_list != nullptr && !values::can_be_told(subject_.run.truth(id, spot.frame()));
    if (untold) crosswalks(*in_list, spot);
  }

  void criterion(check::CriterionId id) {
    auto const spot = spot_of(subject_);
    auto const& criterion = subject_.program.criteria[id];
    if (!first(2, id, spot)) return;
    note(criterion.citation.illustrative, criterion.shown);
    condition(criterion.exempt, spot);
    condition(criterion.test, spot);
    condition(criterion.waived, spot);
  }

  // Rows below the last that was kept were never asked.
  void decision(check::Decision const& decision, std::vector<std::uint32_t> const& kept) {
    note(decision.citation.illustrative, decision.shown);
    condition(decision.when, spot_of(subject_));
    for (std::uint32_t i = 0; i < decision.rows.size() && (kept.empty() || i <= kept.back()); ++i) {
      auto const& row = decision.rows[i];
      note(row.citation.illustrative, decision.shown + ": " + row.shown);
      condition(row.when, spot_of(subject_));
    }
    for (auto const& memory : remembered(subject_)) value(memory.what->value, spot_of(subject_));
  }

  void reports() {
    for (auto const id : subject_.program.reports) value(id, spot_of(subject_));
  }

  Reading take() { return std::move(reading_); }

 private:
  static constexpr std::size_t kNames = 16;  // as many as most policies have

  bool first(std::uint32_t kind, std::uint32_t id, Spot const& spot) { return seen_.first(kind, id, spot.frame()); }

  void note(bool illustrative, std::string const& name) {
    auto& names = reading_.illustrative;
    if (illustrative && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  void value(check::ValueId id, Spot const& spot) {
    if (id == check::kNone || !first(1, id, spot)) return;
    auto const& node = subject_.program.values[id].node;
    std::visit([&](auto const& each) { in(each, spot); }, node);
    auto const* lookup = std::get_if<check::SourceLookup>(&node);
    if (sources_ && lookup != nullptr) crosswalks(id, *lookup, spot);
  }

  void source(vocabulary::SourceId id) {
    if (sources_) reading_.sources.insert(id);
  }

  // The tables by which a code lies outside its edition.
  void tables(check::FactRef const& fact) {
    auto const& type = subject_.program.vocabulary.fields[fact.field].quantity.type;
    for (auto const table : subject_.run.edition_tables(type, subject_.case_index)) source(table);
  }

  void fact(check::FactRef const& ref, Spot const& spot) {
    if (sources_ && !subject_.run.outside_edition(ref, spot.frame()).empty()) tables(ref);
  }

  // By which a list may hold a code under that of another edition.
  void crosswalks(vocabulary::SourceId list, std::size_t key, values::Symbol code) {
    for (auto const& partner : subject_.run.partners(list, key, code, subject_.case_index)) {
      source(partner.crosswalk);
    }
  }
  void crosswalks(check::InList const& node, Spot const& spot) {
    auto const seen = subject_.run.value(node.subject, spot.frame());
    if (!seen.exact() || subject_.program.values[node.subject].type.kind != vocabulary::Kind::code) return;
    auto const code = static_cast<values::Symbol>(seen.lowest.numerator);
    if (node.list.of == check::ListUse::Of::source) {
      crosswalks(static_cast<vocabulary::SourceId>(node.list.which), 0, code);
    } else if (node.list.of == check::ListUse::Of::list) {
      auto const& declared = subject_.program.lists[node.list.which];
      auto const date = subject_.run.date(subject_.case_index);
      if (subject_.run.list_rows(node.list.which, code, date).empty()) crosswalks(declared.source, declared.key, code);
    }
  }
  void crosswalks(check::ValueId id, check::SourceLookup const& node, Spot const& spot) {
    if (!subject_.program.vocabulary.sources[node.source].is_list()) return;
    for (auto const& part : subject_.run.parts(id, spot.frame())) {
      if (part.known != values::Known::outside_edition) continue;
      for (std::size_t key = 0; key < part.keys.size(); ++key) crosswalks(node.source, key, part.keys[key]);
    }
  }

  void list(check::ListUse const& use, Spot const& spot) {
    if (use.of == check::ListUse::Of::fact) fact(use.fact, spot);
    if (use.of == check::ListUse::Of::figure) figure(use.which, spot);
    if (use.of == check::ListUse::Of::source) source(static_cast<vocabulary::SourceId>(use.which));
    if (use.of != check::ListUse::Of::list) return;
    auto const& declared = subject_.program.lists[use.which];
    note(declared.citation.illustrative, declared.shown);
    source(declared.source);
    if (declared.of == check::kNone) return;
    check::ListUse base = use;
    base.which = declared.of;
    list(base, spot);
  }

  void range(check::RangeId id, Spot const& spot) {
    auto const& declared = subject_.program.ranges[id];
    if (declared.of == check::Range::Of::figure) return figure(declared.which, spot);
    bool const of_list = declared.of == check::Range::Of::list;
    if (!of_list && declared.of != check::Range::Of::source_list) return;
    check::ListUse use;
    use.which = declared.which;
    use.of = of_list ? check::ListUse::Of::list : check::ListUse::Of::source;
    list(use, spot);
  }

  template <class Plain>
  void in(Plain const& node, Spot const& spot) {
    check::plain_children(
        node, [&](check::ValueId id) { value(id, spot); }, [&](check::ConditionId id) { condition(id, spot); });
  }

  void in(check::InList const& node, Spot const& spot) {
    value(node.subject, spot);
    list(node.list, spot);
  }
  void in(check::CriterionState const& node, Spot const&) { criterion(node.criterion); }
  void in(check::GroupCount const& node, Spot const&) {
    for (auto const id : subject_.program.groups[node.group].criteria) criterion(id);
  }
  void in(check::Quantified const& node, Spot const& spot) {
    range(node.range, spot);
    for (auto const& member : members(subject_, node.range, spot)) condition(node.body, member);
  }
  void in(check::Windowed const& node, Spot const& spot) {
    value(node.after, spot);
    for (auto const& year : window(subject_, node, spot)) condition(node.body, year);
  }
  void in(check::WaiverInForce const& node, Spot const&) {
    auto const& waiver = subject_.program.waivers[node.waiver];
    note(waiver.citation.illustrative, waiver.shown);
  }

  void in(check::Fact const& node, Spot const& spot) { fact(node.fact, spot); }
  void in(check::Member const& node, Spot const& spot) {
    if (!sources_ || !subject_.run.outside_edition(node.range, spot.frame())) return;
    tables(field_of(subject_, node.range));
  }
  void in(check::RowKey const& node, Spot const&) { source(node.source); }
  void in(check::RowColumn const& node, Spot const&) { source(node.source); }
  void in(check::FigureRef const& node, Spot const& spot) { figure(node.figure, spot); }
  void in(check::ThresholdRef const& node, Spot const& spot) { threshold(node.threshold, spot); }
  void in(check::InYear const& node, Spot const& spot) {
    value(node.year, spot);
    if (auto const year = in_year(subject_, node, spot)) value(node.of, *year);
  }
  void in(check::SourceLookup const& node, Spot const& spot) {
    source(node.source);
    for (auto const& key : node.keys) {
      value(key.value, spot);
      if (key.list) list(*key.list, spot);
    }
  }
  void in(check::ListAggregate const& node, Spot const& spot) {
    range(node.range, spot);
    for (auto const& member : members(subject_, node.range, spot)) {
      for (auto const filter : node.where) condition(filter, member);
    }
    if (node.of == check::kNone) return;
    for (auto const& member : kept_members(subject_, node, spot)) value(node.of, member);
  }
  void in(check::YearsAggregate const& node, Spot const& spot) {
    for (auto const& year : years(subject_, node, spot)) value(node.of, year);
  }

  void figure(check::FigureId id, Spot const& outer) {
    auto const& declared = subject_.program.figures[id];
    auto const spot = settled(outer, declared.each);
    note(declared.citation.illustrative, declared.shown);
    condition(declared.exempt, spot);
    condition(declared.yes_when, spot);
    auto const used = subject_.run.used(id, spot.frame());
    if (declared.fallback) source(declared.fallback->source);
    if (declared.fallback && (used.fallback || used.may_be_fallback)) value(declared.fallback->value, spot);
    for (std::uint32_t i = 0; i < declared.cases.size(); ++i) {
      condition(declared.cases[i].when, spot);
      if (!used.fallback && (!used.figure_case || *used.figure_case == i)) value(declared.cases[i].value, spot);
      if (used.figure_case && *used.figure_case == i) break;
    }
  }

  void threshold(check::ThresholdId id, Spot const& spot) {
    auto const& declared = subject_.program.thresholds[id];
    auto const row = subject_.run.threshold_row(id, spot.frame());
    note(is_illustrative(declared, row), declared.shown);
    for (auto const waiver : declared.waived_by) {
      auto const& by = subject_.program.waivers[waiver];
      if (may_be_waived(subject_, waiver)) note(by.citation.illustrative, by.shown);
    }
    value(declared.by, spot);
    value(declared.dated_by, spot);
    if (row) value(declared.rows[*row].value, spot);
  }

  Subject const& subject_;
  bool sources_;
  Visited seen_;
  Reading reading_;
};

}  // namespace

Words illustrative_words(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  auto const* fixed = fixed_behind(subject, condition);
  if (fixed != nullptr) return Words::lasting(fixed->words);
  return illustrative_words(illustrative_behind(subject, condition, spot));
}

std::vector<std::string> illustrative_behind(Subject const& subject, check::ConditionId condition, Spot const& spot) {
  auto const* fixed = fixed_behind(subject, condition);
  if (fixed != nullptr) return fixed->all;
  Walk walk(subject, Gather::illustrative);
  walk.condition(condition, spot);
  return walk.take().illustrative;
}

Reading reading_of(Subject const& subject) {
  Walk walk(subject);
  for (check::CriterionId id = 0; id < subject.program.criteria.size(); ++id) walk.criterion(id);
  auto const& outcome = subject.run.outcomes()[subject.case_index];
  if (outcome.decision != check::kNone) {
    walk.decision(subject.program.decisions[outcome.decision], outcome.kept);
  } else {
    for (auto const& decision : subject.program.decisions) walk.condition(decision.when, spot_of(subject));
    for (auto const& open : outcome.open) walk.decision(subject.program.decisions[open.decision], open.kept);
  }
  walk.reports();
  return walk.take();
}

}  // namespace waymark::explain
