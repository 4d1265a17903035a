// Walks a Program with both interpreters standing at the same place.
#include "tests/property/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace waymark::property {

using check::ConditionId;
using check::kNone;
using check::RangeId;
using check::ValueId;
using reference::End;
using reference::Extent;
using reference::Place;
using values::Truth;
using vocabulary::Kind;

namespace {

boost::multiprecision::cpp_int big(values::Int128 number) {
  auto const half = static_cast<std::int64_t>(number >> 64);
  return (boost::multiprecision::cpp_int(half) << 64) + static_cast<std::uint64_t>(number);
}

End end_of(values::Ratio ratio) {
  if (!values::is_finite(ratio)) return std::nullopt;
  return reference::Number(big(ratio.numerator), boost::multiprecision::cpp_int(ratio.denominator));
}

Extent extent_of(review::Seen const& seen) {
  return {end_of(seen.lowest), end_of(seen.highest), seen.may_apply, seen.may_not_apply};
}

std::string shown(End const& end) { return end ? end->str() : "without end"; }
std::string shown(Extent const& extent) {
  auto out = extent.may_apply ? fmt::format("{} to {}", shown(extent.lowest), shown(extent.highest)) : std::string();
  return out + (extent.may_not_apply ? " or does not apply" : "");
}
std::string shown_truth(Truth truth) {
  return fmt::format("{}{}{}", (truth & values::kYes) != 0 ? "yes " : "", (truth & values::kNo) != 0 ? "no " : "",
                     (truth & values::kDoesNotApply) != 0 ? "does-not-apply" : "");
}

// Yes or no, and choices, have ends by their kind, whether or not they are written down.
Extent with_natural_ends(Extent extent, check::Program const& program, vocabulary::Type const& type) {
  if (!extent.may_apply) return reference::does_not_apply();
  if (type.kind != Kind::yes_no && type.kind != Kind::choice) return extent;
  auto const last = type.kind == Kind::yes_no ? 1 : program.vocabulary.choices[type.which].entries.size() - 1;
  if (!extent.lowest) extent.lowest = 0;
  if (!extent.highest) extent.highest = reference::Number(last);
  return extent;
}

bool same(Extent const& a, Extent const& b) {
  return a.may_apply == b.may_apply && a.may_not_apply == b.may_not_apply && a.lowest == b.lowest &&
         a.highest == b.highest;
}

std::string shown_outcome(review::Outcome const& outcome) { return property::shown(outcome); }
std::string shown_rows(std::vector<std::uint32_t> const& kept) {
  return fmt::format("kept rows {}", fmt::join(kept, " "));
}
std::string shown_outcome(reference::Outcome const& outcome) {
  auto out = fmt::format("kind {} by decision {}, {}", static_cast<int>(outcome.kind), outcome.decision,
                         shown_rows(outcome.kept));
  for (auto const& [decision, kept] : outcome.open) out += fmt::format("; perhaps {}, {}", decision, shown_rows(kept));
  return out;
}
std::string shown_status(values::Status status) { return fmt::format("{} ({})", status, values::status_words(status)); }

class Walk {
 public:
  Walk(reference::World const& world, review::Run& run, std::uint32_t case_index, Depth depth)
      : world_(world),
        program_(world.program),
        run_(run),
        case_(case_index),
        depth_(depth),
        reference_(world, case_index, run.date(case_index)) {}

  std::optional<std::string> run() {
    try {
      if (depth_ != Depth::answers) definitions();
      if (!found_) answers();
    } catch (reference::Fault const&) {
      found_.reset();
      outcome();
    }
    return found_;
  }

 private:
  // A place as both know it.
  struct At {
    Place place;
    review::Frame frame;
  };

  void tell(std::string what) {
    if (!found_) found_ = std::move(what);
  }

  template <class Engine, class Ask, class Same, class Show>
  void agree(std::string const& what, Engine const& engine, Ask const& ask, Same const& same, Show const& show) {
    auto const judged = ask(reference_);
    if (same(engine, judged) || rests_on_too_large(ask)) return;
    tell(fmt::format("{}: engine {}; reference {}", what, show(engine), show(judged)));
  }

