// The heads of all blocks, read before any body, so that the order of blocks never matters.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/check/checker.hpp"
#include "grammar/clauses.hpp"

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

grammar::Names const* names_clause(grammar::Block const& block, ClauseKind kind) {
  for (auto const& clause : block.clauses) {
    if (clause.kind == kind) return std::get_if<grammar::Names>(&clause.body);
  }
  return nullptr;
}

// `in UNIT`, `a date`, `yes or no`, `list of SOC 2018`
bool says_type(std::string_view words) {
  return words.starts_with("in ") || words.starts_with("a ") || words.starts_with("an ") ||
         words.starts_with("list of ") || words == "yes or no";
}

vocabulary::Type type_of_part(vocabulary::Vocabulary& vocabulary, std::string_view words) {
  take_front(words, "in ");
  return quantity_of_words(vocabulary, words).type;
}

bool has_name(BlockKind kind) {
  switch (kind) {
    case BlockKind::figure:
    case BlockKind::threshold:
    case BlockKind::criterion:
    case BlockKind::group:
    case BlockKind::list:
    case BlockKind::waiver: return true;
    default: return false;
  }
}

}  // namespace

void Checker::policy_head(Block const& block) {
  program().title = block.name.text;
  program().jurisdiction = text_clause(block, ClauseKind::jurisdiction);
  program().authority = text_clause(block, ClauseKind::authority);
  auto const* names = names_clause(block, ClauseKind::reviews);
  if (names != nullptr && !names->names.empty()) return subject(names->names.front());
  program().reviews_record = false;
  silent_ = true;
  if (block.faulty) return;
  report(Code::subject_unknown, block.head, "The policy does not say what it reviews",
         "Add a line: `Reviews: pathway`.");
}

// A record, or for a policy that only lists a key of a source. What stands in a record that is not there is not asked
// for again.
void Checker::subject(grammar::Phrase const& subject) {
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
  if (is_key) return;
  silent_ = true;
  if (forgiven_.contains(subject.key)) return;
  std::vector<std::string> known;
  for (auto const& record : words().records) known.push_back(record.name);
  auto const near = grammar::nearest(subject.key, known);
  auto& diagnostic =
      report(Code::subject_unknown, subject.span, fmt::format("No vocabulary has a record `{}`", subject.text),
             near.empty() ? "A vocabulary that the policy uses must declare it: `Record: …`."
                          : fmt::format("Did you mean `{}`?", near));
  if (near.empty()) return;
  diagnostic.edit = grammar::Edit{subject.span, near};
  program().record = *words().record(near);
  program().reviews_record = true;
}

void Checker::declare_fields() {
  if (!program().reviews_record) return;
  for (std::uint32_t i = 0; i < record().fields.size(); ++i) {
    auto const& places = setting_.words.fields;
    auto const id = record().fields[i];
    Entity const named{Named::field, i, id < places.size() ? places[id] : Span{}};
    for (auto& scope : scopes_) scope.names[field(i).name] = named;
  }
}

// A period that is none has been reported: the block then counts as always there.
bool Checker::in_force(Block const& block) const {
  auto const own = period_of(block);
  if (!own || (own->from && own->through && *own->through < *own->from)) return true;
  return (!own->from || *own->from <= epoch_.from) && (!own->through || epoch_.from <= *own->through);
}

