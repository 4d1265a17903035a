// The walk of reading.cpp without a case: the same order, and where a case decides what is met, nothing is fixed unless
// nothing illustrative can be met there.
#include "engine/explain/illustrative.hpp"

#include <algorithm>

#include "engine/check/walk.hpp"
#include "engine/explain/words.hpp"

namespace waymark::explain {

class Illustrative::Walk {
 public:
  Walk(check::Program const& program, std::vector<Names>& of_conditions)
      : program_(program),
        conditions_(program.conditions.size(), of_conditions),
        values_(program.values.size(), of_values_),
        criteria_(program.criteria.size(), of_criteria_) {}

  Names const& condition(check::ConditionId id) {
    return conditions_.of(id, [&](Names& names) {
      std::visit([&](auto const& node) { in(names, node); }, program_.conditions[id].node);
    });
  }

 private:
  /// The names behind each node of one kind, worked out when they are first asked for.
  class Table {
   public:
    Table(std::size_t size, std::vector<Names>& all) : all_(all), state_(size, State::open) { all_.resize(size); }
    template <class Gather>
    Names const& of(std::uint32_t id, Gather gather) {
      static Names const kCircle{{}, {}, false, true};
      if (state_[id] == State::in_work) return kCircle;
      if (state_[id] == State::done) return all_[id];
      state_[id] = State::in_work;
      gather(all_[id]);
      state_[id] = State::done;
      return all_[id];
    }

   private:
    enum class State : std::uint8_t { open, in_work, done };
    std::vector<Names>& all_;
    std::vector<State> state_;
  };

  // So many that a walk over the case is as good; and each node would keep a list of them.
  static constexpr std::size_t kMost = 32;

  static void note(Names& names, bool illustrative, std::string const& name) {
    auto& all = names.all;
    if (!illustrative || std::find(all.begin(), all.end(), name) != all.end()) return;
    all.push_back(name);
    if (all.size() > kMost) names = {{}, {}, false, names.reads};
  }
  /// Always met.
  static void add(Names& names, Names const& more) {
    for (auto const& name : more.all) note(names, true, name);
    names.fixed = names.fixed && more.fixed;
    names.reads = names.reads || more.reads;
  }
  /// Met in some cases.
  static void may_add(Names& names, Names const& more) {
    names.fixed = names.fixed && more.fixed && more.all.empty();
    names.reads = names.reads || more.reads;
  }

  Names const& value(check::ValueId id) {
    return values_.of(
        id, [&](Names& names) { std::visit([&](auto const& node) { in(names, node); }, program_.values[id].node); });
  }

  Names const& criterion(check::CriterionId id) {
    return criteria_.of(id, [&](Names& names) {
      auto const& criterion = program_.criteria[id];
      note(names, criterion.citation.illustrative, criterion.shown);
      add_condition(names, criterion.exempt);
      add_condition(names, criterion.test);
      add_condition(names, criterion.waived);
    });
  }

  void add_condition(Names& names, check::ConditionId id) {
    if (id != check::kNone) add(names, condition(id));
  }
  void add_value(Names& names, check::ValueId id) {
    if (id != check::kNone) add(names, value(id));
  }
  void may_add_condition(Names& names, check::ConditionId id) {
    if (id != check::kNone) may_add(names, condition(id));
  }
  void may_add_value(Names& names, check::ValueId id) {
    if (id != check::kNone) may_add(names, value(id));
  }

  void list(Names& names, check::ListUse const& use) {
    names.reads = names.reads || use.of != check::ListUse::Of::figure;
    if (use.of == check::ListUse::Of::figure) figure(names, use.which);
    if (use.of == check::ListUse::Of::list) list(names, use.which);
  }
  void list(Names& names, check::ListId id) {
    for (auto at = id; at != check::kNone; at = program_.lists[at].of) {
      note(names, program_.lists[at].citation.illustrative, program_.lists[at].shown);
    }
  }
  void range(Names& names, check::RangeId id) {
    auto const& declared = program_.ranges[id];
    names.reads = names.reads || declared.of == check::Range::Of::list || declared.of == check::Range::Of::source_list;
    if (declared.of == check::Range::Of::figure) figure(names, declared.which);
    if (declared.of == check::Range::Of::list) list(names, declared.which);
  }

  template <class Plain>
  void in(Names& names, Plain const& node) {
    check::plain_children(
        node, [&](check::ValueId id) { add_value(names, id); },
        [&](check::ConditionId id) { add_condition(names, id); });
  }

