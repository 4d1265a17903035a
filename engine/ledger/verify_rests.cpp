#include "engine/ledger/verify_rests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace waymark::ledger {

std::string RestsCheck::pass(std::uint64_t seq, std::string_view kind, BodyReader const& body) {
  if (kind == "decision") return decision(seq, body);
  if (kind == "rule") rules_.insert(seq);
  if (kind == "evidence") releases_.emplace(seq, body.text("key").value_or(std::string_view()));
  bool const came_with_a_submission = kind == "waiver" && !body.text("who");
  if (!came_with_a_submission) not_of_a_run_ = seq;
  return {};
}

std::string RestsCheck::decision(std::uint64_t seq, BodyReader const& body) {
  // A body of which none of these is there rests on nothing that it names.
  bool const rests =
      body.has("rule") || body.has("read") || body.has("as_of") || body.has("facts") || body.has("program");
  if (!rests) return {};
  auto const rule = body.number("rule");
  if (!rule || !body.has("read") || !body.number("as_of")) {
    return "it does not say by which rules, evidence and history it was decided";
  }
  if (auto wrong = history(seq, body); !wrong.empty()) return wrong;
  if (is_known(*rule) && !rules_.contains(*rule))
    return fmt::format("it rests on the rules of entry {}, which are none before it", *rule);
  if (!body.numbers("read", read_)) return "it does not say which evidence was read";
  for (auto const one : read_) {
    if (is_known(one) && !releases_.contains(one))
      return fmt::format("it read the evidence of entry {}, which is none before it", one);
  }
  if (!std::is_sorted(read_.begin(), read_.end())) return "the evidence that it read is not in order";
  if (!body.numbers_by_key("evidence", evidence_)) return "it does not say which evidence was used";
  for (auto const& [source, entry] : evidence_) {
    if (!std::binary_search(read_.begin(), read_.end(), entry)) {
      return fmt::format("it used the evidence of entry {}, which it had not read", entry);
    }
    auto const release = releases_.find(entry);
    if (release != releases_.end() && release->second != source) {
      return fmt::format("it used entry {} for `{}`, and that is a release of `{}`", entry, source, release->second);
    }
  }
  return {};
}

std::string RestsCheck::history(std::uint64_t seq, BodyReader const& body) {
  if (!body.numbers("from_ledger", from_ledger_)) return "it does not say what it was given of the ledger";
  auto const as_of = body.number("as_of");
  for (auto const one : from_ledger_) {
    if (one >= *as_of) return fmt::format("it was given entry {}, which came after its run began", one);
  }
  auto const before = std::exchange(last_decision_, seq);
  auto const run = std::exchange(run_, *as_of);
  if (*as_of > seq) return "it states that its run began after it";
  if (not_of_a_run_ >= *as_of) {
    return fmt::format("it states that its run began with {} entries, and entry {} was added since by another", *as_of,
                       not_of_a_run_);
  }
  if (run != *as_of && before >= *as_of) {
    return fmt::format("it states that its run began with {} entries, and entry {} is of another run", *as_of, before);
  }
  return {};
}

}  // namespace waymark::ledger