void Checker::declare(Block const& block, Named what, std::size_t index) {
  static constexpr std::array<std::string_view, 10> kMisleading = {"no",    "not",  "only", "every",  "most",
                                                                   "least", "more", "less", "lowest", "highest"};
  auto const first = block.name.key.substr(0, block.name.key.find(' '));
  if (!block.name.quoted && !block.faulty &&
      std::find(kMisleading.begin(), kMisleading.end(), first) != kMisleading.end()) {
    report(Code::name_begins_wrong, block.name.span,
           fmt::format("`{}` begins with `{}` and would read like a condition", block.name.text, first),
           "Give it a name that begins with another word.");
  }
  auto const [at, fresh] =
      names().emplace(block.name.key, Entity{what, static_cast<std::uint32_t>(index), block.name.span});
  if (fresh) return;
  bool const is_field = at->second.what == Named::field;
  auto& diagnostic = report(Code::declared_twice, block.name.span,
                            is_field ? fmt::format("`{}` is a field of `{}` already", block.name.text, record().shown)
                                     : fmt::format("`{}` is declared twice", block.name.text),
                            is_field ? "Give this block another name."
                                     : "Give one of them another name, or say with `In force` when each holds.");
  diagnostic.secondary.push_back({at->second.span, is_field ? "the field" : "the first one"});
  forgiven_.insert(block.name.key);
}

void Checker::collect_heads() {
  for (std::size_t scope = 1; scope < scopes_.size(); ++scope) {
    if (!layer_fits(scope)) silent_ = true;  // what its names mean here is not judged
  }
  // From below: what a layer has replaced is no longer there to be replaced by those above it.
  for (std::size_t scope = 1; scope < scopes_.size(); ++scope) replaced(scope);
  replaced(0);
  for (auto const& scope : scopes_) {
    for (auto const& block : scope.file->blocks) {
      if (!has_name(block.kind) || block.name.empty()) continue;
      InScope const in(*this, block);
      if (in_force(block)) {
        head(block);
      } else {
        scopes_[scope_].elsewhere.emplace(block.name.key, block.name.span);
      }
    }
  }
  for (auto const& block : setting_.beside) {
    if (block.kind == BlockKind::threshold) head_beside(block);
    lost_names_ = lost_names_ || block.name.empty();
  }
  // Once all names are known: a figure may be for each member of a List or of a Figure that stands below it.
  for (FigureId id = 0; id < program().figures.size(); ++id) ranges_of_figure(id);
  layers_as_groups();
}

// Thresholds that live beside all the policies of a workspace count here when a name here is one of them.
void Checker::head_beside(Block const& block) {
  auto const [at, fresh] = beside_.emplace(block.name.key, &block);
  auto const named = names().find(block.name.key);
  if (named != names().end() && named->second.what != Named::field) {
    beside_.erase(block.name.key);
    declare(block, Named::threshold, 0);
  } else if (!fresh) {
    auto& diagnostic = report(Code::declared_twice, block.name.span,
                              fmt::format("`{}` is declared twice", block.name.text), "Give one of them another name.");
    diagnostic.secondary.push_back({at->second->name.span, "the first one"});
    forgiven_.insert(block.name.key);
  }
}

// What follows a comma in a head that may have none.
void Checker::no_parts(Block const& block) {
  if (block.parts.empty() || block.faulty) return;
  auto const kind = grammar::keyword_of(block.kind);
  auto& diagnostic = report(Code::part_not_understood, block.parts.front().span,
                            fmt::format("`{}` says nothing in the head of a {}", block.parts.front().written, kind),
                            "Leave it out; a name that has a comma in it stands in double quotes.");
  auto const& last = block.parts.back().span;
  diagnostic.edit = grammar::Edit{{last.file, block.name.span.end, last.end}, ""};
}

void Checker::head(Block const& block) {
  if (block.faulty) forgiven_.insert(block.name.key);
  if (block.kind != BlockKind::figure && block.kind != BlockKind::threshold) no_parts(block);
  switch (block.kind) {
    case BlockKind::figure: head_of_figure(block); break;
    case BlockKind::threshold: head_of_threshold(block); break;
    case BlockKind::waiver: head_of_waiver(block); break;
    case BlockKind::criterion: head_of_criterion(block); break;
    case BlockKind::group: head_of_group(block); break;
    case BlockKind::list: head_of_list(block); break;
    default: break;
  }
}

