// Layers: the names of the policies on which one builds, which of their criteria it takes over, and that it asks for
// all of these.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/check/arrows.hpp"
#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::BlockKind;
using grammar::ClauseKind;

namespace {

std::string quoted(std::vector<std::string> const& names) {
  std::vector<std::string> out;
  for (auto const& name : names) out.push_back(fmt::format("`{}`", name));
  return fmt::format("{}", fmt::join(out, ", "));
}

// What decisions ask for, by name or through what they name.
std::set<Definition> asked_by_decisions(Program const& program) {
  std::vector<Definition> decisions;
  for (std::uint32_t id = 0; id < program.decisions.size(); ++id) decisions.push_back({Thing::decision, id});
  return reached_from(program, std::move(decisions));
}

// By how little of its path a layer can be told from the others: most often by the last part.
std::string shortest_name(Layers const& layers, std::size_t which) {
  auto const& path = layers.all[which].name;
  for (auto slash = path.rfind('/'); slash != std::string::npos && slash > 0; slash = path.rfind('/', slash - 1)) {
    auto const end = path.substr(slash);
    auto const same = [&](Layers::Layer const& other) { return ("/" + other.name).ends_with(end); };
    if (std::count_if(layers.all.begin(), layers.all.end(), same) == 1) return grammar::name_key(end.substr(1));
  }
  return grammar::name_key(path);
}

}  // namespace

void Checker::open_scopes() {
  auto const& layers = setting_.layers;
  scopes_.resize(1 + layers.all.size());
  scopes_[0].file = &policy_;
  for (auto const& base : layers.bases) scopes_[0].bases.push_back(1 + base.layer);
  for (std::size_t i = 0; i < layers.all.size(); ++i) {
    auto& scope = scopes_[1 + i];
    scope.layer = layers.all[i].name;
    scope.keyword = shortest_name(layers, i);
    scope.file = layers.all[i].file;
    for (auto const base : layers.all[i].bases) scope.bases.push_back(1 + base);
    program().layers.push_back(scope.layer);
  }
  for (auto const& base : layers.bases) {
    scopes_[1 + base.layer].said = base.span;
    for (auto const other : below(1 + base.layer)) {
      if (scopes_[other].said == Span{}) scopes_[other].said = base.span;
    }
  }
}

// Every scope on which one builds, however far down; ascending.
std::vector<std::size_t> Checker::below(std::size_t scope) const {
  std::set<std::size_t> found;
  std::vector<std::size_t> open = scopes_[scope].bases;
  while (!open.empty()) {
    auto const next = open.back();
    open.pop_back();
    if (!found.insert(next).second) continue;
    open.insert(open.end(), scopes_[next].bases.begin(), scopes_[next].bases.end());
  }
  return {found.begin(), found.end()};
}

// Whether a criterion of `scope` is one of those that `from` takes over: on some way down to it nobody replaces it.
bool Checker::is_visible(std::size_t from, std::size_t scope, std::string const& key) const {
  std::set<std::size_t> seen;
  std::vector<std::size_t> open{from};
  while (!open.empty()) {
    auto const next = open.back();
    open.pop_back();
    if (next == scope) return true;
    if (!seen.insert(next).second || scopes_[next].replaces.contains({scope, key})) continue;
    open.insert(open.end(), scopes_[next].bases.begin(), scopes_[next].bases.end());
  }
  return false;
}

std::size_t Checker::scope_of(Span span) const {
  for (std::size_t i = 1; i < scopes_.size(); ++i) {
    if (scopes_[i].file->id == span.file) return i;
  }
  return 0;  // the policy's own, and thresholds beside it
}

bool Checker::layer_fits(std::size_t scope) {
  auto const& blocks = scopes_[scope].file->blocks;
  auto const head =
      std::find_if(blocks.begin(), blocks.end(), [](auto const& b) { return b.kind == BlockKind::policy; });
  if (head == blocks.end()) return true;  // a fault of its own
  if (!in_force(*head)) {
    report(Code::not_in_force_then, scopes_[scope].said,
           fmt::format("`{}` is not in force on {}", scopes_[scope].layer, values::write_date(epoch_.from)),
           "Let the policy begin and end within the dates of the policies on which it builds.")
        .secondary.push_back({head->head, "this one"});
    return false;
  }
  for (auto const& clause : head->clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind != ClauseKind::reviews || names == nullptr || names->names.empty()) continue;
    if (names->names.front().key == program().reviews) return true;
    report(Code::layer_not_usable, scopes_[scope].said,
           fmt::format("`{}` reviews `{}`, and this policy `{}`", scopes_[scope].layer, names->names.front().text,
                       program().reviews),
           "Build on policies that review the same record.")
        .secondary.push_back({clause.span, "what it reviews"});
    return false;
  }
  return true;
}

