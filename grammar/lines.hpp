// One logical line, or a piece of it, read into a node of the tree. Boost.Spirit X3 is behind this and shows nowhere
// else. Every function reads the whole of its span; where it cannot, it adds exactly one diagnostic and returns
// nothing.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

/// The file that lines are read from, and where their faults go.
struct Reader {
  std::string_view text;
  FileId file = 0;
  Diagnostics& diagnostics;
};

struct FactLabel {
  Path name;
  std::vector<Value> keys;
};

std::optional<Phrase> read_phrase(Reader& in, Span span);
std::optional<Path> read_path(Reader& in, Span span);
std::optional<Value> read_value(Reader& in, Span span);
std::optional<Values> read_values(Reader& in, Span span);
std::optional<DateRange> read_date_range(Reader& in, Span span);
std::optional<std::string> read_date(Reader& in, Span span);
/// `for 5 program years`, `over 2 program years`, `within 180 days`
std::optional<Term> read_term(Reader& in, Span span);

std::optional<Condition> read_condition(Reader& in, Span span);
/// What follows `… when`: a colon and a condition, or a list head with its colon.
std::optional<Condition> read_when_tail(Reader& in, Span span);
/// `Renew for 5 program years when all of:`, `Deny otherwise`
std::optional<OutcomeRow> read_outcome_row(Reader& in, Span span);
/// `plan year = the last program year`
std::optional<Remembers> read_remembers(Reader& in, Span span);
/// `education places, by forecast growth, for each education`
std::optional<Ranking> read_ranking(Reader& in, Span span);
/// `renew for 5 program years`
std::optional<Expect> read_expect(Reader& in, Span span);

/// `wages for 15-1252 in Essex County`
std::optional<FactLabel> read_fact_label(Reader& in, Span span);
std::optional<FactValue> read_fact(Reader& in, Span span);
/// `where O_GROUP is "detailed" and X is not "a" or "b"`
std::optional<RowFilters> read_row_filters(Reader& in, Span span);
/// `"*" and "**" are suppressed; "#" is at least $239,200 per year`
std::optional<Marks> read_marks(Reader& in, Span span);

}  // namespace waymark::grammar
