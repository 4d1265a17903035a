// The schema as a small tree of keys, written once it is whole: several fields may stand below one key.
#include "engine/cases/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "engine/cases/columns.hpp"
#include "engine/cases/units.hpp"
#include "engine/values/json_text.hpp"

namespace waymark::cases {
namespace {

using vocabulary::Dimension;
using vocabulary::Field;
using vocabulary::Kind;
using vocabulary::Vocabulary;

// A JSON value with its keys in the order in which they were made.
struct Json {
  using Members = std::vector<std::pair<std::string, Json>>;
  using Items = std::vector<Json>;
  std::variant<std::string, Members, Items> value;  // a string is JSON already

  static Json raw(std::string text) { return {std::move(text)}; }
  static Json text(std::string_view text) { return {values::json_string(text)}; }
  static Json object() { return {Members{}}; }
  static Json list() { return {Items{}}; }

  Json& operator[](std::string_view key) {
    auto& members = std::get<Members>(value);
    auto const found =
        std::find_if(members.begin(), members.end(), [&](auto const& member) { return member.first == key; });
    if (found != members.end()) return found->second;
    members.emplace_back(std::string(key), object());
    return members.back().second;
  }
  void add(Json item) { std::get<Items>(value).push_back(std::move(item)); }
};

void write(Json const& json, std::string const& indent, std::string& out);

template <class Parts, class Write>
void write_parts(Parts const& parts, char open, char close, std::string const& indent, std::string& out, Write&& one) {
  out.push_back(open);
  auto const inner = indent + "  ";
  bool first = true;
  for (auto const& part : parts) {
    out += std::exchange(first, false) ? "\n" : ",\n";
    out += inner;
    one(part, inner);
  }
  if (!first) out += "\n" + indent;
  out.push_back(close);
}

void write(Json const& json, std::string const& indent, std::string& out) {
  if (auto const* raw = std::get_if<std::string>(&json.value)) {
    out += *raw;
  } else if (auto const* members = std::get_if<Json::Members>(&json.value)) {
    write_parts(*members, '{', '}', indent, out, [&](auto const& member, std::string const& inner) {
      values::append_json_string(out, member.first);
      out += ": ";
      write(member.second, inner, out);
    });
  } else {
    write_parts(std::get<Json::Items>(json.value), '[', ']', indent, out,
                [&](Json const& item, std::string const& inner) { write(item, inner, out); });
  }
}

Json reference(std::string_view name) {
  auto out = Json::object();
  out["$ref"] = Json::text(fmt::format("#/$defs/{}", name));
  return out;
}

Json any_of(std::vector<Json> items) {
  auto list = Json::list();
  for (auto& item : items) list.add(std::move(item));
  auto out = Json::object();
  out["anyOf"] = std::move(list);
  return out;
}

Json of_type(std::string_view type) {
  auto out = Json::object();
  out["type"] = Json::text(type);
  return out;
}

class SchemaWriter {
 public:
  explicit SchemaWriter(Vocabulary const& vocabulary) : vocabulary_(vocabulary) {}

  std::string run(vocabulary::RecordId id, std::string_view title) {
    auto out = Json::object();
    out["$schema"] = Json::text("https://json-schema.org/draft/2020-12/schema");
    out["title"] = Json::text(title);
    auto whole = record(id, true);
    for (auto& [key, value] : std::get<Json::Members>(whole.value)) out[key] = std::move(value);
    definitions(out["$defs"]);
    std::string text;
    write(out, "", text);
    return text + "\n";
  }

 private:
  Json record(vocabulary::RecordId id, bool outermost) {
    auto const& record = vocabulary_.records[id];
    auto out = of_type("object");
    auto& properties = out["properties"];
    if (outermost) id_key(record, properties);
    for (auto const field_id : record.fields) {
      auto const& field = vocabulary_.fields[field_id];
      place(out, field.path, 0, field, field.each, datum(field));
    }
    if (outermost) out["properties"]["waivers"] = reference("waivers");
    for (auto const& key : record.ignored) {
      auto& ignored = out["properties"][key];
      if (std::get<Json::Members>(ignored.value).empty()) ignored["description"] = Json::text("known and not used");
    }
    return out;
  }

