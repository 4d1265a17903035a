// Walks a program twice: for what there is, and, with a run beside it, for how its thresholds came out.
#include "engine/commands/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <variant>

#include "engine/commands/report.hpp"
#include "engine/review/nodes.hpp"

namespace waymark::commands {
namespace {

using check::ConditionId;
using check::ValueId;
using explain::Spot;

std::vector<ValueId> values_of(check::Figure const& figure) {
  std::vector<ValueId> all;
  for (check::FigureCase const& one : figure.cases) all.push_back(one.value);
  if (figure.fallback) all.push_back(figure.fallback->value);
  return all;
}

// The thresholds that a comparison is made with: by name, in what a figure or another threshold comes to, or in what
// says which of its values another threshold has.
class Compared {
 public:
  explicit Compared(check::Program const& program) : program_(program) {}

  std::vector<check::ThresholdId> thresholds_in(ValueId value) {
    look_in(value);
    return found_;
  }
  std::vector<check::ThresholdId> thresholds_of(check::Condition const& condition) {
    bool const compares = std::holds_alternative<check::Compare>(condition.node) ||
                          std::holds_alternative<check::Matches>(condition.node) ||
                          std::holds_alternative<check::Within>(condition.node);
    if (!compares) return {};
    for (ValueId const side : review::children(condition).values) look_in(side);
    return found_;
  }

 private:
  void look_in(ValueId id) {
    if (!seen_.insert(id).second) return;
    check::Value const& value = program_.values[id];
    if (auto const* ref = std::get_if<check::ThresholdRef>(&value.node)) {
      found_.push_back(ref->threshold);
      check::children(
          program_.thresholds[ref->threshold], [&](ValueId inner) { look_in(inner); }, [](ConditionId) {});
    }
    if (auto const* ref = std::get_if<check::FigureRef>(&value.node)) {
      for (ValueId const inner : values_of(program_.figures[ref->figure])) look_in(inner);
    }
    for (ValueId const child : review::children(value).values) look_in(child);
  }

  check::Program const& program_;
  std::vector<check::ThresholdId> found_;
  std::set<ValueId> seen_;
};

std::vector<check::ThresholdId> thresholds_of(check::Program const& program, check::Condition const& condition) {
  return Compared(program).thresholds_of(condition);
}

// Conditions that the author wrote, and that can come out either way.
bool is_asked(check::Condition const& condition) {
  return !condition.text.empty() && !std::holds_alternative<check::Present>(condition.node);
}

std::string line_of(grammar::Sources const& sources, grammar::Span const& span) {
  return fmt::format("{}:{}", sources[span.file].path, sources.place(span.file, span.begin).line);
}

}  // namespace

void Coverage::mark(Tried& tried, values::Truth truth) {
  tried.yes = tried.yes || truth == values::kYes;
  tried.no = tried.no || truth == values::kNo;
}

template <class Definition>
void Coverage::expect_below(check::Program const& program, Definition const& definition) {
  check::children(
      definition, [&](ValueId id) { expect_value(program, id); },
      [&](ConditionId id) { expect_condition(program, id); });
}

void Coverage::expect(check::Program const& program) {
  for (check::Criterion const& criterion : program.criteria) expect_below(program, criterion);
  for (check::List const& list : program.lists) {
    members_[{list.span, list.name}].words = list.shown;
    expect_below(program, list);
    if (!list.ranking) continue;
    // How many places there are is met by who is on the list, and missed by who is off it.
    for (check::ThresholdId const id : Compared(program).thresholds_in(list.ranking->count)) {
      thresholds_[{program.thresholds[id].span, program.thresholds[id].name}].words = program.thresholds[id].shown;
    }
  }
  for (ValueId const id : program.reports) expect_value(program, id);
  for (check::Decision const& decision : program.decisions) expect_below(program, decision);
  for (check::NotCoverable const& said : program.not_coverable) excuse(program, said);
}

void Coverage::expect_condition(check::Program const& program, ConditionId id) {
  if (!expected_.emplace(&program, 0, id).second) return;
  check::Condition const& condition = program.conditions[id];
  if (is_asked(condition) && is_own(condition.span)) {
    Place const place = {condition.span, condition.text};
    conditions_[place].words = condition.text;
    ids_[&program][place].push_back(id);
  }
  for (check::ThresholdId const threshold : thresholds_of(program, condition)) {
    check::Threshold const& declared = program.thresholds[threshold];
    thresholds_[{declared.span, declared.name}].words = declared.shown;
  }
  check::named(program, condition, [&](check::Definition one) { expect_definition(program, one); });
  review::Children const below = review::children(condition);
  for (ConditionId const child : below.conditions) expect_condition(program, child);
  for (ValueId const child : below.values) expect_value(program, child);
}

void Coverage::expect_value(check::Program const& program, ValueId id) {
  if (!expected_.emplace(&program, 1, id).second) return;
  check::Value const& value = program.values[id];
  check::named(program, value, [&](check::Definition one) { expect_definition(program, one); });
  review::Children const below = review::children(value);
  for (ConditionId const child : below.conditions) {
    filters_.insert({program.conditions[child].span, program.conditions[child].text});
    expect_condition(program, child);
  }
  for (ValueId const child : below.values) expect_value(program, child);
}

// What else can be named is begun with.
void Coverage::expect_definition(check::Program const& program, check::Definition one) {
  if (one.what == check::Thing::figure) expect_below(program, program.figures[one.id]);
  if (one.what == check::Thing::threshold) expect_below(program, program.thresholds[one.id]);
}

// One example: every condition at every place where it is asked. What the example states is not asked.
class Coverage::Walk {
 public:
  Walk(Coverage& coverage, ExampleRun& run) : coverage_(coverage), subject_(run.subject()), example_(run.example()) {}

