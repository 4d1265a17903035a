// The seam to the disk, over POSIX calls and std::filesystem's forms without exceptions.
#include "engine/commands/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/commands/interrupt.hpp"

namespace waymark::commands {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 30;
constexpr std::size_t kPiece = std::size_t{1} << 16;

std::string reason(int error) {
  switch (error) {
    case ENOENT: return "there is no such file";
    case ENOTDIR: return "there is no such folder";
    case EACCES:
    case EPERM: return "this user may not open it";
    case EISDIR: return "it is a folder, not a file";
    case ENOSPC: return "the disk is full";
    case EROFS: return "the disk can only be read";
    default: return std::strerror(error);  // NOLINT(concurrency-mt-unsafe)
  }
}

WorldError cannot(char const* what, std::string const& path, int error) {
  return {fmt::format("`{}` cannot be {}: {}", path, what, reason(error))};
}

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

struct Opened {
  int descriptor;
  struct stat facts;
};

Result<Opened, WorldError> open_to_read(std::string const& path) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return values::failure(cannot("opened", path, errno));
  struct stat facts = {};
  if (fstat(file.number(), &facts) != 0) return values::failure(cannot("opened", path, errno));
  if (S_ISDIR(facts.st_mode)) return values::failure(cannot("opened", path, EISDIR));
  return Opened{file.release(), facts};
}

// A file is read whole whatever happens; a stream ends where Ctrl-C comes.
enum class OnInterrupt { read_on, end };

void wait_for_bytes_or_interrupt(int descriptor) {
  std::array<pollfd, 2> asked = {{{descriptor, POLLIN, 0}, {ready_when_interrupted(), POLLIN, 0}}};
  while (poll(asked.data(), asked.size(), -1) < 0 && errno == EINTR && !interrupted()) {
  }
}

// Reads what is there: nothing at the end.
Result<std::size_t, WorldError> read_piece(int descriptor, std::string const& name, char* into, std::size_t most,
                                           OnInterrupt on_interrupt) {
  while (true) {
    if (on_interrupt == OnInterrupt::end) wait_for_bytes_or_interrupt(descriptor);
    bool const ended = on_interrupt == OnInterrupt::end && interrupted();
    ssize_t const count = ended ? 0 : read(descriptor, into, most);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return values::failure(cannot("read", name, errno));
    return static_cast<std::size_t>(count);
  }
}

std::optional<WorldError> write_whole(int descriptor, std::string_view text, std::string const& path) {
  while (!text.empty()) {
    ssize_t const count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return cannot("written", path, errno);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (fsync(descriptor) != 0 && errno != EINVAL) return cannot("written", path, errno);
  return std::nullopt;
}

}  // namespace

Result<std::string, WorldError> read_file(std::string const& path) {
  auto const opened = open_to_read(path);
  if (!opened) return values::failure(opened.error());
  Descriptor const file(opened->descriptor);
  std::string text;
  // Room for all of it, and for the piece in which its end is found.
  auto const expected = static_cast<std::uint64_t>(std::max<off_t>(opened->facts.st_size, 0));
  if (expected <= kLargestFile) text.reserve(static_cast<std::size_t>(expected) + kPiece);
  while (true) {
    auto const size = text.size();
    text.resize(size + kPiece);
    auto const count = read_piece(file.number(), path, text.data() + size, kPiece, OnInterrupt::read_on);
    if (!count) return values::failure(count.error());
    text.resize(size + *count);
    if (*count == 0) return text;
    if (text.size() > kLargestFile) {
      return values::failure(WorldError{fmt::format("`{}` is larger than 1 GiB, the most that is read", path)});
    }
  }
}

std::optional<WorldError> write_file(std::string const& path, std::string_view text) {
  // A link stays a link: the file that it names is replaced.
  std::error_code not_there;
  std::error_code error;
  fs::path const there = fs::is_symlink(path, not_there) ? fs::canonical(path, error) : fs::path(path);
  if (error) return cannot("written", path, error.value());
  struct stat facts = {};
  mode_t const rights = stat(there.c_str(), &facts) == 0 ? facts.st_mode & 07777 : 0644;
  std::string beside = there.string() + ".XXXXXX";
  Descriptor const file(mkstemp(beside.data()));
  if (file.number() < 0) return cannot("written", path, errno);
  std::optional<WorldError> failed = write_whole(file.number(), text, path);
  if (!failed && fchmod(file.number(), rights) != 0) failed = cannot("written", path, errno);
  if (!failed && rename(beside.c_str(), there.c_str()) != 0) failed = cannot("written", path, errno);
  if (failed) unlink(beside.c_str());
  return failed;
}

