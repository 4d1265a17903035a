// The policy in CLIPS as a library: `clips_adapter RULES EVIDENCE SUBMISSIONS.jsonl`. The lines are read with simdjson,
// and each submission is asserted as facts.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

extern "C" {
#include <clips/clips.h>
}
#undef TRUE
#undef FALSE

namespace {

// A code as a symbol: one that begins with a digit would be read as a number or not at all.
std::string symbol(std::string_view code) { return "_" + std::string(code); }

class Clips {
 public:
  explicit Clips(char const* rules) : environment_(CreateEnvironment()) {
    if (EnvLoad(environment_, const_cast<char*>(rules)) != 1) std::exit(1);
    EnvReset(environment_);
  }
  /// A fact that is there already is no second one: a credential may be named twice.
  void say(std::string const& fact) { EnvAssertString(environment_, const_cast<char*>(fact.c_str())); }
  void run() { EnvRun(environment_, -1); }
  std::string global(char const* name) {
    DATA_OBJECT value;
    EnvGetDefglobalValue(environment_, const_cast<char*>(name), &value);
    return DOToString(value);
  }
  void forget() {
    DATA_OBJECT nothing;
    EnvFunctionCall(environment_, const_cast<char*>("forget"), nullptr, &nothing);
  }

 private:
  void* environment_;
};

void table(Clips& clips, std::string const& path, std::string const& name, std::vector<std::string> const& slots,
           std::size_t codes) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::string fact = "(" + name;
    std::size_t at = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      auto const end = std::min(line.find(',', at), line.size());
      auto const cell = line.substr(at, end - at);
      fact += " (" + slots[i] + " " + (i < codes ? symbol(cell) : cell) + ")";
      at = end + 1;
    }
    clips.say(fact + ")");
  }
}

std::string number(simdjson::dom::element object, char const* key) {
  std::int64_t value = 0;
  return object[key].get(value) == simdjson::SUCCESS ? std::to_string(value) : "missing";
}
std::string text(simdjson::dom::element object, char const* key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : "missing";
}

void submit(Clips& clips, simdjson::dom::element s) {
  for (std::string_view one : s["soc"].get_array()) clips.say("(occupation (code " + symbol(one) + "))");
  simdjson::dom::array credentials;
  bool const known = s["credentials"].get(credentials) == simdjson::SUCCESS;
  if (known) {
    for (std::string_view one : credentials) clips.say("(credential (code " + symbol(one) + "))");
  }
  for (auto const* name : {"male", "female", "econ", "swd", "el"}) {
    clips.say(std::string("(group (name ") + name + ") (size " + number(s["counts"], name) + ") (rate " +
              number(s["rates"], name) + "))");
  }
  bool articulated = false;
  auto const said = s["articulation"].get(articulated) == simdjson::SUCCESS;
  auto decided = text(s, "last_decision");
  std::erase(decided, '-');
  clips.say("(submission (kind " + text(s, "kind") + ") (type " + text(s, "pathway_type") + ") (program " +
            symbol(text(s, "cip")) + ") (region " + symbol(text(s, "region")) + ") (credentials-known " +
            (known ? "TRUE" : "FALSE") + ") (credits " + number(s, "postsecondary_credits") + ") (articulation " +
            (!said         ? "missing"
             : articulated ? "TRUE"
                           : "FALSE") +
            ") (hours " + number(s, "wbl_hours") + ") (enrollment " + number(s, "enrollment") + ") (concentrators " +
            number(s, "concentrators") + ") (completers " + number(s, "completers") + ") (meetings " +
            number(s, "advisory_meetings") + ") (years-below " + number(s, "years_below_threshold") + ") (overall " +
            number(s["rates"], "all") + ") (decided " + decided + "))");
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  Clips clips(words[1]);
  std::string const folder = words[2];
  table(clips, folder + "/wages.csv", "wages", {"occupation", "region", "entry", "median"}, 2);
  table(clips, folder + "/openings.csv", "outlook", {"occupation", "region", "openings", "growth"}, 2);
  table(clips, folder + "/completions.csv", "supply", {"program", "region", "completions"}, 2);
  table(clips, folder + "/priority_credentials.csv", "priority", {"program", "credential"}, 2);
  table(clips, folder + "/living_wage.csv", "living", {"region", "wage"}, 1);
  std::ifstream lines(words[3]);
  std::string line;
  simdjson::dom::parser parser;
  std::puts("submission,outcome,criteria");
  while (std::getline(lines, line)) {
    simdjson::dom::element s = parser.parse(line);
    submit(clips, s);
    clips.run();
    std::printf("%s,%s,%s\n", text(s, "id").c_str(), clips.global("outcome").c_str(), clips.global("letters").c_str());
    clips.forget();
  }
}
