// Figures that are lists: each member once, with whether it surely is one.
#include <algorithm>

#include "tests/reference/interpreter.hpp"

namespace waymark::reference {

using vocabulary::Kind;

namespace {

// Of a set of which nothing more than this is known.
struct Gathered {
  Members out;

  void more() { out.more = Standing{check::kNone, unknown(), std::nullopt}; }
  void add(Extent const& member, bool may_be_absent) {
    if (!is_exact(member)) return more();  // it may be one of the others
    for (auto& known : out.known) {
      if (*known.standing.member.lowest != *member.lowest) continue;
      known.may_be_absent = known.may_be_absent && may_be_absent;
      return;
    }
    out.known.push_back({{check::kNone, member, std::nullopt}, may_be_absent});
  }
};

// Where it applies, it is this.
bool is_one(Extent const& key) { return key.lowest && key.lowest == key.highest; }

bool surely_holds(Members const& list, Extent const& member) {
  return std::any_of(list.known.begin(), list.known.end(), [&](Member const& known) {
    return *known.standing.member.lowest == *member.lowest && !known.may_be_absent;
  });
}

}  // namespace

// Every row that is named by the keys that are bound.
std::vector<std::uint32_t> Interpreter::rows_named(check::SourceLookup const& node,
                                                   std::vector<Extent> const& keys) const {
  std::vector<std::uint32_t> out;
  auto const* newest = release(node.source);
  for (std::uint32_t row = 0; newest != nullptr && row < newest->table.rows; ++row) {
    bool same = true;
    for (std::size_t k = 0; k < keys.size(); ++k) {
      auto const here = exactly(newest->table.keys[k][row]);
      same = same && (k == node.open || (is_one(keys[k]) && *keys[k].lowest == *here.lowest));
    }
    if (same) out.push_back(row);
  }
  return out;
}

// A code that some crosswalk has in its other edition only.
bool Interpreter::is_of_other_edition(vocabulary::SourceId source, std::size_t key, std::uint32_t row) const {
  auto const& sources = program_.vocabulary.sources;
  auto const& type = sources[source].keys[key].type;
  if (!sources[source].is_list() || type.kind != Kind::code) return false;
  auto const code = release(source)->table.keys[key][row];
  auto const has = [code](std::vector<values::Symbol> const& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  for (std::size_t id = 0; id < sources.size(); ++id) {
    auto const* crosswalk = release(static_cast<vocabulary::SourceId>(id));
    if (!sources[id].is_edition_crosswalk() || crosswalk == nullptr) continue;
    for (std::size_t side = 0; side < 2; ++side) {
      auto const& own = sources[id].keys[side].type;
      bool const alike = own.kind == type.kind && own.system == type.system && own.edition == type.edition;
      if (alike && has(crosswalk->table.keys[1 - side]) && !has(crosswalk->table.keys[side])) return true;
    }
  }
  return false;
}

Members Interpreter::list_of_source(check::SourceLookup const& node) const {
  Gathered out;
  auto const wanted = asked(node, {});
  if (!wanted.may_apply || wanted.may_not_apply || wanted.more) out.more();
  for (auto const& named : wanted.rows) {
    if (!wanted.may_apply) break;
    bool told = true;
    for (std::size_t k = 0; k < named.keys.size(); ++k) told = told && (k == node.open || is_one(named.keys[k]));
    auto const rows = told ? rows_named(node, named.keys) : std::vector<std::uint32_t>();
    bool const is_list = program_.vocabulary.sources[node.source].is_list();
    bool const surely_none = told && rows.empty() && is_list && !lacks_rows(node.source) && !is_held(node, named.keys);
    if (lacks_rows(node.source) || !told || (rows.empty() && !surely_none)) out.more();
    for (auto const row : rows) {
      auto const kept = passes(node, {node.source, row}, {});
      if (kept == values::kNo || kept == values::kDoesNotApply) continue;
      if (is_of_other_edition(node.source, node.open, row)) {
        out.more();
      } else {
        auto const& untold = release(node.source)->table.untold;  // of a list that another policy decided
        bool const sure = named.sure && kept == values::kYes && (untold.empty() || untold[row] == 0);
        out.add(key({node.source, row}, node.open), !sure || wanted.may_not_apply);
      }
    }
  }
  return out.out;
}

Members Interpreter::list_of(check::ValueId id) const {
  auto const& node = program_.values[id].node;
  if (auto const* figure = std::get_if<check::FigureRef>(&node)) return list_figure(figure->figure);
  if (auto const* lookup = std::get_if<check::SourceLookup>(&node)) return list_of_source(*lookup);
  Gathered out;
  auto const submitted = members_of_fact(std::get<check::Fact>(node).fact, check::kNone, {});
  if (submitted.more) out.more();
  for (auto const& member : submitted.known) out.add(member.standing.member, false);
  return out.out;
}

Members Interpreter::list_figure(check::FigureId id) const {
  auto const& figure = program_.figures[id];
  std::vector<Members> possible;
  auto const second = fallback_used(figure, {});
  if ((second & values::kYes) != 0) possible.push_back(list_of(figure.fallback->value));
  if ((second & values::kNo) != 0) {
    for (auto const& one : figure.cases) {
      auto const when = one.when == check::kNone ? values::kYes : truth(one.when, {});
      if ((when & values::kYes) == 0) continue;
      possible.push_back(list_of(one.value));
      if (when == values::kYes) break;
    }
  }
  Gathered out;
  for (auto const& list : possible) {
    if (list.more) out.more();
    for (auto const& member : list.known) {
      auto const& named = member.standing.member;
      bool const in_all = std::all_of(possible.begin(), possible.end(),
                                      [&](Members const& other) { return surely_holds(other, named); });
      out.add(named, !in_all);
    }
  }
  return out.out;
}

Members Interpreter::members_of_figure(check::FigureId id, check::RangeId range) const {
  auto out = list_figure(id);
  for (auto& member : out.known) member.standing.range = range;
  if (out.more) out.more->range = range;
  return out;
}

}  // namespace waymark::reference
