// The tree with every content and no span, a node a line: equal dumps are equal programs.
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "grammar/clauses.hpp"
#include "grammar/print.hpp"
#include "grammar/spell.hpp"

namespace waymark::grammar {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

class Dumper {
 public:
  std::string run(File const& file) {
    for (auto const& block : file.blocks) dump(block);
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_.append(2 * depth_, ' ');
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }
  template <class Body>
  void deeper(Body body) {
    ++depth_;
    body();
    --depth_;
  }
  template <class... Nodes>
  void under(Nodes const&... nodes) {
    deeper([&] { (dump(nodes), ...); });
  }

  static std::string shown(Phrase const& phrase) {
    auto const* const quote = phrase.quoted ? "\"" : "'";
    return fmt::format("{}{}{}{}{} <{}>", phrase.article, phrase.article.empty() ? "" : " ", quote, phrase.text, quote,
                       phrase.key);
  }

  void dump(Phrase const& phrase) { line("name {}", shown(phrase)); }
  void dump(Path const& path) {
    line("path");
    deeper([&] {
      for (auto const& name : path.names) dump(name);
    });
  }
  void dump(Citation const& citation) {
    line("citation [{}]{}", citation.text, citation.illustrative ? " illustrative" : "");
  }
  void dump(Part const& part) { line("part {} | {} | {}", part.words, part.written, part.quoted.value_or("-")); }
  void dump(Term const& term) {
    line("term {} {}", term.word, term.count);
    under(term.unit);
  }
  void dump(Text const& text) {
    line("text {}", text.text);
    for (auto const& path : text.shown) under(path);
  }
  void dump(DateRange const& range) { line("from {} through {}", range.from, range.through); }

  void dump(Amount const& amount) {
    static constexpr char const* kKinds[] = {"number", "money", "percent", "date", "year"};
    line("{} {}", kKinds[static_cast<std::size_t>(amount.kind)], amount.digits);
    if (!amount.unit.empty()) under(amount.unit);
  }
  void dump(Lookup const& lookup) {
    line("lookup {}{} last {}", lookup.complete ? "complete " : "", spell(lookup.aggregate, lookup.percentile),
         lookup.last);
    under(lookup.column);
    if (!lookup.years.empty()) under(lookup.years);
    deeper([&] {
      if (lookup.source) {
        line("in");
        under(*lookup.source);
      }
      for (auto const& key : lookup.keys) {
        line("for");
        under(key);
      }
      for (auto const& filter : lookup.where) {
        line("where {}", shown(filter.column));
        under(filter.comparison);
      }
    });
  }
  void dump(Value const& value) {
    auto const two = [this](char const* name, Value const& a, Value const& b) {
      line("{}", name);
      under(a, b);
    };
    std::visit(
        Overloaded{
            [this](std::monostate) { line("no value"); },
            [this](Amount const& amount) { dump(amount); },
            [this](Path const& path) { dump(path); },
            [&](Plus const& plus) { two(plus.minus ? "minus" : "plus", *plus.left, *plus.right); },
            [&](PercentOf const& percent) { two("percent of", *percent.by, *percent.of); },
            [&](AsPercentOf const& percent) { two("as a percent of", *percent.part, *percent.whole); },
            [&](Choose const& choose) { two(choose.greater ? "greater" : "lesser", *choose.left, *choose.right); },
            [&](Rounded const& rounded) { two("rounded", *rounded.of, *rounded.to); },
            [this](InYear const& in_year) {
              line("in year");
              under(in_year.name, *in_year.year);
            },
            [this](Box<Lookup> const& lookup) { dump(*lookup); },
        },
        value.node);
  }

  void dump(Comparison const& comparison) {
    line("is {}{}", comparison.negated ? "not " : "",
         comparison.comparator == Comparator::same ? "same" : spell(comparison.comparator));
    for (auto const& operand : comparison.operands) under(operand);
  }
  void dump(Condition const& condition) {
    std::visit(Overloaded{
                   [this](std::monostate) { line("no condition"); },
                   [this](Is const& is) {
                     line("compare");
                     under(is.subject, is.comparison);
                   },
                   [this](IsState const& is) {
                     line("state {}", spell(is.state));
                     under(is.subject);
                   },
                   [this](Has const& has) {
                     line("has {}", has.negated ? "not" : "");
                     under(has.subject, has.name);
                   },
                   [this](Junction const& junction) {
                     line("{}", spell(junction.connective, junction.count));
                     for (auto const& item : junction.items) under(item);
                   },
                   [this](GroupCount const& group) {
                     line("{} group {}", spell(group.connective, group.count), spell(group.state));
                     under(group.group);
                   },
                   [this](Quantified const& quantified) {
                     line("for {}", spell(quantified.quantifier, quantified.count));
                     under(quantified.list, *quantified.body);
                   },
                   [this](Windowed const& window) {
                     line("window {} of last {}{} within {}", window.at_least, window.last,
                          window.measured ? " measured" : "", window.within);
                     under(window.years, window.within_years);
                     for (auto const& after : window.after) under(after);
                     under(*window.body);
                   },
               },
               condition.node);
    if (condition.citation) under(*condition.citation);
  }

