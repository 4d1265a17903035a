#include "engine/cases/notices.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "engine/cases/readers.hpp"
#include "engine/values/exact.hpp"

namespace waymark::cases {

Say Notices::id(std::string_view id, Mark mark) {
  if (id.empty() || ids_named_.size() > kIdsNamed) return Say::nothing;
  if (ids_.add(id, mark)) return Say::nothing;
  if (!ids_named_.emplace(id).second) return Say::nothing;
  if (ids_named_.size() <= kIdsNamed) return Say::it;
  ids_ = {};  // nothing is said of any other
  return Say::that_there_are_more;
}

std::optional<IdsSeen::Bounded> Notices::ids_bounded() const { return ids_.bounded(); }

std::string Notices::remembered(std::string_view where, std::string_view key) {
  return std::string(where).append(1, '/').append(key.substr(0, kKeyCompared));
}

Say Notices::unknown_key(std::string_view where, std::string_view key) {
  std::lock_guard const alone(keys_asked_);
  if (keys_.size() > kKeysNamed) return Say::nothing;
  if (!keys_.insert(remembered(where, key)).second) return Say::nothing;
  return keys_.size() > kKeysNamed ? Say::that_there_are_more : Say::it;
}

bool Notices::has_said(std::string_view where, std::string_view key) const {
  std::lock_guard const alone(keys_asked_);
  return keys_.size() > kKeysNamed || keys_.contains(remembered(where, key));
}

std::shared_ptr<Notices> new_notices() { return std::make_shared<Notices>(); }

std::optional<grammar::DataDiagnostic> ids_not_compared(Notices const& notices, std::string file) {
  auto const bounded = notices.ids_bounded();
  if (!bounded) return std::nullopt;
  auto const number = [](auto count) { return values::write_decimal(static_cast<values::Int128>(count), 0, 0, true); };
  auto const code = grammar::Code::ids_not_compared;
  return grammar::DataDiagnostic{
      code,
      grammar::entry_of(code).severity,
      std::move(file),
      0,
      0,
      fmt::format("After {} different ids each further id was compared with the last {} or more, and not with all.",
                  number(bounded->after), number(bounded->last)),
      "That an id came again after so many others was not looked for. Review the submissions sorted by id to have "
      "all compared."};
}

}  // namespace waymark::cases
