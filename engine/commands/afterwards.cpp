#include "engine/commands/afterwards.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ledger/members.hpp"
#include "engine/values/printable.hpp"

namespace waymark::commands {
namespace {

using ledger::Body;

// A waiver names a submission, or a pathway from year to year; the others the decision by its seq.
bool is_about(Body const& entry, std::string const& kind, Body const& decision) {
  if (kind != "waiver") return entry.number("concerns") == decision.number("seq");
  auto const same = [&](std::string_view key) { return entry.has(key) && entry.raw(key) == decision.raw(key); };
  return same("submission") || same("subject");
}

std::string what(std::string const& kind, Body const& body) {
  auto const text = [&](std::string_view key) { return body.text(key).value_or(""); };
  if (kind == "override") return fmt::format("overrides this decision: outcome {}", text("outcome"));
  if (kind == "appeal") return "appeals this decision";
  if (kind == "correction") {
    return fmt::format("says that this decision rests on wrong facts{}",
                       body.has("received") ? ", and gives the right ones" : "");
  }
  auto const through = body.has("through") ? " through " + text("through") : "";
  return fmt::format("grants {} from {}{}", text("waiver"), text("from"), through);
}

}  // namespace

ledger::LedgerResult<std::vector<ledger::Entry>> afterwards(ledger::Reader const& reader,
                                                            ledger::Entry const& decision) {
  Body const decided(decision.body);
  std::vector<ledger::Entry> out;
  for (auto const* kind : {"override", "appeal", "correction", "waiver"}) {
    auto entries = reader.of_kind(kind);
    if (!entries) return values::failure(entries.error());
    for (auto& entry : *entries) {
      if (entry.seq > decision.seq && is_about(Body(entry.body), kind, decided)) out.push_back(std::move(entry));
    }
  }
  std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.seq < b.seq; });
  return out;
}

ledger::Entry const* override_among(std::vector<ledger::Entry> const& after) {
  auto const last =
      std::find_if(after.rbegin(), after.rend(), [](auto const& entry) { return entry.kind == "override"; });
  return last == after.rend() ? nullptr : &*last;
}

std::string afterwards_text(ledger::Entry const& entry) {
  Body const body(entry.body);
  auto const text = [&](std::string_view key) { return values::one_line(body.text(key).value_or("")); };
  return fmt::format("entry {} {}\n  on {} by {} ({}): {}\n", entry.seq, values::one_line(what(entry.kind, body)),
                     values::one_line(entry.at.substr(0, 10)), text(body.has("who") ? "who" : "grantor"),
                     text("authority"), text("reason"));
}

}  // namespace waymark::commands
