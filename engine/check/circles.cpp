// Nothing may rest on itself: criteria by their states, groups by their members, figures, thresholds and lists by what
// they name. Figures that are computed from themselves are found where they are read.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"

namespace waymark::check {
namespace {

// Definitions in one chain. A review and an explanation go down a chain link by link, in up to 5 KiB of stack a link:
// a chain takes up to 1 MiB of the 8 MiB that a program has, and a build that checks addresses several times that.
constexpr std::uint32_t kLongestChain = 200;

enum class Thing : std::uint8_t { figure, threshold, criterion, group, list };
using Key = std::pair<Thing, std::uint32_t>;
struct Arrow {
  Key to;
  grammar::Span span;
};

/// Where each thing points: what its conditions and values name.
class Arrows {
 public:
  explicit Arrows(Program const& program) : program_(program) {}

  std::vector<Arrow> of(Key key) {
    out_.clear();
    switch (key.first) {
      case Thing::figure: below(program_.figures[key.second]); break;
      case Thing::threshold: below(program_.thresholds[key.second]); break;
      case Thing::criterion: below(program_.criteria[key.second]); break;
      case Thing::group:
        for (auto const id : program_.groups[key.second].criteria) {
          out_.push_back({{Thing::criterion, id}, program_.groups[key.second].span});
        }
        break;
      case Thing::list: list(program_.lists[key.second]); break;
    }
    return std::move(out_);
  }

 private:
  void list(List const& list) {
    if (list.of != kNone) out_.push_back({{Thing::list, list.of}, list.span});
    condition(list.on_it);
    if (!list.ranking) return;
    for (auto const id : {list.ranking->count, list.ranking->by, list.ranking->stratum}) value(id);
  }
  template <class Definition>
  void below(Definition const& definition) {
    children(
        definition, [&](ValueId id) { value(id); }, [&](ConditionId id) { condition(id); });
  }
  void value(ValueId id) {
    walk_value(
        program_, id, [&](ValueId inner) { take(program_.values[inner]); },
        [&](ConditionId inner) { take(program_.conditions[inner]); });
  }
  void condition(ConditionId id) {
    walk_condition(
        program_, id, [&](ValueId inner) { take(program_.values[inner]); },
        [&](ConditionId inner) { take(program_.conditions[inner]); });
  }
  void range(RangeId id, grammar::Span span) {
    auto const& range = program_.ranges[id];
    if (range.of == Range::Of::list) out_.push_back({{Thing::list, range.which}, span});
    if (range.of == Range::Of::figure) out_.push_back({{Thing::figure, range.which}, span});
  }
  void use(ListUse const& list, grammar::Span span) {
    if (list.of == ListUse::Of::list) out_.push_back({{Thing::list, list.which}, span});
    if (list.of == ListUse::Of::figure) out_.push_back({{Thing::figure, list.which}, span});
  }
  void take(Value const& value) {
    if (auto const* n = std::get_if<FigureRef>(&value.node)) out_.push_back({{Thing::figure, n->figure}, value.span});
    if (auto const* n = std::get_if<ThresholdRef>(&value.node)) {
      out_.push_back({{Thing::threshold, n->threshold}, value.span});
    }
    if (auto const* n = std::get_if<ListAggregate>(&value.node)) range(n->range, value.span);
    if (auto const* n = std::get_if<SourceLookup>(&value.node)) {
      for (auto const& key : n->keys) {
        if (key.list) use(*key.list, value.span);
      }
    }
  }
  void take(Condition const& condition) {
    auto const span = condition.span;
    if (auto const* n = std::get_if<CriterionState>(&condition.node)) {
      out_.push_back({{Thing::criterion, n->criterion}, span});
    }
    if (auto const* n = std::get_if<GroupCount>(&condition.node)) out_.push_back({{Thing::group, n->group}, span});
    if (auto const* n = std::get_if<InList>(&condition.node)) use(n->list, span);
    if (auto const* n = std::get_if<Quantified>(&condition.node)) range(n->range, span);
  }

