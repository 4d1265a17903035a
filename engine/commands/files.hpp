// The seam to the disk: every file that a verb reads or writes passes here. No exceptions; what the world did instead
// of what was asked is a WorldError that names the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/values/result.hpp"

namespace waymark::commands {

using values::Result;
using values::WorldError;

/// The bytes of a file. A folder, a file of more than 1 GiB and whatever cannot be opened are errors.
Result<std::string, WorldError> read_file(std::string const& path);

/// Puts `text` where `path` is, whole or not at all: written beside it, then renamed over it. Keeps the file's rights.
std::optional<WorldError> write_file(std::string const& path, std::string_view text);
/// Makes a file that only its owner may read (mode 0600); an error where there is one already.
std::optional<WorldError> write_secret(std::string const& path, std::string_view text);
/// The folder and those above it.
std::optional<WorldError> make_folder(std::string const& path);

bool is_folder(std::string const& path);
bool is_file(std::string const& path);
/// Whether anybody on this machine may read it, whoever owns it.
bool is_open_to_all(std::string const& path);
/// Whether two paths name one file that is there.
bool is_same_file(std::string const& a, std::string const& b);
/// True when there is something in the folder; a folder that is not there holds nothing.
bool has_entries(std::string const& path);

/// Files under `folder`, at any depth, whose name ends in `ending`; sorted. Folders whose name begins with a point are
/// passed over.
Result<std::vector<std::string>, WorldError> files_under(std::string const& folder, std::string_view ending);

/// `path` as it is best named from here: relative where it lies at or below the current folder.
std::string shown_path(std::string const& path);
/// `path` where it is absolute, else below `folder`.
std::string path_in(std::string const& folder, std::string const& path);
std::string current_folder();
std::string name_of_file(std::string const& path);
/// The folder in which a file lies: `.` for a bare name.
std::string folder_of(std::string const& path);
/// The folders that hold `path`, nearest first, up to the root.
std::vector<std::string> folders_upward(std::string const& path);

/// A file, or standard input, read piece by piece. Move only; closes itself.
class Input {
 public:
  /// `-` is standard input.
  static Result<Input, WorldError> open(std::string const& path);
  Input(Input&& other) noexcept;
  Input& operator=(Input&& other) noexcept;
  ~Input();

  /// What is there by now, at most `most` bytes; waits for the first of them. How many: none at the end, and after
  /// Ctrl-C.
  Result<std::size_t, WorldError> pull(char* into, std::size_t most);
  /// Whether `pull` would give something, or the end, without waiting.
  bool is_ready() const;
  std::string const& name() const { return name_; }
  /// Of a file on disk; 0 where it is not known.
  std::uint64_t bytes() const { return bytes_; }

 private:
  Input(int descriptor, std::string name, std::uint64_t bytes);
  int descriptor_ = -1;
  std::string name_;
  std::uint64_t bytes_ = 0;
};

}  // namespace waymark::commands
