// Conditions as a person reads them: what the program adds for itself is left out.
#include "engine/commands/sheet_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/citations.hpp"

namespace waymark::commands {
namespace {

using check::ConditionId;

class Conditions {
 public:
  explicit Conditions(check::Program const& program) : program_(program) {}

  // A condition that first asks whether there is an earlier decision is said by what it asks then.
  ConditionId without_guard(ConditionId id) const {
    auto const* junction = std::get_if<check::Junction>(&program_.conditions[id].node);
    if (junction == nullptr || junction->items.empty()) return id;
    bool const guards = std::holds_alternative<check::Present>(program_.conditions[junction->items.front()].node);
    return guards ? without_guard(junction->items.back()) : id;
  }

  // `is between` and `is not waived` are lists to the program alone: their items have the whole's words.
  bool is_list(ConditionId id) const {
    auto const* junction = std::get_if<check::Junction>(&program_.conditions[id].node);
    if (junction == nullptr) return false;
    return std::none_of(junction->items.begin(), junction->items.end(), [&](ConditionId item) {
      return program_.conditions[item].text == program_.conditions[id].text;
    });
  }

  // What is asked of each member or year, where the condition's words end in it.
  ConditionId body_of(check::Condition const& condition) const {
    ConditionId body = check::kNone;
    if (auto const* quantified = std::get_if<check::Quantified>(&condition.node)) body = quantified->body;
    if (auto const* windowed = std::get_if<check::Windowed>(&condition.node)) body = windowed->body;
    if (body == check::kNone) return body;
    body = without_guard(body);
    return condition.text.ends_with(program_.conditions[body].text) ? body : check::kNone;
  }

  std::string condition(ConditionId asked) const {
    ConditionId const id = without_guard(asked);
    check::Condition const& node = program_.conditions[id];
    if (auto const inner = body_of(node); inner != check::kNone && is_list(inner)) {
      auto const& items = program_.conditions[inner].text;
      return escaped(node.text.substr(0, node.text.size() - items.size())) + condition(inner) + quoted(node.citation);
    }
    if (!is_list(id)) return escaped(node.text) + quoted(node.citation);
    std::string out = escaped(node.text.substr(0, node.text.find(':'))) + ":" + quoted(node.citation) + "<ul>";
    for (ConditionId const item : std::get<check::Junction>(node.node).items) {
      out += "<li>" + condition(item) + "</li>";
    }
    return out + "</ul>";
  }

 private:
  static std::string quoted(std::string const& citation) {
    return cited({citation, grammar::is_illustrative(citation)});
  }

  check::Program const& program_;
};

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out.push_back(c);
    }
  }
  return out;
}

std::string cited(check::Citation const& citation) {
  if (citation.text.empty()) return "";
  if (citation.text == "illustrative") return R"( <span class="illustrative">illustrative</span>)";
  return fmt::format(R"( <span class="{}">[{}]</span>)", citation.illustrative ? "illustrative" : "from",
                     escaped(citation.text));
}

std::string dated(values::Date date) {
  return fmt::format(R"(<span class="date">{}</span>)", values::write_date(date));
}

std::string condition_html(check::Program const& program, ConditionId id) { return Conditions(program).condition(id); }

}  // namespace waymark::commands
