#include "engine/ledger/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace waymark::ledger {
namespace {

LedgerError world(std::string message) { return {LedgerError::Kind::world, std::move(message)}; }

// The writer leaves the number of its process, to be named to those who are refused.
std::string left_number(int descriptor) {
  char digits[20] = {};
  auto const size = ::pread(descriptor, digits, sizeof digits, 0);
  std::string out;
  for (ssize_t i = 0; i < size && digits[i] >= '0' && digits[i] <= '9'; ++i) out.push_back(digits[i]);
  return out;
}

void leave_number(int descriptor) {
  auto const digits = fmt::format("{}\n", ::getpid());
  // Only talk: whoever cannot write it has the lock all the same.
  if (::ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] auto const written = ::pwrite(descriptor, digits.data(), digits.size(), 0);
  }
}

}  // namespace

LedgerResult<WriterLock> WriterLock::take(std::string const& path) {
  // Two names of one file would have two locks and two logs.
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0 && found.st_nlink > 1) {
    return values::failure(world(fmt::format(
        "the ledger {} has another name, too (a hard link), under which another process could write to it; take that "
        "away",
        path)));
  }
  auto const name = path + ".writer";
  int const descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (descriptor < 0) return values::failure(world(fmt::format("{} cannot be made: {}", name, std::strerror(errno))));
  WriterLock lock(descriptor);
  struct stat locked {};
  if (::fstat(descriptor, &locked) != 0 || !S_ISREG(locked.st_mode)) {
    return values::failure(world(fmt::format("{} is no file that could be locked; take it away", name)));
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
    leave_number(descriptor);
    return lock;
  }
  if (errno != EWOULDBLOCK) {
    return values::failure(world(fmt::format("{} cannot be locked: {}", name, std::strerror(errno))));
  }
  auto const number = left_number(descriptor);
  return values::failure(world(fmt::format("another process{} is recording to the ledger {}; try again when it is done",
                                           number.empty() ? "" : " (" + number + ")", path)));
}

WriterLock::WriterLock(WriterLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace waymark::ledger
