// The speed workload: submissions and tables made from seeds, and the same policy decided by hand. The generator makes
// the same data, byte for byte, as the one with which other engines were measured.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace waymark::peers_test {

/// Evidence as integers; kMissing where a table has no row.
inline constexpr int kMissing = -1'000'000;

struct Tables {
  std::vector<std::string> occupations, programs, regions, credentials;
  std::vector<std::vector<int>> entry_wage, median_wage, openings, growth;  ///< by occupation and region
  std::vector<std::vector<int>> completions;                                ///< by program and region
  std::vector<std::vector<int>> priority;                                   ///< by program: credentials, ascending
  std::vector<int> living_wage;                                             ///< by region
};
Tables make_tables(std::uint32_t seed);
/// Writes the five CSV files into `folder`.
void write_tables(Tables const& tables, std::string const& folder);

struct Submission {
  std::string id;
  std::vector<int> occupations;
  int program = 0, region = 0;
  int type = 0;  ///< standard, accelerated, emerging
  bool is_new = false;
  int credits = kMissing, articulation = kMissing, hours = kMissing, enrollment = kMissing, concentrators = kMissing,
      completers = kMissing, meetings = kMissing, years_below = kMissing;
  bool credentials_known = false;
  std::vector<int> credentials;
  int overall_rate = kMissing;
  std::array<int, 5> rate{}, size{};
  std::string last_decision;  ///< empty: missing
  std::string json;           ///< the line
};
std::vector<Submission> make_submissions(Tables const& tables, std::uint32_t seed, std::size_t count);
/// Writes their lines into a file, one after the other: as many as there is place for on the disk.
void write_submissions(Tables const& tables, std::uint32_t seed, std::size_t count, std::string const& path);
/// The seeds with which other engines were measured.
inline constexpr std::uint32_t kMeasuredTables = 20240607, kMeasuredSubmissions = 777;

/// `P0000000,needs information,TTTTUTUTTTTF`, worked out from the workload's description without any engine.
std::string decide_by_hand(Submission const& submission, Tables const& tables);

}  // namespace waymark::peers_test
