#include "tests/ledger/made_pack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>

#include "engine/values/json_text.hpp"

namespace waymark::ledger_test {
namespace {

using namespace ledger;

constexpr char const* kName = "ledger.example/2026";

std::string words(Random& random) {
  static constexpr char const* kWords[] = {"program", "is",       "approved", "when", "\"wage\"",
                                           "Peña",    "at least", "60",       "\n"};
  std::string text;
  for (auto count = 3 + below(random, 60); count > 0; --count) text += std::string(kWords[below(random, 9)]) + " ";
  return text + fmt::format("{:x}\n", random());
}

std::string hex_of(std::string_view bytes) { return values::hex(values::sha256(bytes)); }

SigningKey key_for(Random& random, Algorithm algorithm) {
  if (algorithm == Algorithm::p256) return SigningKey::make(algorithm);
  std::string seed(32, '\0');
  for (auto& c : seed) c = static_cast<char>(below(random, 256));
  return SigningKey::of_seed(seed);
}

}  // namespace

std::string& at(Files& files, std::string const& path) {
  auto const found = std::find_if(files.begin(), files.end(), [&](PackFile const& file) { return file.path == path; });
  if (found == files.end()) return files.emplace_back(PackFile{path, ""}).bytes;
  return found->bytes;
}

void remake_manifest(Files& files) {
  std::sort(files.begin(), files.end(), [](PackFile const& a, PackFile const& b) { return a.path < b.path; });
  std::string members;
  for (auto const& file : files) {
    if (file.path == "manifest.json") continue;
    members += (members.empty() ? "" : ",") + values::json_string(file.path) + ":\"" +
               values::hex(values::sha256(file.bytes)) + "\"";
  }
  at(files, "manifest.json") = "{\"files\":{" + members + "}}";
}

std::string project_file(std::string const& path) {
  std::ifstream file(std::string(WAYMARK_ROOT) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

MadeLedger::MadeLedger(Random& random, Like like) : key_(key_for(random, like.algorithm)) {
  std::vector<std::uint64_t> places(like.entries - 1);
  std::iota(places.begin(), places.end(), std::uint64_t{1});
  std::shuffle(places.begin(), places.end(), random);
  auto const sources = 1 + below(random, 3);
  std::sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(sources) + 2);  // what it rests on comes first
  auto const rule = places[0];
  related_.assign(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(sources) + 1);
  decision_ = places[sources + 1];

  submission_ = words(random);
  std::string files, evidence, read;
  for (std::uint64_t i = 0; i <= below(random, 3); ++i) {
    rules_.push_back({fmt::format("rules/{}.policy", i), words(random)});
    files +=
        fmt::format("{}{{\"path\":\"{}.policy\",\"sha256\":\"{}\"}}", i == 0 ? "" : ",", i, hex_of(rules_[i].bytes));
  }
  std::vector<std::string> members(like.entries, "\"submission\":\"another\"");
  std::vector<std::string> kinds(like.entries, "decision");
  kinds[0] = "genesis";
  kinds[rule] = "rule";
  members[rule] = fmt::format("\"files\":[{}]", files);
  for (std::uint64_t i = 0; i < sources; ++i) {
    auto const release = hex_of(words(random));
    kinds[related_[i + 1]] = "evidence";
    members[related_[i + 1]] = fmt::format("\"key\":\"source {}\",\"sha256\":\"{}\"", i, release);
    read += fmt::format("{}{}", i == 0 ? "" : ",", related_[i + 1]);
    evidence += fmt::format("{}\"source {}\":{}", i == 0 ? "" : ",", i, related_[i + 1]);
  }
  members[decision_] = fmt::format(
      R"("evidence":{{{}}},"outcome":"approved","read":[{}],"received":{{"sha256":"{}"}},"rule":{},"submission":"NJ-{}")",
      evidence, read, hex_of(submission_), rule, below(random, 1000));
  for (std::uint64_t seq = 0; seq < like.entries; ++seq) {
    bodies_.push_back(body(seq, kinds[seq], members[seq]));
    tree_.add(bodies_.back());
  }
}

std::string MadeLedger::body(std::uint64_t seq, std::string const& kind, std::string const& members) const {
  return fmt::format(R"({{"at":"2026-11-21T09:30:00Z","kind":"{}",{},"seq":{}}})", kind, members, seq);
}

Note MadeLedger::checkpoint(std::uint64_t size) const { return sign({kName, size, tree_.root(size)}, key_, kName); }

PackSource MadeLedger::source() const {
  auto const entry = [this](std::uint64_t seq) -> LedgerResult<std::optional<Entry>> {
    if (seq >= bodies_.size()) return std::nullopt;
    return Entry{seq, "", "", bodies_[seq], tree_.leaf(seq)};
  };
  return {entry, tree_.nodes(), checkpoint(tree_.size()), key_.verifier(kName)};
}

PackAsked MadeLedger::asked() const {
  PackAsked asked;
  asked.decision = decision_;
  asked.related = related_;
  asked.files = rules_;
  asked.files.push_back({"submission", submission_});
  asked.files.push_back({"evidence/rows.jsonl", "{\"row\":1}\n{\"row\":2}\n"});
  static auto const verifier = project_file("engine/ledger/pack/verify.py");
  static auto const readme = project_file("engine/ledger/pack/README.txt");
  asked.files.push_back({"verify.py", verifier});
  asked.files.push_back({"README.txt", readme});
  return asked;
}

std::vector<PackFile> MadeLedger::pack() const { return make_pack(source(), asked()).value(); }

}  // namespace waymark::ledger_test
