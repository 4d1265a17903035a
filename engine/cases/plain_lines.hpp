// Lines of JSON that hold nothing unusual, straight from their bytes into columns: no tree between, and a few
// instructions a key. What a line may hold is a strict part of what the reader by trees takes (Storer), with the same
// values; whatever would be said of a line, or needs more than this, is left to that reader, which knows everything.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/cases/plain_json.hpp"
#include "engine/cases/plain_keys.hpp"
#include "engine/cases/readers.hpp"
#include "engine/cases/values.hpp"

namespace waymark::cases::plain {

/// A text that no submission held before, spelled like this, and the value that waits for its symbol.
struct NewText {
  FactColumn* column;
  std::size_t at;
  std::string_view text;
};

class PlainLines {
 public:
  PlainLines(Setting const& setting, Notices const& notices);

  /// Before lines are read into further columns, or into the same after they got room for more rows: they have some.
  /// `texts` receives those that are new: to be interned by the caller.
  void read_into(RecordColumns& facts, std::vector<NewText>& texts);
  /// Reads the line that begins at `begin` into `row`, in which nothing is submitted yet. Gives one past the line's
  /// end; null: the line is for the other reader, and the row is spoiled. Either way the columns may hold more than
  /// the rows in them do: `truncate` them before anyone else has them. Bytes as in plain_json.hpp.
  Cursor read(Cursor begin, std::size_t row);
  /// Of the line that was read. Points into it.
  std::string_view id() const { return id_; }

 private:
  /// The row of a record in which an object's values go.
  struct Row {
    RecordColumns& columns;
    std::size_t at;
  };
  /// Columns that run by offsets: a row begins where the one before it ends.
  struct Ranges {
    FieldColumn* column;
    std::size_t entries;
  };
  struct YearCell {
    std::uint32_t field, entry;
    int year;
    Value value;
  };

  void find_ranges(RecordColumns& facts);
  Cursor record(Cursor at, Row row);
  Cursor inner_record(Cursor at, Row row);
  Cursor object(Cursor at, PlainLevel& level, Row row);
  Cursor below(Cursor at, PlainKey const& key, Row row);
  /// A key and where its value begins; without a key, where the object ends, or null.
  struct Found {
    PlainKey* key;
    Cursor at;
  };
  Found first_key(Cursor begin, PlainLevel& level);
  Found other_key(Cursor begin, PlainLevel& level, PlainKey& before);
  Found named_key(Cursor at, PlainLevel& level);
  Cursor member(Cursor at, PlainKey const& key, Row row);
  Cursor several(Cursor at, PlainKey const& key, Row row);
  Cursor id(Cursor at);
  Cursor field(Cursor at, PlainKey const& key, Row row);
  /// Where a value goes that is the only one of its row, or of its row and entry.
  static Cell cell_of(PlainKey const& key, Row row) {
    auto const place = row.at * key.plan->entries;
    return {key.first.lowest + place, key.first.highest + place, key.first.known + place};
  }
  Cursor number(Cursor at, PlainKey const& key, Row row);
  Cursor code(Cursor at, PlainKey const& key, Row row);
  Cursor text(Cursor at, PlainKey const& key, Row row);
  Cursor choice(Cursor at, PlainKey const& key, Row row);
  Cursor date(Cursor at, PlainKey const& key, Row row);
  Cursor yes_no(Cursor at, PlainKey const& key, Row row);
  Cursor single(Cursor at, PlainKey const& key, Row row);
  Cursor yearly(Cursor at, PlainKey const& key);
  Cursor list(Cursor at, FieldPlan const& plan, FieldColumn& column, std::size_t row);
  Cursor codes(Cursor at, FieldPlan const& plan, FactColumn& values, std::uint32_t& end);
  Cursor items(Cursor at, FieldPlan const& plan, FactColumn& values, std::uint32_t& end);
  /// By which codes are ordered as by their texts; 0 where it takes more.
  std::uint64_t order_of(values::Symbol code) {
    auto const known = code < orders_.size() ? orders_[code] : 0;
    return known != 0 ? known : new_order_of(code);
  }
  std::uint64_t new_order_of(values::Symbol code);
  Cursor record_list(Cursor at, FieldColumn& column, std::size_t row);
  Cursor nested(Cursor at, FieldColumn& column, std::size_t row);
  bool file_years(Row row, std::size_t base);

  Cursor value(Cursor at, FieldPlan const& plan, Value& out);
  Cursor choice(Cursor at, FieldPlan const& plan, Value& out);
  Cursor date(Cursor at, FieldPlan const& plan, Value& out);
  Cursor unusual(Cursor at, FieldPlan const& plan, Value& out);
  Cursor tree_of(Cursor at, std::string_view key, int depth);

  /// A code or a text: empty where nothing is given; its symbol is not known where it is new.
  struct Word {
    values::Symbol symbol = values::Symbols::kUnknown;
    std::string_view text;
  };
  Cursor put(Cursor end, Word const& word, PlainKey const& key, Row row);
  Cursor read_word(Cursor at, Word& out) const {
    at = read_text(at, out.text);
    if (at == nullptr) return nullptr;
    auto const blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    if (!out.text.empty() && (blank(out.text.front()) || blank(out.text.back()))) out.text = trimmed(out.text);
    look_up(out);
    return at;
  }
  Cursor read_code(Cursor at, FieldPlan const& plan, Word& out) const {
    if (!is_whole_code(at + 1, plan.field->quantity.type.system)) return other_code(at, plan, out);
    out.text = {at + 1, 7};
    look_up(out);
    return at + 9;
  }
  Cursor other_code(Cursor at, FieldPlan const& plan, Word& out) const;
  [[gnu::always_inline]] void look_up(Word& word) const {
    word.symbol = setting_.symbols.find_spelling(word.text, values::Spellings::word_of_padded(word.text));
  }

  Setting const& setting_;
  PlainKeys keys_;
  RecordColumns* facts_ = nullptr;
  std::vector<Ranges> ranges_;  // of the columns in work
  std::uint64_t serial_ = 0;
  std::string_view id_;
  std::vector<NewText>* new_texts_ = nullptr;
  std::optional<int> year_;           // that the keys say which lead to the object in work
  std::vector<YearCell> year_cells_;  // of the records in work
  Tree tree_;                         // of one unusual value
  // By symbol, 0 where it was not asked for yet: to go to the texts took a third of the time of a list of codes.
  std::vector<std::uint64_t> orders_;
};

}  // namespace waymark::cases::plain