  // What a threshold without a value on a date puts at fault the engine tells by the case, so that a year or a member
  // that the answer does not need counts with the others. Such a case has no outcome to be compared.
  bool is_without_value() const {
    auto const& fault = run_.outcomes()[case_].fault;
    auto const ends = [](check::ThresholdRow const& row) { return row.through.has_value(); };
    auto const may_lack_one = [&](check::Threshold const& threshold) {
      return threshold.dated_by != kNone || std::any_of(threshold.rows.begin(), threshold.rows.end(), ends);
    };
    return fault.find(" has no value on ") != std::string::npos &&
           std::any_of(program_.thresholds.begin(), program_.thresholds.end(), may_lack_one);
  }

  // A number that is too large is a fault of its case, and the engine says no more of it than that it is unknown. The
  // reference counts on; it has to meet such a number in answering this very question, or, where the engine finds the
  // case at fault, in one of its criteria or in what it reports.
  template <class Ask>
  bool rests_on_too_large(Ask const& ask) {
    reference::Interpreter const again(world_, case_, run_.date(case_));
    ask(again);
    bool const at_fault = !run_.outcomes()[case_].fault.empty();
    // Another fault on the way hides no number that was met before it, nor one in what comes after it.
    auto const look = [&](auto const& at) {
      try {
        at();
      } catch (reference::Fault const&) {
      }
    };
    for (check::CriterionId id = 0; at_fault && id < program_.criteria.size(); ++id) look([&] { again.status(id); });
    for (std::size_t i = 0; at_fault && i < program_.reports.size(); ++i) {
      look([&] { again.value(program_.reports[i], {}); });
    }
    return again.met_too_large();
  }

  At at_case() const { return {{}, {0, case_}}; }

  void outcome() {
    using Kind = reference::Outcome::Kind;
    auto const same_outcome = [](review::Outcome const& engine, reference::Outcome const& judge) {
      bool const same_kind = static_cast<int>(engine.kind) == static_cast<int>(judge.kind);
      bool const same_fault = engine.fault.empty() != (judge.fault || judge.kind == Kind::not_reviewed);
      bool const same_rows = engine.decision == judge.decision && engine.kept == judge.kept;
      std::map<std::uint32_t, std::vector<std::uint32_t>> open;
      for (auto const& one : engine.open) open[one.decision] = one.kept;
      return same_kind && same_fault && same_rows && open == judge.open;
    };
    if (is_without_value()) return;
    agree(
        "outcome", run_.outcomes()[case_], [](auto const& judge) { return judge.outcome(); }, same_outcome,
        [](auto const& outcome) { return shown_outcome(outcome); });
  }

  void answers() {
    for (check::CriterionId id = 0; id < program_.criteria.size(); ++id) {
      agree(
          "status of " + program_.criteria[id].shown, run_.status(id, case_),
          [&](auto const& judge) { return judge.status(id); }, std::equal_to<>(), shown_status);
    }
    lists();
    for (auto const id : program_.reports) reported(id);
    outcome();
  }

  void reported(ValueId id) {
    auto const& stated = program_.values[id];
    auto const natural = [&](Extent const& extent) { return with_natural_ends(extent, program_, stated.type); };
    agree(
        "reported " + stated.text, natural(extent_of(run_.value(id, at_case().frame))),
        [&](auto const& judge) { return natural(judge.value(id, {})); }, same,
        [](Extent const& extent) { return shown(extent); });
  }

  void lists() {
    for (check::ListId id = 0; id < program_.lists.size(); ++id) {
      auto const engine = run_.list(id, run_.date(case_));
      auto judge = reference_.list(id);
      if (!judge) judge.emplace();
      for (auto const& [member, truth] : *judge) {
        auto const found = engine.find(member);
        auto const said = found == engine.end() ? values::kNo : found->second;
        if (said != truth) {
          tell(fmt::format("member {} of {}: engine {}, reference {}", member, program_.lists[id].shown,
                           shown_truth(said), shown_truth(truth)));
        }
      }
      for (auto const& [member, truth] : engine) {
        if (truth != values::kNo && !judge->contains(member)) {
          tell(fmt::format("member {} of {}: the reference has no such member", member, program_.lists[id].shown));
        }
      }
    }
  }

