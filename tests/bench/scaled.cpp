#include "tests/bench/scaled.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace waymark::bench {
namespace {

constexpr std::size_t kOccupations = 400;

// A number as a word without vowels: no word of the language, and the same words in every policy.
std::string word_of(std::size_t number) {
  std::string word = "q";
  for (auto const digit : std::to_string(number)) word += "bcdfghjklm"[digit - '0'];
  return word;
}

std::string occupation(std::size_t number) { return fmt::format("{:02}-{:04}", 11 + number % 80, 1000 + number); }
std::string region(std::size_t number) { return fmt::format("R{:05}", number); }

// Each criterion asks for a threshold of its own, in one of four ways.
std::string criterion(std::size_t number) {
  auto const word = word_of(number);
  auto const low = number % 40;
  std::string unit, amount, figure, condition;
  switch (number % 4) {
    case 0:
      unit = "students", amount = fmt::format("{} students", low);
      condition = fmt::format(": enrollment is at least floor {}", word);
      break;
    case 1:
      unit = "hours", amount = fmt::format("{} hours", 10 * low);
      condition = fmt::format(
          " any of:\n    - the pathway has an articulation agreement\n    - hours is at least floor {}", word);
      break;
    case 2:
      unit = "dollars per hour", amount = fmt::format("${} per hour", 10 + low);
      figure = fmt::format("Figure: wage {}, in dollars per hour\n  = highest of wage in wages", word);
      condition = fmt::format(": wage {} is at least floor {}", word, word);
      break;
    default:
      unit = "openings per year", amount = fmt::format("{} openings per year", low);
      figure = fmt::format("Figure: demand {}, in openings per year\n  = total of openings in wages", word);
      condition = fmt::format(": demand {} is at least floor {}", word, word);
  }
  if (!figure.empty()) figure += " for the pathway's occupations, the pathway's region\n\n";
  return fmt::format(
      "Threshold: floor {}, in {} [illustrative]\n  from 2020-01-01: {}\n  continues until changed\n\n{}"
      "Criterion: check {} [§ {}]\n  Met when{}\n\n",
      word, unit, amount, figure, word, number + 1, condition);
}

void write(std::string const& path, std::string const& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error(path + " cannot be written");
}

}  // namespace

std::string scaled_vocabulary() {
  return "Vocabulary: scaled words\n\nUnit: cent = $0.01\n\n"
         "Choice: outcome, best first\n  approve\n  conditional\n  deny, adverse\n\n"
         "Record: pathway, key \"id\"\n  occupations: list of SOC, key \"soc\"\n  region: text\n"
         "  enrollment: students\n  completers: students\n  hours: hours\n"
         "  articulation agreement: yes or no, key \"articulation\"\n\n"
         "Source: wages, for occupation and region\n  occupation: column soc\n  region: column region\n"
         "  wage: cents per hour, column wage_cents\n  openings: openings per year, column openings\n";
}

std::string scaled_policy(std::size_t criteria) {
  std::string out =
      "Policy: scaled review\n  Authority: nobody\n  Reviews: pathway\n  Uses: scaled words\n"
      "  In force: from 2020-01-01\n  Note: every number here is illustrative.\n\n";
  std::string members;
  for (std::size_t i = 0; i < criteria; ++i) {
    out += criterion(i);
    members += "  check " + word_of(i) + "\n";
  }
  return out + "Group: checks made\n" + members +
         "\nDecision: pathway\n  Deny when: at least 3 of checks made are found not met\n"
         "  Needs information when: at least 1 of checks made cannot be told\n"
         "  Conditional when: at least 1 of checks made are found not met\n  Approve otherwise\n";
}

std::string scaled_wages(std::size_t rows) {
  std::string out = "soc,region,wage_cents,openings\n";
  for (std::size_t i = 0; i < rows; ++i) {
    fmt::format_to(std::back_inserter(out), "{},{},{},{}\n", occupation(i % kOccupations), region(i / kOccupations),
                   1200 + i * 37 % 4000, i * 13 % 90);
  }
  return out;
}

std::string scaled_submissions(Size const& size) {
  if (size.evidence_rows < kOccupations) throw std::runtime_error("evidence needs a row for each occupation");
  std::string out;
  for (std::size_t i = 0; i < size.submissions; ++i) {
    std::string socs;
    for (std::size_t o = 0; o < size.occupations; ++o) {
      socs += (o == 0 ? "\"" : ",\"") + occupation((i * 7 + o * 3) % kOccupations) + "\"";
    }
    fmt::format_to(std::back_inserter(out),
                   R"({{"id":"P{}","soc":[{}],"region":"{}","enrollment":{},"completers":{},"hours":{},)"
                   R"("articulation":{}}})"
                   "\n",
                   i, socs, region(i * 31 % (size.evidence_rows / kOccupations)), i * 11 % 200, i * 5 % 80,
                   i * 17 % 500, i % 3 == 0);
  }
  return out;
}

void write_scaled(Size const& size, std::string const& folder) {
  write(folder + "/waymark.toml",
        "[workspace]\npolicies = [\"scaled.policy\"]\nvocabularies = [\"scaled.vocabulary\"]\n"
        "evidence = \"evidence.toml\"\n");
  write(folder + "/evidence.toml", "[[release]]\nsource = \"wages\"\nname = \"made\"\nfile = \"wages.csv\"\n");
  write(folder + "/scaled.vocabulary", scaled_vocabulary());
  write(folder + "/scaled.policy", scaled_policy(size.criteria));
  write(folder + "/wages.csv", scaled_wages(size.evidence_rows));
  write(folder + "/submissions.jsonl", scaled_submissions(size));
}

}  // namespace waymark::bench
