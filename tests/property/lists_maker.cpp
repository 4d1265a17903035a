// Figures that are lists, of a random Program: list fields, keys of Sources, other such Figures, by cases.
#include <fmt/format.h>

#include "tests/property/policy_maker.hpp"

namespace waymark::property {

using check::kNone;

std::vector<check::ListUse> PolicyMaker::list_figures(Type const& member) const {
  std::vector<check::ListUse> out;
  for (check::FigureId id = 0; id < program_.figures.size(); ++id) {
    auto type = program_.figures[id].type;
    if (!type.list) continue;
    type.list = false;
    if (type == member) out.push_back({check::ListUse::Of::figure, {}, id});
  }
  return out;
}

PolicyMaker::ValueId PolicyMaker::members_of_source(Type const& type) {
  std::vector<std::pair<vocabulary::SourceId, std::uint32_t>> open;
  for (vocabulary::SourceId source : {kWages, kWages, kPriority, kPriority, kPriority, kInDemand, kHistory}) {
    auto const& keys = words_.sources[source].keys;
    for (std::uint32_t key = 0; key < keys.size(); ++key) {
      if (keys[key].type == type) open.emplace_back(source, key);
    }
  }
  auto const [id, key] = random_.pick(open);
  auto const& source = words_.sources[id];
  check::SourceLookup made;
  made.source = id;
  made.open = key;
  auto shown = fmt::format("(the {} in {} for", source.keys[key].shown, source.shown);
  for (std::uint32_t k = 0; k < source.keys.size(); ++k) {
    made.keys.push_back(k == key ? check::KeyBinding{} : binding(source.keys[k], false, {}, 1));
    auto const& bound = made.keys.back();
    if (k == key) continue;
    shown += bound.list ? fmt::format(" [list {} {}]", static_cast<int>(bound.list->of), bound.list->which)
                        : " " + text(bound.value);
  }
  if (!source.is_list() && random_.chance(50)) {
    made.where.push_back(filter(id, {}));
    shown += " where " + condition_text(made.where.back().test);
  }
  auto list = source.keys[key].type;
  list.list = true;
  return add(std::move(made), list, false, shown + ")");
}

PolicyMaker::ValueId PolicyMaker::some_list(Type const& type) {
  auto member = type;
  member.list = false;
  auto const figures = list_figures(member);
  bool const in_source = member.kind != Kind::choice;
  if (in_source && random_.chance(60)) return members_of_source(member);
  if (!figures.empty() && random_.chance(50)) {
    auto const& figure = random_.pick(figures);
    return add(check::FigureRef{figure.which}, type, false, program_.figures[figure.which].shown);
  }
  auto const* name = member.kind == Kind::code   ? "occupations"
                     : member.kind == Kind::text ? "credentials"
                                                 : "groups served";
  auto const position = position_of(words_, name);
  return fact({kNone, position, words_.records[kPathway].fields[position]});
}

void PolicyMaker::list_figure() {
  check::Figure made;
  made.type = random_.chance(70)   ? soc_code()
              : random_.chance(60) ? type_of(Kind::text)
                                   : type_of(Kind::choice, kGroup);
  made.type.list = true;
  for (auto count = random_.chance(40) ? 1 + random_.below(2) : 0; count != 0; --count) {
    auto const when = condition({}, 1);
    made.cases.push_back({when, some_list(made.type)});
  }
  made.cases.push_back({kNone, some_list(made.type)});
  auto const* lookup = std::get_if<check::SourceLookup>(&program_.values[made.cases.back().value].node);
  if (lookup != nullptr && taste_.incomplete_facts && random_.chance(40)) {
    auto const source = lookup->source;
    made.fallback = check::Figure::Fallback{random_.chance(50), source, some_list(made.type)};
    program_.has_fallbacks = true;
  }
  made.name = made.shown = fmt::format("list figure {}", program_.figures.size());
  program_.figures.push_back(std::move(made));
}

}  // namespace waymark::property
