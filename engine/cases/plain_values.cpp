// Values of a plain line into their columns. Forms that are rare are read by the very functions of the other reader.
#include <algorithm>

#include "engine/cases/plain_lines.hpp"

namespace waymark::cases::plain {
namespace {

using values::CodeSystem;
using values::Known;
using values::Steps;
using values::Symbol;
using values::Symbols;
using vocabulary::Kind;

constexpr int kDeepestTree = 2;
constexpr std::size_t kMoreMembers = 256;
constexpr std::size_t kMoreCodes = 1024;
constexpr std::size_t kMostCodes = 64;  // of one list, which are sorted where they are read

// Members of lists are not added one by one: a column has more than its offsets say, until it is cut to them in the
// end.
void make_room(FactColumn& values, std::size_t size) {
  if (values.size() >= size) return;
  values.lowest.resize(size + kMoreMembers);
  values.highest.resize(size + kMoreMembers);
  values.known.resize(size + kMoreMembers);
}

}  // namespace

Cursor PlainLines::field(Cursor at, PlainKey const& key, Row row) {
  auto const& plan = *key.plan;
  auto& column = row.columns.fields[key.meaning.field];
  switch (plan.layout) {
    case Layout::single:
    case Layout::per_choice: return single(at, key, row);
    case Layout::yearly: return yearly(at, key);
    case Layout::list: return list(at, plan, column, row.at);
    case Layout::record_list: return record_list(at, column, row.at);
    case Layout::record: return nested(at, column, row.at);
  }
  return nullptr;
}

Cursor PlainLines::single(Cursor at, PlainKey const& key, Row row) {
  auto const cell = cell_of(key, row);
  if (!cell.is_free()) return nullptr;
  Value read;
  at = value(at, *key.plan, read);
  if (at != nullptr && read.known != Known::not_submitted) cell.put(read);
  return at;
}

Cursor PlainLines::yearly(Cursor at, PlainKey const& key) {
  auto const year = key.year ? key.year : year_;
  if (!year) return nullptr;
  YearCell cell{key.meaning.field, key.meaning.entry, *year, {}};
  at = value(at, *key.plan, cell.value);
  if (at != nullptr && cell.value.known != Known::not_submitted) year_cells_.push_back(cell);
  return at;
}

Cursor PlainLines::list(Cursor at, FieldPlan const& plan, FieldColumn& column, std::size_t row) {
  auto& known = column.list_known[row];
  if (known != Known::not_submitted) return nullptr;
  if (*at == 'n') return skip_value(at);
  if (*at != '[') return nullptr;
  at = after_blanks(at + 1);
  auto end = column.offsets[row];
  if (*at != ']')
    at = plan.kind == Kind::code ? codes(at, plan, column.values, end) : items(at, plan, column.values, end);
  if (at == nullptr) return nullptr;
  known = Known::exactly;
  column.offsets[row + 1] = end;
  return at + 1;
}

// A short text as a number, by which it is ordered as a text is; of others 0.
std::uint64_t PlainLines::new_order_of(Symbol code) {
  auto const& text = setting_.symbols.text(code);
  if (text.size() > 8) return 0;
  if (orders_.size() <= code) orders_.resize(code + kMoreCodes);
  return orders_[code] = __builtin_bswap64(values::Spellings::word_of(text));
}

// A set: in the order of the codes as written, each once. To the closing bracket.
Cursor PlainLines::codes(Cursor at, FieldPlan const& plan, FactColumn& values, std::uint32_t& end) {
  struct Code {
    std::uint64_t order;
    Symbol symbol;
  };
  std::array<Code, kMostCodes> all;
  std::size_t count = 0;
  while (true) {
    Word word;
    if (*at != '"' || count == kMostCodes) return nullptr;
    at = read_code(at, plan, word);
    if (at == nullptr || word.symbol == Symbols::kUnknown) return nullptr;
    auto const order = order_of(word.symbol);
    if (order == 0) return nullptr;
    auto place = count;
    while (place > 0 && order < all[place - 1].order) --place;
    if (place == 0 || all[place - 1].order != order) {
      std::copy_backward(all.begin() + place, all.begin() + count, all.begin() + count + 1);
      all[place] = {order, word.symbol};
      ++count;
    }
    if (*at != ',') at = after_blanks(at);
    if (*at != ',') break;
    at = after_blanks(at + 1);
  }
  make_room(values, end + count);
  for (std::size_t i = 0; i < count; ++i) cell_at(values, end++).put(Steps{all[i].symbol});
  return *at == ']' ? at : nullptr;
}

// To the closing bracket.
Cursor PlainLines::items(Cursor at, FieldPlan const& plan, FactColumn& values, std::uint32_t& end) {
  while (true) {
    make_room(values, end + 1);
    if (plan.kind == Kind::text) {
      Word word;
      at = *at == '"' ? read_word(at, word) : nullptr;
      if (at == nullptr || word.text.empty()) return nullptr;
      if (word.symbol == Symbols::kUnknown) new_texts_->push_back({&values, end, word.text});
      cell_at(values, end++).put(Steps{word.symbol});
    } else {
      // An item that is empty is refused, one that says that it was not submitted is not: neither is plain.
      Value read;
      at = value(at, plan, read);
      if (at == nullptr || read.known == Known::not_submitted) return nullptr;
      cell_at(values, end++).put(read);
    }
    if (*at != ',') at = after_blanks(at);
    if (*at != ',') return *at == ']' ? at : nullptr;
    at = after_blanks(at + 1);
  }
}

// A code that is not written in full, or not as it is kept.
Cursor PlainLines::other_code(Cursor at, FieldPlan const& plan, Word& out) const {
  at = read_text(at, out.text);
  if (at == nullptr) return nullptr;
  out.text = trimmed(out.text);
  if (out.text.empty()) return at;
  auto const code = values::read_code(plan.field->quantity.type.system, out.text);
  if (!code) return nullptr;
  out.symbol = setting_.symbols.find(*code);
  return out.symbol == Symbols::kUnknown ? nullptr : at;
}

// What is neither a code nor a text; or nothing, of any kind.
Cursor PlainLines::value(Cursor at, FieldPlan const& plan, Value& out) {
  out = plan.missing;
  if (*at == 'n') return is_word(at, "null") ? at + 4 : nullptr;
  switch (plan.kind) {
    case Kind::count:
    case Kind::money:
    case Kind::percent:
    case Kind::points: {
      auto const [end, number] = read_whole(at);
      if (end == nullptr || static_cast<std::uint64_t>(number - plan.least) > plan.span) return unusual(at, plan, out);
      out = {number * plan.factor, number * plan.factor, Known::exactly};
      return end;
    }
    case Kind::choice: return choice(at, plan, out);
    case Kind::date: return date(at, plan, out);
    case Kind::yes_no:
      if (!is_word(at, "true") && !is_word(at, "false")) return unusual(at, plan, out);
      out = {*at == 't', *at == 't', Known::exactly};
      return at + (*at == 't' ? 4 : 5);
    default: return unusual(at, plan, out);
  }
}

Cursor PlainLines::choice(Cursor at, FieldPlan const& plan, Value& out) {
  std::string_view text;
  auto const end = *at == '"' ? read_text(at, text) : nullptr;
  auto const entry = end == nullptr ? values::Spellings::kNone : plan.entry_of.find(text);
  if (entry == values::Spellings::kNone) return unusual(at, plan, out);
  out = {entry, entry, Known::exactly};
  return end;
}

Cursor PlainLines::date(Cursor at, FieldPlan const& plan, Value& out) {
  if (*at != '"') return unusual(at, plan, out);
  std::string_view text;
  auto const end = read_text(at, text);
  auto const read = end == nullptr ? std::nullopt : values::read_date(text);
  if (!read) return unusual(at, plan, out);
  if (read->days < plan.lowest || read->days > plan.highest) return nullptr;
  out = {read->days, read->days, Known::exactly};
  return end;
}

// By a tree of this one value, and the functions that read values of trees. Symbols are none of these values.
Cursor PlainLines::unusual(Cursor at, FieldPlan const& plan, Value& out) {
  if ((plan.kind == Kind::code || plan.kind == Kind::text) && *at != '{') return nullptr;
  tree_.clear();
  at = tree_of(at, {}, 0);
  if (at == nullptr) return nullptr;
  Reading reading{tree_, setting_.vocabulary, setting_.symbols};
  return read_value(reading, 0, *plan.field, out) && reading.shares.empty() ? at : nullptr;
}

Cursor PlainLines::tree_of(Cursor at, std::string_view key, int depth) {
  if (*at == '"') {
    std::string_view text;
    at = read_text(at, text);
    if (at != nullptr) tree_.nodes[tree_.add(Shape::text, key)].text = text;
    return at;
  }
  if (*at == '{' || *at == '[') {
    bool const object = *at == '{';
    char const close = object ? '}' : ']';
    auto const node = tree_.add(object ? Shape::object : Shape::list, key);
    at = depth == kDeepestTree ? nullptr : after_blanks(at + 1);
    while (at != nullptr && *at != close) {
      std::string_view inner;
      if (object) {
        at = *at == '"' ? read_text(at, inner) : nullptr;
        if (at == nullptr) return nullptr;
        at = after_blanks(at);
        if (*at != ':') return nullptr;
        at = after_blanks(at + 1);
      }
      at = tree_of(at, inner, depth + 1);
      if (at == nullptr) return nullptr;
      at = after_blanks(at);
      if (*at == close) break;
      if (*at != ',') return nullptr;
      at = after_blanks(at + 1);
      if (*at == close) return nullptr;
    }
    tree_.close(node);
    return at == nullptr ? nullptr : at + 1;
  }
  auto const end = skip_value(at);
  if (end == nullptr) return nullptr;
  bool const minus = *at == '-';
  switch (*at) {
    case 't': tree_.add(Shape::yes, key); break;
    case 'f': tree_.add(Shape::no, key); break;
    case 'n': tree_.add(Shape::nothing, key); break;
    default: {
      auto const whole = read_whole(minus ? at + 1 : at);
      if (whole.end == end) {
        tree_.nodes[tree_.add(Shape::whole, key)].whole = minus ? -whole.number : whole.number;
      } else {
        auto const text = std::string_view(at, static_cast<std::size_t>(end - at));
        if (text.find('.') == std::string_view::npos) return nullptr;
        tree_.nodes[tree_.add(Shape::decimal, key)].text = text;
      }
    }
  }
  return end;
}

}  // namespace waymark::cases::plain
