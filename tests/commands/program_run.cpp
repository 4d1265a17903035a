// Starts the program with posix_spawn; its streams are files, so that no amount of output can block it.
#include "tests/commands/program_run.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

std::string contents(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

fs::path scratch_folder() {
  std::string name = (fs::temp_directory_path() / "waymark-test-XXXXXX").string();
  EXPECT_NE(mkdtemp(name.data()), nullptr);
  return name;
}

}  // namespace

Ran run_program(std::vector<std::string> const& arguments, std::string const& folder, std::string const& input,
                std::string const& out) {
  fs::path const scratch = scratch_folder();
  std::array<fs::path, 3> const streams = {scratch / "in", out.empty() ? scratch / "out" : fs::path(out),
                                           scratch / "err"};
  std::ofstream(streams[0], std::ios::binary) << input;

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int stream = 0; stream < 3; ++stream) {
    int const mode = stream == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, stream, streams[static_cast<std::size_t>(stream)].c_str(), mode, 0600);
  }
  if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());

  std::vector<std::string> words = {WAYMARK_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  pid_t child = 0;
  int status = 0;
  int const failed = posix_spawn(&child, WAYMARK_BINARY, &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  EXPECT_EQ(failed, 0) << "cannot start " << WAYMARK_BINARY;
  if (failed == 0) waitpid(child, &status, 0);

  Ran ran = {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), out.empty() ? contents(streams[1]) : "",
             contents(streams[2])};
  fs::remove_all(scratch);
  return ran;
}

}  // namespace waymark::commands_test
