// The seeded generator: mulberry32 drives every choice, in an order that must not change.
#include "tests/peers/workload.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <optional>
#include <set>

namespace waymark::peers_test {
namespace {

// Tommy Ettinger's mulberry32, as JavaScript computes it.
class Chance {
 public:
  explicit Chance(std::uint32_t seed) : state_(seed) {}
  double next() {
    state_ += 0x6D2B79F5U;
    std::uint32_t t = state_;
    t = (t ^ (t >> 15)) * (t | 1U);
    t ^= t + (t ^ (t >> 7)) * (t | 61U);
    return static_cast<double>(t ^ (t >> 14)) / 4294967296.0;
  }
  int between(int low, int high) { return low + static_cast<int>(std::floor(next() * (high - low + 1))); }

 private:
  std::uint32_t state_;
};

constexpr std::array<char const*, 5> kGroups = {"male", "female", "econ", "swd", "el"};
// What titles are made of. No policy reads them: they are there so that lines are as long as lines are.
constexpr std::array<char const*, 23> kWords = {
    "applied",  "systems",   "health",      "technology", "design",        "foundations", "advanced",    "practicum",
    "capstone", "career",    "cluster",     "pathway",    "manufacturing", "information", "engineering", "culinary",
    "early",    "childhood", "diagnostics", "robotics",   "finance",       "logistics",   "agriculture"};

// A number or nothing: null, or the key left out, each about once in 65.
void put(Chance& chance, std::string& json, std::string const& key, std::string const& value,
         std::function<void()> const& keep) {
  auto const x = chance.next();
  if (x < 0.015) {
    json += fmt::format(",\"{}\":null", key);
  } else if (x >= 0.03) {
    json += fmt::format(",\"{}\":{}", key, value);
    keep();
  }
}

void put(Chance& chance, std::string& json, std::string const& key, int value, int& kept) {
  put(chance, json, key, std::to_string(value), [&] { kept = value; });
}

std::string inner(std::string const& json) { return "{" + (json.empty() ? json : json.substr(1)) + "}"; }

}  // namespace

Tables make_tables(std::uint32_t seed) {
  Tables t;
  Chance chance(seed);
  for (int i = 0; i < 200; ++i) t.occupations.push_back(fmt::format("{:02}-{:04}", 11 + 2 * (i % 22), 1011 + i * 37));
  for (int i = 0; i < 60; ++i) t.programs.push_back(fmt::format("{:02}.{:04}", 1 + i % 54, 101 + i * 53));
  for (int i = 1; i <= 12; ++i) t.regions.push_back(fmt::format("R{:02}", i));
  for (int i = 0; i < 240; ++i) t.credentials.push_back(fmt::format("CR-{:04}", i));
  for (std::size_t r = 0; r < 12; ++r) t.living_wage.push_back(chance.between(1700, 2600));
  for (std::size_t s = 0; s < 200; ++s) {
    std::vector<int> entry(12, kMissing), median(12, kMissing), openings(12, kMissing), growth(12, kMissing);
    auto const base = chance.between(1500, 5200);
    for (std::size_t r = 0; r < 12; ++r) {
      auto const med = static_cast<int>(std::floor(base * (0.85 + 0.3 * chance.next()) + 0.5));
      auto const ent = static_cast<int>(std::floor(med * (0.6 + 0.25 * chance.next()) + 0.5));
      bool const no_wage = chance.next() < 0.04;
      bool const no_outlook = chance.next() < 0.04;
      auto const open = static_cast<int>(std::floor(std::exp(1.5 + 4.2 * chance.next())));
      auto const grow = chance.between(-40, 180);
      if (!no_wage) entry[r] = ent, median[r] = med;
      if (!no_outlook) openings[r] = open, growth[r] = grow;
    }
    t.entry_wage.push_back(entry);
    t.median_wage.push_back(median);
    t.openings.push_back(openings);
    t.growth.push_back(growth);
  }
  for (std::size_t p = 0; p < 60; ++p) {
    std::set<int> chosen;
    while (chosen.size() < 8) chosen.insert(chance.between(0, 239));
    t.priority.emplace_back(chosen.begin(), chosen.end());
    std::vector<int> completions(12, kMissing);
    for (std::size_t r = 0; r < 12; ++r) {
      auto const value = chance.between(0, 180);
      if (chance.next() >= 0.04) completions[r] = value;
    }
    t.completions.push_back(completions);
  }
  return t;
}

void write_tables(Tables const& t, std::string const& folder) {
  std::ofstream wages(folder + "/wages.csv"), openings(folder + "/openings.csv"),
      completions(folder + "/completions.csv"), credentials(folder + "/priority_credentials.csv"),
      living(folder + "/living_wage.csv");
  wages << "soc,region,entry_wage_cents,median_wage_cents\n";
  openings << "soc,region,annual_openings,growth_permille\n";
  completions << "cip,region,annual_completions\n";
  credentials << "cip,credential\n";
  living << "region,living_wage_cents\n";
  for (std::size_t r = 0; r < t.regions.size(); ++r) living << t.regions[r] << ',' << t.living_wage[r] << '\n';
  for (std::size_t s = 0; s < t.occupations.size(); ++s) {
    for (std::size_t r = 0; r < t.regions.size(); ++r) {
      auto const key = t.occupations[s] + "," + t.regions[r] + ",";
      if (t.median_wage[s][r] != kMissing) wages << key << t.entry_wage[s][r] << ',' << t.median_wage[s][r] << '\n';
      if (t.openings[s][r] != kMissing) openings << key << t.openings[s][r] << ',' << t.growth[s][r] << '\n';
    }
  }
  for (std::size_t p = 0; p < t.programs.size(); ++p) {
    for (auto const c : t.priority[p]) {
      credentials << t.programs[p] << ',' << t.credentials[static_cast<std::size_t>(c)] << '\n';
    }
    for (std::size_t r = 0; r < t.regions.size(); ++r) {
      if (t.completions[p][r] == kMissing) continue;
      completions << t.programs[p] << ',' << t.regions[r] << ',' << t.completions[p][r] << '\n';
    }
  }
}

namespace {

// Draws one submission. `quality` makes good pathways good at most things.
Submission draw(Chance& chance, Tables const& t, std::size_t number) {
  Submission s;
  auto const quality = chance.next();
  auto const good = [&](double share) { return chance.next() < share * (0.55 + 0.75 * std::sqrt(quality)); };
  s.id = fmt::format("P{:07}", number);
  s.program = chance.between(0, 59);
  auto const kind = chance.next();
  s.type = kind < 0.7 ? 0 : kind < 0.88 ? 1 : 2;
  s.is_new = chance.next() >= 0.55;
  auto const wanted = static_cast<std::size_t>(chance.between(1, 3));
  while (s.occupations.size() < wanted) {
    auto const occupation = chance.between(0, 199);
    if (std::find(s.occupations.begin(), s.occupations.end(), occupation) == s.occupations.end()) {
      s.occupations.push_back(occupation);
    }
  }
  auto const district = chance.between(1, 600);
  s.region = chance.between(0, 11);
  auto const text = [&](std::vector<std::string> const& names, int i) { return names[static_cast<std::size_t>(i)]; };
  std::string socs;
  for (auto const o : s.occupations) socs += (socs.empty() ? "\"" : ",\"") + text(t.occupations, o) + "\"";
  static constexpr std::array<char const*, 3> kTypes = {"standard", "accelerated", "emerging"};
  s.json =
      fmt::format(R"({{"id":"{}","lea":"D{:04}","cip":"{}","soc":[{}],"region":"{}","pathway_type":"{}","kind":"{}")",
                  s.id, district, text(t.programs, s.program), socs, text(t.regions, s.region),
                  kTypes[static_cast<std::size_t>(s.type)], s.is_new ? "new" : "renewal");
  std::string title;
  for (int words = chance.between(4, 9); words > 0; --words) {
    auto const word = static_cast<std::size_t>(chance.between(0, static_cast<int>(kWords.size()) - 1));
    title += (title.empty() ? "" : " ") + std::string(kWords[word]);
  }
  s.json += ",\"title\":\"" + title + "\"";
  int unused = 0;
  put(chance, s.json, "sequence_courses", chance.between(2, 6), unused);
  put(chance, s.json, "postsecondary_credits", good(0.9) ? chance.between(9, 24) : chance.between(0, 8), s.credits);
  bool const agreed = good(0.95);
  put(chance, s.json, "articulation", agreed ? "true" : "false", [&] { s.articulation = agreed ? 1 : 0; });
  std::vector<int> credentials;
  std::string listed;
  for (int n = chance.between(0, 4); n > 0; --n) {
    auto const credential =
        good(0.55) ? t.priority[static_cast<std::size_t>(s.program)][static_cast<std::size_t>(chance.between(0, 7))]
                   : chance.between(0, 239);
    credentials.push_back(credential);
    listed += (listed.empty() ? "\"" : ",\"") + text(t.credentials, credential) + "\"";
  }
  put(chance, s.json, "credentials", "[" + listed + "]", [&] {
    s.credentials_known = true;
    s.credentials = credentials;
  });
  put(chance, s.json, "wbl_hours", good(0.85) ? chance.between(60, 240) : chance.between(0, 59), s.hours);
  auto const enrolled = chance.between(8, 260);
  auto const concentrated =
      static_cast<int>(std::floor(enrolled * (good(0.9) ? 0.25 + 0.5 * chance.next() : 0.25 * chance.next())));
  auto const completed =
      static_cast<int>(std::floor(concentrated * (good(0.9) ? 0.6 + 0.4 * chance.next() : 0.6 * chance.next())));
  put(chance, s.json, "enrollment", enrolled, s.enrollment);
  put(chance, s.json, "concentrators", concentrated, s.concentrators);
  put(chance, s.json, "completers", completed, s.completers);
  put(chance, s.json, "placement_permille", chance.between(300, 990), unused);
  auto const certified = chance.next() < 0.93;
  put(chance, s.json, "teacher_certified", certified ? "true" : "false", [] {});
  put(chance, s.json, "advisory_meetings", good(0.95) ? chance.between(2, 6) : chance.between(0, 1), s.meetings);
  auto const overall = chance.between(450, 950);
  std::string rates, counts;
  put(chance, rates, "all", overall, s.overall_rate);
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    s.rate[g] = s.size[g] = kMissing;
    auto const gap = good(0.97) ? chance.between(-80, 100) : chance.between(101, 260);
    put(chance, rates, kGroups[g], std::clamp(overall - gap, 0, 1000), s.rate[g]);
    put(chance, counts, kGroups[g], g < 2 ? chance.between(4, 130) : chance.between(0, 60), s.size[g]);
  }
  s.json += ",\"rates\":" + inner(rates) + ",\"counts\":" + inner(counts);
  auto const date = [&](int first, int last) {
    auto const year = chance.between(first, last);
    auto const month = chance.between(1, 12);
    return fmt::format("{}-{:02}-{:02}", year, month, chance.between(1, 28));
  };
  if (!s.is_new) {
    put(chance, s.json, "years_below_threshold", good(0.8) ? chance.between(0, 2) : chance.between(2, 6),
        s.years_below);
    auto const last = good(0.97) ? date(2021, 2024) : date(2017, 2021);
    put(chance, s.json, "last_decision", "\"" + last + "\"", [&] { s.last_decision = last; });
  }
  s.json += fmt::format(",\"submitted\":\"{}\"}}", date(2026, 2026));
  return s;
}

}  // namespace

std::vector<Submission> make_submissions(Tables const& tables, std::uint32_t seed, std::size_t count) {
  Chance chance(seed);
  std::vector<Submission> out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) out.push_back(draw(chance, tables, i));
  return out;
}

void write_submissions(Tables const& tables, std::uint32_t seed, std::size_t count, std::string const& path) {
  Chance chance(seed);
  std::ofstream lines(path);
  for (std::size_t i = 0; i < count; ++i) lines << draw(chance, tables, i).json << '\n';
}

}  // namespace waymark::peers_test
