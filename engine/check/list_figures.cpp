// Figures that are lists: a list field, another such Figure, or what stands in one key of a Source.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::Aggregate;

ValueId Checker::value_of_figure(FigureId id, SyntaxValue const& syntax, Surroundings const& at) {
  auto const type = program().figures[id].type;
  return type.list ? list_value(syntax, at, type) : value(syntax, at, type);
}

ValueId Checker::list_value(SyntaxValue const& syntax, Surroundings const& at, Type const& wanted) {
  if (std::holds_alternative<grammar::Path>(syntax.node)) return value(syntax, at, wanted);
  auto const* lookup = std::get_if<grammar::Box<grammar::Lookup>>(&syntax.node);
  bool const plain = lookup != nullptr && (*lookup)->aggregate == Aggregate::none && (*lookup)->source.has_value();
  if (!plain) {
    report(Code::wrong_kind, syntax.span, fmt::format("`{}` is not {}", grammar::print(syntax), type_words(wanted)),
           "Name a list field, another Figure that is a list, or a key of a source: `occupation in crosswalk for …`.");
    return kNone;
  }
  auto const id = members_of_source(syntax, **lookup, at);
  return id == kNone || fits(id, wanted, syntax.span, grammar::print(syntax)) ? id : kNone;
}

// `occupation in crosswalk for the pathway's program`: the key on the left is the one that is not bound.
ValueId Checker::members_of_source(SyntaxValue const& syntax, grammar::Lookup const& lookup, Surroundings const& at) {
  auto const id = source_named(*lookup.source);
  if (!id) {
    no_source(*lookup.source, "");
    return kNone;
  }
  auto const source = words().sources[*id];
  if (forgiven_.contains(source.name)) return kNone;
  auto const open = open_key(lookup.column, source);
  if (!open) return kNone;
  SourceLookup made;
  made.source = *id;
  made.open = *open;
  auto keys = bind_keys(lookup, *id, at, syntax.span, *open);
  if (!keys) return kNone;
  made.keys = std::move(*keys);
  auto const before = diagnostics_.size();
  made.where = filters(lookup, *id, at);
  if (diagnostics_.size() != before || made.where.size() != lookup.where.size()) return kNone;
  auto type = source.keys[*open].type;
  type.list = true;
  return keep(syntax, std::move(made), type);
}

// In the singular or the plural.
std::optional<std::uint32_t> Checker::open_key(grammar::Path const& path, vocabulary::Source const& source) {
  auto const& name = path.names.back();
  std::vector<std::string> shown;
  for (std::uint32_t key = 0; key < source.keys.size(); ++key) {
    if (vocabulary::singular(source.keys[key].name) == vocabulary::singular(name.key)) return key;
    shown.push_back(source.keys[key].shown);
  }
  if (forgiven_.contains(name.key)) return std::nullopt;
  bool const column = std::any_of(source.columns.begin(), source.columns.end(),
                                  [&](vocabulary::SourceColumn const& c) { return c.name == name.key; });
  report(Code::unknown_name, path.span,
         column ? fmt::format("`{}` is a value column of `{}`, and a list is made of a key", name.text, source.shown)
                : fmt::format("`{}` has no key `{}`", source.shown, name.text),
         fmt::format("Its keys are: {}.", fmt::join(shown, ", ")))
      .about = {about_name(name.key)};
  return std::nullopt;
}

}  // namespace waymark::check