  void all() {
    check::Program const& program = subject_.program;
    Spot const spot = explain::spot_of(subject_);
    for (check::Example::ExpectedMember const& expected : example_.members) {
      member(expected.list, subject_.symbols.find(expected.member));
    }
    if (!program.reviews_record) return;
    for (check::CriterionId id = 0; id < program.criteria.size(); ++id) {
      auto const stated = [&](auto const& one) { return one.criterion == id; };
      if (std::any_of(example_.criteria.begin(), example_.criteria.end(), stated)) continue;
      below(program.criteria[id], spot);
    }
    for (ValueId const id : program.reports) value(id, spot);
    for (check::Decision const& decision : program.decisions) {
      condition(decision.when, spot);
      bool const open =
          decision.when != check::kNone && subject_.run.truth(decision.when, spot.frame()) != values::kYes;
      if (open) continue;
      for (check::Row const& row : decision.rows) {
        condition(row.when, spot);
        for (check::Remembered const& one : row.remembers) value(one.value, spot);
      }
    }
  }

 private:
  // The rows by which a member is on a list, and on those that it is made of.
  void member(check::ListId list, values::Symbol member) {
    for (Spot const& row : explain::list_spots(subject_, list, member)) {
      for (check::ListId at = list; at != check::kNone; at = subject_.program.lists[at].of) {
        below(subject_.program.lists[at], row);
      }
    }
  }

  void condition(ConditionId id, Spot const& spot) {
    auto const frame = spot.frame();
    if (id == check::kNone || !seen_.emplace(0, id, frame.domain, frame.row).second) return;
    check::Condition const& asked = subject_.program.conditions[id];
    record(asked, subject_.run.truth(id, frame));
    named(asked, spot);
    if (auto const* quantified = std::get_if<check::Quantified>(&asked.node)) {
      for (Spot const& member : explain::members(subject_, quantified->range, spot))
        condition(quantified->body, member);
      return;
    }
    if (auto const* windowed = std::get_if<check::Windowed>(&asked.node)) {
      for (Spot const& year : explain::window(subject_, *windowed, spot)) condition(windowed->body, year);
      return;
    }
    if (auto const* in_list = std::get_if<check::InList>(&asked.node)) known_member(*in_list, spot);
    review::Children const below = review::children(asked);
    for (ConditionId const child : below.conditions) condition(child, spot);
    for (ValueId const child : below.values) value(child, spot);
  }

  void known_member(check::InList const& in_list, Spot const& spot) {
    if (in_list.list.of != check::ListUse::Of::list) return;
    review::Seen const seen = subject_.run.value(in_list.subject, spot.frame());
    if (seen.exact()) member(in_list.list.which, static_cast<values::Symbol>(seen.lowest.numerator));
  }

  void value(ValueId id, Spot const& spot) {
    auto const frame = spot.frame();
    if (!seen_.emplace(1, id, frame.domain, frame.row).second) return;
    check::Value const& node = subject_.program.values[id];
    named(node, spot);
    for (ConditionId const child : review::children(node).conditions) filter(child, spot);
    if (auto const* in_year = std::get_if<check::InYear>(&node.node)) {
      if (auto const there = explain::in_year(subject_, *in_year, spot)) value(in_year->of, *there);
      return;
    }
    if (auto const* over = std::get_if<check::ListAggregate>(&node.node)) {
      if (over->of == check::kNone) return;
      for (Spot const& member : explain::members(subject_, over->range, spot)) value(over->of, member);
      return;
    }
    if (auto const* over = std::get_if<check::YearsAggregate>(&node.node)) {
      for (Spot const& year : explain::years(subject_, *over, spot)) value(over->of, year);
      return;
    }
    for (ValueId const child : review::children(node).values) value(child, spot);
  }

