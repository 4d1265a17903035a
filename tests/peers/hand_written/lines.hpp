// The files: submissions come in as whole lines, a megabyte at a time; decisions go out the same way.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tests/peers/hand_written/tables.hpp"

namespace hand_written {

inline constexpr std::size_t kPiece = 1U << 20;
inline constexpr std::size_t kPadding = 128;  ///< bytes after the lines that readers may look at

/// Gives `use` the lines of a file, some at a time, as the beginning of what may be read and their length.
template <class Use>
void each_piece(char const* path, Use use) {
  int const file = ::open(path, O_RDONLY);
  if (file < 0) stop("the submissions cannot be read");
  std::vector<char> bytes(kPiece + kPadding);
  std::size_t held = 0;
  for (;;) {
    auto const got = ::read(file, bytes.data() + held, kPiece - held);
    if (got <= 0) break;
    held += static_cast<std::size_t>(got);
    auto const end = std::string_view(bytes.data(), held).rfind('\n') + 1;  // 0 when there is none
    if (end == 0) continue;
    use(bytes.data(), end);
    std::memmove(bytes.data(), bytes.data() + end, held - end);
    held -= end;
  }
  ::close(file);
  if (held != 0) stop("a line is too long, or the last one has no end");
}

class Out {
 public:
  /// The most that may be put after one `room`.
  static constexpr std::size_t kMost = 4096;

  explicit Out(char const* path) : bytes_(kPiece), file_(::open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644)) {
    if (file_ < 0) stop("the decisions cannot be written");
  }
  ~Out() {
    flush();
    ::close(file_);
  }
  Out(Out const&) = delete;
  Out& operator=(Out const&) = delete;

  void room() {
    if (used_ + kMost > bytes_.size()) flush();
  }
  void put(std::string_view text) {
    std::memcpy(&bytes_[used_], text.data(), text.size());
    used_ += text.size();
  }
  void put(char letter) { bytes_[used_++] = letter; }
  void put_number(std::int64_t value) {
    std::array<char, 24> digits;
    auto at = digits.size();
    auto rest = value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    do {
      digits[--at] = static_cast<char>('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (value < 0) digits[--at] = '-';
    put(std::string_view(&digits[at], digits.size() - at));
  }

 private:
  void flush() {
    for (std::size_t at = 0; at < used_;) {
      auto const wrote = ::write(file_, &bytes_[at], used_ - at);
      if (wrote <= 0) stop("the decisions cannot be written");
      at += static_cast<std::size_t>(wrote);
    }
    used_ = 0;
  }

  std::vector<char> bytes_;
  int file_;
  std::size_t used_ = 0;
};

}  // namespace hand_written