  void definitions() {
    for (check::FigureId id = 0; id < program_.figures.size(); ++id) {
      auto const& figure = program_.figures[id];
      if (figure.type.list) {
        list_figure(id);
        continue;
      }
      each_place(figure.each, 0, at_case(), [&](At const& at) {
        if (figure.exempt != kNone) condition(figure.exempt, at);
        if (figure.yes_when != kNone) condition(figure.yes_when, at);
        for (auto const& figure_case : figure.cases) {
          if (figure_case.when != kNone) condition(figure_case.when, at);
          value(figure_case.value, at);
        }
      });
    }
    for (auto const& criterion : program_.criteria) {
      for (auto const id : {criterion.exempt, criterion.test, criterion.waived}) {
        if (id != kNone) condition(id, at_case());
      }
    }
    for (auto const& decision : program_.decisions) {
      if (decision.when != kNone) condition(decision.when, at_case());
      for (auto const& row : decision.rows) {
        if (row.when != kNone) condition(row.when, at_case());
      }
    }
  }

  void list_figure(check::FigureId id) {
    for (auto const& one : program_.figures[id].cases) {
      if (one.when != kNone) condition(one.when, at_case());
    }
    auto const engine = run_.list_figure(id, case_);
    agree(
        program_.figures[id].shown, words_of(engine),
        [&](auto const& judge) { return words_of(judge.list_figure(id)); }, std::equal_to<>(),
        [](std::string const& list) { return list; });
  }

  static std::string words_of(review::Run::SeenList const& list) {
    std::map<std::string, bool> members;
    for (auto const& [member, surely] : list.members) members.emplace(std::to_string(member), surely);
    return words_of(members, list.and_more);
  }
  static std::string words_of(reference::Members const& list) {
    std::map<std::string, bool> members;
    for (auto const& member : list.known) {
      members.emplace(shown(member.standing.member.lowest), !member.may_be_absent);
    }
    return words_of(members, list.more.has_value());
  }
  static std::string words_of(std::map<std::string, bool> const& members, bool more) {
    std::string out = more ? "members and more:" : "members:";
    for (auto const& [member, surely] : members) out += fmt::format(" {}{}", member, surely ? "" : " (perhaps)");
    return out;
  }

  template <class Visit>
  void each_place(std::vector<RangeId> const& ranges, std::size_t i, At const& at, Visit const& visit) {
    if (i == ranges.size()) return visit(at);
    each_member(ranges[i], at,
                [&](At const& inner, reference::Standing const&) { each_place(ranges, i + 1, inner, visit); });
  }

  // Members in the same order; those of Lists and Sources by their symbol.
  template <class Visit>
  void each_member(RangeId range, At const& at, Visit const& visit) {
    auto const judge = reference_.members(range, at.place);
    auto const frames = run_.members(range, at.frame);
    auto const of = program_.ranges[range].of;
    bool const by_symbol =
        of == check::Range::Of::list || of == check::Range::Of::source_list || of == check::Range::Of::figure;
    if (!by_symbol && frames.size() != judge.known.size()) {
      return tell(fmt::format("range {}: engine {} members, reference {}", range, frames.size(), judge.known.size()));
    }
    for (std::size_t i = 0; i < judge.known.size() && !found_; ++i) {
      auto const& standing = judge.known[i].standing;
      auto const found = by_symbol
                             ? std::find_if(frames.begin(), frames.end(),
                                            [&](auto const& f) { return *standing.member.lowest == run_.member(f); })
                             : frames.begin() + static_cast<std::ptrdiff_t>(i);
      if (found == frames.end()) return tell(fmt::format("range {}: the engine lacks a member", range));
      visit(At{at.place.at(standing), *found}, standing);
    }
  }

  void value(ValueId id, At const& at) {
    if (depth_ != Depth::values || found_) return;
    auto const& stated = program_.values[id];
    std::visit([&](auto const& node) { below(node, at); }, stated.node);
    if (found_) return;
    auto const natural = [&](Extent const& extent) { return with_natural_ends(extent, program_, stated.type); };
    agree(
        fmt::format("value `{}`", stated.text), natural(extent_of(run_.value(id, at.frame))),
        [&](auto const& judge) { return natural(judge.value(id, at.place)); }, same,
        [](Extent const& extent) { return shown(extent); });
  }

  void condition(ConditionId id, At const& at) {
    if (found_) return;
    auto const& stated = program_.conditions[id];
    std::visit([&](auto const& node) { below(node, at); }, stated.node);
    if (found_) return;
    agree(
        fmt::format("condition `{}`{}", stated.text, shown_members(stated, at)), run_.truth(id, at.frame),
        [&](auto const& judge) { return judge.truth(id, at.place); }, std::equal_to<>(), shown_truth);
  }

