// Policies made by chance that have no faults.
#include "made_policy.hpp"

#include <fmt/format.h>

#include <vector>

namespace waymark::grammar {
namespace {

using Text = rc::Gen<std::string>;

std::string one_of(std::vector<std::string> const& words) { return *rc::gen::elementOf(words); }
bool coin() { return *rc::gen::arbitrary<bool>(); }
int up_to(int most) { return *rc::gen::inRange(1, most + 1); }

std::string name() {
  static std::vector<std::string> const kWords{"wage",     "regional", "openings", "work-based", "Essex",
                                               "County",   "tier",     "credit",   "level",      "\xC3\xA9tat",
                                               "required", "group",    "K-12"};
  std::string out = one_of(kWords);
  for (int i = up_to(3); i > 1; --i) out += " " + one_of(kWords);
  if (up_to(8) == 1) out += " 10";
  if (up_to(10) == 1) return "\"Growth by " + out + " (a: b, c)\"";
  return out;
}
std::string path() {
  auto out = (up_to(3) == 1 ? "the " : "") + name();
  for (int i = up_to(3); i > 2; --i) out += (coin() ? "'s " : "\xE2\x80\x99s ") + name();
  return out;
}
std::string years() { return one_of({"program years", "award years", "years"}); }

std::string amount() {
  return one_of({"25 openings per year", "$1,200.50 per hour", "-$5", "60 percent", "10 percentage points",
                 "2024-07-01", "2024-25", "15-1252", "48.05", "0", "2 years", "-3.5 points"});
}
std::string value(int depth);

std::string lookup() {
  auto out =
      (coin() ? "complete " : "") +
      one_of({"total", "number", "highest", "lowest", "average", "median", "1st percentile", "75th percentile"}) +
      " of " + path();
  if (up_to(4) == 1) return fmt::format("{} in the last {} {}", out, up_to(9), years());
  if (coin()) out += " in " + path();
  if (coin()) out += " for " + path() + ", " + amount();
  if (up_to(3) == 1) out += " where " + name() + " is at least " + amount() + " and " + name() + " is between 1 and 2";
  return out;
}
std::string term(int depth) {
  switch (depth <= 0 ? up_to(2) : up_to(7)) {
    case 1: return amount();
    case 2: return path();
    case 3: return "80 percent of " + term(depth - 1);
    case 4: return fmt::format("the {} of {} and {}", one_of({"greater", "lesser"}), value(0), value(0));
    case 5: return lookup();
    case 6: return path() + " in " + one_of({"2024-25", "the last program year", "the last decision's plan year"});
    default: return path() + " in " + path() + " for " + path();
  }
}
std::string value(int depth) {
  auto out = term(depth);
  for (int i = up_to(4); i > 3; --i) out += one_of({" plus ", " minus "}) + term(depth - 1);
  return out;
}
std::string whole_value() {
  auto out = value(2);
  if (up_to(6) == 1) out += " as a percent of " + value(1);
  if (up_to(6) == 1) out += " rounded to the nearest 10 openings";
  return out;
}

std::string statement() {
  auto const is = one_of({" is ", " are "});
  switch (up_to(9)) {
    case 1:
      return path() + is + one_of({"at least ", "at most ", "more than ", "less than ", "on or after ", "before "}) +
             value(1);
    case 2: return path() + is + (coin() ? "not " : "") + path();
    case 3: return path() + is + (coin() ? "not " : "") + "one of " + path() + ", " + amount();
    case 4: return path() + is + (coin() ? "not in " : "within ") + path();
    case 5: return path() + is + "between " + amount() + " and " + path();
    case 6: return path() + is + one_of({"found met", "found not met", "met", "not met", "in force", "not in force"});
    case 7: return path() + " cannot be told";
    case 8: return path() + one_of({" has ", " has not a ", " have "}) + name();
    default:
      return one_of({"all", "none", "any", "at least 2"}) + " of " + path() + is + one_of({"met", "found not met"});
  }
}
std::string prefix() {
  if (coin()) return "for " + one_of({"any of", "every", "at least 2 of", "more than half of"}) + " " + path() + ", ";
  auto out =
      fmt::format("in {} of the last 3 {}{}", coin() ? "each" : "at least 2", coin() ? "measured " : "", years());
  if (coin()) out += " within 5 " + years();
  if (coin()) out += " after " + path();
  return out + ", ";
}
std::string condition() { return (up_to(4) == 1 ? prefix() : "") + statement(); }
std::string citation() { return one_of({"", "", "", "   [Code 1-2(a): may]", " [C2, illustrative]"}); }

std::string items(int depth) {
  std::string out;
  for (int i = up_to(3); i > 0; --i) {
    auto const dashes = std::string(depth == 1 ? "    - " : "      \xE2\x80\x93 ");
    if (depth == 1 && up_to(3) == 1) {
      out += dashes + (coin() ? prefix() : "") + one_of({"any of:", "at least 2 of:"}) + citation() + "\n" + items(2);
    } else {
      out += dashes + condition() + citation() + "\n";
    }
  }
  return out;
}
/// What follows `when`.
std::string tail() {
  if (coin()) return ": " + condition() + citation() + "\n";
  auto const head = one_of({"all of:", "none of:"}) + citation() + "\n" + items(1);
  return (coin() ? " " : ": ") + head;
}
std::string words() {
  return one_of(
      {"show {wage} in {the pathway's region}, or letters", "see: that \"it\" may [x] be so", "one \xE2\x80\x93 two",
       "a long text that goes on and on, over many words, because a board has asked for an explanation of why "
       "this: and that, and says it otherwise, Condition: from when, in more words than a line can hold"});
}

std::string block() {
  switch (up_to(7)) {
    case 1: {
      auto const rows = "  from 2024-07-01: " + whole_value() + citation() +
                        "\n  from 2025-07-01 through 2026-06-30, " +
                        one_of({"otherwise", "high school or less", name()}) + ": " + amount() + "\n";
      return "Threshold: " + name() + ", in openings" + citation() + "\n" + rows +
             (coin() ? "  continues until changed\n" : "");
    }
    case 2:
      return "Figure: " + name() + "\n  = " + whole_value() + "\n  If not covered by " + path() + ": " + value(1) +
             "\n";
    case 3:
      return "Figure: " + name() + "\n  when " + condition() + ": " + value(1) + "\n  otherwise: " + value(1) +
             "\n  Yes when" + tail();
    case 4:
      return "Criterion: " + name() + citation() + "\n  Met when" + tail() + "  To fix: " + words() +
             "\n  Waived when" + tail();
    case 5:
      return "Group: " + name() + "\n  " + name() + "\n  " + name() + "\n  Note: " + one_of({"so", "thus"}) + "\n";
    case 6:
      return "Decision: " + name() + "\n  When" + tail() + "  Phase out over 2 years when" + tail() +
             "    Condition, within 9 days: " + words() + "\n  Refer to the board otherwise" + citation() +
             "\n    Remembers: " + name() + " = " + value(1) + "\n";
    default:
      return "List: " + name() + "\n  Of: " + name() + ", by program\n  On it when" + tail() +
             "  Highest: " + value(1) + ", by " + path() + "\n";
  }
}

}  // namespace

rc::Gen<std::string> made_policy() {
  return rc::gen::exec([] {
    std::string out = "Policy: made by chance\n  Authority: " + words() + "\n";
    if (coin()) out += "  Reports: " + name() + ", " + name() + "\n";
    for (int i = up_to(4); i > 0; --i) out += "\n" + block();
    return out;
  });
}

}  // namespace waymark::grammar