  void threshold(check::ThresholdId id, Spot const& spot) {
    check::Threshold const& declared = subject_.program.thresholds[id];
    for (ValueId const by : {declared.by, declared.dated_by}) {
      if (by != check::kNone) value(by, spot);
    }
    if (auto const row = subject_.run.threshold_row(id, spot.frame())) value(declared.rows[*row].value, spot);
  }

  // Which rows there are is nowhere to be seen; what they are compared with is of what surrounds them.
  void filter(ConditionId id, Spot const& spot) {
    review::Children const below = review::children(subject_.program.conditions[id]);
    for (ConditionId const child : below.conditions) filter(child, spot);
    for (ValueId const child : below.values) value(child, spot);
  }

  template <class Node>
  void named(Node const& node, Spot const& spot) {
    check::named(subject_.program, node, [&](check::Definition one) {
      if (one.what == check::Thing::figure) figure(one.id, spot);
      if (one.what == check::Thing::threshold) threshold(one.id, spot);
    });
  }

  void figure(check::FigureId id, Spot const& outer) {
    auto const stated = [&](auto const& one) { return one.figure == id; };
    if (std::any_of(example_.figures.begin(), example_.figures.end(), stated)) return;
    check::Figure const& declared = subject_.program.figures[id];
    Spot const spot = explain::settled(outer, declared.each);
    below(declared, spot);
  }

  template <class Definition>
  void below(Definition const& definition, Spot const& spot) {
    check::children(
        definition, [&](ValueId child) { value(child, spot); }, [&](ConditionId child) { condition(child, spot); });
  }

  void record(check::Condition const& asked, values::Truth truth) {
    if (!values::can_be_told(truth)) return;
    for (check::ThresholdId const id : thresholds_of(subject_.program, asked)) {
      check::Threshold const& threshold = subject_.program.thresholds[id];
      mark(coverage_.thresholds_[{threshold.span, threshold.name}], truth);
    }
  }

