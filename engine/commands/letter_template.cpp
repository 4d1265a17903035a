// The template library leaves out what it does not know and goes on: so tags are looked at here first.
#include "engine/commands/letter_template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/cases/tree.hpp"
#include "engine/commands/embedded.hpp"
#include "engine/values/result.hpp"
#include "grammar/diagnostic.hpp"

namespace waymark::commands {
namespace {

// docs/operators.md, "Letters". A list has a name with `has_` before it, too.
constexpr std::string_view kNames[] = {"policy", "jurisdiction", "authority", "submission", "title", "date", "outcome",
                                       "until", "fault", "illustrative", "recommends", "entry", "ledger", "size",
                                       "root", "key", "overridden", "overridden_at", "overridden_outcome",
                                       "overridden_who", "overridden_authority", "overridden_reason",
                                       // within a list
                                       ".", "by", "text", "name", "citation", "to_fix", "asked", "found", "margin",
                                       "source", "vintage", "fact", "for", "why", "value"};
constexpr std::string_view kLists[] = {"reasons", "conditions", "schedule", "reports", "possible",
                                       "unmet",   "waived",     "needs",    "findings"};

std::vector<std::string> known_names(std::vector<std::string> const& facts) {
  std::vector<std::string> out(std::begin(kNames), std::end(kNames));
  for (auto const list : kLists) {
    out.emplace_back(list);
    out.push_back("has_" + std::string(list));
  }
  for (auto const& fact : facts) out.push_back("facts." + fact);
  return out;
}

// What stands between the braces; `verbatim`: between three.
std::optional<std::string> wrong_in_tag(std::string_view inside, bool verbatim, std::vector<std::string> const& known) {
  auto tag = cases::trimmed(inside);
  if (verbatim && !tag.empty() && std::string_view("#^/&{").find(tag.front()) != std::string_view::npos) {
    return fmt::format("nothing is called `{}`", tag);
  }
  if (tag.starts_with('>') || tag.starts_with('=')) {
    return fmt::format(
        "`{{{{{}}}}}` is of no use in a letter: there are no other templates, and tags are written {{{{so}}}}", tag);
  }
  bool const is_section = !tag.empty() && std::string_view("#^/").find(tag.front()) != std::string_view::npos;
  if (is_section || tag.starts_with('&')) tag.remove_prefix(1);
  auto const name = std::string(cases::trimmed(tag));
  if (name.empty()) return std::string("`{{}}` names nothing");
  bool const is_list = std::find(std::begin(kLists), std::end(kLists), name) != std::end(kLists);
  if (is_list && !is_section) return fmt::format("`{0}` is a list: {{{{#{0}}}}} … {{{{/{0}}}}}", name);
  if (std::find(known.begin(), known.end(), name) != known.end()) return std::nullopt;
  auto const near = grammar::nearest(name, known);
  return fmt::format("nothing is called `{}`{}", name, near.empty() ? "" : fmt::format("; the nearest is `{}`", near));
}

}  // namespace

LetterTemplate default_letter() {
  for (auto const& text : embedded_texts()) {
    if (text.path == "fixtures/new/letter.mustache")
      return {"the program's own letter.mustache", std::string(text.text)};
  }
  WAYMARK_CHECK(false, "the template of letters is not in the program");
}

std::string template_fault(LetterTemplate const& layout, std::size_t position, std::string const& fault) {
  auto const before = std::string_view(layout.text).substr(0, position);
  return fmt::format("{}:{}: the template of letters cannot be used: {}", layout.name,
                     1 + std::count(before.begin(), before.end(), '\n'), fault);
}

std::optional<std::string> wrong_in_template(LetterTemplate const& layout, std::vector<std::string> const& facts) {
  std::string_view const text = layout.text;
  if (cases::trimmed(text).empty()) return template_fault(layout, 0, "it is empty");
  auto const known = known_names(facts);
  for (auto open = text.find("{{"); open != std::string_view::npos; open = text.find("{{", open)) {
    if (cases::trimmed(text.substr(open + 2)).starts_with('!') && text.find("}}", open) != std::string_view::npos) {
      open = text.find("}}", open) + 2;  // a comment, whatever stands in it
      continue;
    }
    auto const end_of_line = std::min(text.find('\n', open), text.size());
    bool const three = text.substr(open).starts_with("{{{");
    auto const begin = open + (three ? 3 : 2);
    auto const close = text.find("}}", begin);
    bool const closed = close < end_of_line && text.find("{{", begin) >= close;
    if (!closed) {
      return template_fault(layout, open,
                            fmt::format("`{}` is not closed: a tag ends in `}}}}`",
                                        text.substr(open, std::min<std::size_t>(end_of_line - open, 30))));
    }
    if (auto const wrong = wrong_in_tag(text.substr(begin, close - begin), three, known)) {
      return template_fault(layout, open, *wrong);
    }
    open = close + (three ? 3 : 2);
  }
  return std::nullopt;
}

}  // namespace waymark::commands
