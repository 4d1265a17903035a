// Reading the five tables of the workload.
#include "tests/peers/hand_written/tables.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace hand_written {
namespace {

using Cells = std::vector<std::string_view>;

template <class Row>
void each_row(std::string const& path, Row row) {
  std::ifstream file(path);
  if (!file) stop(path + " cannot be read");
  std::string line;
  std::getline(file, line);  // its names
  while (std::getline(file, line)) {
    Cells cells;
    std::string_view rest = line;
    for (auto comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
      cells.push_back(rest.substr(0, comma));
      rest.remove_prefix(comma + 1);
    }
    cells.push_back(rest);
    row(cells);
  }
}

std::int32_t amount(std::string_view cell) {
  std::int32_t value = 0;
  auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) stop("no whole number: " + std::string(cell));
  return value;
}

void grow(std::vector<std::int32_t>& column, Codes const& codes) {
  column.resize(Tables::at(codes.size(), 0), kMissing);
}

}  // namespace

void stop(std::string_view why) {
  std::fprintf(stderr, "hand_written: %.*s\n", static_cast<int>(why.size()), why.data());
  std::exit(1);
}

std::uint32_t Codes::add(std::string_view code) {
  if (code.empty() || code.size() > sizeof(std::uint64_t)) stop("no code of this workload: " + std::string(code));
  auto const word = word_of(code);
  if (auto const known = find(word); known != 0) return known;
  if (count_ > kSlots / 2) stop("more codes than this program is made for");
  auto slot = slot_of(word);
  while (numbers_[slot] != 0) slot = (slot + 1) % kSlots;
  words_[slot] = word;
  return numbers_[slot] = ++count_;
}

Tables read_tables(std::string const& folder) {
  Tables t;
  t.living_wage.assign(Tables::kRegions, kMissing);
  each_row(folder + "/living_wage.csv", [&](Cells const& row) {
    auto const region = t.regions.add(row.at(0));
    if (region >= Tables::kRegions) stop("more regions than this program is made for");
    t.living_wage[region] = amount(row.at(1));
  });
  auto const two = [&](char const* name, std::vector<std::int32_t>& first, std::vector<std::int32_t>& second) {
    each_row(folder + name, [&](Cells const& row) {
      auto const place = Tables::at(t.occupations.add(row.at(0)), t.regions.find(row.at(1)));
      grow(first, t.occupations);
      grow(second, t.occupations);
      first[place] = amount(row.at(2));
      second[place] = amount(row.at(3));
    });
  };
  two("/wages.csv", t.entry_wage, t.median_wage);
  two("/openings.csv", t.openings, t.growth);
  for (auto* column : {&t.entry_wage, &t.median_wage, &t.openings, &t.growth}) grow(*column, t.occupations);
  each_row(folder + "/completions.csv", [&](Cells const& row) {
    auto const place = Tables::at(t.programs.add(row.at(0)), t.regions.find(row.at(1)));
    grow(t.completions, t.programs);
    t.completions[place] = amount(row.at(2));
  });
  each_row(folder + "/priority_credentials.csv", [&](Cells const& row) {
    auto const program = t.programs.add(row.at(0));
    auto const credential = t.credentials.add(row.at(1));
    t.priority.resize(t.programs.size());
    if (credential / 64 >= t.priority[program].size()) stop("more credentials than this program is made for");
    t.priority[program][credential / 64] |= std::uint64_t{1} << credential % 64;
  });
  grow(t.completions, t.programs);
  t.priority.resize(t.programs.size());
  return t;
}

}  // namespace hand_written
