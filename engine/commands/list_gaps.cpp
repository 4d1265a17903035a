// Finds codes without a partner and runs the list again as if they had theirs.
#include "engine/commands/list_gaps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <variant>

#include "engine/cases/cases.hpp"
#include "engine/commands/report.hpp"
#include "engine/evidence/editions.hpp"

namespace waymark::commands {
namespace {

using vocabulary::Kind;
using vocabulary::SourceId;

// A list's key and the key by which its codes are looked up.
using Pair = std::tuple<SourceId, std::uint32_t, SourceId, std::uint32_t>;

class Pairs {
 public:
  explicit Pairs(check::Program const& program) : program_(program) {}

  std::set<Pair> find() {
    for (check::Condition const& condition : program_.conditions) {
      if (auto const* in = std::get_if<check::InList>(&condition.node)) of_condition(*in);
    }
    for (check::Value const& value : program_.values) {
      if (auto const* lookup = std::get_if<check::SourceLookup>(&value.node)) of_lookup(*lookup);
    }
    return std::move(pairs_);
  }

 private:
  void of_condition(check::InList const& in) {
    auto const* key = std::get_if<check::RowKey>(&program_.values[in.subject].node);
    if (key == nullptr || in.list.of != check::ListUse::Of::source) return;
    add(static_cast<SourceId>(in.list.which), 0, key->source, key->key);
  }

  void of_lookup(check::SourceLookup const& lookup) {
    for (std::uint32_t i = 0; i < lookup.keys.size(); ++i) {
      check::KeyBinding const& binding = lookup.keys[i];
      if (binding.list && binding.list->of == check::ListUse::Of::source) {
        add(static_cast<SourceId>(binding.list->which), 0, lookup.source, i);
      }
      if (binding.value == check::kNone) continue;
      auto const& node = program_.values[binding.value].node;
      if (auto const* member = std::get_if<check::Member>(&node)) {
        check::Range const& range = program_.ranges[member->range];
        if (range.of != check::Range::Of::source_list) continue;
        add(static_cast<SourceId>(range.which), 0, lookup.source, i);
      } else if (auto const* key = std::get_if<check::RowKey>(&node)) {
        if (program_.vocabulary.sources[key->source].is_list()) add(key->source, key->key, lookup.source, i);
      }
    }
  }

  void add(SourceId from, std::uint32_t from_key, SourceId in, std::uint32_t in_key) {
    if (from == in) return;
    auto const& a = program_.vocabulary.sources[from].keys[from_key].type;
    auto const& b = program_.vocabulary.sources[in].keys[in_key].type;
    if (a.kind == Kind::code && b.kind == Kind::code && a.system == b.system)
      pairs_.emplace(from, from_key, in, in_key);
  }

