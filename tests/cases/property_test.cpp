// Whatever bytes come: rows in order, columns that hold together, a diagnostic for each fault, and the same rows from
// any batches and chunks.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/cases/sample.hpp"

namespace waymark::cases {
namespace {

rc::Gen<std::string> word() {
  return rc::gen::element<std::string>(
      "enrollment", "kind", "soc", "cip", "rates", "econ", "all", "completers", "2024-25", "courses", "credits", "id",
      "last_decision", "waivers", "waiver", "missing", "suppressed", "at_least", "between", "new", "15-1252", "11.0701",
      "<10", "*", "none", "2024-05-01", "$1,200", "85%", "", " ", "lea", "seats_2024", "group_completers", "ünï");
}

/// JSON that is nearly a submission.
std::string some_json(int depth) {
  auto const kind = *rc::gen::inRange(0, depth > 0 ? 9 : 6);
  switch (kind) {
    case 0: return std::to_string(*rc::gen::inRange(-5, 2000));
    case 1: return fmt::format("{}.{}", *rc::gen::inRange(0, 200), *rc::gen::inRange(0, 999));
    case 2: return *rc::gen::element<std::string>("true", "false", "null", "1e3", "9007199254740993", "oops");
    case 3:
    case 4:
    case 5: return "\"" + *word() + "\"";
    case 6: {
      std::string out = "[";
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) out += some_json(depth - 1) + (i > 1 ? "," : "");
      return out + "]";
    }
    default: {
      std::string out = "{";
      for (int i = *rc::gen::inRange(0, 5); i > 0; --i)
        out += "\"" + *word() + "\":" + some_json(depth - 1) + (i > 1 ? "," : "");
      return out + "}";
    }
  }
}

void check(sample::Outcome const& out) {
  RC_ASSERT(sample::broken_shape(out.batch.facts) == "");
  RC_ASSERT(out.batch.facts.rows == out.batch.size());
  RC_ASSERT(out.batch.waivers.size() == out.batch.size());
  std::size_t faults = 0;
  for (std::size_t i = 0; i < out.batch.size(); ++i) {
    if (out.batch.origins[i].fault.empty()) continue;
    ++faults;
    RC_ASSERT(out.facts(i) == "");
    RC_ASSERT(out.batch.waivers[i].empty());
  }
  std::size_t errors = 0;
  for (auto const& one : out.diagnostics) errors += one.severity == grammar::Severity::error ? 1 : 0;
  RC_ASSERT(errors == faults);
}

RC_GTEST_PROP(Properties, NearJsonNeverPassesInSilence, ()) {
  std::string text;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    text += "{\"" + *word() + "\":" + some_json(3) + ",\"" + *word() + "\":" + some_json(2) + "}\n";
  }
  auto const whole = sample::read(Format::json_lines, text);
  check(whole);
  auto const cut = sample::read(Format::json_lines, text, *rc::gen::inRange<std::size_t>(1, 40),
                                *rc::gen::inRange<std::size_t>(1, 4));
  RC_ASSERT(cut.rows() == whole.rows());
  RC_ASSERT(cut.rendered() == whole.rendered());
}

RC_GTEST_PROP(Properties, AListOfSubmissionsIsItsLines, ()) {
  std::string lines;
  std::string list = "[";
  for (int i = *rc::gen::inRange(1, 5); i > 0; --i) {
    auto const one = "{\"" + *word() + "\":" + some_json(2) + "}";
    if (one.find("oops") != std::string::npos) continue;
    lines += one + "\n";
    list += (list.size() > 1 ? ",\n" : "") + one;
  }
  auto const expected = sample::read(Format::json_lines, lines);
  auto const out = sample::read(Format::json, list + "]");
  check(out);
  RC_ASSERT(out.rows() == expected.rows());
}

RC_GTEST_PROP(Properties, AnyBytesAreReadInAnyFormat, (std::string const& bytes)) {
  for (auto const format : {Format::json_lines, Format::json, Format::csv, Format::toml}) {
    check(sample::read(format, bytes, 7, 2));
  }
}

RC_GTEST_PROP(Properties, AnyTableIsRead, ()) {
  std::string text;
  auto const columns = *rc::gen::inRange(1, 6);
  for (int row = *rc::gen::inRange(1, 5); row > 0; --row) {
    for (int i = 0; i < columns; ++i) text += (i == 0 ? "" : ",") + *word();
    text += "\n";
  }
  check(sample::read(Format::csv, text));
}

RC_GTEST_PROP(Properties, DecimalsAreReadAsWritten, ()) {
  auto const whole = *rc::gen::inRange<std::int64_t>(0, 99);
  auto const fraction = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  auto const out = sample::read(Format::json_lines, fmt::format("{{\"satisfaction\":{}.{:06}}}", whole, fraction));
  auto const& column = out.batch.facts.fields[11].values;
  RC_ASSERT(column.lowest.at(0) == whole * 1'000'000 + fraction);
}

}  // namespace
}  // namespace waymark::cases
