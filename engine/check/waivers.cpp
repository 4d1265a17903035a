// Waivers: what one waives, who may grant it, for how long and how often extended; where a criterion names it, and what
// an example states of it.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check/checker.hpp"
#include "grammar/scan.hpp"

namespace waymark::check {

using grammar::ClauseKind;
using grammar::FactValue;

namespace {

constexpr std::string_view kAtMost = "at most ";

// `at most 2 years`: the number, and the words behind it; nothing where it reads otherwise.
struct Limit {
  std::uint32_t count = 0;
  std::string unit;
};
std::optional<Limit> read_limit(std::string const& words) {
  if (!words.starts_with(kAtMost)) return std::nullopt;
  auto const end = std::min(words.find_first_not_of("0123456789", kAtMost.size()), words.size());
  auto const digits = words.substr(kAtMost.size(), end - kAtMost.size());
  if (digits.empty() || digits.size() > 4 || end == words.size() || words[end] != ' ') return std::nullopt;
  return Limit{static_cast<std::uint32_t>(std::stoul(digits)), words.substr(end + 1)};
}

// What was meant where only `at most` is left out, or a word says how often.
std::string meant_by(std::string const& words) {
  if (words == "never") return "at most 0 times";
  if (words == "once") return "at most 1 time";
  if (words == "twice") return "at most 2 times";
  auto const said = words.starts_with("for ") ? words.substr(4) : words;
  return std::string(kAtMost) + said;
}

// The line as it should stand, with its citation.
grammar::Edit line_instead(grammar::Clause const& clause, std::string line) {
  if (clause.citation) line += fmt::format("  [{}]", clause.citation->text);
  return {clause.span, std::move(line)};
}

std::string_view after(std::string_view text, std::string_view words) {
  return grammar::lower(text).starts_with(words) ? text.substr(words.size()) : std::string_view();
}

}  // namespace

void Checker::head_of_waiver(Block const& block) {
  auto const id = static_cast<WaiverId>(program().waivers.size());
  auto const naming = this->naming(block);
  auto const own = scopes_[0].waivers.find(block.name.key);
  if (scope_ != 0 && own != scopes_[0].waivers.end()) {
    report(Code::declared_twice, program().waivers[own->second].span,
           fmt::format("`{}` is a waiver of `{}` as well", block.name.text, scopes_[scope_].layer),
           "Give this one another name: what is on record names a waiver by its name alone.")
        .secondary.push_back({block.name.span, "the other one"});
  }
  auto const [at, fresh] = scopes_[scope_].waivers.emplace(block.name.key, id);
  if (!fresh) {
    report(Code::declared_twice, block.name.span, fmt::format("`{}` is declared twice", block.name.text),
           "Give one of them another name.")
        .secondary.push_back({program().waivers[at->second].span, "the first one"});
  }
  Waiver made;
  made.name = naming.name;
  made.shown = naming.shown;
  made.citation = citation_of(block);
  made.span = block.name.span;
  program().waivers.push_back(std::move(made));
  waiver_blocks_.push_back(&block);
}

void Checker::waiver(WaiverId id) {
  auto const& block = *waiver_blocks_[id];
  InScope const in(*this, block);
  note_illustrative(program().waivers[id].citation, program().waivers[id].shown);
  bool says_what = block.faulty;
  for (auto const& clause : block.clauses) {
    if (clause.kind == ClauseKind::waives) says_what = waives(id, clause) || says_what;
    if (clause.kind == ClauseKind::granted_by) granted_by(id, clause);
    if (clause.kind == ClauseKind::lasts) waiver_lasts(id, clause);
    if (clause.kind == ClauseKind::extended) waiver_extended(id, clause);
  }
  if (!says_what) {
    report(Code::empty_block, block.name.span, fmt::format("`{}` does not say what it waives", block.name.text),
           "Add a line: `Waives: …`, with the name of a criterion or of a Threshold.");
  }
  waiver_is_cited(id, block);
}

bool Checker::waives(WaiverId id, Clause const& clause) {
  auto const* names = std::get_if<grammar::Names>(&clause.body);
  if (names == nullptr) return false;
  for (auto const& name : names->names) {
    auto const named = entity_of(name);
    if (!named && is_replaced_here(name.key)) continue;
    if (named && belongs_to_layer(*named)) {
      report(Code::layer_not_usable, name.span, fmt::format("`{}` belongs to a policy below", name.text),
             "Only that policy may waive it. Say with `Replaces` that its criterion is left out, and ask it anew.")
          .secondary.push_back({named->span, "declared here"});
      unread_waivers_.insert(id);
      continue;
    }
    if (named && named->what == Named::criterion) {
      program().waivers[id].waives.push_back(named->index);
    } else if (named && named->what == Named::threshold && !forgiven_.contains(name.key)) {
      waives_threshold(id, named->index, name.span);
    } else if (forgiven_.contains(name.key)) {
      unread_waivers_.insert(id);
    } else {
      auto& diagnostic =
          report(Code::not_a_criterion, name.span, fmt::format("`{}` is no criterion of this policy", name.text),
                 "A waiver waives a criterion, or a Threshold for one case.");
      if (named) diagnostic.secondary.push_back({named->span, "declared here"});
      diagnostic.about = {named ? about("kind", name.key) : about_name(name.key)};
      unread_waivers_.insert(id);
    }
  }
  return true;
}

bool Checker::belongs_to_layer(Entity const& named) const {
  bool const waivable = named.what == Named::criterion || named.what == Named::threshold;
  return waivable && scope_of(named.span) != scope_;
}

// A record has one value, which stands in the place of one threshold.
void Checker::waives_threshold(WaiverId id, ThresholdId threshold, Span span) {
  auto& made = program().waivers[id];
  auto& declared = program().thresholds[threshold];
  if (made.threshold != kNone) {
    report(Code::part_not_understood, span,
           fmt::format("`{}` waives another threshold already, and what is on record has one value", made.shown),
           "Declare a Waiver for each.")
        .secondary.push_back({program().thresholds[made.threshold].span, "the other one"});
    unread_waivers_.insert(id);
  } else if (!is_ordered(declared.type)) {
    report(
        Code::wrong_kind, span,
        fmt::format("`{}` is {}, and no other value can stand in its place", declared.shown, type_words(declared.type)),
        "A threshold that can be waived for one case is a number, a date or a year.")
        .secondary.push_back({declared.span, "declared here"});
    unread_waivers_.insert(id);
  } else {
    made.threshold = threshold;
    declared.waived_by.push_back(id);
  }
}

// `State Board, Commissioner`
void Checker::granted_by(WaiverId id, Clause const& clause) {
  auto const* names = std::get_if<grammar::Names>(&clause.body);
  if (names == nullptr) return;
  auto& grantors = program().waivers[id].granted_by;
  for (auto const& name : names->names) {
    constexpr std::string_view kOr = " or ";
    auto const found = std::search(name.text.begin(), name.text.end(), kOr.begin(), kOr.end(),
                                   [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b); });
    auto const either = static_cast<std::size_t>(found - name.text.begin());
    if (found != name.text.end() && sources_.text(name.span).front() != '"') {
      auto& diagnostic =
          report(Code::part_not_understood, name.span, fmt::format("`{}` reads like two who may grant it", name.text),
                 "Put a comma between them; a name with `or` in it stands in double quotes.");
      diagnostic.edit =
          grammar::Edit{name.span, fmt::format("{}, {}", name.text.substr(0, either), name.text.substr(either + 4))};
      continue;
    }
    auto const same = [&](Waiver::Grantor const& other) { return other.key == name.key; };
    if (std::any_of(grantors.begin(), grantors.end(), same)) {
      report(Code::listed_twice, name.span, fmt::format("`{}` stands twice", name.text), "Leave one of them out.");
      continue;
    }
    grantors.push_back({name.key, name.text});
  }
  if (names->names.empty()) {
    report(Code::part_not_understood, clause.span, "Nobody may grant this waiver",
           "Write for example: `Granted by: State Board, Commissioner`.");
  }
}

