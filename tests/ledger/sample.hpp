// A small ledger for tests: one key, one clock, made-up decisions.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/ledger/ledger.hpp"
#include "engine/ledger/verify.hpp"

namespace waymark::ledger::sample {

/// A folder that goes with the test.
class Scratch {
 public:
  explicit Scratch(std::string const& name) : path_(std::filesystem::temp_directory_path() / fill(name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  std::string file(std::string const& name) const { return (path_ / name).string(); }

 private:
  static std::string fill(std::string const& name) { return fmt::format("waymark-{}-{}", name, ::getpid()); }
  std::filesystem::path path_;
};

inline SigningKey key(char filling = 'k') { return SigningKey::of_seed(std::string(32, filling)); }

inline Writer::Asked asked(std::string path) {
  return {std::move(path), key(), [] { return std::string("2026-11-21T09:30:00Z"); }, "waymark test", 0};
}

/// Ends the program where there is an error: for what a test takes for granted.
inline void must(std::optional<LedgerError> const& error) {
  if (!error) return;
  std::fprintf(stderr, "%s\n", error->message.c_str());
  std::abort();
}
template <class T>
T must(LedgerResult<T> result) {
  if (!result) must(std::optional(result.error()));
  return *std::move(result);
}

inline std::string submission(std::uint64_t number) {
  return fmt::format(R"({{"id":"P{:06}","title":"Welding, part {}"}})", number, number * 7919U);
}
inline Finding finding(std::uint64_t number) {
  return {fmt::format("P{:06}", number), fmt::format("program {}", number % 50),
          values::sha256(fmt::format("the review of {}", number))};
}
inline Object decision(std::uint64_t number) {
  Object received;
  received.text("sha256", values::hex(values::sha256(submission(number))));
  Object fields;
  fields.text("outcome", number % 3 == 0 ? "renew" : "phase out").put("received", received.json());
  fields.text("policy_sha256", values::hex(values::sha256("the policy")));
  return fields;
}

/// Keeps a submission and adds the decision on it. The error, if there is one.
inline std::optional<LedgerError> decide(Writer& writer, std::uint64_t number) {
  auto const kept = writer.keep(submission(number));
  if (!kept) return kept.error();
  auto const seq = writer.append_decision(decision(number), finding(number));
  return seq ? std::nullopt : std::optional(seq.error());
}

/// A rule whose text is kept, as every ledger begins in practice.
inline std::optional<LedgerError> publish(Writer& writer) {
  auto const kept = writer.keep("the policy");
  if (!kept) return kept.error();
  Object fields;
  fields.text("title", "Sample").text("sha256", values::hex(*kept));
  auto const seq = writer.append("rule", std::move(fields));
  return seq ? std::nullopt : std::optional(seq.error());
}

/// A ledger with a rule and decisions 0 to `decisions` - 1 in groups of `group`.
inline void fill(std::string const& path, std::uint64_t decisions, std::uint64_t group) {
  auto writer = must(Writer::open(asked(path)));
  must(publish(writer));
  for (std::uint64_t i = 0; i < decisions; ++i) {
    must(decide(writer, i));
    if ((i + 1) % group == 0) must(writer.commit());
  }
  must(writer.commit());
}

}  // namespace waymark::ledger::sample
