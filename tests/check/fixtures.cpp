// Reads fixtures and checks them as the program does.
#include "tests/check/fixtures.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <iterator>
#include <set>

namespace waymark::check {
namespace {

namespace fs = std::filesystem;
using grammar::FileKind;

std::string bytes_of(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

grammar::File parsed(Said& said, std::string const& name, std::string const& text, FileKind kind) {
  auto const id = said.sources.add("fixtures/diagnostics/" + name, text);
  auto out = grammar::parse(said.sources, id, kind);
  said.diagnostics.insert(said.diagnostics.end(), out.diagnostics.begin(), out.diagnostics.end());
  return std::move(out.file);
}

void add(Said& said, grammar::Diagnostics const& more) {
  said.diagnostics.insert(said.diagnostics.end(), more.begin(), more.end());
}

// `W223-layer-not-asked.size.layer` is the policy `federal/size` on which `W223-layer-not-asked.policy` builds.
constexpr std::string_view kLayer = ".layer";
std::string layer_name(std::string const& file) {
  auto const stem = file.substr(0, file.size() - kLayer.size());
  return "federal/" + stem.substr(stem.rfind('.') + 1);
}

// Where the policy names what it builds on.
grammar::Span base_span(grammar::File const& policy, std::string const& layer) {
  for (auto const& block : policy.blocks) {
    for (auto const& clause : block.clauses) {
      auto const* names = std::get_if<grammar::Names>(&clause.body);
      if (clause.kind != grammar::ClauseKind::builds_on || names == nullptr) continue;
      for (auto const& name : names->names) {
        if (name.key == layer) return name.span;
      }
    }
  }
  return {};
}

bool is_own(std::string const& name) {
  return name.size() > 5 && name[0] == 'W' && name[1] >= '2' && name[1] <= '5' &&
         (name.ends_with(".policy") || name.ends_with(".vocabulary"));
}

}  // namespace

fs::path fixtures_folder() { return fs::path(WAYMARK_ROOT) / "fixtures" / "diagnostics"; }

std::vector<Fixture> fixtures() {
  // Every test of this program begins here, so the folder is gone through once.
  std::set<std::string> names;
  for (auto const& entry : fs::directory_iterator(fixtures_folder())) names.insert(entry.path().filename().string());
  auto const text_of_file = [](std::string const& name) { return bytes_of(fixtures_folder() / name); };
  std::vector<Fixture> out;
  for (auto const& name : names) {
    if (!is_own(name)) continue;
    auto const stem = fs::path(name).stem().string();
    bool const policy = name.ends_with(".policy");
    if (!policy && names.contains(stem + ".policy")) continue;  // the vocabulary of a policy
    Fixture one{name, {{name, text_of_file(name)}}};
    if (policy) {
      auto const words = names.contains(stem + ".vocabulary") ? stem + ".vocabulary" : std::string("common.vocabulary");
      one.texts[words] = text_of_file(words);
      auto const thresholds = stem + ".toml";
      if (names.contains(thresholds)) one.texts[thresholds] = text_of_file(thresholds);
      for (auto layer = names.lower_bound(stem + "."); layer != names.end() && layer->starts_with(stem + "."); ++layer)
        if (layer->ends_with(kLayer)) one.texts[*layer] = text_of_file(*layer);
    }
    out.push_back(std::move(one));
  }
  return out;
}

Said said_of(Fixture const& fixture) {
  Said said;
  std::vector<grammar::File> vocabularies;
  TomlThresholds thresholds;
  for (auto const& [name, text] : fixture.texts) {
    if (name.ends_with(".vocabulary")) vocabularies.push_back(parsed(said, name, text, FileKind::vocabulary));
    if (!name.ends_with(".toml")) continue;
    thresholds = read_thresholds(said.sources, said.sources.add("fixtures/diagnostics/" + name, text));
    add(said, thresholds.diagnostics);
  }
  std::deque<grammar::File> layers;
  Layers below;
  for (auto const& [name, text] : fixture.texts) {
    if (!name.ends_with(kLayer)) continue;
    layers.push_back(parsed(said, name, text, FileKind::policy));
    below.all.push_back({layer_name(name), &layers.back(), {}});
  }
  std::vector<grammar::File const*> used;
  for (auto const& file : vocabularies) used.push_back(&file);
  if (fixture.is_policy()) {
    auto const policy = parsed(said, fixture.name, fixture.texts.at(fixture.name), FileKind::policy);
    for (std::size_t i = 0; i < below.all.size(); ++i) {
      below.bases.push_back({i, base_span(policy, below.all[i].name)});
    }
    add(said, check(said.sources, policy, used, thresholds.blocks, below).diagnostics);
  } else {
    add(said, check_vocabularies(said.sources, used).diagnostics);
  }
  grammar::sort(said.diagnostics);
  return said;
}

std::string Said::text() const {
  std::string out;
  for (auto const& diagnostic : diagnostics) out += grammar::render(diagnostic, sources);
  return out;
}

std::vector<std::string> Said::messages() const {
  std::vector<std::string> out;
  for (auto const& diagnostic : diagnostics) {
    out.push_back(std::string(grammar::entry_of(diagnostic.code).id) + " " + diagnostic.message);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Fixture mended(Fixture fixture, Said const& said, grammar::Edit const& edit) {
  auto const path = fs::path(said.sources[edit.span.file].path).filename().string();
  fixture.texts.at(path).replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
  return fixture;
}

}  // namespace waymark::check