  void dump(FactValue const& fact) {
    line("fact {} {}", static_cast<int>(fact.kind), spell(fact.kind));
    for (auto const& value : fact.values) under(value);
    for (auto const& [count, kind] : fact.counts) line("  {} {}", count, spell(kind));
  }
  void dump(Names const& names) {
    for (auto const& name : names.names) dump(name);
    for (auto const& part : names.parts) dump(part);
  }
  void dump(Declared const& declared) {
    dump(declared.name);
    for (auto const& part : declared.parts) dump(part);
  }
  void dump(OutcomeRow const& row) {
    dump(row.outcome);
    if (row.term) dump(*row.term);
    if (row.when) {
      dump(*row.when);
    } else {
      line("otherwise");
    }
  }
  void dump(Fact const& fact) {
    dump(fact.name);
    for (auto const& key : fact.keys) under(key);
    line("fact {}", fact.text);
  }
  void dump(RowFilters const& rows) {
    for (auto const& filter : rows.filters) {
      line("rows {} {}", filter.column, filter.negated ? "is not" : "is");
      for (auto const& text : filter.texts) line("  \"{}\"", text);
    }
  }
  void dump(Marks const& marks) {
    for (auto const& rule : marks.rules) {
      line("marks");
      for (auto const& mark : rule.marks) line("  \"{}\"", mark);
      under(rule.meaning);
    }
  }
  void dump_body(Clause const& clause) {
    std::visit(Overloaded{
                   [](std::monostate) {},
                   [this](Text const& body) { dump(body); },
                   [this](Names const& body) { dump(body); },
                   [this](Values const& body) {
                     for (auto const& value : body.values) dump(value);
                   },
                   [this](DateRange const& body) { dump(body); },
                   [this](ThresholdRow const& body) {
                     dump(body.period);
                     line("class {}{}", shown(body.of_class), body.otherwise ? " otherwise" : "");
                     dump(body.value);
                   },
                   [this](Value const& body) { dump(body); },
                   [this](SourceValue const& body) {
                     dump(body.source);
                     dump(body.value);
                   },
                   [this](CaseValue const& body) {
                     dump(*body.when);
                     dump(body.value);
                   },
                   [this](Condition const& body) { dump(body); },
                   [this](OutcomeRow const& body) { dump(body); },
                   [this](ConditionWithin const& body) {
                     if (body.within) dump(*body.within);
                     dump(body.text);
                   },
                   [this](Given const& body) { line("on {}", body.date); },
                   [this](Fact const& body) { dump(body); },
                   [this](Expect const& body) {
                     dump(body.outcome);
                     if (body.term) dump(*body.term);
                   },
                   [this](Declared const& body) { dump(body); },
                   [this](RowFilters const& body) { dump(body); },
                   [this](Marks const& body) { dump(body); },
                   [this](Remembers const& body) {
                     dump(body.name);
                     dump(body.value);
                   },
                   [this](Ranking const& body) {
                     dump(body.count);
                     dump(body.by);
                     dump(body.for_each);
                   },
               },
               clause.body);
  }
  void dump(Clause const& clause) {
    line("clause {} {}", static_cast<int>(clause.kind), label_of(clause.kind));
    deeper([&] {
      dump_body(clause);
      if (clause.citation) dump(*clause.citation);
    });
  }
  void dump(Block const& block) {
    line("{}{}", keyword_of(block.kind), block.faulty ? " faulty" : "");
    deeper([&] {
      dump(block.name);
      for (auto const& part : block.parts) dump(part);
      if (block.equals) dump(*block.equals);
      if (block.citation) dump(*block.citation);
      for (auto const& clause : block.clauses) dump(clause);
    });
  }

  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string dump(File const& file) { return Dumper().run(file); }

}  // namespace waymark::grammar