// `at most 2 years`
void Checker::waiver_lasts(WaiverId id, Clause const& clause) {
  auto const* text = std::get_if<grammar::Text>(&clause.body);
  if (text == nullptr) return;
  auto const words = grammar::lower(text->text);
  auto const limit = read_limit(words);
  if (!limit || limit->count == 0) {
    auto& diagnostic = report(Code::term_unclear, clause.span, fmt::format("`{}` does not say how long", text->text),
                              "Write for example: `Lasts: at most 2 years`.");
    auto const meant = read_limit(meant_by(words));
    if (meant && meant->count != 0) diagnostic.edit = line_instead(clause, "Lasts: " + meant_by(words));
    return;
  }
  grammar::Term term;
  term.word = "for";
  term.count = limit->count;
  term.unit.text = limit->unit;
  term.unit.key = grammar::name_key(limit->unit);
  term.span = clause.span;
  auto const read = term_of(term);
  if (!read) return;
  if (read->unit == values::TermUnit::working_days) {
    report(Code::term_unclear, clause.span, "A waiver lasts days, months or years",
           "Write for example: `Lasts: at most 2 years`.");
    return;
  }
  program().waivers[id].lasts = read;
}

// `at most 1 time`
void Checker::waiver_extended(WaiverId id, Clause const& clause) {
  auto const* text = std::get_if<grammar::Text>(&clause.body);
  if (text == nullptr) return;
  auto const words = grammar::lower(text->text);
  auto const is_times = [](std::optional<Limit> const& limit) {
    return limit && vocabulary::singular(limit->unit) == "time";
  };
  auto const limit = read_limit(words);
  if (is_times(limit)) {
    program().waivers[id].extended = limit->count;
    return;
  }
  auto& diagnostic = report(Code::term_unclear, clause.span, fmt::format("`{}` does not say how often", text->text),
                            "Write for example: `Extended: at most 1 time`.");
  if (is_times(read_limit(meant_by(words)))) {
    diagnostic.edit = line_instead(clause, "Extended: " + meant_by(words));
  }
}

