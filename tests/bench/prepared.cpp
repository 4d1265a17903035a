#include "tests/bench/prepared.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "engine/cases/readers.hpp"
#include "tests/peers/workload.hpp"

namespace waymark::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSubmissions = 4'096;

[[noreturn]] void stop(std::string const& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

struct Folder {
  std::string path = (fs::temp_directory_path() / fmt::format("waymark-parts-bench-{}", ::getpid())).string();
  Folder() {
    using namespace peers_test;
    fs::create_directories(path);
    auto const tables = make_tables(kMeasuredTables);
    write_tables(tables, path);
    write_submissions(tables, kMeasuredSubmissions, kSubmissions, path + "/submissions.jsonl");
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

grammar::File parsed(grammar::Sources& sources, std::string name, std::string text, grammar::FileKind kind) {
  auto const id = sources.add(std::move(name), std::move(text));
  auto out = grammar::parse(sources, id, kind);
  for (auto const& one : out.diagnostics) stop(grammar::render(one, sources));
  return std::move(out.file);
}

evidence::Manifest workload_manifest() {
  evidence::Manifest out;
  out.folder = workload_folder();
  for (auto const& [source, file] :
       {std::pair{"wages", "wages.csv"}, std::pair{"outlook", "openings.csv"}, std::pair{"supply", "completions.csv"},
        std::pair{"priority credentials", "priority_credentials.csv"}, std::pair{"living wages", "living_wage.csv"}}) {
    evidence::ReleaseEntry entry;
    entry.source = source;
    entry.name = "made";
    entry.file = file;
    out.releases.push_back(entry);
  }
  return out;
}

}  // namespace

std::string const& workload_folder() {
  static Folder const folder;
  return folder.path;
}

std::string read_text(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) stop("cannot open " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string submission_lines(std::size_t count) {
  if (count > kSubmissions) stop("so many submissions are not made");
  auto text = read_text(workload_folder() + "/submissions.jsonl");
  std::size_t end = 0;
  for (std::size_t i = 0; i < count; ++i) end = text.find('\n', end) + 1;
  text.resize(end);
  return text;
}

check::Checked checked(grammar::Sources& sources, std::string vocabulary, std::string policy) {
  auto const words = parsed(sources, "made.vocabulary", std::move(vocabulary), grammar::FileKind::vocabulary);
  auto const rules = parsed(sources, "made.policy", std::move(policy), grammar::FileKind::policy);
  auto out = check::check(sources, rules, {&words});
  for (auto const& one : out.diagnostics) {
    if (one.severity == grammar::Severity::error) stop(grammar::render(one, sources));
  }
  return out;
}

evidence::Evidence evidence_of(evidence::Manifest const& manifest, check::Program const& program,
                               values::Symbols& symbols) {
  auto read = evidence::read_evidence(
      manifest, program.vocabulary, program.sources, symbols,
      [](std::string const& path) -> values::Result<std::string, values::WorldError> { return read_text(path); });
  for (auto const& error : read.errors) stop(grammar::render(error));
  return std::move(read.evidence);
}

cases::Batch batch_of(std::string lines, check::Program const& program, values::Symbols& symbols) {
  auto const reader = cases::open(cases::Format::json_lines, "made.jsonl", cases::pull_from(std::move(lines)),
                                  {program.vocabulary, program.record, symbols});
  auto batch = cases::empty_batch(program.record, program.vocabulary);
  while (reader->read(batch, kSubmissions)) continue;
  for (auto const& one : reader->take_diagnostics()) stop(grammar::render(one));
  return batch;
}

Prepared::Prepared(std::string policy, std::size_t submissions)
    : checked_(checked(sources_, read_text(WAYMARK_ROOT "/tests/peers/peers.vocabulary"), std::move(policy))),
      program_(checked_.on(review_date())),
      evidence_(evidence_of(workload_manifest(), *program_, symbols_)),
      batch_(batch_of(submission_lines(submissions), *program_, symbols_)),
      plan_(std::make_unique<review::Plan>(*program_, evidence_, symbols_)) {}

review::Run Prepared::run() const {
  return review::Run(*plan_, symbols_, &batch_, std::vector(batch_.size(), review_date()));
}

}  // namespace waymark::bench
