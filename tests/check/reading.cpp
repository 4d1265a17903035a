// Reads policies for tests, and writes programs for them to compare.
#include "tests/check/reading.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "grammar/spell.hpp"

namespace waymark::check {
namespace {

using grammar::Aggregate;

char const* order_words(Order order) {
  switch (order) {
    case Order::at_least: return ">=";
    case Order::at_most: return "<=";
    case Order::more_than: return ">";
    case Order::less_than: return "<";
    case Order::equal: return "=";
    case Order::not_equal: return "!=";
  }
  return "?";
}

std::string no(bool negated) { return negated ? "not " : ""; }

std::string all(std::vector<std::string> const& parts) { return fmt::format("{}", fmt::join(parts, ", ")); }

std::string fact_words(Program const& program, FactRef const& fact) {
  auto const& name = program.vocabulary.fields[fact.field].name;
  if (fact.outer == kNone) return name;
  auto const outer = program.vocabulary.records[program.record].fields[fact.outer];
  return fmt::format("{}.{}", program.vocabulary.fields[outer].name, name);
}

std::string list_words(Program const& program, ListUse const& list) {
  switch (list.of) {
    case ListUse::Of::fact: return "each of fact " + fact_words(program, list.fact);
    case ListUse::Of::figure: return "each of figure " + program.figures[list.which].name;
    case ListUse::Of::list: return "each of list " + program.lists[list.which].name;
    case ListUse::Of::source: return "each of source " + program.vocabulary.sources[list.which].name;
  }
  return "?";
}

std::string constant_words(Program const& program, Constant const& constant, Type const& type) {
  if (type.kind == vocabulary::Kind::choice) {
    return program.vocabulary.choices[type.which].entries[static_cast<std::size_t>(constant.steps)].name;
  }
  if (type.kind == vocabulary::Kind::yes_no) return constant.steps != 0 ? "yes" : "no";
  if (vocabulary::is_symbolic(type)) return "\"" + constant.text + "\"";
  return vocabulary::write_steps(constant.steps, type, program.vocabulary);
}

struct ValueWords {
  Program const& program;
  Value const& value;

  std::string of(ValueId id) const { return words_of(program, id); }
  std::string operator()(Constant const& n) const { return constant_words(program, n, value.type); }
  std::string operator()(Fact const& n) const { return "fact " + fact_words(program, n.fact); }
  std::string operator()(Member const& n) const { return "member of " + words_of_range(program, n.range); }
  std::string operator()(RowKey const& n) const {
    return "key " + program.vocabulary.sources[n.source].keys[n.key].name;
  }
  std::string operator()(RowColumn const& n) const {
    return "column " + program.vocabulary.sources[n.source].columns[n.column].name;
  }
  std::string operator()(FigureRef const& n) const { return "figure " + program.figures[n.figure].name; }
  std::string operator()(ThresholdRef const& n) const { return "threshold " + program.thresholds[n.threshold].name; }
  std::string operator()(ReviewDate const&) const { return "review date"; }
  std::string operator()(RunningYear const& n) const {
    return fmt::format("{} {:+}", program.vocabulary.calendar.years[n.kind].name, n.offset);
  }
  std::string operator()(Sum const& n) const {
    return fmt::format("({} {} {})", of(n.left), n.minus ? "-" : "+", of(n.right));
  }
  std::string operator()(DateShift const& n) const {
    return fmt::format("({} {} {} of unit {})", of(n.date), n.minus ? "-" : "+", of(n.count), static_cast<int>(n.unit));
  }
  std::string operator()(Times const& n) const { return fmt::format("({} * {})", of(n.of), n.factor); }
  std::string operator()(PercentOf const& n) const { return fmt::format("({} of {})", of(n.by), of(n.of)); }
  std::string operator()(AsPercentOf const& n) const { return fmt::format("({} / {})", of(n.part), of(n.whole)); }
  std::string operator()(Choose const& n) const {
    return fmt::format("{}({}, {})", n.greater ? "greater" : "lesser", of(n.left), of(n.right));
  }
  std::string operator()(Rounded const& n) const { return fmt::format("round({}, {})", of(n.of), n.to); }
  std::string operator()(InYear const& n) const { return fmt::format("({} in {})", of(n.of), of(n.year)); }
  std::string operator()(SourceLookup const& n) const {
    auto const& source = program.vocabulary.sources[n.source];
    std::vector<std::string> keys;
    for (std::uint32_t k = 0; k < n.keys.size(); ++k) {
      auto const& key = n.keys[k];
      keys.push_back(k == n.open ? "every " + source.keys[k].name
                     : key.list  ? list_words(program, *key.list)
                                 : of(key.value));
    }
    std::vector<std::string> filters;
    for (auto const& filter : n.where) filters.push_back(words_of_condition(program, filter.test));
    return fmt::format("{}{}[{}{} for {}{}{}]", n.complete ? "complete " : "",
                       n.aggregate == Aggregate::none ? "the" : grammar::spell(n.aggregate, n.percentile),
                       n.column == kNone ? "" : source.columns[n.column].name + " in ", source.name, all(keys),
                       filters.empty() ? "" : " where ", all(filters));
  }
  std::string operator()(ListAggregate const& n) const {
    std::vector<std::string> filters;
    for (auto const filter : n.where) filters.push_back(words_of_condition(program, filter));
    return fmt::format("{}{}[{}{}{}{}]", n.complete ? "complete " : "", grammar::spell(n.aggregate, n.percentile),
                       n.of == kNone ? "" : of(n.of) + " over ", words_of_range(program, n.range),
                       filters.empty() ? "" : " where ", all(filters));
  }
  std::string operator()(YearsAggregate const& n) const {
    return fmt::format("{}{}[{} over last {} of {}]", n.complete ? "complete " : "",
                       grammar::spell(n.aggregate, n.percentile), of(n.of), n.last, words_of_range(program, n.range));
  }
};

struct ConditionWords {
  Program const& program;

