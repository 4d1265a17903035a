// Asks the run of each submission, so that what is warned of is what could not be told.
#include "engine/commands/outside_codes.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/commands/report.hpp"

namespace waymark::commands {
namespace {

grammar::DataDiagnostic warning(std::string file, std::uint64_t line, std::string message, std::string help) {
  auto const code = grammar::Code::code_outside_edition;
  auto const severity = grammar::entry_of(code).severity;
  return {code, severity, std::move(file), line, 0, std::move(message), std::move(help)};
}

}  // namespace

void OutsideNotes::add(OutsideNote note) {
  ++count;
  if (first.size() < kMostOutsideNamed) first.push_back(std::move(note));
}

void OutsideNotes::add(OutsideNotes const& later) {
  for (OutsideNote const& note : later.first) {
    if (first.size() < kMostOutsideNamed) first.push_back(note);
  }
  count += later.count;
}

std::vector<std::uint32_t> cases_with_outside_codes(Judged& judged) {
  std::vector<std::uint32_t> out;
  std::vector<std::vector<std::uint8_t>> of_epoch(judged.epochs());
  bool any = false;
  for (std::size_t epoch = 0; epoch < of_epoch.size(); ++epoch) {
    if (auto* run = judged.run_of(epoch)) of_epoch[epoch] = run->cases_with_outside_codes();
    any = any || !of_epoch[epoch].empty();
  }
  for (std::uint32_t i = 0; any && i < judged.size(); ++i) {
    auto const& has_any = of_epoch[judged.epoch(i)];
    if (!has_any.empty() && has_any[i] != 0) out.push_back(i);
  }
  return out;
}

void note_outside_codes(Judged& judged, std::uint32_t i, OutsideNotes& notes) {
  cases::Origin const& origin = judged.batch().origins[i];
  if (!origin.fault.empty()) return;
  for (review::OutsideCode const& one : judged.run(i).outside_codes(i)) {
    notes.add({origin.id, judged.batch().file, origin.line, one.fact.field, one.code});
  }
}

grammar::DataDiagnostics outside_code_warnings(Reviewer const& reviewer, OutsideNotes const& notes) {
  grammar::DataDiagnostics out;
  if (notes.count == 0) return out;
  auto const& vocabulary = reviewer.program().vocabulary;
  evidence::Editions const editions(vocabulary, reviewer.evidence, reviewer.date.value_or(reviewer.today));
  for (OutsideNote const& note : notes.first) {
    vocabulary::Field const& field = vocabulary.fields[note.field];
    vocabulary::Type type = field.quantity.type;
    type.list = false;
    std::string const edition = words(type, vocabulary);
    std::string const submission = note.id.empty() ? "A submission" : fmt::format("Submission {}", note.id);
    std::string const known = other_edition_words(reviewer, editions, type, note.code);
    out.push_back(warning(note.file, note.line,
                          fmt::format("{} gives as {} the code {}, which is outside {}.", submission, field.shown,
                                      reviewer.symbols.text(note.code), edition),
                          fmt::format("{}{}hat rests on it cannot be told; send the code of {}.", known,
                                      known.empty() ? "W" : ". W", edition)));
  }
  if (auto const more = notes.count - notes.first.size(); more > 0) {
    out.push_back(warning(notes.first.back().file, 0,
                          fmt::format("{} more {} outside {}.", more, more == 1 ? "code is" : "codes are",
                                      more == 1 ? "its edition" : "their editions"),
                          "What rests on them cannot be told."));
  }
  return out;
}

std::string other_edition_words(Reviewer const& reviewer, evidence::Editions const& editions,
                                vocabulary::Type const& type, values::Symbol code) {
  auto const edition = editions.edition_of(type.system, code, type.edition);
  if (!edition) return "";
  auto const& vocabulary = reviewer.program().vocabulary;
  vocabulary::Type other = type;
  other.edition = *edition;
  std::string out = fmt::format("{} is a {} code", reviewer.symbols.text(code), words(other, vocabulary));
  std::vector<std::string> now;
  for (values::Symbol const next : editions.successors(type.system, code, *edition, type.edition)) {
    now.push_back(reviewer.symbols.text(next));
  }
  if (!now.empty()) out += fmt::format("; {} calls it {}", words(type, vocabulary), fmt::join(now, ", "));
  return out;
}

}  // namespace waymark::commands
