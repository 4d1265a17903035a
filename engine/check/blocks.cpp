// The blocks of a policy: all heads first, so that the order of blocks never matters, then their bodies.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/check/checker.hpp"

namespace waymark::check {

using grammar::BlockKind;
using grammar::ClauseKind;
using vocabulary::Kind;

namespace {

bool take_front(std::string_view& words, std::string_view front) {
  if (!words.starts_with(front)) return false;
  words.remove_prefix(front.size());
  return true;
}

std::string text_clause(grammar::Block const& block, ClauseKind kind) {
  for (auto const& clause : block.clauses) {
    if (clause.kind != kind) continue;
    if (auto const* text = std::get_if<grammar::Text>(&clause.body)) return text->text;
  }
  return "";
}

grammar::Clause const* clause_of(grammar::Block const& block, ClauseKind kind) {
  for (auto const& clause : block.clauses) {
    if (clause.kind == kind) return &clause;
  }
  return nullptr;
}

}  // namespace

Checker::Checker(grammar::Sources const& sources, grammar::File const& policy, vocabulary::Vocabulary vocabulary,
                 std::vector<grammar::Block> const& more, values::Date date, std::set<std::string> forgiven)
    : sources_(sources),
      policy_(policy),
      more_(more),
      date_(date),
      forgiven_(std::move(forgiven)),
      program_(std::make_shared<Program>()) {
  program_->vocabulary = std::move(vocabulary);
  program_->from = date;
}

std::shared_ptr<Program> Checker::run() {
  for (auto const& block : policy_.blocks) {
    if (block.kind == BlockKind::policy) policy_head(block);
  }
  declare_fields();
  collect_heads();
  bodies();
  lost_items(program());
  return program_;
}

void Checker::policy_head(Block const& block) {
  program().title = block.name.text;
  program().jurisdiction = text_clause(block, ClauseKind::jurisdiction);
  program().authority = text_clause(block, ClauseKind::authority);
  auto const* reviews = clause_of(block, ClauseKind::reviews);
  auto const* names = reviews != nullptr ? std::get_if<grammar::Names>(&reviews->body) : nullptr;
  if (names == nullptr || names->names.empty()) {
    if (!block.faulty) {
      report(Code::subject_unknown, block.head, "The policy does not say what it reviews",
             "Add a line: `Reviews: pathway`.");
    }
    program().reviews_record = false;
    return;
  }
  auto const& subject = names->names.front();
  program().reviews = subject.key;
  if (auto const record = words().record(subject.key)) {
    program().record = *record;
    return;
  }
  program().reviews_record = false;
  bool const is_key = std::any_of(words().sources.begin(), words().sources.end(), [&](auto const& source) {
    return std::any_of(source.keys.begin(), source.keys.end(),
                       [&](auto const& key) { return key.name == subject.key; });
  });
  if (is_key || forgiven_.contains(subject.key)) return;
  std::vector<std::string> known;
  for (auto const& record : words().records) known.push_back(record.name);
  auto const near = grammar::nearest(subject.key, known);
  auto& diagnostic =
      report(Code::subject_unknown, subject.span, fmt::format("No vocabulary has a record `{}`", subject.text),
             near.empty() ? "A vocabulary that the policy uses must declare it: `Record: …`."
                          : fmt::format("Did you mean `{}`?", near));
  if (!near.empty()) diagnostic.edit = grammar::Edit{subject.span, near};
}

void Checker::declare_fields() {
  if (!program().reviews_record) return;
  for (std::uint32_t i = 0; i < record().fields.size(); ++i) names_[field(i).name] = {Named::field, i, {}};
}

bool Checker::in_force(Block const& block) {
  auto const* clause = clause_of(block, ClauseKind::in_force);
  auto const* range = clause != nullptr ? std::get_if<grammar::DateRange>(&clause->body) : nullptr;
  if (range == nullptr) return true;
  auto const from = values::read_date(range->from);
  auto const through = values::read_date(range->through);
  return (!from || *from <= date_) && (!through || date_ <= *through);
}

void Checker::declare(Block const& block, Named what, std::uint32_t index) {
  static constexpr std::array<std::string_view, 10> kMisleading = {"no",    "not",  "only", "every",  "most",
                                                                   "least", "more", "less", "lowest", "highest"};
  auto const first = block.name.key.substr(0, block.name.key.find(' '));
  if (!block.name.quoted && std::find(kMisleading.begin(), kMisleading.end(), first) != kMisleading.end()) {
    report(Code::name_begins_wrong, block.name.span,
           fmt::format("`{}` begins with `{}` and would read like a condition", block.name.text, first),
           "Give it a name that begins with another word.");
  }
  auto const [at, fresh] = names_.emplace(block.name.key, Entity{what, index, block.name.span});
  if (fresh) return;
  bool const is_field = at->second.what == Named::field;
  auto& diagnostic = report(Code::declared_twice, block.name.span,
                            is_field ? fmt::format("`{}` is a field of {} already", block.name.text, record().shown)
                                     : fmt::format("`{}` is declared twice", block.name.text),
                            is_field ? "Give this block another name."
                                     : "Give one of them another name, or say with `In force` when each holds.");
  if (!is_field) diagnostic.secondary.push_back({at->second.span, "the first one"});
  forgiven_.insert(block.name.key);
}

void Checker::collect_heads() {
  std::vector<Block const*> blocks;
  for (auto const& block : policy_.blocks) blocks.push_back(&block);
  for (auto const& block : more_) blocks.push_back(&block);
  for (auto const* block : blocks) {
    if (block->name.empty() || block->kind == BlockKind::broken) continue;
    bool const named = block->kind != BlockKind::policy && block->kind != BlockKind::note &&
                       block->kind != BlockKind::example && block->kind != BlockKind::decision;
    if (!named) continue;
    if (!in_force(*block)) {
      elsewhere_.emplace(block->name.key, block->name.span);
      continue;
    }
    if (block->faulty) forgiven_.insert(block->name.key);
    block_ = block->span;
    switch (block->kind) {
      case BlockKind::figure: head_of_figure(*block); break;
      case BlockKind::threshold: head_of_threshold(*block); break;
      case BlockKind::criterion:
        declare(*block, Named::criterion, static_cast<std::uint32_t>(program().criteria.size()));
        program().criteria.push_back({});
        program().criteria.back().name = block->name.key;
        program().criteria.back().shown = block->name.text;
        program().criteria.back().data_key = grammar::data_key(block->name.key);
        criterion_blocks_.push_back(block);
        break;
      case BlockKind::group:
        declare(*block, Named::group, static_cast<std::uint32_t>(program().groups.size()));
        program().groups.push_back({block->name.key, block->name.text, {}, block->name.span});
        group_blocks_.push_back(block);
        break;
      case BlockKind::list: {
        declare(*block, Named::list, static_cast<std::uint32_t>(program().lists.size()));
        List made;
        made.name = block->name.key;
        made.shown = block->name.text;
        made.span = block->name.span;
        program().lists.push_back(std::move(made));
        list_blocks_.push_back(block);
        break;
      }
      case BlockKind::waiver:
        waiver_names_.emplace(block->name.key, static_cast<WaiverId>(program().waivers.size()));
        program().waivers.push_back({block->name.key, block->name.text, {}, citation_of(*block), block->name.span});
        waiver_blocks_.push_back(block);
        break;
      default: break;
    }
  }
}

std::optional<RangeId> Checker::range_of_part(grammar::Part const& part, std::string_view key) {
  if (auto const kind = words().year_kind(key)) return years_range(*kind);
  grammar::Path path;
  grammar::Phrase phrase;
  phrase.key = grammar::name_key(key);
  phrase.text = std::string(key);
  phrase.span = part.span;
  path.names.push_back(phrase);
  path.span = part.span;
  if (auto const found = range_of_path(path, {})) return found;
  report(Code::unknown_range, part.span, fmt::format("There is nothing `{}` to have one value for each of", key),
         "Name a Choice, a kind of year, or one member of a list field (`occupation` for `occupations`).");
  return std::nullopt;
}

Citation Checker::citation_of(Block const& block) const {
  if (!block.citation) return {};
  return {block.citation->text, block.citation->illustrative};
}

Citation Checker::citation_of(std::optional<grammar::Citation> const& own, Citation const& heading) const {
  return own ? Citation{own->text, own->illustrative} : heading;
}

void Checker::note_illustrative(Citation const& citation, std::string const& name) {
  auto& names = program().illustrative;
  if (citation.illustrative && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void Checker::head_of_figure(Block const& block) {
  auto const id = static_cast<FigureId>(program().figures.size());
  Figure made;
  made.name = block.name.key;
  made.shown = block.name.text;
  made.span = block.name.span;
  made.citation = citation_of(block);
  bool typed = false;
  for (auto const& part : block.parts) {
    std::string_view text = part.words;
    if (take_front(text, "for each of ") || take_front(text, "for each ")) {
      if (auto const range = range_of_part(part, text)) made.each.push_back(*range);
    } else if (take_front(text, "in ") || text == "yes or no" || text.starts_with("a ") || text.starts_with("an ")) {
      made.type = quantity_of_words(words(), text).type;
      typed = true;
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a figure", part.written),
             "A figure may say: `in UNIT`, `yes or no`, `a date`, `for each …`.");
      typed = true;
      forgiven_.insert(block.name.key);
    }
  }
  if (!typed && !block.faulty) {
    report(Code::part_not_understood, block.name.span, fmt::format("`{}` does not say what it is in", made.shown),
           fmt::format("Write for example: `Figure: {}, in openings per year`, or `…, yes or no`.", made.shown));
    forgiven_.insert(block.name.key);
  }
  auto const is_years = [&](RangeId range) { return program().ranges[range].of == Range::Of::years; };
  std::stable_sort(made.each.begin(), made.each.end(),
                   [&](RangeId a, RangeId b) { return !is_years(a) && is_years(b); });
  declare(block, Named::figure, id);
  program().figures.push_back(std::move(made));
  figure_blocks_.push_back(&block);
  figure_progress_.push_back(Progress::waiting);
  figure_share_.push_back(false);
  figure_found_.push_back(false);
}

void Checker::head_of_threshold(Block const& block) {
  auto const id = static_cast<ThresholdId>(program().thresholds.size());
  Threshold made;
  made.name = block.name.key;
  made.shown = block.name.text;
  made.span = block.name.span;
  made.citation = citation_of(block);
  bool typed = false;
  for (auto const& part : block.parts) {
    std::string_view text = part.words;
    if (take_front(text, "for each ")) {
      if (auto const range = range_of_part(part, text)) made.each.push_back(*range);
    } else if (text.starts_with("by ") || text.starts_with("dated by")) {
      continue;  // read with the body, when every name is known
    } else if (take_front(text, "in ") || text.starts_with("a ") || text.starts_with("an ")) {
      made.type = quantity_of_words(words(), text).type;
      typed = true;
    } else {
      report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a threshold", part.written),
             "A threshold may say: `in UNIT`, `a date`, `by …`, `for each program year`.");
      forgiven_.insert(block.name.key);
      typed = true;
    }
  }
  if (!typed && !block.faulty) {
    report(Code::part_not_understood, block.name.span, fmt::format("`{}` does not say what it is in", made.shown),
           fmt::format("Write for example: `Threshold: {}, in openings per year`.", made.shown));
    forgiven_.insert(block.name.key);
  }
  declare(block, Named::threshold, id);
  program().thresholds.push_back(std::move(made));
  threshold_blocks_.push_back(&block);
  threshold_progress_.push_back(Progress::waiting);
  threshold_share_.push_back(false);
}

void Checker::bodies() {
  // Groups first: conditions count them. Lists next: conditions ask whether something is on them.
  for (GroupId id = 0; id < group_blocks_.size(); ++id) group(id);
  for (WaiverId id = 0; id < waiver_blocks_.size(); ++id) waiver(id);
  for (ListId id = 0; id < list_blocks_.size(); ++id) {
    for (auto const& clause : list_blocks_[id]->clauses) {
      if (clause.kind == ClauseKind::of) list_subject(id, *list_blocks_[id], clause);
    }
  }
  for (FigureId id = 0; id < figure_blocks_.size(); ++id) figure(id);
  for (ThresholdId id = 0; id < threshold_blocks_.size(); ++id) threshold(id);
  for (CriterionId id = 0; id < criterion_blocks_.size(); ++id) criterion(id);
  for (ListId id = 0; id < list_blocks_.size(); ++id) list(id);
  for (auto const& block : policy_.blocks) {
    block_ = block.span;
    heading_ = block.citation ? block.citation->text : std::string();
    if (block.kind == BlockKind::decision && in_force(block)) decision(block);
  }
  for (auto const& block : policy_.blocks) {
    block_ = block.span;
    heading_.clear();
    if (block.kind == BlockKind::example) example(block);
  }
}

void Checker::group(GroupId id) {
  auto const& block = *group_blocks_[id];
  heading_ = block.citation ? block.citation->text : std::string();
  auto const saved = program().groups[id].shown;
  for (auto const& clause : block.clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind != ClauseKind::entry || names == nullptr || names->names.empty()) continue;
    auto const& name = names->names.front();
    if (forgiven_.contains(name.key)) {
      forgiven_.insert(block.name.key);  // its size is not known, so counts over it are not judged
      continue;
    }
    auto const named = entity(name.key);
    if (!named) {
      unknown(grammar::Path{{name}, name.span}, "criterion");
      forgiven_.insert(block.name.key);
    } else if (named->what != Named::criterion) {
      auto& diagnostic = report(Code::not_a_criterion, name.span, fmt::format("`{}` is no criterion", name.text),
                                "A group holds criteria, one a line.");
      if (named->what != Named::field) diagnostic.secondary.push_back({named->span, "declared here"});
      forgiven_.insert(block.name.key);
    } else {
      program().groups[id].criteria.push_back(named->index);
    }
  }
  if (program().groups[id].criteria.empty() && !block.faulty && !forgiven_.contains(block.name.key)) {
    report(Code::empty_block, block.name.span, fmt::format("The group `{}` has no criteria", saved),
           "Write one criterion a line below it.");
    forgiven_.insert(block.name.key);
  }
}

