// Writes canonical JSON. What reads it again is body.cpp.
#include "engine/ledger/canonical.hpp"

#include <algorithm>

#include "engine/ledger/body.hpp"
#include "engine/values/json_text.hpp"
#include "engine/values/result.hpp"

namespace waymark::ledger {

namespace {

constexpr std::size_t kUsualMembers = 16;

}  // namespace

std::string text_json(std::string_view text) { return values::json_string(text); }

std::string number_json(std::int64_t number) { return std::to_string(number); }

std::string flag_json(bool flag) { return flag ? "true" : "false"; }

std::string list_json(std::vector<std::string> const& items) {
  std::string out = "[";
  for (auto const& item : items) {
    if (out.size() > 1) out.push_back(',');
    out += item;
  }
  out.push_back(']');
  return out;
}

std::string numbers_json(std::vector<std::uint64_t> const& numbers) {
  std::vector<std::string> items;
  for (auto const number : numbers) items.push_back(std::to_string(number));
  return list_json(items);
}

void Object::begin(std::string_view key) {
  unsigned char all = 0;
  for (auto const c : key) all |= static_cast<unsigned char>(c);
  WAYMARK_CHECK(all < 0x80, "a key that is not ASCII");
  if (members_.empty()) members_.reserve(kUsualMembers);
  members_.push_back({buffer_.size(), buffer_.size() + key.size(), 0});
  buffer_ += key;
}

Object& Object::end() {
  members_.back().end = buffer_.size();
  return *this;
}

Object& Object::put(std::string_view key, std::string_view json) {
  begin(key);
  buffer_ += json;
  return end();
}

Object& Object::text(std::string_view key, std::string_view value) {
  begin(key);
  values::append_json_string(buffer_, value);
  return end();
}

Object& Object::number(std::string_view key, std::int64_t value) {
  WAYMARK_CHECK(value <= kLargestNumber && value >= -kLargestNumber, "a number past 2^53 - 1");
  return put(key, number_json(value));
}

Object& Object::flag(std::string_view key, bool value) { return put(key, flag_json(value)); }

Object& Object::object(std::string_view key, Object const& value) {
  begin(key);
  value.write(buffer_);
  return end();
}

void Object::write(std::string& out) const {
  std::string_view const all = buffer_;
  auto const key = [&](Member const& member) { return all.substr(member.key, member.value - member.key); };
  auto const before = [&](Member const& a, Member const& b) { return key(a) < key(b); };
  auto sorted = members_;
  if (!std::is_sorted(sorted.begin(), sorted.end(), before)) std::sort(sorted.begin(), sorted.end(), before);
  out.push_back('{');
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    WAYMARK_CHECK(i == 0 || key(sorted[i - 1]) != key(sorted[i]), "an object was given one key twice");
    if (i != 0) out.push_back(',');
    values::append_json_string(out, key(sorted[i]));
    out.push_back(':');
    out += all.substr(sorted[i].value, sorted[i].end - sorted[i].value);
  }
  out.push_back('}');
}

std::string Object::json() const {
  std::string out;
  out.reserve(buffer_.size() + 4 * members_.size() + 2);
  write(out);
  return out;
}

}  // namespace waymark::ledger