void Checker::waiver_is_cited(WaiverId id, Block const& block) {
  auto const& made = program().waivers[id];
  note_illustrative(made.citation, made.shown);
  auto const gives_number = [](Clause const& clause) {
    return (clause.kind == ClauseKind::lasts || clause.kind == ClauseKind::extended) && !clause.citation;
  };
  bool const bare = std::any_of(block.clauses.begin(), block.clauses.end(), gives_number);
  if (!bare || block.citation || block.faulty) return;
  auto& diagnostic = report(Code::number_without_source, block.name.span,
                            fmt::format("`{}` does not say where its number comes from", made.shown),
                            "Add the citation in brackets, or `[illustrative]` where no source gives the number.");
  diagnostic.edit = grammar::Edit{{block.head.file, block.head.end, block.head.end}, "  [illustrative]"};
}

// A waiver that is recorded for something else is none for this criterion.
void Checker::waived_by(Criterion const& made, CriterionId id) {
  if (made.waived == kNone || forgiven_.contains(made.name)) return;
  std::vector<std::pair<WaiverId, Span>> named;
  walk_condition(
      program(), made.waived, [](ValueId) {},
      [&](ConditionId inner) {
        auto const* waiver = std::get_if<WaiverInForce>(&program().conditions[inner].node);
        if (waiver != nullptr) named.emplace_back(waiver->waiver, program().conditions[inner].span);
      });
  for (auto const& [waiver_id, span] : named) {
    auto const& declared = program().waivers[waiver_id];
    bool const waives = std::find(declared.waives.begin(), declared.waives.end(), id) != declared.waives.end();
    auto const& block = *waiver_blocks_[waiver_id];
    auto const clause = std::find_if(block.clauses.begin(), block.clauses.end(),
                                     [](Clause const& c) { return c.kind == ClauseKind::waives; });
    bool const unread =
        block.faulty || (declared.waives.empty() && declared.threshold == kNone) || unread_waivers_.contains(waiver_id);
    if (waives || clause == block.clauses.end() || unread) continue;
    auto& diagnostic =
        report(Code::waiver_of_another, span, fmt::format("`{}` does not waive `{}`", declared.shown, made.shown),
               "Name the criterion under `Waives:`, or name another waiver here.");
    diagnostic.secondary.push_back({clause->span, "what it waives"});
    diagnostic.edit =
        grammar::Edit{{clause->span.file, clause->span.end, clause->span.end}, fmt::format(", {}", made.shown)};
  }
}

