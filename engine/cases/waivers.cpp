// Waivers that a submission brings along, under the reserved key `waivers`.
#include <fmt/format.h>

#include "engine/cases/store.hpp"
#include "engine/cases/waived_values.hpp"
#include "grammar/parse.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;

constexpr std::string_view kHelp =
    R"(Write [{"waiver": "emerging occupation", "grantor": "…", "authority": "…", "reason": "…", )"
    R"("from": "2026-07-01", "through": "2027-06-30"}].)";

struct WaiverReader {
  Reading& reading;
  std::map<std::string, vocabulary::Type> const& waived;
  Notices& notices;
  std::vector<Fault>& remarks;

  bool refuse(NodeId node, std::string_view rest) const {
    return reading.refuse_value(Code::waiver_not_readable, node, std::string(rest), std::string(kHelp));
  }

  bool refuse_whole(NodeId node, std::string_view rest) const {
    return reading.refuse(Code::waiver_not_readable, node, fmt::format("`{}` {}", path_to(reading.tree, node), rest),
                          std::string(kHelp));
  }

  bool text(NodeId node, std::string& out) const {
    auto const& value = reading.tree[node];
    if (is_nothing(value)) return true;
    if (!is_text(value)) return refuse(node, "and text is needed here.");
    out = trimmed(value.text);
    return true;
  }

  bool date(NodeId node, std::optional<values::Date>& out) const {
    auto const& value = reading.tree[node];
    if (is_nothing(value)) return true;
    out = is_text(value) ? values::read_date(trimmed(value.text)) : std::nullopt;
    return out ? true : refuse(node, "which is not a date.");
  }

  bool part(NodeId node, WaiverOnRecord& out) const {
    auto const key = reading.tree[node].key;
    if (key == "waiver") return text(node, out.waiver);
    if (key == "grantor") return text(node, out.grantor);
    if (key == "authority") return text(node, out.authority);
    if (key == "reason") return text(node, out.reason);
    if (key == "from") return date(node, out.from);
    if (key == "through") return date(node, out.through);
    unknown(node);
    return true;
  }

  // What stands in the threshold's place: in the threshold's unit, or a bare number.
  bool value(NodeId node, WaiverOnRecord& out) const {
    auto const& given = reading.tree[node];
    if (is_nothing(given)) return true;
    auto const type = waived.find(out.waiver);
    if (type == waived.end()) {
      takes_no_value(node, out.waiver);
      return true;
    }
    bool const number = given.shape == Shape::whole || given.shape == Shape::decimal;
    if (!is_text(given) && !number) return refuse(node, "and one value is needed here.");
    auto const text = given.shape == Shape::whole ? fmt::format("{}", given.whole) : std::string(trimmed(given.text));
    auto const steps = read_waived_value(text, type->second, reading.vocabulary);
    if (!steps) return refuse(node, steps.error());
    out.value = *steps;
    out.value_text = vocabulary::write_steps(*steps, type->second, reading.vocabulary);
    return true;
  }

  void takes_no_value(NodeId node, std::string_view waiver) const {
    if (notices.unknown_key(fmt::format("waivers, value of {}", waiver), "value") != Say::it) return;
    std::vector<std::string> known;
    for (auto const& [name, type] : waived) known.push_back(name);
    auto const near = grammar::nearest(waiver, known);
    remarks.push_back(
        {Code::unknown_waiver_key, node, true,
         fmt::format("The waiver {} takes no value: it waives no threshold, or one that the policy's versions measure "
                     "in different units. What stands there is not used.",
                     quoted(waiver)),
         near.empty() ? "Leave the value out." : fmt::format("The nearest waiver that takes a value is `{}`.", near)});
  }

  void unknown(NodeId node) const {
    auto const key = reading.tree[node].key;
    if (notices.unknown_key("waivers", key) != Say::it) return;
    remarks.push_back(
        {Code::unknown_waiver_key, node, true,
         fmt::format("A waiver has no key {}; what stands there is not used.", quoted(key)),
         nearest_key_help(key, {"waiver", "grantor", "authority", "reason", "from", "through", "value"})});
  }

  bool waiver(NodeId node, std::vector<WaiverOnRecord>& out) const {
    if (reading.tree[node].shape != Shape::object) return refuse(node, "not a waiver.");
    WaiverOnRecord one;
    std::optional<NodeId> value_at;  // read last, for it is in what the waiver says
    for (auto const each : parts(reading.tree, node)) {
      if (reading.tree[each].key == "value") {
        value_at = each;
      } else if (!part(each, one)) {
        return false;
      }
    }
    one.waiver = grammar::name_key(one.waiver);
    if (one.waiver.empty()) return refuse_whole(node, "does not say which waiver it is, under the key \"waiver\".");
    if (one.from && one.through && *one.through < *one.from) return refuse_whole(node, "ends before it begins.");
    if (value_at && !value(*value_at, one)) return false;
    out.push_back(std::move(one));
    return true;
  }
};

}  // namespace

bool read_waivers(Reading& reading, NodeId node, std::map<std::string, vocabulary::Type> const& waived,
                  Notices& notices, std::vector<WaiverOnRecord>& out, std::vector<Fault>& remarks) {
  if (is_nothing(reading.tree[node])) return true;
  WaiverReader const reader{reading, waived, notices, remarks};
  if (reading.tree[node].shape != Shape::list) return reader.refuse(node, "not a list of waivers.");
  for (auto const part : parts(reading.tree, node)) {
    if (!reader.waiver(part, out)) return false;
  }
  return true;
}

}  // namespace waymark::cases
