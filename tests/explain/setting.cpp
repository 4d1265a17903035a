// Reads fixtures and sets up runs of one case.
#include "tests/explain/setting.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "engine/cases/readers.hpp"
#include "engine/evidence/evidence.hpp"

namespace waymark::explain {
namespace {

std::string const kFolder = "fixtures/explanations/";

grammar::File parsed(grammar::Sources& sources, std::string name, std::string text, grammar::FileKind kind) {
  auto const id = sources.add(std::move(name), std::move(text));
  auto out = grammar::parse(sources, id, kind);
  for (auto const& diagnostic : out.diagnostics) ADD_FAILURE() << grammar::render(diagnostic, sources);
  return std::move(out.file);
}

evidence::Evidence released(vocabulary::Vocabulary const& vocabulary, values::Symbols& symbols) {
  auto const path = kFolder + "evidence/evidence.toml";
  auto const nothing = [](std::string const&) { return std::optional<std::string>(); };
  auto manifest = evidence::read_manifest(path, read_text(path), nothing);
  manifest.manifest.folder = kFolder + "evidence";
  std::vector<vocabulary::SourceId> wanted;
  for (vocabulary::SourceId id = 0; id < vocabulary.sources.size(); ++id) wanted.push_back(id);
  auto read = evidence::read_evidence(
      manifest.manifest, vocabulary, wanted, symbols,
      [](std::string const& file) -> values::Result<std::string, values::WorldError> { return read_text(file); });
  for (auto const& error : read.errors) ADD_FAILURE() << grammar::render(error);
  return std::move(read.evidence);
}

cases::Batch submitted(check::Program const& program, values::Symbols& symbols, std::string text) {
  auto batch = cases::empty_batch(program.record, program.vocabulary);
  auto const reader = cases::open(cases::Format::json, "submission.json", cases::pull_from(std::move(text)),
                                  {program.vocabulary, program.record, symbols, nullptr});
  reader->read(batch, 1);
  return batch;
}

}  // namespace

std::string read_text(std::string const& path) {
  auto const whole = path.starts_with("/") ? path : std::string(WAYMARK_ROOT) + "/" + path;
  std::ifstream file(whole, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + whole);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

check::Program const& Policy::on(values::Date date) const {
  auto const* program = checked.on(date);
  if (program == nullptr) throw std::runtime_error("no policy in force on " + values::write_date(date));
  return *program;
}

check::Example const& Policy::example(std::string_view title) const {
  for (auto const& epoch : checked.epochs) {
    for (auto const& example : epoch.program->examples) {
      if (example.title == title) return example;
    }
  }
  throw std::runtime_error("no example " + std::string(title));
}

std::unique_ptr<Policy> policy_of(std::string const& vocabulary, std::string const& policy) {
  auto out = std::make_unique<Policy>();
  auto const words = parsed(out->sources, "test.vocabulary", vocabulary, grammar::FileKind::vocabulary);
  auto const rules = parsed(out->sources, "test.policy", policy, grammar::FileKind::policy);
  out->checked = check::check(out->sources, rules, {&words});
  for (auto const& diagnostic : out->checked.diagnostics) {
    if (diagnostic.severity == grammar::Severity::error) ADD_FAILURE() << grammar::render(diagnostic, out->sources);
  }
  return out;
}

std::unique_ptr<Policy> fixture(std::string const& name) {
  return policy_of(read_text(kFolder + "pathways.vocabulary"), read_text(kFolder + name));
}

Case::Case(Policy const& policy, std::string_view example) {
  auto const& stated = policy.example(example);
  program_ = &policy.on(stated.date);
  setting_ = review::set_up(*program_, stated);
  setting_.batch.origins.front().id = "P-17";
  plan_ = std::make_unique<review::Plan>(*program_, setting_.evidence, setting_.symbols);
  run_ = std::make_unique<review::Run>(*plan_, setting_.symbols, &setting_.batch, std::vector{stated.date},
                                       &setting_.stated);
}

Case::Case(Policy const& policy, values::Date date, std::string const& submission) {
  program_ = &policy.on(date);
  setting_.evidence = released(program_->vocabulary, setting_.symbols);
  setting_.batch = submitted(*program_, setting_.symbols, submission);
  plan_ = std::make_unique<review::Plan>(*program_, setting_.evidence, setting_.symbols);
  run_ = std::make_unique<review::Run>(*plan_, setting_.symbols, &setting_.batch, std::vector{date});
}

}  // namespace waymark::explain