std::optional<WorldError> write_secret(std::string const& path, std::string_view text) {
  Descriptor const file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.number() < 0) return cannot("made", path, errno);
  std::optional<WorldError> failed = write_whole(file.number(), text, path);
  if (failed) unlink(path.c_str());
  return failed;
}

std::optional<WorldError> make_folder(std::string const& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error || !is_folder(path)) return cannot("made", path, error ? error.value() : ENOTDIR);
  return std::nullopt;
}

bool is_folder(std::string const& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_open_to_all(std::string const& path) {
  struct stat facts = {};
  return stat(path.c_str(), &facts) == 0 && (facts.st_mode & S_IROTH) != 0;
}

bool is_file(std::string const& path) {
  std::error_code error;
  return fs::exists(path, error) && !fs::is_directory(path, error);
}

bool is_same_file(std::string const& a, std::string const& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

bool has_entries(std::string const& path) {
  std::error_code error;
  fs::directory_iterator const entries(path, error);
  return !error && entries != fs::directory_iterator();
}

Result<std::vector<std::string>, WorldError> files_under(std::string const& folder, std::string_view ending) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  if (error) return values::failure(cannot("opened", folder, error.value()));
  while (entries != fs::recursive_directory_iterator()) {
    std::string const name = entries->path().filename().string();
    if (entries->is_directory(error)) {
      if (name.starts_with('.')) entries.disable_recursion_pending();
    } else if (name.ends_with(ending) && !name.starts_with('.')) {
      found.push_back(entries->path().string());
    }
    entries.increment(error);
    if (error) return values::failure(cannot("opened", folder, error.value()));
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string shown_path(std::string const& path) {
  std::error_code error;
  fs::path const absolute = fs::absolute(path, error).lexically_normal();
  fs::path const here = fs::current_path(error);
  if (error) return path;
  fs::path const relative = absolute.lexically_relative(here);
  if (relative.empty() || *relative.begin() == "..") return absolute.string();
  return relative.string();
}

std::string path_in(std::string const& folder, std::string const& path) {
  return (fs::path(folder) / path).lexically_normal().string();
}

std::string current_folder() {
  std::error_code error;
  return fs::current_path(error).string();
}

std::string name_of_file(std::string const& path) { return fs::path(path).filename().string(); }

std::string folder_of(std::string const& path) {
  std::string const folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::vector<std::string> folders_upward(std::string const& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path, error).lexically_normal();
  std::vector<std::string> folders;
  if (fs::is_directory(folder, error)) folders.push_back(folder.string());
  while (folder.has_parent_path() && folder != folder.parent_path()) {
    folder = folder.parent_path();
    if (folders.empty() || folders.back() != folder.string()) folders.push_back(folder.string());
  }
  return folders;
}

Input::Input(int descriptor, std::string name, std::uint64_t bytes)
    : descriptor_(descriptor), name_(std::move(name)), bytes_(bytes) {}

Input::Input(Input&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)), bytes_(other.bytes_) {}

Input& Input::operator=(Input&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(name_, other.name_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

Input::~Input() {
  if (descriptor_ > STDIN_FILENO) close(descriptor_);
}

Result<Input, WorldError> Input::open(std::string const& path) {
  if (path == "-") return Input(STDIN_FILENO, "standard input", 0);
  auto const opened = open_to_read(path);
  if (!opened) return values::failure(opened.error());
  std::uint64_t const bytes = S_ISREG(opened->facts.st_mode) ? static_cast<std::uint64_t>(opened->facts.st_size) : 0;
  return Input(opened->descriptor, path, bytes);
}

bool Input::is_ready() const {
  pollfd asked = {descriptor_, POLLIN, 0};
  return poll(&asked, 1, 0) > 0;
}

Result<std::size_t, WorldError> Input::pull(char* into, std::size_t most) {
  return read_piece(descriptor_, name_, into, most, OnInterrupt::end);
}

}  // namespace waymark::commands