  void in(Names& names, check::InList const& node) {
    names.reads = true;
    add_value(names, node.subject);
    list(names, node.list);
  }
  void in(Names& names, check::CriterionState const& node) { add(names, criterion(node.criterion)); }
  void in(Names& names, check::GroupCount const& node) {
    for (auto const id : program_.groups[node.group].criteria) add(names, criterion(id));
  }
  void in(Names& names, check::Quantified const& node) {
    range(names, node.range);
    // The entries of a choice are there for every case.
    auto const& declared = program_.ranges[node.range];
    bool const always =
        declared.of == check::Range::Of::choice && !program_.vocabulary.choices[declared.which].entries.empty();
    if (always) {
      add_condition(names, node.body);
    } else {
      may_add_condition(names, node.body);
    }
  }
  void in(Names& names, check::Windowed const& node) {
    add_value(names, node.after);
    may_add_condition(names, node.body);
  }
  void in(Names& names, check::WaiverInForce const& node) {
    auto const& waiver = program_.waivers[node.waiver];
    note(names, waiver.citation.illustrative, waiver.shown);
  }

  void in(Names& names, check::Fact const& node) {
    auto const& type = program_.vocabulary.fields[node.fact.field].quantity.type;
    names.reads = names.reads || type.kind == vocabulary::Kind::code;
  }
  void in(Names& names, check::Member const&) { names.reads = true; }
  void in(Names& names, check::RowKey const&) { names.reads = true; }
  void in(Names& names, check::RowColumn const&) { names.reads = true; }
  void in(Names& names, check::FigureRef const& node) { figure(names, node.figure); }
  void in(Names& names, check::ThresholdRef const& node) { threshold(names, node.threshold); }
  void in(Names& names, check::InYear const& node) {
    add_value(names, node.year);
    may_add_value(names, node.of);
  }
  void in(Names& names, check::SourceLookup const& node) {
    names.reads = true;
    for (auto const& key : node.keys) {
      add_value(names, key.value);
      if (key.list) list(names, *key.list);
    }
  }
  void in(Names& names, check::ListAggregate const& node) {
    range(names, node.range);
    for (auto const filter : node.where) may_add_condition(names, filter);
    may_add_value(names, node.of);
  }
  void in(Names& names, check::YearsAggregate const& node) { may_add_value(names, node.of); }

  void figure(Names& names, check::FigureId id) {
    auto const& declared = program_.figures[id];
    note(names, declared.citation.illustrative, declared.shown);
    add_condition(names, declared.exempt);
    add_condition(names, declared.yes_when);
    names.reads = names.reads || declared.fallback;
    if (declared.fallback) may_add_value(names, declared.fallback->value);
    for (std::size_t i = 0; i < declared.cases.size(); ++i) {
      bool const alone = declared.cases.size() == 1 && !declared.fallback;
      if (i == 0) {
        add_condition(names, declared.cases[i].when);
      } else {
        may_add_condition(names, declared.cases[i].when);
      }
      if (alone && declared.cases[i].when == check::kNone) {
        add_value(names, declared.cases[i].value);
      } else {
        may_add_value(names, declared.cases[i].value);
      }
    }
  }

  void threshold(Names& names, check::ThresholdId id) {
    auto const& declared = program_.thresholds[id];
    bool const illustrative = is_illustrative(declared, std::nullopt);
    note(names, illustrative, declared.shown);
    for (std::uint32_t row = 0; row < declared.rows.size(); ++row) {
      names.fixed = names.fixed && is_illustrative(declared, row) == illustrative;
    }
    for (auto const waiver : declared.waived_by) {
      names.fixed = names.fixed && !program_.waivers[waiver].citation.illustrative;
    }
    add_value(names, declared.by);
    add_value(names, declared.dated_by);
    for (auto const& row : declared.rows) may_add_value(names, row.value);
  }

  check::Program const& program_;
  std::vector<Names> of_values_, of_criteria_;
  Table conditions_, values_, criteria_;
};

Illustrative::Illustrative(check::Program const& program) {
  Walk walk(program, of_conditions_);
  for (check::ConditionId id = 0; id < program.conditions.size(); ++id) walk.condition(id);
  for (auto& names : of_conditions_) names.words = illustrative_words(names.all);
}

}  // namespace waymark::explain