void Checker::head_of_criterion(Block const& block) {
  if (!is_visible(0, scope_, block.name.key)) return;
  declare(block, Named::criterion, program().criteria.size());
  auto const naming = this->naming(block);
  Criterion made;
  made.name = naming.name;
  made.shown = naming.shown;
  made.data_key = naming.data_key;
  for (auto const& other : program().criteria) {
    if (other.data_key != made.data_key || forgiven_.contains(block.name.key)) continue;
    report(Code::declared_twice, block.name.span,
           fmt::format("`{}` and `{}` have one key in data: `{}`", other.shown, made.shown, made.data_key),
           "Give one of them another name.");
    forgiven_.insert(block.name.key);
  }
  program().criteria.push_back(std::move(made));
  criterion_blocks_.push_back(&block);
  criterion_scope_.push_back(scope_);
}

void Checker::head_of_group(Block const& block) {
  declare(block, Named::group, program().groups.size());
  auto const naming = this->naming(block);
  program().groups.push_back({naming.name, naming.shown, {}, block.name.span});
  group_blocks_.push_back(&block);
}

void Checker::head_of_list(Block const& block) {
  declare(block, Named::list, program().lists.size());
  auto const naming = this->naming(block);
  List made;
  made.name = naming.name;
  made.shown = naming.shown;
  made.span = block.name.span;
  program().lists.push_back(std::move(made));
  list_blocks_.push_back(&block);
  list_progress_.push_back(Progress::waiting);
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
  if (is_forgiven_range(phrase.key)) return std::nullopt;
  report(Code::unknown_range, part.span, fmt::format("There is nothing `{}` to have one value for each of", key),
         "Name a Choice, a kind of year, or one member of a list field (`occupation` for `occupations`).")
      .about = {about_name(phrase.key)};
  return std::nullopt;
}

void Checker::unit_needed(Block const& block, std::string_view example) {
  if (!block.faulty) {
    report(Code::part_not_understood, block.name.span, fmt::format("`{}` does not say what it is in", block.name.text),
           fmt::format("Write for example: {}.", example));
  }
  forgiven_.insert(block.name.key);
}

void Checker::part_of_figure(Block const& block, grammar::Part const& part, Figure& made) {
  std::string_view text = part.words;
  if (text.starts_with("for each ")) return;  // read when every name is known
  if (says_type(text)) {
    made.type = type_of_part(words(), text);
    figure_units_.back() = part.span;
    if (made.type.list) may_be_list(block, part, made);
    return;
  }
  report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a figure", part.written),
         "A figure may say: `in UNIT`, `yes or no`, `a date`, `list of …`, `for each …`.");
  forgiven_.insert(block.name.key);
}

// A list is of the case, which a policy that only lists does not have.
void Checker::may_be_list(Block const& block, grammar::Part const& part, Figure const& made) {
  auto member = made.type;
  member.list = false;
  auto const before = diagnostics_.size();
  if (!vocabulary::is_symbolic(member)) {
    report(Code::part_not_understood, part.span,
           fmt::format("`{}` cannot be {}", block.name.text, type_words(made.type)),
           "A figure may be a list of codes, of choices or of texts: `list of SOC 2018`.");
  } else if (!program().reviews_record) {
    report(Code::part_not_understood, part.span,
           fmt::format("`{}` cannot be a list in a policy that only lists", block.name.text),
           "A figure is a list for each record that is reviewed; make a List of a List with `Of:`.");
  }
  if (diagnostics_.size() != before) forgiven_.insert(block.name.key);
}

