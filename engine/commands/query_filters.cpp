#include "engine/commands/query_filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/commands/facts_json.hpp"
#include "engine/commands/manifest_choice.hpp"
#include "engine/commands/targets.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/parse.hpp"

namespace waymark::commands {
namespace {

using ledger::Body;
using Test = Filter::Test;

// Facts that say where a pathway is, and which program it is, under the names that vocabularies give them.
constexpr std::string_view kRegionKeys[] = {"region", "county", "area", "workforce_area", "labor_market_area"};
constexpr std::string_view kProgramKeys[] = {"program", "program_code", "cip"};
constexpr std::string_view kStatuses[] = {"met", "not met", "waived", "does not apply", "cannot be told"};
constexpr std::size_t kShortestHash = 8;
constexpr std::size_t kMostNames = 10'000;  // among which the nearest is looked for
constexpr std::size_t kMostShown = 20;      // of which all are named, where none is near

// Words that are the same but for case and blanks.
bool same_words(std::string const& a, std::string const& b) { return grammar::name_key(a) == grammar::name_key(b); }

bool has_text(Body const& body, std::string_view key, std::string const& wanted) {
  auto const text = body.text(key);
  return text && same_words(*text, wanted);
}

Filter text_filter(std::string what, std::string key, std::string const& asked) {
  Test const fits = [key, asked](ledger::Entry const&, Body const& body) { return has_text(body, key, asked); };
  auto const names = [key](Body const& body) -> std::vector<std::string> {
    auto text = body.text(key);
    return text ? std::vector{*std::move(text)} : std::vector<std::string>();
  };
  return {std::move(what), asked, fits, fits, names};
}

// The outcome as it was decided, or the one that holds instead since it was overridden.
Filter outcome_filter(std::string const& asked, NamedEntries const& named) {
  auto out = text_filter("outcome", "outcome", asked);
  out.fits = [as_decided = out.fits, overridden = named.overridden, asked](ledger::Entry const& entry,
                                                                           Body const& body) {
    if (as_decided(entry, body)) return true;
    auto const found = overridden.find(static_cast<std::int64_t>(entry.seq));
    return found != overridden.end() && same_words(found->second, asked);
  };
  out.knows = out.fits;
  return out;
}

// A key of a body as a person would write it.
std::string as_words(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

// `living wage` for any decision that has the criterion, `living wage=not met` for those in which it stood so.
std::optional<Filter> criterion_filter(std::string const& asked) {
  auto const sign = asked.find('=');
  auto const name = asked.substr(0, sign);
  auto const key = ascii_key(grammar::data_key(grammar::name_key(name)));
  auto const status = sign == std::string::npos ? "" : asked.substr(sign + 1);
  bool const is_status = status.empty() || std::any_of(std::begin(kStatuses), std::end(kStatuses),
                                                       [&](auto one) { return same_words(std::string(one), status); });
  if (!is_status) {
    say(fmt::format("no criterion stands at `{}`\n  = help: {}", status, fmt::join(kStatuses, ", ")));
    return std::nullopt;
  }
  Test const fits = [key, status](ledger::Entry const&, Body const& body) {
    auto const found = body.object("criteria").text(key);
    return found && (status.empty() || same_words(*found, status));
  };
  Test const knows = [key](ledger::Entry const&, Body const& body) { return body.object("criteria").has(key); };
  auto const names = [](Body const& body) {
    std::vector<std::string> out;
    auto const criteria = body.object("criteria");
    for (auto const& [one, json] : criteria.members()) out.push_back(as_words(one));
    return out;
  };
  return Filter{"criterion", name, fits, knows, names};
}

// The seq of its entry, or the beginning of one of its hashes.
std::optional<Filter> rule_filter(std::string const& asked, NamedEntries const& named) {
  auto const all_of = [&](std::string_view allowed) { return asked.find_first_not_of(allowed) == std::string::npos; };
  bool const is_seq = all_of("0123456789") && asked.size() < 16;
  bool const is_hash = all_of("0123456789abcdef") && asked.size() >= kShortestHash;
  if (!is_seq && !is_hash) {
    say(fmt::format(
        "`{}` names no version of rules\n  = help: give the seq of its entry, or the first {} or more digits "
        "of the policy's or the program's SHA-256",
        asked, kShortestHash));
    return std::nullopt;
  }
  std::set<std::int64_t> wanted;
  if (is_seq) wanted.insert(std::stoll(asked));
  for (auto const& [seq, hashes] : named.rules) {
    bool const is_it =
        is_hash && std::any_of(hashes.begin(), hashes.end(), [&](auto const& one) { return one.starts_with(asked); });
    if (is_it) wanted.insert(seq);
  }
  Test const fits = [wanted](ledger::Entry const& entry, Body const& body) {
    auto const itself = static_cast<std::int64_t>(entry.seq);
    return wanted.contains(entry.kind == "rule" ? itself : body.number("rule").value_or(-1));
  };
  return Filter{"version of rules", asked, fits, fits};
}

std::vector<std::string> waivers_of(Body const& body) {
  std::vector<std::string> out;
  if (auto const own = body.text("waiver")) out.push_back(*own);
  for (auto const& one : body.items("waivers")) {
    if (auto const name = Body(one).text("waiver")) out.push_back(*name);
  }
  return out;
}

Filter waiver_filter(std::string const& asked) {
  Test const fits = [asked](ledger::Entry const&, Body const& body) {
    auto const all = waivers_of(body);
    return std::any_of(all.begin(), all.end(), [&](auto const& one) { return same_words(one, asked); });
  };
  return {"waiver", asked, fits, fits, waivers_of};
}

// `May 2024` of any source, or `wages=May 2024`.
Filter vintage_filter(std::string const& asked, NamedEntries const& named) {
  auto const sign = asked.find('=');
  bool const has_source = sign != std::string::npos;
  auto const source = has_source ? ascii_key(grammar::data_key(grammar::name_key(asked.substr(0, sign)))) : "";
  auto const release = has_source ? asked.substr(sign + 1) : asked;
  auto const used = [releases = named.releases](Body const& body) {
    std::vector<std::pair<std::string, std::string>> out;  // source and release
    auto const evidence = body.object("evidence");
    for (auto const& [key, json] : evidence.members()) {
      auto const found = releases.find(evidence.number(key).value_or(-1));
      if (found != releases.end()) out.emplace_back(key, found->second);
    }
    return out;
  };
  Test const fits = [=](ledger::Entry const&, Body const& body) {
    auto const all = used(body);
    return std::any_of(all.begin(), all.end(), [&](auto const& one) {
      return (!has_source || one.first == source) && same_words(one.second, release);
    });
  };
  auto const names = [=](Body const& body) {
    std::vector<std::string> out;
    for (auto const& [key, name] : used(body)) out.push_back(has_source ? as_words(key) + "=" + name : name);
    return out;
  };
  return {"release of evidence", asked, fits, fits, names};
}

template <std::size_t N>
Filter fact_filter(std::string what, std::string const& asked, std::string_view const (&keys)[N],
                   std::function<bool(std::string const&)> fits_text) {
  auto const names = [&keys](Body const& body) {
    std::vector<std::string> out;
    auto const facts = body.object("facts");
    for (auto const key : keys) {
      if (auto text = facts.text(key)) out.push_back(*std::move(text));
    }
    return out;
  };
  Test const fits = [names, fits_text = std::move(fits_text)](ledger::Entry const&, Body const& body) {
    auto const all = names(body);
    return std::any_of(all.begin(), all.end(), fits_text);
  };
  return {std::move(what), asked, fits, fits, names};
}

// The review date; of an entry that has none, the day on which it was recorded.
std::string day_of(ledger::Entry const& entry, Body const& body) {
  return body.text("date").value_or(entry.at.substr(0, 10));
}

bool add_days(QueryAsked const& asked, std::vector<Filter>& out) {
  auto const add = [&](char const* option, std::string const& day, auto compares) {
    if (day.empty()) return true;
    if (!date_or_say(option, day)) return false;
    Test const fits = [&day, compares](ledger::Entry const& entry, Body const& body) {
      return compares(day_of(entry, body), day);
    };
    out.push_back({"", day, fits, fits});
    return true;
  };
  return add("--date", asked.date, std::equal_to<std::string>()) &&
         add("--from", asked.from, std::greater_equal<std::string>()) &&
         add("--through", asked.through, std::less_equal<std::string>());
}

}  // namespace

ledger::LedgerResult<NamedEntries> named_entries(ledger::Reader const& reader) {
  NamedEntries out;
  for (auto const* kind : {"evidence", "rule", "override"}) {
    auto const entries = reader.of_kind(kind);
    if (!entries) return values::failure(entries.error());
    for (auto const& entry : *entries) {
      Body const body(entry.body);
      auto const seq = static_cast<std::int64_t>(entry.seq);
      if (entry.kind == "override")
        out.overridden[body.number("concerns").value_or(-1)] = body.text("outcome").value_or("");
      if (auto name = body.text("name")) out.releases.emplace(seq, *std::move(name));
      for (auto const* key : {"policy_sha256", "program_sha256"}) {
        if (auto hash = body.text(key)) out.rules[seq].push_back(*std::move(hash));
      }
    }
  }
  return out;
}

std::optional<std::vector<Filter>> filters_or_say(QueryAsked const& asked, NamedEntries const& named) {
  std::vector<Filter> out;
  if (!add_days(asked, out)) return std::nullopt;
  if (!asked.outcome.empty()) out.push_back(outcome_filter(asked.outcome, named));
  if (!asked.policy.empty()) out.push_back(text_filter("policy", "policy", asked.policy));
  if (!asked.submission.empty()) out.push_back(text_filter("submission", "submission", asked.submission));
  if (!asked.about.empty()) out.push_back(text_filter("pathway", "subject", asked.about));
  if (!asked.region.empty()) {
    auto const fits = [&asked](std::string const& text) { return same_words(text, asked.region); };
    out.push_back(fact_filter("region", asked.region, kRegionKeys, fits));
  }
  if (!asked.program.empty()) {
    // `48.05` finds 48.0508, too.
    auto const fits = [&asked](std::string const& text) { return text.starts_with(asked.program); };
    out.push_back(fact_filter("program", asked.program, kProgramKeys, fits));
  }
  if (!asked.criterion.empty()) {
    auto filter = criterion_filter(asked.criterion);
    if (!filter) return std::nullopt;
    out.push_back(*std::move(filter));
  }
  if (!asked.rule.empty()) {
    auto filter = rule_filter(asked.rule, named);
    if (!filter) return std::nullopt;
    out.push_back(*std::move(filter));
  }
  if (!asked.waiver.empty()) out.push_back(waiver_filter(asked.waiver));
  if (!asked.vintage.empty()) out.push_back(vintage_filter(asked.vintage, named));
  return out;
}

Unknown::Unknown(std::vector<Filter> const& filters) {
  for (auto const& filter : filters) {
    if (!filter.what.empty()) open_.push_back({&filter, {}});
  }
}

void Unknown::see(ledger::Entry const& entry, ledger::Body const& body) {
  std::erase_if(open_, [&](Open const& one) { return one.filter->knows(entry, body); });
  for (auto& one : open_) {
    if (!one.filter->names) continue;
    for (auto& name : one.filter->names(body)) {
      auto const place = std::lower_bound(one.names.begin(), one.names.end(), name);
      bool const is_new = place == one.names.end() || *place != name;
      if (is_new && one.names.size() < kMostNames) one.names.insert(place, std::move(name));
    }
  }
}

void Unknown::say_so() const {
  for (auto const& one : open_) {
    std::vector<std::string> keys;
    for (auto const& name : one.names) keys.push_back(grammar::name_key(name));
    auto const key = grammar::nearest(grammar::name_key(one.filter->asked), keys);
    auto const place = std::find(keys.begin(), keys.end(), key) - keys.begin();
    auto help = key.empty() ? "" : fmt::format("the nearest is `{}`", one.names[static_cast<std::size_t>(place)]);
    if (key.empty() && !one.names.empty() && one.names.size() <= kMostShown) {
      help = fmt::format("on record are {}", fmt::join(one.names, ", "));
    }
    say(fmt::format("nothing on record has the {} `{}`{}", one.filter->what, one.filter->asked,
                    help.empty() ? "" : "\n  = help: " + help));
  }
}

}  // namespace waymark::commands
