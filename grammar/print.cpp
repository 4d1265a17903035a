// The one layout that `format` writes.
#include "grammar/print.hpp"

#include <fmt/format.h>

#include "grammar/clauses.hpp"
#include "grammar/print_pieces.hpp"
#include "grammar/spell.hpp"
#include "grammar/wrap.hpp"

namespace waymark::grammar {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

constexpr std::size_t kClauseIndent = 2;

/// Clauses that belong to the one above them stand deeper.
std::size_t indent_of(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::condition_within:
    case ClauseKind::recommends:
    case ClauseKind::remembers:
    case ClauseKind::schedule:
    case ClauseKind::marks:
    case ClauseKind::fact:
    case ClauseKind::expectation: return 2 * kClauseIndent;
    default: return kClauseIndent;
  }
}

std::string print_part(Part const& part) {
  if (!part.quoted) return part.written;
  return fmt::format("{}{}\"{}\"", part.written, part.written.empty() ? "" : " ", *part.quoted);
}
std::string print_parts(std::vector<Part> const& parts) {
  std::string out;
  for (auto const& part : parts) out += (out.empty() ? "" : ", ") + print_part(part);
  return out;
}
std::string after_comma(std::string const& text) { return text.empty() ? "" : ", " + text; }

std::string print_term(std::optional<Term> const& term) {
  return term ? fmt::format(" {} {} {}", term->word, term->count, print_phrase(term->unit)) : "";
}
std::string print_names(Names const& names) {
  std::string out;
  for (auto const& name : names.names) out += (out.empty() ? "" : ", ") + print_phrase(name);
  return out + after_comma(print_parts(names.parts));
}
std::string print_range(DateRange const& range) {
  if (range.from.empty()) return range.through;
  return "from " + range.from + (range.through.empty() ? "" : " through " + range.through);
}

std::string print_fact(FactValue const& fact) {
  using Kind = FactValue::Kind;
  std::string out = spell(fact.kind);
  if (fact.kind == Kind::between && fact.values.size() == 2) {
    return "between " + print(fact.values[0]) + " and " + print(fact.values[1]);
  }
  for (auto const& [count, kind] : fact.counts) {
    fmt::format_to(std::back_inserter(out), "{}{} {}", out.empty() ? "" : ", ", count, spell(kind));
  }
  if (fact.values.empty()) return out;
  return out + (out.empty() ? "" : " ") + print_values(fact.values);
}

std::string print_column(std::string const& column) {
  auto const plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  bool bare = !column.empty();
  for (char const c : column) bare = bare && plain(c);
  return bare ? column : fmt::format("\"{}\"", column);
}
std::string quoted_list(std::vector<std::string> const& texts, char const* between) {
  std::string out;
  for (auto const& text : texts) fmt::format_to(std::back_inserter(out), "{}\"{}\"", out.empty() ? "" : between, text);
  return out;
}
std::string print_rows(RowFilters const& rows) {
  std::string out;
  for (auto const& filter : rows.filters) {
    fmt::format_to(std::back_inserter(out), "{} {} is {}{}", out.empty() ? "where" : " and",
                   print_column(filter.column), filter.negated ? "not " : "", quoted_list(filter.texts, " or "));
  }
  return out;
}
std::string print_marks(Marks const& marks) {
  std::string out;
  for (auto const& rule : marks.rules) {
    fmt::format_to(std::back_inserter(out), "{}{} {} {}", out.empty() ? "" : "; ", quoted_list(rule.marks, " and "),
                   rule.marks.size() == 1 ? "is" : "are", print_fact(rule.meaning));
  }
  return out;
}

/// `: C`, or ` any of:` where the condition is a list and nothing else.
std::string print_when(Condition const& condition) {
  bool const list = std::holds_alternative<Junction>(condition.node);
  return (list ? " " : ": ") + print_head(condition);
}

Junction const* list_of(Condition const& condition) {
  auto const* at = &condition;
  for (;;) {
    if (auto const* const quantified = std::get_if<Quantified>(&at->node)) {
      at = &*quantified->body;
    } else if (auto const* const windowed = std::get_if<Windowed>(&at->node)) {
      at = &*windowed->body;
    } else {
      return std::get_if<Junction>(&at->node);
    }
  }
}

class Printer {
 public:
  std::string run(File const& file) {
    for (auto const& block : file.blocks) {
      if (block.kind == BlockKind::broken) continue;
      if (!out_.empty()) out_ += '\n';
      print_block(block);
    }
    return std::move(out_);
  }

 private:
  void line(std::size_t indent, std::string text, std::optional<Citation> const& citation, bool is_text = false) {
    PrintedLine printed{indent, std::move(text), citation ? citation->text : "", kind_, is_text};
    out_ += lay(printed);
  }