// `in force`, `not in force`; or what is on record of it, a record between semicolons:
// `granted by State Board, from 2024-07-01, through 2026-06-30`.
void Checker::stated_waiver(Example& example, WaiverId id, grammar::Fact const& fact) {
  auto const is_grant = [&](Span piece) {
    auto const text = text_of(piece);
    return !after(text, "granted by ").empty() || !after(text, "from ").empty() || !after(text, "through ").empty() ||
           !after(text, "value ").empty();
  };
  bool const grants = std::any_of(fact.groups.begin(), fact.groups.end(),
                                  [&](auto const& group) { return std::any_of(group.begin(), group.end(), is_grant); });
  if (grants) {
    for (auto const& group : fact.groups) {
      Example::RecordedWaiver made;
      made.waiver = id;
      for (auto const& piece : group) {
        if (!stated_grant(made, piece)) return;
      }
      if (!group.empty()) example.recorded_waivers.push_back(std::move(made));
    }
    return;
  }
  auto const value = whole_value(fact);
  if (!value) return;
  bool const in_force = value->kind == FactValue::Kind::in_force;
  if (in_force || value->kind == FactValue::Kind::not_in_force) {
    example.waivers.push_back({id, in_force});
  } else {
    report(Code::example_not_understood, fact.span,
           fmt::format("`{}` is a waiver, and is in force or not", program().waivers[id].shown),
           "Write `in force` or `not in force`, or what is on record: `granted by State Board, from 2024-07-01, "
           "through 2026-06-30`.");
  }
}

// `value 5 students`, of a waiver of a threshold.
bool Checker::stated_waived_value(Example::RecordedWaiver& made, Span piece) {
  auto const& waiver = program().waivers[made.waiver];
  if (waiver.threshold == kNone) {
    report(Code::example_not_understood, piece,
           fmt::format("`{}` waives no threshold, so it has no value", waiver.shown), "Leave the value out.");
    return false;
  }
  auto span = piece;
  span.begin = span.end - static_cast<std::uint32_t>(after(text_of(piece), "value ").size());
  auto const value = grammar::read_fact_value(sources_, span, diagnostics_);
  auto const one = value ? stated(*value, program().thresholds[waiver.threshold].type) : std::nullopt;
  if (!one) return false;
  if (one->known != values::Known::exactly) {
    report(Code::example_not_understood, piece, "A waiver puts one value in the threshold's place",
           "Write for example: `value 5 students`.");
    return false;
  }
  made.value = one;
  return true;
}

bool Checker::stated_grant(Example::RecordedWaiver& made, Span piece) {
  auto const text = text_of(piece);
  auto const refuse = [&](std::string message) {
    report(Code::example_not_understood, piece, std::move(message),
           "Write for example: `granted by State Board, from 2024-07-01, through 2026-06-30`.");
    return false;
  };
  if (auto const grantor = after(text, "granted by "); !grantor.empty()) {
    if (!made.grantor.empty()) return refuse("Who granted it is stated twice");
    made.grantor = grantor;
    return true;
  }
  auto const day = [&](std::string_view words, std::optional<values::Date>& out) {
    if (out) return refuse(fmt::format("`{}` is stated twice", words.substr(0, words.size() - 1)));
    out = values::read_date(after(text, words));
    return out || refuse(fmt::format("`{}` is not a day of the calendar", after(text, words)));
  };
  if (!after(text, "from ").empty()) return day("from ", made.from);
  if (!after(text, "through ").empty()) {
    if (!day("through ", made.through)) return false;
    return !made.from || *made.from <= *made.through || refuse("The waiver ends before it begins");
  }
  if (auto const value = after(text, "value "); !value.empty()) return stated_waived_value(made, piece);
  return refuse(fmt::format("`{}` says nothing about a waiver on record", text));
}

}  // namespace waymark::check
