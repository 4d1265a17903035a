// Runs a program and says what it cost: `stopwatch REPORT CORES PROGRAM [WORD...]` keeps the program to these cores
// (`0`, `0,1`), writes seconds by the clock, seconds of processor time and the most memory held into REPORT as JSON,
// and ends as the program does. A child begins with as much memory as its parent has: from here that is next to
// nothing, from an interpreter it would be more than the programs measured need.
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

double seconds(timeval const& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

bool keep_to(char const* cores) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (char* end = nullptr; *cores != '\0'; cores = *end == ',' ? end + 1 : end) {
    CPU_SET(std::strtoul(cores, &end, 10), &set);
    if (end == cores) return false;
  }
  return ::sched_setaffinity(0, sizeof set, &set) == 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fputs("stopwatch REPORT CORES PROGRAM [WORD...]\n", stderr);
    return 2;
  }
  if (!keep_to(words[2])) {
    std::fprintf(stderr, "stopwatch: there are no such cores here: %s\n", words[2]);
    return 2;
  }
  auto const begin = std::chrono::steady_clock::now();
  auto const child = ::fork();
  if (child == 0) {
    ::execvp(words[3], words + 3);
    std::perror(words[3]);
    std::_Exit(127);
  }
  int status = 0;
  rusage used{};  // of the child and of the children that it waited for
  if (child < 0 || ::wait4(child, &status, 0, &used) != child) {
    std::perror("stopwatch");
    return 2;
  }
  auto const wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  auto* const report = std::fopen(words[1], "w");
  if (report == nullptr) {
    std::perror(words[1]);
    return 2;
  }
  std::fprintf(report, "{\"wall\": %.6f, \"cpu\": %.6f, \"peak_kb\": %ld}\n", wall,
               seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
  std::fclose(report);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