  check::Program const& program_;
  std::set<Pair> pairs_;
};

// What the codes are called now; codes without a successor are not there.
using Successors = std::map<values::Symbol, std::vector<values::Symbol>>;

// The codes of a gap that are of one edition; of none that is known, or of the edition that is asked for.
struct Naming {
  std::optional<std::uint16_t> edition;
  std::vector<values::Symbol> codes;
  Successors successors;
};

std::vector<Naming> name_codes(check::Program const& program, evidence::Editions const& editions, ListGap const& gap) {
  vocabulary::Type const& asked = program.vocabulary.sources[gap.in].keys[gap.in_key].type;
  std::map<std::optional<std::uint16_t>, Naming> by_edition;
  for (values::Symbol const code : gap.codes) {
    auto const edition = editions.edition_of(asked.system, code, asked.edition);
    auto& naming = by_edition[edition];
    naming.edition = edition;
    naming.codes.push_back(code);
    if (!edition) continue;
    auto next = editions.successors(asked.system, code, *edition, asked.edition);
    if (!next.empty()) naming.successors.emplace(code, std::move(next));
  }
  std::vector<Naming> out;
  for (auto& each : by_edition) out.push_back(std::move(each.second));
  return out;
}

// The table with each row of a code that has successors written once for each of them instead.
evidence::Table with_successors(evidence::Table const& table, std::uint32_t key, Successors const& successors) {
  evidence::Table made;
  made.titles = table.titles;
  made.keys.resize(table.keys.size());
  made.columns.resize(table.columns.size());
  for (std::size_t row = 0; row < table.rows; ++row) {
    auto const found = successors.find(table.keys[key][row]);
    std::vector<values::Symbol> const as_is = {table.keys[key][row]};
    for (values::Symbol const code : found == successors.end() ? as_is : found->second) {
      for (std::size_t i = 0; i < table.keys.size(); ++i) made.keys[i].push_back(i == key ? code : table.keys[i][row]);
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        made.columns[i].lowest.push_back(table.columns[i].lowest[row]);
        made.columns[i].highest.push_back(table.columns[i].highest[row]);
        made.columns[i].known.push_back(table.columns[i].known[row]);
      }
      ++made.rows;
    }
  }
  made.index();
  return made;
}

std::size_t gained(Members const& before, Members const& after) {
  return static_cast<std::size_t>(std::count_if(after.begin(), after.end(), [&](auto const& member) {
    auto const was = before.find(member.first);
    return member.second == values::kYes && (was == before.end() || was->second != values::kYes);
  }));
}

// `15-1132, 29-2071`
std::string listed(std::vector<values::Symbol> const& codes, values::Symbols const& symbols) {
  std::vector<std::string> texts;
  for (values::Symbol const code : codes) texts.push_back(symbols.text(code));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string gap_message(check::Program const& program, values::Symbols const& symbols, ListGap const& gap,
                        Naming const& naming) {
  vocabulary::Source const& from = program.vocabulary.sources[gap.from];
  vocabulary::Source const& in = program.vocabulary.sources[gap.in];
  vocabulary::Type type = in.keys[gap.in_key].type;
  std::string const held = fmt::format("{} ({})", in.shown, words(type, program.vocabulary));
  std::string const codes = listed(naming.codes, symbols);
  if (!naming.edition) {
    return fmt::format("{} of {} {} not in {}: {}.", counted(naming.codes.size(), "code"), from.shown,
                       naming.codes.size() == 1 ? "is" : "are", held, codes);
  }
  type.edition = *naming.edition;
  std::string const edition = words(type, program.vocabulary);
  return naming.codes.size() == 1
             ? fmt::format("1 code of {} is a {} code, which {} does not hold: {}.", from.shown, edition, held, codes)
             : fmt::format("{} codes of {} are {} codes, which {} does not hold: {}.", naming.codes.size(), from.shown,
                           edition, held, codes);
}

std::string cost_words(std::size_t members, std::string const& kind) {
  return fmt::format(" {} {} missing from the list because of them.", counted(members, kind),
                     members == 1 ? "is" : "are");
}

std::string help_words(Naming const& naming) {
  if (naming.successors.empty())
    return "Look for the codes that took their place, and for a newer release of the list.";
  if (naming.successors.size() < naming.codes.size()) {
    return "Codes without a successor in the crosswalk are not counted.";
  }
  return "";
}

}  // namespace

std::vector<ListGap> list_gaps(check::Program const& program, evidence::Evidence const& evidence,
                               values::Symbols const& symbols, values::Date date) {
  std::vector<ListGap> gaps;
  for (auto const& [from, from_key, in, in_key] : Pairs(program).find()) {
    evidence::Release const* const list = evidence.newest(from, date);
    evidence::Release const* const table = evidence.newest(in, date);
    if (list == nullptr || table == nullptr) continue;
    std::set<values::Symbol> codes;
    for (values::Symbol const code : list->table.keys[from_key]) {
      if (table->table.rows_with(in_key, code).empty()) codes.insert(code);
    }
    if (codes.empty()) continue;
    ListGap gap = {from, from_key, in, in_key, {codes.begin(), codes.end()}};
    std::sort(gap.codes.begin(), gap.codes.end(),
              [&](values::Symbol a, values::Symbol b) { return symbols.text(a) < symbols.text(b); });
    gaps.push_back(std::move(gap));
  }
  return gaps;
}

Members run_list(check::Program const& program, evidence::Evidence const& evidence, values::Symbols& symbols,
                 check::ListId list, values::Date date) {
  review::Plan const plan(program, evidence, symbols);
  if (!program.reviews_record) return review::Run(plan, symbols, nullptr, {date}).list(list, date);
  cases::Batch batch = cases::empty_batch(program.record, program.vocabulary);
  cases::add_missing_row(batch.facts, program.vocabulary);
  batch.origins.emplace_back();
  batch.waivers.emplace_back();
  return review::Run(plan, symbols, &batch, {date}).list(list, date);
}

grammar::DataDiagnostics gap_warnings(Reviewer& reviewer, check::Program const& program, check::ListId list,
                                      values::Date date, Members const& members) {
  grammar::DataDiagnostics warnings;
  auto const gaps = list_gaps(program, reviewer.evidence, reviewer.symbols, date);
  if (gaps.empty()) return warnings;
  evidence::Editions const editions(program.vocabulary, reviewer.evidence, date);
  vocabulary::Source const& universe = program.vocabulary.sources[program.lists[list].source];
  for (ListGap const& gap : gaps) {
    evidence::Release const& release = *reviewer.evidence.newest(gap.from, date);
    for (Naming const& naming : name_codes(program, editions, gap)) {
      std::string message = gap_message(program, reviewer.symbols, gap, naming);
      if (!naming.successors.empty()) {
        evidence::Evidence mended = reviewer.evidence;
        for (evidence::Release& one : mended.releases[gap.from]) {
          one.table = with_successors(one.table, gap.from_key, naming.successors);
        }
        Members const after = run_list(program, mended, reviewer.symbols, list, date);
        message += cost_words(gained(members, after), universe.keys[program.lists[list].key].shown);
      }
      auto const code = grammar::Code::list_codes_not_held;
      warnings.push_back(
          {code, grammar::entry_of(code).severity, release.path, 0, 0, std::move(message), help_words(naming)});
    }
  }
  return warnings;
}

}  // namespace waymark::commands
