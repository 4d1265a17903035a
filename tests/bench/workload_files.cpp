// Writes the speed workload: `workload_files FOLDER COUNT` makes the five tables in FOLDER and so many submissions in
// FOLDER/submissions.jsonl, byte for byte the same every time.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/peers/workload.hpp"

int main(int count, char** words) {
  if (count != 3) {
    std::fputs("workload_files FOLDER COUNT\n", stderr);
    return 2;
  }
  using namespace waymark::peers_test;
  std::string const folder = words[1];
  auto const tables = make_tables(kMeasuredTables);
  write_tables(tables, folder);
  write_submissions(tables, kMeasuredSubmissions, std::strtoul(words[2], nullptr, 10), folder + "/submissions.jsonl");
}