void Checker::ranges_of_figure(FigureId id) {
  auto const& block = *figure_blocks_[id];
  InScope const in(*this, block);
  std::vector<RangeId> each;
  for (auto const& part : block.parts) {
    std::string_view text = part.words;
    if (!take_front(text, "for each of ") && !take_front(text, "for each ")) continue;
    auto const range = range_of_part(part, text);
    if (range) each.push_back(*range);
    if (!range) forgiven_.insert(block.name.key);
  }
  auto const is_years = [&](RangeId range) { return program().ranges[range].of == Range::Of::years; };
  std::stable_sort(each.begin(), each.end(), [&](RangeId a, RangeId b) { return !is_years(a) && is_years(b); });
  auto const years = std::count_if(each.begin(), each.end(), is_years);
  auto const& made = program().figures[id];
  if (made.type.list && !each.empty()) {
    report(Code::part_not_understood, block.parts.back().span,
           fmt::format("`{}` is a list, and there is one for each {} only", made.shown, program().reviews),
           "Leave `for each …` out: what is asked of its members has a figure `for each` of them.");
    forgiven_.insert(block.name.key);
  } else if (years > 1 || static_cast<std::ptrdiff_t>(each.size()) - years > 1) {
    report(Code::part_not_understood, block.parts.back().span,
           fmt::format("`{}` cannot have one value for each of so many", made.shown),
           "A figure is for each member of one list or choice, for each year of one kind, or both.");
    forgiven_.insert(block.name.key);
  }
  program().figures[id].each = std::move(each);
}

void Checker::head_of_figure(Block const& block) {
  auto const naming = this->naming(block);
  Figure made;
  made.name = naming.name;
  made.shown = naming.shown;
  made.span = block.name.span;
  made.citation = citation_of(block);
  figure_units_.emplace_back();
  auto const before = diagnostics_.size();
  for (auto const& part : block.parts) part_of_figure(block, part, made);
  bool const typed = figure_units_.back() != Span{};
  if (!typed && diagnostics_.size() == before) {
    unit_needed(block, fmt::format("`Figure: {}, in openings per year`, or `…, yes or no`", made.shown));
  }
  declare(block, Named::figure, program().figures.size());
  program().figures.push_back(std::move(made));
  figure_blocks_.push_back(&block);
  figure_progress_.push_back(Progress::waiting);
  figure_share_.push_back(false);
  figure_found_.push_back(false);
}

void Checker::part_of_threshold(Block const& block, grammar::Part const& part, Threshold& made) {
  std::string_view text = part.words;
  // Read with the body, when every name is known.
  if (text.starts_with("by ") || text.starts_with("dated by ")) return;
  if (take_front(text, "for each ")) {
    auto const range = range_of_part(part, text);
    if (range && program().ranges[*range].of == Range::Of::years) {
      made.each.push_back(*range);
      return;
    }
    if (range) {
      report(Code::part_not_understood, part.span, "A threshold has one value for each year of a kind, or one for all",
             fmt::format("Give it classes instead: `by {}`.", text));
    }
    forgiven_.insert(block.name.key);
    return;
  }
  if (says_type(text)) {
    made.type = type_of_part(words(), text);
    threshold_units_.back() = part.span;
    return;
  }
  report(Code::part_not_understood, part.span, fmt::format("`{}` says nothing about a threshold", part.written),
         "A threshold may say: `in UNIT`, `a date`, `by …`, `dated by …`, `for each program year`.");
  forgiven_.insert(block.name.key);
}

void Checker::head_of_threshold(Block const& block) {
  auto const naming = this->naming(block);
  Threshold made;
  made.name = naming.name;
  made.shown = naming.shown;
  made.span = block.name.span;
  made.citation = citation_of(block);
  threshold_units_.emplace_back();
  auto const before = diagnostics_.size();
  for (auto const& part : block.parts) part_of_threshold(block, part, made);
  if (threshold_units_.back() == Span{} && diagnostics_.size() == before) {
    unit_needed(block, in_toml(block.head) ? std::string("`unit = \"openings per year\"`, or `kind = \"a date\"`")
                                           : fmt::format("`Threshold: {}, in openings per year`", made.shown));
  }
  declare(block, Named::threshold, program().thresholds.size());
  program().thresholds.push_back(std::move(made));
  threshold_blocks_.push_back(&block);
  threshold_progress_.push_back(Progress::waiting);
  threshold_share_.push_back(false);
}

}  // namespace waymark::check
