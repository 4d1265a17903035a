#include "engine/commands/approvals.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "engine/commands/decision_body.hpp"
#include "engine/commands/ledger_choice.hpp"
#include "engine/commands/recorded.hpp"
#include "engine/commands/streams.hpp"
#include "engine/commands/targets.hpp"
#include "engine/ledger/members.hpp"
#include "engine/values/uri.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using ledger::Body;
using ledger::Object;

// Outcomes that are favourable, by the rules of a decision.
class Outcomes {
 public:
  explicit Outcomes(ledger::Reader const& reader) : reader_(reader) {}

  /// Or why that cannot be told.
  values::Result<bool, Missing> is_favourable(std::string const& outcome, std::uint64_t rule) {
    auto const [known, fresh] = by_rule_.try_emplace(rule);
    if (fresh) {
      // Without evidence: what an outcome is stands in the rules.
      auto const reviewer = recorded_reviewer(reader_, {rule, {}, std::nullopt});
      if (!reviewer) return values::failure(reviewer.error());
      auto const& program = (*reviewer)->program();
      for (auto const& entry : program.vocabulary.choices[program.outcomes].entries) {
        if (entry.favourable) known->second.insert(entry.name);
      }
    }
    return known->second.count(grammar::name_key(outcome)) != 0;
  }

 private:
  ledger::Reader const& reader_;
  std::map<std::uint64_t, std::set<std::string>> by_rule_;
};

struct Approval {
  std::uint64_t seq = 0;
  std::string key;  // policy and what it is about
  std::optional<std::uint64_t> override_entry;
  std::string date;
  std::string until;
};

struct LeftOut {
  std::size_t overridden = 0, superseded = 0, expired = 0, later = 0;

  std::string words() const {
    std::vector<std::string> parts;
    for (auto const& [number, why] : {std::pair(overridden, "overridden"), std::pair(superseded, "superseded"),
                                      std::pair(expired, "expired"), std::pair(later, "not made by that day")}) {
      if (number > 0) parts.push_back(fmt::format("{} {}", number, why));
    }
    return parts.empty() ? "" : fmt::format("; left out: {}", fmt::join(parts, ", "));
  }
};

class Approvals {
 public:
  Approvals(ledger::Reader const& reader, values::Date day)
      : reader_(reader), outcomes_(reader), day_(values::write_date(day)) {}

  // Reads all decisions; what went wrong has been said.
  std::optional<ExitCode> find() {
    auto const overrides = reader_.of_kind("override");
    if (!overrides) return say_ledger_error(overrides.error());
    for (auto const& entry : *overrides) {
      Body const body(entry.body);
      overrides_[body.number("concerns").value_or(-1)] = {entry.seq, body.text("outcome").value_or("")};
    }
    std::optional<ExitCode> trouble;
    auto const failed = reader_.each(0, [&](ledger::Entry const& entry) {
      if (entry.kind == "decision") trouble = take(entry.seq, Body(entry.body));
      return !trouble;
    });
    return failed ? say_ledger_error(*failed) : trouble;
  }

  // Those in force, in order.
  std::vector<Approval> in_force(LeftOut& left_out) const {
    left_out = left_out_;
    std::vector<Approval> out;
    for (auto const& one : favourable_) {
      if (std::tuple(one.date, one.seq) < newest_.at(one.key)) {
        ++left_out.superseded;
      } else if (!one.until.empty() && one.until < day_) {
        ++left_out.expired;
      } else {
        out.push_back(one);
      }
    }
    return out;
  }

 private:
  struct Override {
    std::uint64_t seq = 0;
    std::string outcome;
  };

  std::optional<ExitCode> take(std::uint64_t seq, Body const& body) {
    auto const text = [&](std::string_view key) { return body.text(key).value_or(""); };
    auto const outcome = text("outcome");
    auto const found = overrides_.find(static_cast<std::int64_t>(seq));
    bool const overridden = found != overrides_.end();
    // None of them decides: what was decided before goes on.
    bool const decides = outcome != "needs information" && outcome != "not reviewed" && !only_reports(body);
    if (!overridden && !decides) return std::nullopt;
    auto const rule = static_cast<std::uint64_t>(body.number("rule").value_or(0));
    auto const was = outcomes_.is_favourable(outcome, rule);
    auto const is = was && overridden ? outcomes_.is_favourable(found->second.outcome, rule) : was;
    if (!is) {
      say(fmt::format("whether entry {} is an approval cannot be told, for its rules cannot be read: {}", seq,
                      is.error()));
      return ExitCode::integrity;
    }
    if (text("date") > day_) {
      if (*is) ++left_out_.later;
      return std::nullopt;
    }
    Approval one{seq, text("policy") + '\n' + text("subject"), std::nullopt, text("date"), text("until")};
    auto& newest = newest_[one.key];
    newest = std::max(newest, std::tuple(one.date, one.seq));
    if (overridden) {
      one.override_entry = found->second.seq;
      one.until.clear();  // it was the term of what does not hold any more
    }
    if (*is) favourable_.push_back(std::move(one));
    if (*was && !*is) ++left_out_.overridden;
    return std::nullopt;
  }

