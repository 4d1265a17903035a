// Policies and data of any size, for asking how cost grows: so many criteria, of four kinds in turn, over so many rows
// of evidence, for submissions with so many occupations.
#pragma once

#include <cstddef>
#include <string>

namespace waymark::bench {

struct Size {
  std::size_t criteria = 12;
  std::size_t evidence_rows = 2'400;
  std::size_t occupations = 2;
  std::size_t submissions = 2'000;
};

std::string scaled_vocabulary();
/// About nine lines for each criterion: 1,000 are some 10,000 lines.
std::string scaled_policy(std::size_t criteria);
/// Rows of the Source `wages`, as CSV with a line of names.
std::string scaled_wages(std::size_t rows);
/// JSON Lines; every occupation and region has its row in evidence of this size.
std::string scaled_submissions(Size const& size);
/// A workspace with all of that, and the submissions in `submissions.jsonl`.
void write_scaled(Size const& size, std::string const& folder);

}  // namespace waymark::bench