// `Replaces: federal/perkins/size, enrollment`
void Checker::replaced(std::size_t scope) {
  scope_ = scope;
  for (auto const& block : scopes_[scope].file->blocks) {
    if (block.kind != BlockKind::policy) continue;
    for (auto const& clause : block.clauses) {
      auto const* names = std::get_if<grammar::Names>(&clause.body);
      if (clause.kind == ClauseKind::replaces && names != nullptr && !names->names.empty()) replaced_by(clause, scope);
    }
  }
  scope_ = 0;
}

void Checker::replaced_by(Clause const& clause, std::size_t scope) {
  auto const& names = std::get<grammar::Names>(clause.body).names;
  auto const layer = layer_named(names.front().key);
  if (!layer) {
    std::vector<std::string> known;
    for (auto const one : below(scope)) known.push_back(scopes_[one].layer);
    auto const near = grammar::nearest(names.front().key, known);
    auto& diagnostic = report(Code::layer_unknown, names.front().span,
                              fmt::format("This policy does not build on `{}`", names.front().text),
                              !near.empty()   ? fmt::format("Did you mean `{}`?", near)
                              : known.empty() ? "Say first on what it builds: `Builds on: …`."
                                              : fmt::format("It builds on: {}.", fmt::join(known, ", ")));
    if (!near.empty()) diagnostic.edit = grammar::Edit{names.front().span, near};
    return;
  }
  if (names.size() == 1) {
    report(Code::name_needed, names.front().span, fmt::format("Nothing of `{}` is replaced", scopes_[*layer].layer),
           fmt::format("Name its criteria behind a comma: `Replaces: {}, …`.", scopes_[*layer].layer));
    return;
  }
  std::vector<std::size_t> where{*layer};
  for (auto const one : below(*layer)) where.push_back(one);
  for (std::size_t i = 1; i < names.size(); ++i) {
    std::vector<std::string> known;
    bool found = false;
    for (auto const one : where) {
      for (auto const& block : scopes_[one].file->blocks) {
        if (block.kind != BlockKind::criterion || !in_force(block)) continue;
        known.push_back(block.name.key);
        if (block.name.key != names[i].key || !is_visible(*layer, one, block.name.key)) continue;
        found = true;
        scopes_[scope].replaces.emplace(std::pair(one, block.name.key), names[i].span);
      }
      if (found) break;  // its own before those of its layers
    }
    if (found) continue;
    auto const near = grammar::nearest(names[i].key, known);
    auto& diagnostic = report(Code::not_a_criterion, names[i].span,
                              fmt::format("`{}` is no criterion of `{}`", names[i].text, scopes_[*layer].layer),
                              !near.empty()   ? fmt::format("Did you mean `{}`?", near)
                              : known.empty() ? "It has no criteria."
                                              : fmt::format("Its criteria are: {}.", fmt::join(known, ", ")));
    if (!near.empty()) diagnostic.edit = grammar::Edit{names[i].span, near};
  }
}