void Checker::waiver(WaiverId id) {
  for (auto const& clause : waiver_blocks_[id]->clauses) {
    auto const* names = std::get_if<grammar::Names>(&clause.body);
    if (clause.kind != ClauseKind::waives || names == nullptr) continue;
    for (auto const& name : names->names) {
      auto const named = entity(name.key);
      if (forgiven_.contains(name.key)) continue;
      if (!named || named->what != Named::criterion) {
        report(Code::not_a_criterion, name.span, fmt::format("`{}` is no criterion of this policy", name.text),
               "A waiver waives a criterion.");
      } else {
        program().waivers[id].waives.push_back(named->index);
      }
    }
  }
}

void Checker::criterion(CriterionId id) {
  auto const& block = *criterion_blocks_[id];
  block_ = block.span;
  heading_ = block.citation ? block.citation->text : std::string();
  auto made = program().criteria[id];
  made.citation = citation_of(block);
  made.span = block.name.span;
  note_illustrative(made.citation, made.shown);
  ConditionId test = kNone;
  bool has_test = false;
  for (auto const& clause : block.clauses) {
    auto const* node = std::get_if<grammar::Condition>(&clause.body);
    if (clause.kind == ClauseKind::to_fix) {
      if (auto const* text = std::get_if<grammar::Text>(&clause.body)) {
        made.to_fix = *text;
        for (auto const& shown : text->shown) {
          auto const found = find(shown, {});
          if (found.value == kNone && !found.reported) unknown(shown, "value");
          made.to_fix_values.push_back(found.value);
        }
      }
    }
    if (node == nullptr) continue;
    auto const read = condition(*node, {});
    if (clause.kind == ClauseKind::met_when || clause.kind == ClauseKind::not_met_when) {
      if (has_test)
        report(Code::clause_twice, clause.label, fmt::format("`{}` says twice when it is met", made.shown),
               "Keep one of them, or join them in a list.");
      has_test = true;
      test = read;
      made.not_met_when = clause.kind == ClauseKind::not_met_when;
    }
    if (clause.kind == ClauseKind::waived_when) made.waived = read;
    if (clause.kind == ClauseKind::does_not_apply_when) made.exempt = read;
  }
  if (!has_test && !block.faulty) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` does not say when it is met", made.shown),
           "Add a line: `Met when: …`.");
  }
  made.test = test;
  program().criteria[id] = std::move(made);
}

}  // namespace waymark::check