  std::string of(ValueId id) const { return words_of(program, id); }
  std::string holds(ConditionId id) const { return words_of_condition(program, id); }
  std::string operator()(Compare const& n) const {
    auto const side = [&](ValueId id, values::Steps times) {
      return times == 1 ? of(id) : fmt::format("{} x{}", of(id), times);
    };
    return fmt::format("{} {} {}", side(n.left, n.left_times), order_words(n.order), side(n.right, n.right_times));
  }
  std::string operator()(Matches const& n) const {
    std::vector<std::string> options;
    for (auto const option : n.options) options.push_back(of(option));
    return fmt::format("{} is {}one of {}", of(n.subject), no(n.negated), all(options));
  }
  std::string operator()(Within const& n) const {
    return fmt::format("{} is {}within {}", of(n.subject), no(n.negated), of(n.group));
  }
  std::string operator()(InList const& n) const {
    return fmt::format("{} is {}in {}", of(n.subject), no(n.negated), list_words(program, n.list));
  }
  std::string operator()(Holds const& n) const { return no(n.negated) + of(n.subject); }
  std::string operator()(CriterionState const& n) const {
    return fmt::format("criterion {} {}", program.criteria[n.criterion].name, grammar::spell(n.state));
  }
  std::string operator()(Untold const& n) const { return fmt::format("untold {}", of(n.subject)); }
  std::string operator()(GroupCount const& n) const {
    return fmt::format("{} group {} {}", grammar::spell(n.connective, n.count), program.groups[n.group].name,
                       grammar::spell(n.state));
  }
  std::string operator()(Junction const& n) const {
    std::vector<std::string> items;
    for (auto const item : n.items) items.push_back(holds(item));
    return fmt::format("{} ({})", grammar::spell(n.connective, n.count), fmt::join(items, "; "));
  }
  std::string operator()(Quantified const& n) const {
    return fmt::format("for {} {}: {}", grammar::spell(n.quantifier, n.count), words_of_range(program, n.range),
                       holds(n.body));
  }
  std::string operator()(Windowed const& n) const {
    return fmt::format("in {} of the last {}{}{} {}{}: {}", n.at_least == 0 ? "each" : std::to_string(n.at_least),
                       n.last, n.measured ? " measured" : "", n.within == 0 ? "" : fmt::format(" within {}", n.within),
                       words_of_range(program, n.range), n.after == kNone ? "" : " after " + of(n.after),
                       holds(n.body));
  }
  std::string operator()(WaiverInForce const& n) const {
    return no(n.negated) + "waiver " + program.waivers[n.waiver].name;
  }
  std::string operator()(Present const& n) const {
    return "present " + program.vocabulary.fields[program.vocabulary.records[program.record].fields[n.position]].name;
  }
};

template <class Item>
Item const& named(std::vector<Item> const& items, std::string_view name) {
  auto const found = std::find_if(items.begin(), items.end(), [&](Item const& item) { return item.name == name; });
  if (found == items.end()) throw std::runtime_error("the program has no " + std::string(name));
  return *found;
}

std::string each_words(Program const& program, std::vector<RangeId> const& each) {
  std::string out;
  for (auto const range : each) out += ", for each " + words_of_range(program, range);
  return out;
}

std::string cited(Citation const& citation) {
  if (citation.text.empty()) return "";
  return fmt::format(" [{}]{}", citation.text, citation.illustrative ? " illustrative" : "");
}

std::string term_words(Term const& term) {
  return fmt::format(" {} {} (unit {})", term.over ? "over" : "for", term.text, static_cast<int>(term.unit));
}

}  // namespace

std::string text_of(std::string const& path) {
  std::ifstream in(std::string(WAYMARK_ROOT) + "/" + path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::unique_ptr<Reading> read_policy(std::string_view vocabulary, std::string_view policy,
                                     std::string_view thresholds) {
  auto out = std::make_unique<Reading>();
  auto const take = [&](std::string name, std::string_view text, grammar::FileKind kind) {
    auto parsed = grammar::parse(out->sources, out->sources.add(std::move(name), std::string(text)), kind);
    out->diagnostics.insert(out->diagnostics.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
    return std::move(parsed.file);
  };
  out->vocabularies.push_back(take("test.vocabulary", vocabulary, grammar::FileKind::vocabulary));
  out->policy = take("test.policy", policy, grammar::FileKind::policy);
  TomlThresholds beside;
  if (!thresholds.empty()) {
    beside = read_thresholds(out->sources, out->sources.add("test.toml", std::string(thresholds)));
  }
  out->checked = check(out->sources, out->policy, {&out->vocabularies.front()}, beside.blocks);
  for (auto const& more : {beside.diagnostics, out->checked.diagnostics}) {
    out->diagnostics.insert(out->diagnostics.end(), more.begin(), more.end());
  }
  grammar::sort(out->diagnostics);
  return out;
}

std::string Reading::said() const {
  std::string out;
  for (auto const& diagnostic : diagnostics) out += grammar::render(diagnostic, sources);
  return out;
}

std::string Reading::codes() const {
  std::vector<std::string_view> ids;
  for (auto const& diagnostic : diagnostics) ids.push_back(grammar::entry_of(diagnostic.code).id);
  return fmt::format("{}", fmt::join(ids, " "));
}

Program const& Reading::program() const {
  if (checked.epochs.empty()) throw std::runtime_error("there is no program:\n" + said());
  return *checked.epochs.front().program;
}

std::string words_of(Program const& program, ValueId id) {
  if (id == kNone) return "nothing";
  auto const& value = program.values[id];
  return std::visit(ValueWords{program, value}, value.node);
}

std::string words_of_condition(Program const& program, ConditionId id) {
  if (id == kNone) return "nothing";
  return std::visit(ConditionWords{program}, program.conditions[id].node);
}

std::string words_of_range(Program const& program, RangeId id) {
  auto const& range = program.ranges[id];
  static constexpr char const* kOf[] = {"choice", "field", "years", "list", "source", "figure"};
  return fmt::format("{} {}", kOf[static_cast<std::size_t>(range.of)], range.member);
}

std::string figure_of(Program const& program, std::string_view name) {
  auto const& figure = named(program.figures, name);
  auto out = fmt::format("{}{}{}{}\n", vocabulary::words(figure.type, program.vocabulary),
                         figure.ratio ? ", ratio" : "", each_words(program, figure.each), cited(figure.citation));
  if (figure.yes_when != kNone) out += "yes when " + words_of_condition(program, figure.yes_when) + "\n";
  for (auto const& one : figure.cases) {
    out += fmt::format("{}{}\n", one.when == kNone ? "= " : words_of_condition(program, one.when) + " -> ",
                       words_of(program, one.value));
  }
  if (figure.exempt != kNone) out += "exempt when " + words_of_condition(program, figure.exempt) + "\n";
  if (figure.fallback) {
    out += fmt::format("not {} by {}: {}\n", figure.fallback->published ? "published" : "covered",
                       program.vocabulary.sources[figure.fallback->source].name,
                       words_of(program, figure.fallback->value));
  }
  return out;
}

std::string step_words(Step const& step) {
  auto const end = [](values::Steps steps, values::Steps none) {
    return steps == none ? std::string() : fmt::format("{}", steps);
  };
  return fmt::format("{}..{}", end(step.lowest, values::kNoLowest), end(step.highest, values::kNoHighest));
}

std::string threshold_of(Program const& program, std::string_view name) {
  auto const& threshold = named(program.thresholds, name);
  auto out = fmt::format("{}{}{}{}{}\n", vocabulary::words(threshold.type, program.vocabulary),
                         threshold.ratio ? ", ratio" : "", each_words(program, threshold.each),
                         (threshold.by == kNone ? "" : ", by " + words_of(program, threshold.by)) +
                             (threshold.dated_by == kNone ? "" : ", dated by " + words_of(program, threshold.dated_by)),
                         cited(threshold.citation));
  for (auto const& row : threshold.rows) {
    auto const of_class = row.otherwise       ? std::string("otherwise")
                          : !row.text.empty() ? "\"" + row.text + "\""
                          : row.entry         ? fmt::format("entry {}", *row.entry)
                          : row.step          ? step_words(*row.step)
                                              : std::string("?");
    out += fmt::format("from {}{} {}: {}{}\n", values::write_date(row.from),
                       row.through ? " through " + values::write_date(*row.through) : "", of_class,
                       words_of(program, row.value), cited(row.citation));
  }
  return out;
}

std::string criterion_of(Program const& program, std::string_view name) {
  auto const& criterion = named(program.criteria, name);
  auto out = fmt::format("{}{}{}\n", criterion.not_met_when ? "not met when " : "met when ",
                         words_of_condition(program, criterion.test), cited(criterion.citation));
  if (criterion.exempt != kNone) out += "exempt when " + words_of_condition(program, criterion.exempt) + "\n";
  if (criterion.waived != kNone) out += "waived when " + words_of_condition(program, criterion.waived) + "\n";
  for (auto const shown : criterion.to_fix_values) out += "shows " + words_of(program, shown) + "\n";
  return out;
}

std::string list_of(Program const& program, std::string_view name) {
  auto const& list = named(program.lists, name);
  auto const& source = program.vocabulary.sources[list.source];
  std::string ranked;
  if (list.ranking) {
    auto const& ranking = *list.ranking;
    ranked = fmt::format("{} {} by {}{}, ties {}\n", ranking.highest ? "highest" : "lowest",
                         words_of(program, ranking.count), words_of(program, ranking.by),
                         ranking.stratum == kNone ? "" : " for each " + words_of(program, ranking.stratum),
                         ranking.ties == Ranking::Ties::in    ? "in"
                         : ranking.ties == Ranking::Ties::out ? "out"
                                                              : "cannot be told");
  }
  return fmt::format("{} of {}, by {}\non it when {}\nleft out {}\n{}",
                     vocabulary::words(list.member, program.vocabulary),
                     list.of == kNone ? source.name : "list " + program.lists[list.of].name, source.keys[list.key].name,
                     words_of_condition(program, list.on_it), all(list.left_out), ranked);
}

std::string decision_of(Program const& program, std::string_view name) {
  auto const& decision = named(program.decisions, name);
  auto out = fmt::format("when {}\n", words_of_condition(program, decision.when));
  for (auto const& row : decision.rows) {
    out += fmt::format("{}{} {}\n", row.shown, row.term ? term_words(*row.term) : "",
                       row.when == kNone ? "otherwise" : "when " + words_of_condition(program, row.when));
    for (auto const& attached : row.conditions) {
      out += fmt::format("  condition{}: {}\n", attached.within ? term_words(*attached.within) : "", attached.text);
    }
    if (!row.recommends.empty()) out += "  recommends " + row.recommends + "\n";
  }
  return out;
}

}  // namespace waymark::check
