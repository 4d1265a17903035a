// The speed workload by a program that can do nothing else: what Waymark's speed is measured against.
//
//   hand_written dome2e|fast|explain|cols EVIDENCE_FOLDER SUBMISSIONS.jsonl [OUT]
//
// `dome2e` reads with simdjson's tree and prints what `waymark review --format csv` prints; `fast` guesses the order of
// keys; `explain` prints what was found and asked, as JSON; `cols` holds everything in columns, decides it again and
// again, says how fast on standard output, and prints the same CSV to OUT.
#include <chrono>
#include <cstdio>

#include "tests/peers/hand_written/columns.hpp"
#include "tests/peers/hand_written/guess.hpp"
#include "tests/peers/hand_written/print.hpp"

namespace {

using namespace hand_written;

// Decides for two seconds, and says the median of all rounds.
void measure(Columns const& columns, Columns::Decided& decided) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> seconds;
  auto const begin = Clock::now();
  do {
    auto const from = Clock::now();
    columns.decide(decided);
    seconds.push_back(std::chrono::duration<double>(Clock::now() - from).count());
  } while (Clock::now() - begin < std::chrono::seconds(2));
  std::nth_element(seconds.begin(), seconds.begin() + static_cast<long>(seconds.size() / 2), seconds.end());
  std::printf("{\"decisions a second in memory\": %.0f}\n",
              static_cast<double>(columns.size()) / seconds[seconds.size() / 2]);
}

void by_columns(char const* submissions, char const* path, Tables const& tables) {
  Columns columns(tables);
  std::vector<std::string> ids;
  guess(submissions, tables, [&](Submission const& s) {
    columns.add(s);
    ids.emplace_back(s.id);
  });
  Columns::Decided decided;
  decided.resize(columns.size());
  measure(columns, decided);
  Out out(path);
  out.put(kHeader);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    Submission s;
    s.id = ids[i];
    print_line(out, s, {decided.met[i], decided.not_met[i], static_cast<Outcome>(decided.outcome[i])});
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) stop("dome2e|fast|explain|cols EVIDENCE_FOLDER SUBMISSIONS.jsonl [OUT]");
  std::string_view const mode = words[1];
  auto const* const submissions = words[3];
  auto const* const path = count > 4 ? words[4] : "/dev/stdout";
  auto const tables = read_tables(words[2]);
  if (mode == "cols") {
    by_columns(submissions, count > 4 ? path : "/dev/null", tables);
    return 0;
  }
  Out out(path);
  auto const line = [&](Submission const& s) { print_line(out, s, decide(s, tables)); };
  if (mode == "explain") {
    walk(submissions, tables, [&](Submission const& s) { print_explained(out, s, decide(s, tables), tables); });
  } else if (mode == "dome2e" || mode == "fast") {
    out.put(kHeader);
    mode == "fast" ? guess(submissions, tables, line) : walk(submissions, tables, line);
  } else {
    stop("no such mode");
  }
}
