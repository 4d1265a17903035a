// Every example of every policy under fixtures/explanations as people and programs read it, word for word.
// WAYMARK_UPDATE=1 writes the texts anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "engine/explain/illustrative.hpp"
#include "tests/explain/json_check.hpp"
#include "tests/explain/setting.hpp"

namespace waymark::explain {
namespace {

RecordContext const kContext{"aa11", "bb22"};

std::string section(std::string const& title, std::string const& text) {
  return "--- " + title + "\n" + text + (text.ends_with("\n") ? "" : "\n");
}

// What is worked out once for the program says what a walk over the case does.
void expect_same_by_program(Subject const& subject) {
  Illustrative const illustrative(subject.program);
  auto by_program = subject;
  by_program.illustrative = &illustrative;
  EXPECT_EQ(full_text(by_program), full_text(subject));
  EXPECT_EQ(decision_json(by_program, kContext, Detail::full), decision_json(subject, kContext, Detail::full));
}

std::string said_of(std::string const& title, Subject const& subject) {
  expect_same_by_program(subject);
  auto const record = decision_json(subject, kContext, Detail::short_reasons);
  EXPECT_TRUE(is_json(record)) << record;
  auto out = "=== " + title + "\n";
  out += section("short", short_text(subject));
  out += section("record", record);
  out += section("full", full_text(subject));
  for (auto const& outcome : subject.program.vocabulary.choices[subject.program.outcomes].entries) {
    Proofs proofs;
    if (!why_not(subject, outcome.shown, proofs).empty()) {
      out += section("why not " + outcome.shown, why_not_text(subject, outcome.shown));
    }
  }
  return out + "\n";
}

void compare(std::string const& name, std::string const& said) {
  auto const path = "fixtures/explanations/" + name + ".txt";
  if (std::getenv("WAYMARK_UPDATE") != nullptr) {
    std::ofstream(std::string(WAYMARK_ROOT) + "/" + path, std::ios::binary) << said;
  }
  EXPECT_EQ(said, read_text(path));
}

std::string examples_of(Policy const& policy) {
  std::string out;
  for (auto const& epoch : policy.checked.epochs) {
    for (auto const& example : epoch.program->examples) {
      if (&policy.on(example.date) != epoch.program.get()) continue;
      Case one(policy, example.title);
      out += said_of(example.title, one.subject());
    }
  }
  return out;
}

std::string renewal_by(Policy const& policy) {
  Case one(policy, values::date_of(2026, 11, 21), read_text("fixtures/explanations/renewal.json"));
  return said_of("a submission with released evidence", one.subject());
}

void compare_policy(std::string const& name) {
  auto const policy = fixture(name + ".policy");
  compare(name, examples_of(*policy) + renewal_by(*policy));
}

TEST(Golden, Approval) { compare_policy("approval"); }
TEST(Golden, EveryFormOfValueAndCondition) { compare_policy("standing"); }

}  // namespace
}  // namespace waymark::explain