// By its path or the end of it, where that is clear; a field of the record goes before.
std::optional<std::size_t> Checker::layer_named(std::string const& key) const {
  auto const own = scopes_[scope_].names.find(key);
  if (own != scopes_[scope_].names.end() && own->second.what == Named::field) return std::nullopt;
  std::vector<std::size_t> found;
  for (auto const scope : below(scope_)) {
    auto const path = grammar::name_key(scopes_[scope].layer);
    if (path == key) return scope;
    if (path.ends_with("/" + key)) found.push_back(scope);
  }
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

// How a condition names the layer.
std::string Checker::said_as(std::size_t scope) const {
  auto const& keyword = scopes_[scope].keyword;
  return keyword.find('/') == std::string::npos ? keyword : fmt::format("\"{}\"", keyword);
}

// All criteria that come through a layer can be counted by its name: `all of program-of-study are met`.
void Checker::layers_as_groups() {
  for (std::size_t reader = 0; reader < scopes_.size(); ++reader) {
    for (auto const layer : below(reader)) {
      Group made{scopes_[layer].keyword, scopes_[layer].layer, {}, scopes_[layer].said};
      auto const through = below(layer);
      for (CriterionId id = 0; id < criterion_blocks_.size(); ++id) {
        auto const scope = criterion_scope_[id];
        auto const& key = criterion_blocks_[id]->name.key;
        bool const inside = scope == layer || std::find(through.begin(), through.end(), scope) != through.end();
        if (inside && is_visible(layer, scope, key) && is_visible(reader, scope, key)) made.criteria.push_back(id);
      }
      if (made.criteria.empty()) continue;
      layer_groups_[{reader, layer}] = static_cast<GroupId>(program().groups.size());
      program().groups.push_back(std::move(made));
    }
  }
}

std::optional<Entity> Checker::group_of_layer(std::string const& key) const {
  auto const layer = layer_named(key);
  auto const group = layer ? layer_groups_.find({scope_, *layer}) : layer_groups_.end();
  if (group == layer_groups_.end()) return std::nullopt;
  return Entity{Named::group, group->second, scopes_[*layer].said};
}

// What a layer asks is not lost by being forgotten: it is asked for, or replaced.
void Checker::asked_of_layers() {
  // Where something could not be read, it may be what asks.
  if (program().decisions.empty() || scopes_.size() == 1 || grammar::has_errors(diagnostics_)) return;
  auto const asked = asked_by_decisions(program());
  for (std::size_t scope = 1; scope < scopes_.size(); ++scope) {
    std::vector<std::string> forgotten;
    for (CriterionId id = 0; id < criterion_blocks_.size(); ++id) {
      if (criterion_scope_[id] == scope && !asked.contains({Thing::criterion, id}))
        forgotten.push_back(criterion_blocks_[id]->name.text);
    }
    if (forgotten.empty()) continue;
    report(Code::layer_not_asked, scopes_[scope].said,
           fmt::format("No decision asks for {} of `{}`", quoted(forgotten), scopes_[scope].layer),
           fmt::format("Ask for all that it asks, `all of {} are met`; or say what you leave out: `Replaces: {}, {}`.",
                       said_as(scope), scopes_[scope].layer, fmt::join(forgotten, ", ")));
  }
}

// Whether this name was a criterion where it is read, and is one no more. Groups are then smaller; nothing else of a
// layer may ask for it.
bool Checker::is_replaced_here(std::string const& key) const {
  auto there = below(scope_);
  there.push_back(scope_);
  return std::any_of(scopes_.begin(), scopes_.end(), [&](Scope const& by) {
    return std::any_of(there.begin(), there.end(), [&](std::size_t scope) {
      return by.replaces.contains({scope, key}) && !is_visible(0, scope, key);
    });
  });
}

bool Checker::asks_for_replaced(std::string const& key, Span span) {
  if (!is_replaced_here(key)) return false;
  for (auto const& by : scopes_) {
    for (auto const& [what, said] : by.replaces) {
      if (what.second != key) continue;
      report(Code::layer_not_usable, said, fmt::format("`{}` is replaced, and is asked for all the same", key),
             "Replace what asks for it, too; or let it stand.")
          .secondary.push_back({span, "here"});
      return true;
    }
  }
  return true;
}

// The criteria that a name means: where several layers ask, all of them; a name with its layer means the one.
std::vector<CriterionId> Checker::criteria_named(Entity const& named, grammar::Path const& path) {
  std::vector<CriterionId> out{named.index};
  if (path.names.size() > 1 && layer_named(path.names.front().key)) return out;
  auto const& key = criterion_blocks_[named.index]->name.key;
  for (auto const scope : below(scope_)) {
    auto const found = scopes_[scope].names.find(key);
    if (found == scopes_[scope].names.end() || found->second.what != Named::criterion) continue;
    if (found->second.index != named.index && is_visible(scope_, scope, key)) out.push_back(found->second.index);
  }
  return out;
}

// `"size's enough seats"`: a quoted name may say of which layer it is, too.
grammar::Path Checker::path_of(grammar::Phrase const& name) const {
  grammar::Path out{{name}, name.span};
  auto const mark = name.key.find("'s ");
  if (mark == std::string::npos || !layer_named(name.key.substr(0, mark))) return out;
  auto layer = name;
  layer.text = layer.key = name.key.substr(0, mark);
  out.names.front().key = name.key.substr(mark + 3);
  out.names.front().text = out.names.front().key;
  out.names.insert(out.names.begin(), std::move(layer));
  return out;
}

// Where several layers ask under one name, a group holds them as one: met where all of them are.
CriterionId Checker::as_one(std::vector<CriterionId> const& criteria, grammar::Phrase const& name) {
  if (criteria.size() == 1) return criteria.front();
  if (auto const known = joint_.find(criteria); known != joint_.end()) return known->second;
  grammar::Value subject{grammar::Path{{name}, name.span}, name.span};
  SyntaxCondition const asked{grammar::IsState{std::move(subject), grammar::State::met, false}, std::nullopt,
                              name.span};
  Criterion made;
  made.name = name.key + " of all layers";
  made.shown = name.text + " (all layers)";
  made.data_key = grammar::data_key(made.name);
  made.span = name.span;
  made.test = state_of_all(asked, criteria, grammar::State::met);
  auto const id = static_cast<CriterionId>(program().criteria.size());
  program().criteria.push_back(std::move(made));
  joint_.emplace(criteria, id);
  return id;
}

ConditionId Checker::state_of(SyntaxCondition const& syntax, Entity const& named, grammar::Path const& path,
                              grammar::State state) {
  auto const criteria = criteria_named(named, path);
  return criteria.size() == 1 ? keep(syntax, CriterionState{criteria.front(), state})
                              : state_of_all(syntax, criteria, state);
}

// One state of several criteria that are asked for together, as if they were one.
ConditionId Checker::state_of_all(SyntaxCondition const& syntax, std::vector<CriterionId> const& criteria,
                                  grammar::State state) {
  using grammar::Connective;
  using grammar::State;
  auto const each = [&](State asked) {
    Junction out{Connective::all, 0, {}};
    for (auto const id : criteria) {
      grammar::Phrase name;
      name.text = program().criteria[id].shown;
      grammar::Value subject{grammar::Path{{name}, syntax.span}, syntax.span};
      SyntaxCondition one{grammar::IsState{std::move(subject), asked, false}, std::nullopt, syntax.span};
      out.items.push_back(keep(one, CriterionState{id, asked}));
    }
    return out;
  };
  auto const joined = [&](Connective connective, State asked) {
    auto out = each(asked);
    out.connective = connective;
    return out;
  };
  switch (state) {
    case State::met:
    case State::found_met: return keep(syntax, joined(Connective::all, state));
    case State::not_met:
    case State::found_not_met: return keep(syntax, joined(Connective::any, state));
    case State::cannot_be_told: {
      auto const untold = keep(syntax, joined(Connective::any, State::cannot_be_told));
      auto const failed = keep(syntax, joined(Connective::none, State::found_not_met));
      return keep(syntax, Junction{Connective::all, 0, {untold, failed}});
    }
    case State::waived: {
      auto const met = keep(syntax, joined(Connective::all, State::met));
      auto const waived = keep(syntax, joined(Connective::any, State::waived));
      return keep(syntax, Junction{Connective::all, 0, {met, waived}});
    }
  }
  return kNone;
}

// Whether another file that the policy is made of has a block of the same name.
bool Checker::stands_elsewhere(Block const& block) const {
  for (std::size_t scope = 0; scope < scopes_.size(); ++scope) {
    if (scope == scope_) continue;
    auto const& blocks = scopes_[scope].file->blocks;
    bool const has = std::any_of(blocks.begin(), blocks.end(), [&](Block const& other) {
      return other.name.key == block.name.key && other.kind != BlockKind::note && other.kind != BlockKind::example &&
             other.kind != BlockKind::policy && in_force(other);
    });
    if (has) return true;
  }
  return false;
}

Checker::Naming Checker::naming(Block const& block) const {
  auto const& scope = scopes_[scope_];
  // What is on record names waivers by their own names.
  bool const qualified = scope_ != 0 && block.kind != BlockKind::waiver && stands_elsewhere(block);
  bool const shows_layer = scope_ != 0 && (qualified || block.kind == BlockKind::criterion);
  auto path = scope.keyword;
  std::replace(path.begin(), path.end(), '/', ' ');
  auto const name = qualified ? path + " " + block.name.key : block.name.key;
  return {name, shows_layer ? fmt::format("{} ({})", block.name.text, scope.layer) : block.name.text,
          grammar::data_key(name)};
}

}  // namespace waymark::check