  static void id_key(vocabulary::Record const& record, Json& properties) {
    auto types = Json::list();
    types.add(Json::text("string"));
    types.add(Json::text("integer"));
    auto& id = properties[record.id_key];
    id["type"] = std::move(types);
    id["description"] = Json::text("tells this submission apart; named in its decision");
  }

  // Goes down the path from `at`, opening the placeholders of dimensions; what is left of them are keys at its end.
  void place(Json& object, std::vector<std::string> const& path, std::size_t at, Field const& field,
             std::vector<Dimension> open, Json const& datum) {
    if (at == path.size() && open.empty()) {
      object = datum;
      return;
    }
    if (std::get<Json::Members>(object.value).empty()) object["type"] = Json::text("object");
    if (at < path.size()) {
      auto const brace = path[at].find('{');
      auto const close = brace == std::string::npos ? brace : path[at].find('}', brace);
      if (close == std::string::npos) return place(object["properties"][path[at]], path, at + 1, field, open, datum);
      auto const name = path[at].substr(brace + 1, close - brace - 1);
      auto const dimension = std::find_if(open.begin(), open.end(), [&](Dimension const& each) {
        return (each.of == Dimension::Of::choice) == (name != "year" && vocabulary_.choice(name).has_value());
      });
      if (dimension == open.end()) return place(object["properties"][path[at]], path, at + 1, field, open, datum);
      auto const found = *dimension;
      open.erase(dimension);
      return spread(object, found, path[at].substr(0, brace), path[at].substr(close + 1), path, at + 1, field, open,
                    datum);
    }
    auto const found = open.front();
    open.erase(open.begin());
    spread(object, found, "", "", path, at, field, open, datum);
  }

  // Four digits are a year where it begins with the calendar year.
  std::string_view year_pattern(vocabulary::YearKindId kind) const {
    bool const in_full = !values::read_year("2024", vocabulary_.calendar.years[kind]);
    return in_full ? "[0-9]{4}-([0-9]{2}|[0-9]{4})" : "[0-9]{4}(-([0-9]{2}|[0-9]{4}))?";
  }

  void spread(Json& object, Dimension const& dimension, std::string const& before, std::string const& after,
              std::vector<std::string> const& path, std::size_t at, Field const& field,
              std::vector<Dimension> const& open, Json const& datum) {
    if (dimension.of == Dimension::Of::year) {
      auto const pattern = fmt::format("^{}{}{}$", before, year_pattern(dimension.which), after);
      return place(object["patternProperties"][pattern], path, at, field, open, datum);
    }
    for (auto const& entry : vocabulary_.choices[dimension.which].entries) {
      place(object["properties"][fmt::format("{}{}{}", before, entry.data_key, after)], path, at, field, open, datum);
    }
  }

  std::string description(Field const& field) const {
    auto const each = field.quantity.type.list ? "a list, each item " : "";
    auto out = fmt::format("{}: {}{}", field.shown, each, expected_words(field, vocabulary_));
    if (auto const scale = scale_words(field, vocabulary_); !scale.empty()) out += "; " + scale;
    return out;
  }

  Json datum(Field const& field) {
    auto const& type = field.quantity.type;
    Json out = type.kind == Kind::record ? nested(field) : value(field);
    if (type.list) {
      auto list = of_type("array");
      list["items"] = std::move(out);
      if (type.kind == Kind::code) list["uniqueItems"] = Json::raw("true");
      out = any_of({std::move(list), reference("missing"), of_type("null")});
    }
    auto described = Json::object();
    described["description"] = Json::text(description(field));
    for (auto& [key, part] : std::get<Json::Members>(out.value)) described[key] = std::move(part);
    return described;
  }

  Json nested(Field const& field) {
    auto inner = record(field.quantity.type.which, false);
    if (field.quantity.type.list) return inner;
    auto none = Json::object();
    none["const"] = Json::text("none");
    return any_of({std::move(inner), std::move(none), of_type("null")});
  }

  Json value(Field const& field) {
    auto plain = plain_value(field);
    if (field.quantity.type.list) return plain;
    std::vector<Json> forms;
    forms.push_back(std::move(plain));
    if (is_ordered(field.quantity.type)) forms.push_back(bounds(field));
    forms.push_back(reference("missing"));
    forms.push_back(of_type("null"));
    return any_of(std::move(forms));
  }

