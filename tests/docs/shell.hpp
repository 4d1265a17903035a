// A folder that looks like the project's root and may be written to, with the built program on the path.
#pragma once

#include <filesystem>
#include <string>

namespace waymark::docs_test {

struct Ran {
  int code = 0;
  std::string output;  ///< of both streams, in the order in which they were written
};

class Scratch {
 public:
  Scratch(std::filesystem::path const& root, std::filesystem::path const& binary);
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  ~Scratch();

  std::filesystem::path const& path() const { return path_; }
  Ran run(std::filesystem::path const& folder, std::string const& command) const;

 private:
  std::filesystem::path path_;
  std::filesystem::path programs_;
};

}  // namespace waymark::docs_test
