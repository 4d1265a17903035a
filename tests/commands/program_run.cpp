// Starts the program with posix_spawn; its streams are files, so that no amount of output can block it.
#include "tests/commands/program_run.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace waymark::commands_test {
namespace {

namespace fs = std::filesystem;

fs::path scratch_folder() {
  std::string name = (fs::temp_directory_path() / "waymark-test-XXXXXX").string();
  EXPECT_NE(mkdtemp(name.data()), nullptr);
  return name;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> environment_with(std::vector<std::string> const& more) {
  std::vector<std::string> all = more;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string const name = std::string(*entry).substr(0, std::string(*entry).find('=') + 1);
    bool const replaced =
        std::any_of(more.begin(), more.end(), [&](std::string const& one) { return one.starts_with(name); });
    if (!replaced) all.emplace_back(*entry);
  }
  return all;
}

}  // namespace

std::string contents(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

fs::path fixtures() { return fs::path(WAYMARK_ROOT) / "fixtures"; }

Scratch::Scratch() : folder_(scratch_folder()) {}
Scratch::~Scratch() { fs::remove_all(folder_); }

std::string Scratch::path(std::string const& name) const { return name.empty() ? folder_ : folder_ / name; }

std::string Scratch::write(std::string const& name, std::string const& text) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << text;
  return folder_ / name;
}

std::string Scratch::copy(std::string const& fixture) const {
  fs::path const there = folder_ / fs::path(fixture).filename();
  fs::copy(fixtures() / fixture, there, fs::copy_options::recursive);
  return there;
}

Ran run_program(std::vector<std::string> const& arguments, std::string const& folder, std::string const& input,
                std::string const& out, std::vector<std::string> const& more_environment) {
  std::vector<std::string> words = {WAYMARK_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run_words(std::move(words), folder, input, out, more_environment);
}

Ran run_words(std::vector<std::string> words, std::string const& folder, std::string const& input,
              std::string const& out, std::vector<std::string> const& more_environment) {
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

  std::vector<std::string> environment = environment_with(more_environment);

  pid_t child = 0;
  int status = 0;
  int const failed = posix_spawnp(&child, words.front().c_str(), &actions, nullptr, pointers(words).data(),
                                  pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  EXPECT_EQ(failed, 0) << "cannot start " << words.front();
  if (failed == 0) waitpid(child, &status, 0);

  Ran ran = {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), out.empty() ? contents(streams[1]) : "",
             contents(streams[2])};
  fs::remove_all(scratch);
  return ran;
}

}  // namespace waymark::commands_test
