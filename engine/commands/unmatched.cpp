// Codes without a row: found by looking each code up in its release, counted only where the explanation names them.
#include "engine/commands/unmatched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <utility>
#include <variant>

#include "engine/commands/outside_codes.hpp"
#include "engine/evidence/editions.hpp"

namespace waymark::commands {
namespace {

using vocabulary::Kind;

constexpr std::size_t kMostNamed = 10;

// The position of the field whose codes a key is bound to, or kNone.
std::uint32_t bound_field(check::Program const& program, check::KeyBinding const& binding) {
  auto const outermost = [](check::FactRef const& fact) {
    return fact.outer == check::kNone ? fact.position : check::kNone;
  };
  if (binding.list) {
    return binding.list->of == check::ListUse::Of::fact ? outermost(binding.list->fact) : check::kNone;
  }
  if (binding.value == check::kNone) return check::kNone;
  auto const& node = program.values[binding.value].node;
  if (auto const* fact = std::get_if<check::Fact>(&node)) return outermost(fact->fact);
  if (auto const* member = std::get_if<check::Member>(&node)) {
    check::Range const& range = program.ranges[member->range];
    if (range.of == check::Range::Of::list_field) return range.which;
  }
  return check::kNone;
}

// In a list absence is an answer, unless it speaks of a whole edition.
bool absence_is_unknown(vocabulary::Source const& source) { return !source.is_list() || source.lists_all.has_value(); }

// The members of a field for one case; of one that is not a list, its only value.
std::span<values::Steps const> codes_of(cases::FieldColumn const& field, std::uint32_t i) {
  if (field.offsets.empty()) {
    bool const known = i < field.values.size() && field.values.known[i] == values::Known::exactly;
    return known ? std::span(&field.values.lowest[i], 1) : std::span<values::Steps const>();
  }
  return std::span(field.values.lowest).subspan(field.offsets[i], field.offsets[i + 1] - field.offsets[i]);
}

bool rests_on(std::vector<explain::Need> const& needs, std::string const& source, std::string const& code) {
  return std::any_of(needs.begin(), needs.end(), [&](explain::Need const& need) {
    bool const of_source = need.fact == source || need.fact.starts_with(source + ".");
    return of_source && need.for_what.find(code) != std::string::npos;
  });
}

// Cases that follow each other and read one release of each Source: they share policy and date.
struct Stretch {
  std::uint32_t begin, end;
};
std::vector<Stretch> stretches(Judged& judged) {
  std::vector<Stretch> out;
  auto const moment = [&](std::uint32_t i) { return std::pair(judged.epoch(i), judged.date(i)); };
  for (std::uint32_t i = 0; i < judged.size();) {
    auto const begin = i;
    while (++i < judged.size() && moment(i) == moment(begin)) {
    }
    out.push_back({begin, i});
  }
  return out;
}

// Marks the cases of which some code has no row. Codes of a list are gone through as they stand, case after case: whose
// code it is, is asked of the few that have no row.
void mark_without_row(cases::FieldColumn const& field, Stretch const& stretch, evidence::Release const& release,
                      std::size_t key, std::vector<std::uint8_t>& without) {
  auto const& [begin, end] = stretch;
  auto const& codes = field.values.lowest;
  auto const has_row = [&table = release.table, key](values::Steps code) {
    return !table.rows_with(key, static_cast<values::Symbol>(code)).empty();
  };
  if (field.offsets.empty()) {
    for (auto i = begin; i < end && i < field.values.size(); ++i) {
      if (field.values.known[i] == values::Known::exactly && !has_row(codes[i])) without[i] = 1;
    }
    return;
  }
  for (auto place = field.offsets[begin]; place < field.offsets[end]; ++place) {
    if (has_row(codes[place])) continue;
    auto const after = std::upper_bound(field.offsets.begin() + begin, field.offsets.begin() + end, place);
    without[static_cast<std::size_t>(after - field.offsets.begin()) - 1] = 1;
  }
}

// The cases of which some code has no row, in order. They are few: what a code is missing for is asked of them alone.
std::vector<std::uint32_t> cases_without_row(Judged& judged, std::vector<CodeLookup> const& lookups) {
  std::vector<std::uint8_t> without(judged.size(), 0);
  auto const all = stretches(judged);
  for (CodeLookup const& lookup : lookups) {
    auto const& field = judged.batch().facts.fields[lookup.position];
    for (Stretch const& stretch : all) {
      auto const* release = judged.run(stretch.begin).release(lookup.source, stretch.begin);
      if (release != nullptr) mark_without_row(field, stretch, *release, lookup.key, without);
    }
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < without.size(); ++i) {
    if (without[i] != 0 && judged.batch().origins[i].fault.empty()) out.push_back(i);
  }
  return out;
}

void count_case(Judged& judged, std::vector<CodeLookup> const& lookups, std::uint32_t i, UnmatchedCounts& counts) {
  std::set<Unmatched> without_row;
  for (CodeLookup const& lookup : lookups) {
    evidence::Release const* const release = judged.run(i).release(lookup.source, i);
    if (release == nullptr) continue;
    for (values::Steps const code : codes_of(judged.batch().facts.fields[lookup.position], i)) {
      auto const symbol = static_cast<values::Symbol>(code);
      if (!release->table.rows_with(lookup.key, symbol).empty()) continue;
      without_row.insert({lookup.source, lookup.key, release, symbol});
    }
  }
  explain::Subject const subject = judged.subject(i);
  std::vector<explain::Need> const needs = explain::needs(subject);
  for (Unmatched const& one : without_row) {
    std::string const& source = subject.program.vocabulary.sources[one.source].name;
    if (rests_on(needs, grammar::data_key(source), subject.symbols.text(one.code))) ++counts[one];
  }
}

std::string edition_note(Reviewer const& reviewer, evidence::Editions const& editions, Unmatched const& one) {
  vocabulary::Type const& type = reviewer.program().vocabulary.sources[one.source].keys[one.key].type;
  auto const words = other_edition_words(reviewer, editions, type, one.code);
  return words.empty() ? "" : " (" + words + ")";
}

}  // namespace

std::vector<CodeLookup> code_lookups(check::Program const& program) {
  std::set<CodeLookup> found;
  auto const& fields = program.vocabulary.records[program.record].fields;
  for (check::Value const& value : program.values) {
    auto const* lookup = std::get_if<check::SourceLookup>(&value.node);
    if (lookup == nullptr) continue;
    vocabulary::Source const& source = program.vocabulary.sources[lookup->source];
    for (std::uint32_t key = 0; key < lookup->keys.size(); ++key) {
      std::uint32_t const position = bound_field(program, lookup->keys[key]);
      if (position == check::kNone || source.keys[key].type.kind != Kind::code || !absence_is_unknown(source)) continue;
      vocabulary::Field const& field = program.vocabulary.fields[fields[position]];
      if (field.quantity.type.kind == Kind::code && field.each.empty()) found.insert({lookup->source, key, position});
    }
  }
  return {found.begin(), found.end()};
}

void count_unmatched(Judged& judged, std::vector<CodeLookup> const& lookups, UnmatchedCounts& counts) {
  for (auto const i : cases_without_row(judged, lookups)) count_case(judged, lookups, i, counts);
}

std::vector<std::string> unmatched_lines(Reviewer const& reviewer, UnmatchedCounts const& counts) {
  std::vector<std::string> lines;
  std::map<vocabulary::SourceId, std::size_t> named;
  auto const& sources = reviewer.program().vocabulary.sources;
  evidence::Editions const editions(reviewer.program().vocabulary, reviewer.evidence,
                                    reviewer.date.value_or(reviewer.today));
  std::vector<std::pair<Unmatched, std::size_t>> sorted(counts.begin(), counts.end());
  std::sort(sorted.begin(), sorted.end(), [&](auto const& a, auto const& b) {  // symbols follow the input's order
    return std::tuple(a.first.source, reviewer.symbols.text(a.first.code), a.first.key, a.first.release->entry.name) <
           std::tuple(b.first.source, reviewer.symbols.text(b.first.code), b.first.key, b.first.release->entry.name);
  });
  for (auto const& [one, submissions] : sorted) {
    if (named[one.source]++ >= kMostNamed) continue;
    vocabulary::Source const& source = sources[one.source];
    lines.push_back(fmt::format("{} {} has no row in {} ({}): {} submission{} could not be told because of it{}",
                                source.keys[one.key].shown, reviewer.symbols.text(one.code), source.shown,
                                one.release->entry.name, submissions, submissions == 1 ? "" : "s",
                                edition_note(reviewer, editions, one)));
  }
  for (auto const& [source, count] : named) {
    if (count <= kMostNamed) continue;
    lines.push_back(fmt::format("and {} more codes without a row in {}", count - kMostNamed, sources[source].shown));
  }
  return lines;
}

}  // namespace waymark::commands
