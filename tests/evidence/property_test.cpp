// What holds for every file: nothing stops the reader, every message can be shown, the order of rows does not matter,
// and what is written in a cell is what is known.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "engine/values/csv.hpp"
#include "sample.hpp"

namespace waymark::evidence {
namespace {

// Texts of the pieces that tables and manifests are made of, in any order.
std::string jumble(std::vector<std::string> const& pieces) {
  std::string out;
  for (auto const& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))) out += piece;
  return out;
}

RC_GTEST_PROP(AnyFile, IsReadOrRefusedInWords, ()) {
  sample::Given given;
  given.add("wages", *rc::gen::element<std::string>("", "OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,A_MEDIAN\n") +
                         jumble({"15-1252",
                                 "Nov-21",
                                 "detailed",
                                 "53,400",
                                 "17.660000000000004",
                                 "-5",
                                 "#",
                                 "*",
                                 ",",
                                 ",,",
                                 "\"",
                                 "\n",
                                 "\r\n",
                                 " ",
                                 "\xC3\xA9",
                                 "\xE9",
                                 "=\"",
                                 "99999999999999999",
                                 "$",
                                 "%",
                                 "."}));
  auto const read = sample::read(sample::labor_market(), given);
  for (auto const& one : read.errors) RC_ASSERT(!grammar::render(one).empty());
  for (auto const& one : read.evidence.warnings) RC_ASSERT(!grammar::render(one).empty());
  for (auto const& release : read.evidence.releases[0]) {
    auto const& table = release.table;
    for (auto const& column : table.columns) {
      RC_ASSERT(column.known.size() == table.rows);
      for (std::size_t row = 0; row < table.rows; ++row) RC_ASSERT(column.lowest[row] <= column.highest[row]);
    }
  }
}

RC_GTEST_PROP(AnyManifest, IsReadOrRefusedInWords, ()) {
  auto const text =
      jumble({"[[release]]\n", "source = \"wages\"\n", "name = \"a\"\n", "file = \"b\"\n",
              "released = ", "2025-04-02\n", "marks = {", "}\n", "\"A_*\" = ", "{ \"#\" = \"suppressed\" }",
              "header_row = 2\n", "=", "\"", "\n", "[", "]", "folder = \"x\"\n", "\xE9", "sha256 = \"00\"\n"});
  for (auto const& one : read_manifest("evidence.toml", text, nullptr).diagnostics) {
    RC_ASSERT(!grammar::render(one).empty());
  }
}

RC_GTEST_PROP(AnyTable, SaysTheSameInAnyOrderOfRows, ()) {
  auto const cells = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(1000, 9999), rc::gen::inRange(0, 500'000)));
  std::map<std::string, int> wages;
  for (auto const& [code, wage] : cells) wages["15-" + std::to_string(code)] = wage;
  std::vector<std::string> rows;
  for (auto const& [code, wage] : wages) {
    auto const written = values::write_decimal(wage, 0, 0, *rc::gen::arbitrary<bool>());
    rows.push_back(code + ",t,detailed,1," + values::write_csv_cell(written) + "\n");
  }
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[*rc::gen::inRange<std::size_t>(0, i)]);
  std::string text = "OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,A_MEDIAN\n";
  for (auto const& row : rows) text += row;
  sample::Given given;
  given.add("wages", text);
  auto const read = sample::read(sample::labor_market(), given);
  RC_ASSERT(read.errors.empty());
  RC_ASSERT(read.table().rows == wages.size());
  for (auto const& [code, wage] : wages) RC_ASSERT(sample::cell(read, 1, {code}) == std::to_string(wage * 100));
}

}  // namespace
}  // namespace waymark::evidence
