// Remembering ids in a table that a million of them fill with 32 MB.
#include "engine/cases/notices.hpp"

#include <cstring>
#include <memory>

#include "engine/cases/readers.hpp"

namespace waymark::cases {
namespace {

constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15U;
constexpr std::uint64_t kSecond = 0xD6E8FEB86659FD93U;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  auto out = (a ^ (a >> 29)) * kFirst + b;
  out = (out ^ (out >> 32)) * kSecond;
  return out ^ (out >> 31);
}

}  // namespace

Notices::Mark Notices::mark_of(std::string_view id) {
  Mark out{kFirst ^ id.size(), kSecond + id.size()};
  while (!id.empty()) {
    std::uint64_t eight = 0;
    auto const size = id.size() < 8 ? id.size() : 8;
    std::memcpy(&eight, id.data(), size);
    id.remove_prefix(size);
    out.low = mixed(out.low, eight);
    out.high = mixed(out.high + kSecond, eight ^ kFirst);
  }
  if (out == Mark{}) out.low = 1;
  return out;
}

void Notices::grow() {
  auto const old = std::move(marks_);
  marks_.assign(old.empty() ? 1024 : old.size() * 2, {});
  used_ = 0;
  for (auto const mark : old) {
    if (mark != Mark{}) add(mark);
  }
}

bool Notices::add(Mark mark) {
  auto at = mark.low & (marks_.size() - 1);
  for (; marks_[at] != Mark{}; at = (at + 1) & (marks_.size() - 1)) {
    if (marks_[at] == mark) return false;
  }
  marks_[at] = mark;
  ++used_;
  return true;
}

Say Notices::id(std::string_view id, Mark mark) {
  if (id.empty()) return Say::nothing;
  if (2 * used_ >= marks_.size()) grow();
  if (add(mark) || ids_named_.size() > kIdsNamed) return Say::nothing;
  if (!ids_named_.emplace(id).second) return Say::nothing;
  return ids_named_.size() > kIdsNamed ? Say::that_there_are_more : Say::it;
}

std::string Notices::remembered(std::string_view where, std::string_view key) {
  return std::string(where).append(1, '/').append(key.substr(0, kKeyCompared));
}

Say Notices::unknown_key(std::string_view where, std::string_view key) {
  if (keys_.size() > kKeysNamed) return Say::nothing;
  if (!keys_.insert(remembered(where, key)).second) return Say::nothing;
  return keys_.size() > kKeysNamed ? Say::that_there_are_more : Say::it;
}

bool Notices::has_said(std::string_view where, std::string_view key) const {
  return keys_.size() > kKeysNamed || keys_.contains(remembered(where, key));
}

std::shared_ptr<Notices> new_notices() { return std::make_shared<Notices>(); }

}  // namespace waymark::cases