  void print_block(Block const& block) {
    kind_ = block.kind;
    auto head = fmt::format("{}: {}", keyword_of(block.kind), print_phrase(block.name));
    if (block.equals) head += " = " + print(*block.equals);
    head += after_comma(print_parts(block.parts));
    line(0, std::move(head), block.citation, block.kind == BlockKind::note);
    for (auto const& clause : block.clauses) print_clause(clause);
  }

  void print_clause(Clause const& clause) {
    if (clause.kind == ClauseKind::broken) return;
    line(indent_of(clause.kind), text_of(clause), clause.citation, holds_text(clause.kind));
    auto const* condition = std::get_if<Condition>(&clause.body);
    if (auto const* const row = std::get_if<OutcomeRow>(&clause.body); row != nullptr && row->when)
      condition = &*row->when;
    if (condition != nullptr) print_items(*condition, 1);
  }

  void print_items(Condition const& condition, std::size_t dashes) {
    auto const* const list = list_of(condition);
    if (list == nullptr) return;
    for (auto const& item : list->items) {
      line(kClauseIndent * (dashes + 1), std::string(dashes, '-') + " " + print_head(item), item.citation);
      print_items(item, dashes + 1);
    }
  }

  static std::string labelled(Clause const& clause, std::string const& body) {
    return fmt::format("{}:{}{}", label_of(clause.kind), body.empty() ? "" : " ", body);
  }

  static std::string print_row(OutcomeRow const& row) {
    auto const head = print_phrase(row.outcome) + print_term(row.term);
    return head + (row.when ? " when" + print_when(*row.when) : " otherwise");
  }
  static std::string print_threshold(ThresholdRow const& row) {
    auto const of_class = row.otherwise ? std::string("otherwise") : print_phrase(row.of_class);
    return fmt::format("{}{}: {}", print_range(row.period), after_comma(of_class), print(row.value));
  }
  static std::string print_label(Fact const& fact) {
    auto out = print(fact.name);
    for (auto const& key : fact.keys) out += (&key == &fact.keys.front() ? " for " : " in ") + print(key);
    return out;
  }

  static std::string text_of(Clause const& clause) {
    return std::visit(
        Overloaded{
            [&](std::monostate) {
              return std::string(clause.kind == ClauseKind::continues ? "continues until changed" : "");
            },
            [&](Text const& body) { return labelled(clause, body.text); },
            [&](Names const& body) {
              return clause.kind == ClauseKind::entry ? print_names(body) : labelled(clause, print_names(body));
            },
            [&](Values const& body) { return labelled(clause, print_values(body.values)); },
            [&](DateRange const& body) { return labelled(clause, print_range(body)); },
            [](ThresholdRow const& body) { return print_threshold(body); },
            [&](Value const& body) {
              return clause.kind == ClauseKind::is_value ? "= " + print(body) : labelled(clause, print(body));
            },
            [&](SourceValue const& body) {
              return fmt::format("{} {}: {}", label_of(clause.kind), print(body.source), print(body.value));
            },
            [](CaseValue const& body) { return fmt::format("when {}: {}", print_head(*body.when), print(body.value)); },
            [&](Condition const& body) { return label_of(clause.kind) + print_when(body); },
            [](OutcomeRow const& body) { return print_row(body); },
            [](ConditionWithin const& body) {
              return fmt::format("Condition{}{}: {}", body.within ? "," : "", print_term(body.within), body.text.text);
            },
            [](Given const& body) { return body.date.empty() ? std::string("Given:") : "Given on " + body.date + ":"; },
            [](Fact const& body) { return print_label(body) + ": " + body.text; },
            [&](Expect const& body) { return labelled(clause, print_phrase(body.outcome) + print_term(body.term)); },
            [&](Declared const& body) {
              if (body.name.empty()) return labelled(clause, print_parts(body.parts));
              return print_phrase(body.name) + ": " + print_parts(body.parts);
            },
            [&](RowFilters const& body) { return labelled(clause, print_rows(body)); },
            [&](Marks const& body) { return labelled(clause, print_marks(body)); },
            [&](Remembers const& body) {
              return labelled(clause, print_phrase(body.name) + " = " + print(body.value));
            },
            [&](Ranking const& body) {
              auto const for_each = body.for_each.empty() ? "" : ", for each " + print_phrase(body.for_each);
              return labelled(clause, fmt::format("{}, by {}{}", print(body.count), print(body.by), for_each));
            },
        },
        clause.body);
  }

  std::string out_;
  BlockKind kind_ = BlockKind::broken;
};

}  // namespace

std::string print(File const& file) { return Printer().run(file); }

}  // namespace waymark::grammar