  Coverage& coverage_;
  explain::Subject subject_;
  check::Example const& example_;
  std::set<std::tuple<int, std::uint32_t, std::uint32_t, std::uint32_t>> seen_;
};

void Coverage::add(ExampleRun& run) {
  Walk(*this, run).all();
  for (check::Example::ExpectedMember const& expected : run.example().members) {
    check::List const& list = run.program().lists[expected.list];
    auto const& members = run.run().list(expected.list, run.example().date);
    auto const found = members.find(run.symbols().find(expected.member));
    values::Truth const truth = found == members.end() ? values::kNo : found->second;
    mark(members_[{list.span, list.name}], truth);
    if (!list.ranking) continue;
    for (check::ThresholdId const id : Compared(run.program()).thresholds_in(list.ranking->count)) {
      check::Threshold const& threshold = run.program().thresholds[id];
      mark(thresholds_[{threshold.span, threshold.name}], truth);
    }
  }
}

// Of the ids of one place those that say what is written there: a condition that asks first whether there is an earlier
// decision, and the parts of `is between`, have the same words.
std::vector<ConditionId> Coverage::written_at(check::Program const& program, Place const& place) const {
  std::vector<ConditionId> const& all = ids_.at(&program).at(place);
  std::set<ConditionId> others;
  for (ConditionId const id : all) {
    review::Children const below = review::children(program.conditions[id]);
    auto const is_guard = [&](ConditionId item) {
      return std::holds_alternative<check::Present>(program.conditions[item].node);
    };
    if (std::any_of(below.conditions.begin(), below.conditions.end(), is_guard)) {
      others.insert(id);
    } else {
      others.insert(below.conditions.begin(), below.conditions.end());
    }
  }
  std::vector<ConditionId> written;
  std::copy_if(all.begin(), all.end(), std::back_inserter(written),
               [&](ConditionId id) { return !others.contains(id); });
  return written;
}

void Coverage::negate(check::Program const& program) {
  auto const found = ids_.find(&program);
  if (found == ids_.end()) return;
  Negation negation(program);
  for (auto const& [place, all] : found->second) {
    if (filters_.contains(place)) try_filter(program, negation, all);
    Tried& tried = conditions_[place];
    if (tried.is_covered() || !negation.is_noticed(written_at(program, place))) continue;
    tried.yes = tried.no = true;
  }
}

// Rows are left out in silence. What a filter compares with is missed by a row where an example would notice if the
// filter left none out, and met by one where an example would notice if it left all out.
void Coverage::try_filter(check::Program const& program, Negation& negation, std::vector<ConditionId> const& parts) {
  for (ConditionId const part : parts) {
    for (check::ThresholdId const id : thresholds_of(program, program.conditions[part])) {
      check::Threshold const& threshold = program.thresholds[id];
      Tried& tried = thresholds_[{threshold.span, threshold.name}];
      tried.no = tried.no || negation.is_noticed({part}, Negation::Instead::yes);
      tried.yes = tried.yes || negation.is_noticed({part}, Negation::Instead::no);
    }
  }
}

void Coverage::excuse(check::Program const& program, check::NotCoverable const& said) {
  Excuse& made = excuses_[said.span];
  made.reason = said.reason;
  if (said.threshold != check::kNone) {
    check::Threshold const& threshold = program.thresholds[said.threshold];
    made.thresholds.push_back({threshold.span, threshold.name});
    return;
  }
  std::vector<ConditionId> open = {said.condition};
  while (!open.empty()) {
    check::Condition const& condition = program.conditions[open.back()];
    open.pop_back();
    if (is_asked(condition)) made.conditions.push_back({condition.span, condition.text});
    review::Children const below = review::children(condition);
    open.insert(open.end(), below.conditions.begin(), below.conditions.end());
  }
}

void Coverage::finish() {
  auto const of_layer = [&](auto const& one) { return !is_own(one.first.first); };
  for (ByPlace* all : {&conditions_, &thresholds_, &members_}) std::erase_if(*all, of_layer);
  std::erase_if(excuses_, [&](auto const& one) { return !is_own(one.first); });
  for (auto const& [span, excuse] : excuses_) {
    for (Place const& place : excuse.conditions) excused(conditions_, place);
    for (Place const& place : excuse.thresholds) excused(thresholds_, place);
  }
}

void Coverage::excused(ByPlace& all, Place const& place) {
  auto const found = all.find(place);
  if (found != all.end()) found->second.excused = !found->second.is_covered();
}

Coverage::Figures Coverage::figures_of(ByPlace const& all) {
  Figures figures;
  for (auto const& [place, tried] : all) {
    if (tried.excused) {
      ++figures.excused;
      continue;
    }
    ++figures.all;
    if (tried.is_covered()) ++figures.covered;
  }
  return figures;
}

std::string Coverage::lines(ByPlace const& all, grammar::Sources const& sources, Words const& words) {
  std::string text;
  for (auto const& [place, tried] : all) {
    if (tried.is_covered() || tried.excused) continue;
    std::string const what = !tried.yes && !tried.no ? words.neither : tried.yes ? words.no : words.yes;
    text += fmt::format("  {}: `{}`: {}\n", line_of(sources, place.first), tried.words, what);
  }
  return text;
}

// Each reason once, and whether it is of use.
std::string Coverage::excuses(grammar::Sources const& sources) const {
  std::string text;
  for (auto const& [span, excuse] : excuses_) {
    auto const in = [](ByPlace const& all) {
      return [&all](Place const& place) {
        auto const found = all.find(place);
        return found != all.end() && found->second.excused;
      };
    };
    bool const of_use = std::any_of(excuse.conditions.begin(), excuse.conditions.end(), in(conditions_)) ||
                        std::any_of(excuse.thresholds.begin(), excuse.thresholds.end(), in(thresholds_));
    text += fmt::format("  {}: not coverable: {}{}\n", line_of(sources, span), excuse.reason,
                        of_use ? "" : " (but all of it is covered: leave this line out)");
  }
  return text;
}

bool Coverage::is_whole() const {
  for (ByPlace const* all : {&thresholds_, &conditions_, &members_}) {
    Figures const figures = figures_of(*all);
    if (figures.covered != figures.all) return false;
  }
  return true;
}

std::string Coverage::text(grammar::Sources const& sources) const {
  Figures const thresholds = figures_of(thresholds_);
  Figures const conditions = figures_of(conditions_);
  Figures const members = figures_of(members_);
  std::size_t const all = thresholds.all + conditions.all + members.all;
  std::size_t const covered = thresholds.covered + conditions.covered + members.covered;
  // Rounded down: 100 percent is all of it.
  std::string text =
      fmt::format("coverage: {} percent: {} of {} met and missed, {} of {} told from their opposite",
                  all == 0 ? 100 : covered * 100 / all, thresholds.covered, counted(thresholds.all, "threshold"),
                  conditions.covered, counted(conditions.all, "condition"));
  if (!members_.empty()) {
    text += fmt::format(", {} of {} with a member on it and one off it", members.covered, counted(members.all, "list"));
  }
  if (std::size_t const excused = thresholds.excused + conditions.excused; excused != 0) {
    text += fmt::format("; {} not coverable", excused);
  }
  return text + "\n" + lines(thresholds_, sources, {"never met", "never missed", "not tried"}) +
         lines(conditions_, sources, {"", "", "no example would notice the opposite"}) +
         lines(members_, sources, {"no member on it", "no member off it", "not tried"}) + excuses(sources);
}

}  // namespace waymark::commands
