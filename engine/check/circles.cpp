// Nothing may rest on itself: criteria by their states, groups by their members, figures, thresholds and lists by what
// they name. Figures that are computed from themselves are found where they are read.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/arrows.hpp"
#include "engine/check/checker.hpp"

namespace waymark::check {
namespace {

// Definitions in one chain. A review and an explanation go down a chain link by link, in up to 5 KiB of stack a link:
// a chain takes up to 1 MiB of the 8 MiB that a program has, and a build that checks addresses several times that.
constexpr std::uint32_t kLongestChain = 200;

/// The arrows that close circles, and the first one that makes a chain too long. Goes deep by a stack of its own: a
/// chain may have any number of links.
class Search {
 public:
  explicit Search(Program const& program) : program_(program) {}

  void from(Definition start) {
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
    Definition definition;
    std::vector<Arrow> arrows;
    std::size_t next = 0;
  };

  void enter(Definition definition) {
    if (!seen_.emplace(definition, Seen{}).second) return;
    path_.push_back({definition, arrows_of(program_, definition), 0});
  }

  void leave(Step const& step) {
    auto& here = seen_.at(step.definition);
    here.open = false;
    for (auto const& arrow : step.arrows) {
      auto const& there = seen_.at(arrow.to);
      if (there.open || there.links < here.links) continue;
      here.links = there.links + 1;
      if (here.links > kLongestChain && !too_long) too_long = arrow;
    }
  }

  Program const& program_;
  std::vector<Step> path_;
  std::map<Definition, Seen> seen_;
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
  auto const named = [&](Definition definition) -> std::pair<std::string, Span> {
    auto const id = definition.id;
    switch (definition.what) {
      case Thing::figure: return {program().figures[id].shown, program().figures[id].span};
      case Thing::threshold: return {program().thresholds[id].shown, program().thresholds[id].span};
      case Thing::criterion: return {program().criteria[id].shown, program().criteria[id].span};
      case Thing::group: return {program().groups[id].shown, program().groups[id].span};
      case Thing::list: return {program().lists[id].shown, program().lists[id].span};
      case Thing::decision: return {program().decisions[id].shown, program().decisions[id].span};
    }
    return {};
  };
  if (search.too_long) chain_too_long(named(search.too_long->to).first, search.too_long->span);
  std::set<Definition> told;
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
