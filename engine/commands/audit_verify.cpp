// `waymark audit verify`: three verdicts, or the first broken entry and what is wrong with it.
#include <fmt/format.h>

#include <memory>

#include "engine/commands/audit.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/report.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/ledger/verify.hpp"
#include "engine/values/exact.hpp"
#include "engine/values/json_text.hpp"
#include "engine/values/printable.hpp"

namespace waymark::commands {
namespace {

struct Asked {
  std::string ledger;
  std::string anchor;
  std::string key;
  std::string format = "text";
};

std::string number(std::uint64_t value) {
  return values::write_decimal(static_cast<values::Int128>(value), 0, 0, true);
}

std::string part(std::string_view name, std::vector<ledger::Broken> const& broken, std::string const& good) {
  if (broken.empty()) return fmt::format("{}: {}\n", name, good);
  std::string text = fmt::format("{}: BROKEN\n", name);
  for (auto const& one : broken) {
    auto const what = values::one_line(one.what);
    text += one.seq ? fmt::format("  entry {}: {}\n", *one.seq, what) : fmt::format("  {}\n", what);
  }
  return text;
}

std::string anchor_words(ledger::Verdict const& verdict) {
  if (!verdict.anchor_size) {
    return "not checked, for no anchor was given; a tail that was cut off can only be seen with --anchor FILE";
  }
  if (verdict.first_broken() && *verdict.first_broken() < *verdict.anchor_size) {
    return "the tree is the one that was anchored; what of its entries is not as it was is said above and below";
  }
  return fmt::format("all {} under the anchor are there as they were",
                     *verdict.anchor_size == 1 ? "1 entry" : number(*verdict.anchor_size) + " entries");
}

std::string text(ledger::Verdict const& verdict) {
  std::string out = fmt::format("{} entries, {} decisions, {} submissions, {} blobs, {} checkpoints\n",
                                number(verdict.entries), number(verdict.decisions), number(verdict.submissions),
                                number(verdict.blobs), number(verdict.checkpoints));
  out += part("integrity", verdict.integrity,
              "every body, copy, leaf, tile, checkpoint, signature and blob is as it was recorded");
  out += part("append-only", verdict.append_only, anchor_words(verdict));
  out +=
      part("completeness", verdict.completeness, "no entry is missing, and every submission received has its decision");
  if (auto const first = verdict.first_broken()) out += fmt::format("the first broken entry is {}\n", *first);
  return out;
}

std::string broken_json(std::vector<ledger::Broken> const& broken) {
  std::string out = "[";
  for (auto const& one : broken) {
    if (out.size() > 1) out += ',';
    out += one.seq ? fmt::format("{{\"seq\":{},\"what\":", *one.seq) : std::string("{\"what\":");
    out += values::json_string(one.what) + '}';
  }
  return out + ']';
}

std::string json(ledger::Verdict const& verdict) {
  auto const first = verdict.first_broken();
  return fmt::format(
      "{{\"holds\":{},\"entries\":{},\"decisions\":{},\"submissions\":{},\"blobs\":{},\"checkpoints\":{},"
      "\"anchor_size\":{},\"first_broken\":{},\"integrity\":{},\"append_only\":{},\"completeness\":{}}}\n",
      verdict.holds(), verdict.entries, verdict.decisions, verdict.submissions, verdict.blobs, verdict.checkpoints,
      verdict.anchor_size ? std::to_string(*verdict.anchor_size) : "null", first ? std::to_string(*first) : "null",
      broken_json(verdict.integrity), broken_json(verdict.append_only), broken_json(verdict.completeness));
}

ExitCode verify_ledger(Asked const& asked) {
  ledger::VerifyAsked question{asked.ledger, std::nullopt, std::nullopt};
  if (!asked.anchor.empty()) {
    question.anchor = checkpoint_or_say(asked.anchor);
    if (!question.anchor) return ExitCode::world;
  }
  if (!asked.key.empty()) {
    question.key = ledger::VerifierKey::parse(asked.key);
    if (!question.key) {
      say(fmt::format("`{}` is no verifier key\n  = help: it is NAME+8 digits+BASE64, as the genesis entry shows it",
                      asked.key));
      return ExitCode::usage;
    }
  }
  if (!is_there_or_say(asked.ledger)) return ExitCode::world;
  auto const verdict = ledger::verify(question);
  if (!verdict) return say_ledger_error(verdict.error());
  out("{}", asked.format == "json" ? json(*verdict) : text(*verdict));
  return verdict->holds() ? ExitCode::done : ExitCode::integrity;
}

}  // namespace

Verb audit_verify_verb() {
  return {"verify", "Whether a ledger is what it was: integrity, append-only, completeness",
          [](Options& options) -> Run {
            auto const asked = std::make_shared<Asked>();
            options.value("LEDGER", asked->ledger, "The ledger's file", Need::required);
            options.value("--anchor", asked->anchor,
                          "A checkpoint kept elsewhere, or a witness's state: finds a tail that was cut off");
            options.value("--key", asked->key, "The verifier key that you have pinned (default: the ledger's own)");
            options.choice("--format", asked->format, {"text", "json"}, "How the verdict is printed");
            return [asked] { return verify_ledger(*asked); };
          }};
}

}  // namespace waymark::commands