  Json bounds(Field const& field) {
    auto out = of_type("object");
    auto& properties = out["properties"];
    properties["at_least"] = plain_value(field);
    properties["at_most"] = plain_value(field);
    auto between = of_type("array");
    between["items"] = plain_value(field);
    between["minItems"] = Json::raw("2");
    between["maxItems"] = Json::raw("2");
    properties["between"] = std::move(between);
    out["additionalProperties"] = Json::raw("false");
    out["minProperties"] = Json::raw("1");
    return out;
  }

  Json plain_value(Field const& field) {
    auto const& type = field.quantity.type;
    switch (type.kind) {
      case Kind::count:
      case Kind::money:
      case Kind::percent:
      case Kind::points: return number(field);
      case Kind::date: return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "date");
      case Kind::year: return pattern(fmt::format("^{}$", year_pattern(type.which)), "");
      case Kind::code:
        return type.system == values::CodeSystem::soc ? pattern("^[0-9]{2}-[0-9]{4}(\\.[0-9]{2})?$", "")
                                                      : pattern("^[0-9]{2}(\\.?[0-9]{4}|\\.[0-9]{2})?$", "");
      case Kind::choice: {
        auto entries = Json::list();
        for (auto const& entry : vocabulary_.choices[type.which].entries) entries.add(Json::text(entry.data_key));
        auto out = Json::object();
        out["enum"] = std::move(entries);
        return out;
      }
      case Kind::yes_no: return of_type("boolean");
      case Kind::text:
      case Kind::record: break;
    }
    return of_type("string");
  }

  static Json pattern(std::string_view pattern, std::string_view format) {
    auto out = of_type("string");
    if (!format.empty()) out["format"] = Json::text(format);
    out["pattern"] = Json::text(pattern);
    return out;
  }

  static Json number(Field const& field) {
    auto const scale = field.quantity.scale;
    auto const places = decimal_places(scale);
    auto out = of_type(places == 0 ? "integer" : "number");
    auto const lowest = field.lowest ? in_data(*field.lowest, scale) : field.may_be_negative ? "" : "0";
    auto const highest = field.highest ? in_data(*field.highest, scale) : "";
    if (!lowest.empty()) out["minimum"] = Json::raw(lowest);
    if (!highest.empty()) out["maximum"] = Json::raw(highest);
    return out;
  }

  static void definitions(Json& out) {
    auto reasons = Json::list();
    for (auto const* reason : {"suppressed", "not submitted", "not yet published", "not covered", "withdrawn"}) {
      reasons.add(Json::text(reason));
    }
    auto& missing = out["missing"];
    missing["description"] = Json::text("a value that is missing for a reason");
    missing["type"] = Json::text("object");
    missing["properties"]["missing"]["enum"] = std::move(reasons);
    missing["required"] = required("missing");
    missing["additionalProperties"] = Json::raw("false");

    auto& waivers = out["waivers"];
    waivers["description"] = Json::text("waivers on record for this submission");
    waivers["type"] = Json::text("array");
    auto& waiver = waivers["items"];
    waiver["type"] = Json::text("object");
    for (auto const* key : {"waiver", "grantor", "authority", "reason"}) waiver["properties"][key] = of_type("string");
    auto types = Json::list();
    types.add(Json::text("string"));
    types.add(Json::text("number"));
    auto& value = waiver["properties"]["value"];
    value["description"] = Json::text("of a waiver of a threshold: what stands in its place, such as 5 students");
    value["type"] = std::move(types);
    for (auto const* key : {"from", "through"}) {
      waiver["properties"][key] = pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "date");
    }
    waiver["required"] = required("waiver");
  }

  static Json required(std::string_view key) {
    auto out = Json::list();
    out.add(Json::text(key));
    return out;
  }

  Vocabulary const& vocabulary_;
};

}  // namespace

std::string json_schema(vocabulary::RecordId record, Vocabulary const& vocabulary, std::string_view title) {
  return SchemaWriter(vocabulary).run(record, title);
}

}  // namespace waymark::cases
