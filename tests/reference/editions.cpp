// Codes outside the edition of their field, and codes that a list holds under those of another edition.
#include <algorithm>

#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

namespace {

bool has(std::vector<values::Symbol> const& codes, values::Symbol code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool same_edition(vocabulary::Type const& a, vocabulary::Type const& b) {
  return a.kind == b.kind && a.system == b.system && a.edition == b.edition;
}

}  // namespace

// Some table lists all codes of the edition, and none of those that do has this one.
bool Interpreter::is_outside_edition(vocabulary::Type const& type, Extent const& code) const {
  if (type.kind != vocabulary::Kind::code || type.edition == 0 || !is_exact(code)) return false;
  auto const asked = numerator(*code.lowest).convert_to<values::Symbol>();
  auto const& sources = program_.vocabulary.sources;
  bool some_table = false;
  for (std::size_t id = 0; id < sources.size(); ++id) {
    auto const* table = release(static_cast<vocabulary::SourceId>(id));
    if (!sources[id].lists_all || !same_edition(*sources[id].lists_all, type) || table == nullptr) continue;
    some_table = true;
    for (std::size_t key = 0; key < sources[id].keys.size(); ++key) {
      if (same_edition(sources[id].keys[key].type, type) && has(table->table.keys[key], asked)) return false;
    }
  }
  return some_table;
}

// What a submission gives, as it can be told.
Extent Interpreter::submitted(vocabulary::Field const& field, Extent const& extent) const {
  return is_outside_edition(field.quantity.type, extent) ? unknown() : extent;
}

// A crosswalk leads from the code that is asked for to the one that is listed, and the list holds codes that are of the
// crosswalk's other edition only.
bool Interpreter::is_partner(vocabulary::SourceId list, std::size_t key, values::Symbol asked,
                             values::Symbol listed) const {
  auto const& sources = program_.vocabulary.sources;
  for (std::size_t id = 0; id < sources.size(); ++id) {
    auto const* crosswalk = release(static_cast<vocabulary::SourceId>(id));
    if (!sources[id].is_edition_crosswalk() || crosswalk == nullptr) continue;
    for (std::size_t side = 0; side < 2; ++side) {
      if (!same_edition(sources[list].keys[key].type, sources[id].keys[side].type)) continue;
      auto const& own = crosswalk->table.keys[side];
      auto const& other = crosswalk->table.keys[1 - side];
      auto const& codes = release(list)->table.keys[key];
      bool const mixed = std::any_of(codes.begin(), codes.end(),
                                     [&](values::Symbol code) { return has(other, code) && !has(own, code); });
      for (std::size_t row = 0; mixed && row < own.size(); ++row) {
        if (own[row] == asked && other[row] == listed) return true;
      }
    }
  }
  return false;
}

// Whatever stands in the key `open`.
bool Interpreter::is_held_otherwise(vocabulary::SourceId source, std::vector<values::Symbol> const& asked,
                                    std::uint32_t open) const {
  auto const* list = release(source);
  if (list == nullptr || !program_.vocabulary.sources[source].is_list()) return false;
  for (std::size_t row = 0; row < list->table.rows; ++row) {
    bool all = true;
    for (std::size_t key = 0; key < asked.size(); ++key) {
      if (key == open) continue;
      auto const listed = list->table.keys[key][row];
      all = all && (listed == asked[key] || is_partner(source, key, asked[key], listed));
    }
    if (all) return true;
  }
  return false;
}

// On a List only a partner that may be on it counts, and only for a code of which the List says nothing itself.
bool Interpreter::is_held_otherwise(check::ListUse const& use, Extent const& subject) const {
  if (use.of == check::ListUse::Of::fact || use.of == check::ListUse::Of::figure || !is_exact(subject)) return false;
  auto const asked = numerator(*subject.lowest).convert_to<values::Symbol>();
  if (use.of == check::ListUse::Of::source) {
    return program_.vocabulary.sources[use.which].keys.front().type.kind == vocabulary::Kind::code &&
           is_held_otherwise(static_cast<vocabulary::SourceId>(use.which), {asked});
  }
  auto const& list = program_.lists[use.which];
  auto const listed = this->list(use.which);
  bool const of_codes =
      program_.vocabulary.sources[list.source].is_list() && list.member.kind == vocabulary::Kind::code && listed;
  if (!of_codes || listed->contains(asked) || leaves_out(use.which, subject)) return false;
  return std::any_of(listed->begin(), listed->end(), [&](auto const& member) {
    return member.second != values::kNo && is_partner(list.source, list.key, asked, member.first);
  });
}

}  // namespace waymark::reference