  // The members over which a quantifier runs, as the reference sees them.
  std::string shown_members(check::Condition const& stated, At const& at) {
    auto const* quantified = std::get_if<check::Quantified>(&stated.node);
    if (quantified == nullptr) return "";
    auto const over = reference_.members(quantified->range, at.place);
    std::string out = over.more ? "; the list is missing" : "; members:";
    for (auto const& member : over.known) {
      out += fmt::format(" {}{}", shown_truth(reference_.truth(quantified->body, at.place.at(member.standing))),
                         member.may_be_absent ? "(may be absent)," : ",");
    }
    return out;
  }

  // --- What stands below a node, where both can stand ---
  template <class Node>
  void below(Node const&, At const&) {}
  void below(check::Sum const& n, At const& at) { both(n.left, n.right, at); }
  void below(check::DateShift const& n, At const& at) { both(n.date, n.count, at); }
  void below(check::PercentOf const& n, At const& at) { both(n.by, n.of, at); }
  void below(check::AsPercentOf const& n, At const& at) { both(n.part, n.whole, at); }
  void below(check::Choose const& n, At const& at) { both(n.left, n.right, at); }
  void below(check::Compare const& n, At const& at) { both(n.left, n.right, at); }
  void below(check::Times const& n, At const& at) { value(n.of, at); }
  void below(check::Rounded const& n, At const& at) { value(n.of, at); }
  void below(check::InYear const& n, At const& at) { value(n.year, at); }
  void below(check::SourceLookup const& n, At const& at) {
    for (auto const& key : n.keys) {
      if (!key.list) value(key.value, at);
    }
  }
  void below(check::ListAggregate const& n, At const& at) {
    if (depth_ != Depth::values) return;
    each_member(n.range, at, [&](At const& inner, auto const&) {
      if (n.of != kNone) value(n.of, inner);
      for (auto const filter : n.where) condition(filter, inner);
    });
  }
  void below(check::YearsAggregate const& n, At const& at) {
    if (n.of == kNone || depth_ != Depth::values || at.place.find(n.range) != nullptr) return;
    each_year(n.range, n.last, at, [&](At const& inner) { value(n.of, inner); });
  }
  void below(check::Matches const& n, At const& at) {
    value(n.subject, at);
    for (auto const option : n.options) value(option, at);
  }
  void below(check::Within const& n, At const& at) { value(n.subject, at); }
  void below(check::InList const& n, At const& at) { value(n.subject, at); }
  void below(check::Holds const& n, At const& at) { value(n.subject, at); }
  void below(check::Untold const& n, At const& at) { value(n.subject, at); }
  void below(check::Junction const& n, At const& at) {
    for (auto const item : n.items) condition(item, at);
  }
  void below(check::Quantified const& n, At const& at) {
    each_member(n.range, at, [&](At const& inner, auto const&) { condition(n.body, inner); });
  }
  void below(check::Windowed const& n, At const& at) {
    if (n.after != kNone) value(n.after, at);
    each_year(n.range, std::max(n.last, n.within), at, [&](At const& inner) { condition(n.body, inner); });
  }
  void both(ValueId left, ValueId right, At const& at) {
    value(left, at);
    value(right, at);
  }
  // The newest `count` years of a range.
  template <class Visit>
  void each_year(RangeId range, std::uint32_t count, At const& at, Visit const& visit) {
    std::uint32_t seen = 0;
    each_member(range, at, [&](At const& inner, auto const&) {
      if (seen++ < count) visit(inner);
    });
  }

  reference::World world_;
  check::Program const& program_;
  review::Run& run_;
  std::uint32_t case_;
  Depth depth_;
  reference::Interpreter reference_;
  std::optional<std::string> found_;
};

}  // namespace

std::string shown(review::Outcome const& outcome) {
  auto out = fmt::format("kind {} by decision {}, row {}, {}", static_cast<int>(outcome.kind), outcome.decision,
                         outcome.row, shown_rows(outcome.kept));
  for (auto const& open : outcome.open) out += fmt::format("; perhaps {}, {}", open.decision, shown_rows(open.kept));
  return out + (outcome.fault.empty() ? "" : ", fault: " + outcome.fault);
}

std::optional<std::string> difference(reference::World const& world, review::Run& run, std::uint32_t case_index,
                                      Depth depth) {
  return Walk(world, run, case_index, depth).run();
}

}  // namespace waymark::property