  Program const& program_;
  std::vector<Arrow> out_;
};

/// The arrows that close circles, and the first one that makes a chain too long. Goes deep by a stack of its own: a
/// chain may have any number of links.
class Search {
 public:
  explicit Search(Program const& program) : arrows_(program) {}

  void from(Key start) {
    enter(start);
    while (!path_.empty()) {
      auto& step = path_.back();
      if (step.next < step.arrows.size()) {
        auto const arrow = step.arrows[step.next++];
        auto const known = seen_.find(arrow.to);
        if (known == seen_.end()) {
          enter(arrow.to);
        } else if (known->second.open) {
          closing.push_back(arrow);
        }
        continue;
      }
      leave(step);
      path_.pop_back();
    }
  }

  std::vector<Arrow> closing;
  std::optional<Arrow> too_long;

 private:
  struct Seen {
    bool open = true;         // its arrows are being followed
    std::uint32_t links = 1;  // of the longest chain that begins here
  };
  struct Step {
    Key key;
    std::vector<Arrow> arrows;
    std::size_t next = 0;
  };

  void enter(Key key) {
    if (!seen_.emplace(key, Seen{}).second) return;
    path_.push_back({key, arrows_.of(key), 0});
  }

  void leave(Step const& step) {
    auto& here = seen_.at(step.key);
    here.open = false;
    for (auto const& arrow : step.arrows) {
      auto const& there = seen_.at(arrow.to);
      if (there.open || there.links < here.links) continue;
      here.links = there.links + 1;
      if (here.links > kLongestChain && !too_long) too_long = arrow;
    }
  }

  Arrows arrows_;
  std::vector<Step> path_;
  std::map<Key, Seen> seen_;
};

}  // namespace

void Checker::circles() {
  Search search(program());
  auto const all = [&](Thing thing, std::size_t count) {
    for (std::uint32_t id = 0; id < count; ++id) search.from({thing, id});
  };
  all(Thing::criterion, program().criteria.size());
  all(Thing::figure, program().figures.size());
  all(Thing::threshold, program().thresholds.size());
  all(Thing::list, program().lists.size());
  auto const named = [&](Key key) -> std::pair<std::string, Span> {
    auto const id = key.second;
    switch (key.first) {
      case Thing::figure: return {program().figures[id].shown, program().figures[id].span};
      case Thing::threshold: return {program().thresholds[id].shown, program().thresholds[id].span};
      case Thing::criterion: return {program().criteria[id].shown, program().criteria[id].span};
      case Thing::group: return {program().groups[id].shown, program().groups[id].span};
      case Thing::list: return {program().lists[id].shown, program().lists[id].span};
    }
    return {};
  };
  if (search.too_long) chain_too_long(named(search.too_long->to).first, search.too_long->span);
  std::set<Key> told;
  for (auto const& arrow : search.closing) {
    if (!told.insert(arrow.to).second) continue;
    auto const [shown, place] = named(arrow.to);
    report(Code::goes_in_circles, arrow.span, fmt::format("`{}` rests on itself", shown),
           "What is asked here is decided by the answer: name something else.")
        .secondary.push_back({place, "declared here"});
  }
}

void Checker::chain_too_long(std::string const& shown, Span span) {
  if (chain_reported_) return;
  chain_reported_ = true;
  report(Code::chain_too_long, span,
         fmt::format("A chain of more than {} definitions, of which each names the next, goes through `{}`",
                     kLongestChain, shown),
         "Say more in some of them, so that it takes fewer steps.");
}

// Bodies are read from within each other, so a chain is cut before the readers of its links fill the stack.
bool Checker::may_read(Progress progress, std::string const& shown, Span span) {
  if (progress != Progress::waiting || reading_ < kLongestChain) return true;
  chain_too_long(shown, span);
  return false;
}

}  // namespace waymark::check