  ledger::Reader const& reader_;
  Outcomes outcomes_;
  std::string day_;
  std::map<std::int64_t, Override> overrides_;
  std::map<std::string, std::tuple<std::string, std::uint64_t>> newest_;  // date and seq, by Approval::key
  std::vector<Approval> favourable_;
  LeftOut left_out_;
};

std::string named(std::string const& english) { return Object().text("en-US", english).json(); }

// credreg.net/ctdl/terms/ApproveAction: who approved what, from when until when. An override is an action of its own,
// from the day on which it was recorded.
std::string approve_action(Approval const& one, Body const& decision, std::optional<Body> const& overriding,
                           std::string const& jurisdiction, std::string const& base) {
  auto const text = [&](std::string_view key) { return decision.text(key).value_or(""); };
  auto const outcome = (overriding ? *overriding : decision).text("outcome").value_or("");
  Object action;
  action.text("@id", overriding ? fmt::format("{}override:{}", base, *one.override_entry)
                                : fmt::format("{}decision:{}", base, one.seq));
  action.text("@type", "ceterms:ApproveAction");
  action.put("ceterms:name", named(outcome));
  action.put("ceterms:description", named(fmt::format("{}: {}", text("policy"), outcome)));
  action.put("ceterms:actingAgent",
             ledger::list_json(
                 {Object().text("@type", "ceterms:Organization").put("ceterms:name", named(jurisdiction)).json()}));
  action.text("ceterms:startDate", overriding ? overriding->text("at").value_or("").substr(0, 10) : one.date);
  if (!one.until.empty()) action.text("ceterms:endDate", one.until);
  action.put("ceterms:object",
             Object()
                 .text("@id", fmt::format("{}submission:{}", base, values::percent_encoded(text("submission"))))
                 .text("@type", "ceterms:LearningProgram")
                 .put("ceterms:name", named(decision.object("facts").text("title").value_or(text("submission"))))
                 .json());
  action.put("ceterms:evidenceOfAction", ledger::text_json(fmt::format("{}checkpoint", base)));
  return action.json();
}

ledger::LedgerResult<Body> body_of(ledger::Reader const& reader, std::uint64_t seq) {
  auto entry = reader.entry(seq);
  if (!entry) return values::failure(entry.error());
  if (*entry) return Body((*entry)->body);
  return values::failure(
      ledger::LedgerError{ledger::LedgerError::Kind::integrity, fmt::format("the ledger has no entry {}", seq)});
}

ledger::LedgerResult<std::string> written(ledger::Reader const& reader, Approval const& one, std::string const& base) {
  auto const decision = body_of(reader, one.seq);
  if (!decision) return values::failure(decision.error());
  auto const rule = body_of(reader, static_cast<std::uint64_t>(decision->number("rule").value_or(0)));
  if (!rule) return values::failure(rule.error());
  std::optional<Body> overriding;
  if (one.override_entry) {
    auto const found = body_of(reader, *one.override_entry);
    if (!found) return values::failure(found.error());
    overriding = *found;
  }
  return approve_action(one, *decision, overriding, rule->text("jurisdiction").value_or(""), base);
}

}  // namespace

ExitCode export_approvals(ledger::Reader const& reader, std::string const& base, values::Date day) {
  Approvals approvals(reader, day);
  if (auto const trouble = approvals.find()) return *trouble;
  LeftOut left_out;
  auto const in_force = approvals.in_force(left_out);
  out("{{\"@context\":\"https://credreg.net/ctdl/schema/context/json\",\"@graph\":[");
  for (std::size_t i = 0; i < in_force.size(); ++i) {
    auto const action = written(reader, in_force[i], base);
    if (!action) return say_ledger_error(action.error());
    out("{}\n{}", i == 0 ? "" : ",", *action);
  }
  out("\n]}}\n");
  talk("waymark: {} in force on {}{}\n",
       in_force.size() == 1 ? "1 approval" : fmt::format("{} approvals", in_force.size()), values::write_date(day),
       left_out.words());
  return ExitCode::done;
}

}  // namespace waymark::commands
