// The keys of a record as the plain reader meets them: each with the key that followed it in the line before, so that
// most keys are told by one comparison with what is expected, and learned where a vocabulary leaves them open (years,
// keys that are known to be no field's).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/columns.hpp"
#include "engine/cases/keys.hpp"
#include "engine/cases/notices.hpp"
#include "engine/cases/plain_json.hpp"
#include "engine/values/spellings.hpp"

namespace waymark::cases::plain {

/// Bytes of a line that are likely to stand in the next one, compared sixteen at a time.
class Token {
 public:
  static constexpr std::size_t kAtOnce = 16;

  /// At no place.
  Token() = default;
  /// At no place where the bytes are many.
  explicit Token(std::string_view bytes);
  /// Whether a line has it here.
  bool is_at(Cursor at) const {
    return begins_at(at) && (size_ <= kAtOnce || (goes_on_at(at) && (size_ <= 2 * kAtOnce || ends_at(at))));
  }
  /// The same of its first sixteen bytes, without a branch.
  bool begins_at(Cursor at) const { return has_sixteen(at, 0, first_); }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kLongest = 64;
  bool has_sixteen(Cursor at, std::size_t from, int compared) const {
#ifdef __SSE2__
    auto const here = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at + from));
    auto const there = _mm_load_si128(reinterpret_cast<__m128i const*>(bytes_.data() + from));
    return (_mm_movemask_epi8(_mm_cmpeq_epi8(here, there)) & compared) == compared;
#else
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      if ((compared >> i & 1) != 0 && at[from + i] != bytes_[from + i]) return false;
    }
    return compared >> kAtOnce == 0;
#endif
  }
  bool goes_on_at(Cursor at) const { return has_sixteen(at, kAtOnce, second_); }
  bool ends_at(Cursor at) const {
    auto const rest = std::string_view(bytes_.data(), size_).substr(2 * kAtOnce);
    return is_word(at + 2 * kAtOnce, rest);
  }

  alignas(kAtOnce) std::array<char, kLongest> bytes_ = {};
  // Which of the first and of the next sixteen bytes are compared: of no token one that is never the same.
  int first_ = 1 << kAtOnce, second_ = 0;
  std::size_t size_ = 0;
};

/// What reading a value of one field needs, worked out once.
struct FieldPlan {
  FieldPlan(vocabulary::Field const& of, vocabulary::Vocabulary const& vocabulary);
  /// Whether a row has one value of the field, or one of each entry.
  bool has_cells() const { return layout == Layout::single || layout == Layout::per_choice; }

  vocabulary::Field const* field;
  vocabulary::Kind kind;
  Layout layout;
  std::size_t entries;
  Value missing;
  values::Steps lowest, highest;  ///< that a value may be
  /// Whole numbers from `least` on, `span` of them and one, are each `factor` steps and within the range.
  std::int64_t least = -1, factor = 1;
  std::uint64_t span = 0;
  /// Of a choice: its entries as lines have them, in quotes, where they are few and short; and by name, shown text and
  /// data key.
  std::vector<Token> entries_in_lines;
  values::Spellings entry_of;
};

/// How the value at a key is read, worked out once.
enum class Form : std::uint8_t {
  id,
  skipped,
  number,  ///< these six: one value a row, or one a row and entry
  code,
  text,
  choice,
  date,
  yes_no,
  list,
  below,   ///< further keys, and no value
  several  ///< any of these, as Storer::member has it
};

struct PlainKey {
  Token token;  ///< what stood between the value before and this key's: `,"enrollment":`
  KeyMeaning meaning;
  FieldPlan const* plan;  ///< of the field, where it has one
  Form form;
  std::optional<int> year;  ///< that the key itself says
  PlainKey* next;           ///< the key that came after it, or one that is at no place
  /// In the columns in work, of one whose values stand one a row: that of row r comes r * FieldPlan::entries after
  /// this.
  Cell first = {};
  std::uint64_t seen_in = 0;  ///< the serial number of the last object that held it
};

/// The keys of one object.
struct PlainLevel {
  LevelId id = kNoLevel;
  vocabulary::RecordId record = 0;
  PlainKey* first = nullptr;  ///< the key with which the object before began, where `opening` is at some place
  Token opening;              ///< and what stood between the object's bracket and its value
  std::deque<PlainKey> keys;
  std::deque<std::string> texts;
  values::Spellings by_text;  ///< position in `keys`
  std::size_t learned = 0;    ///< how many of `keys` the vocabulary does not name
};

class PlainKeys {
 public:
  PlainKeys(vocabulary::Vocabulary const& vocabulary, vocabulary::RecordId record, Notices const& notices);
  PlainKeys(PlainKeys const&) = delete;  // keys point to one another
  PlainKeys& operator=(PlainKeys const&) = delete;

  PlainLevel& level(LevelId id) { return levels_[id]; }
  PlainLevel& of(vocabulary::RecordId record) { return levels_[keys_.of(record)]; }
  /// The columns in work of one record, which have a row, until others are, or these have other room.
  void work_in(RecordColumns& columns);
  /// A key by its text, learned where that is possible; null: it is a matter for the other reader.
  PlainKey* find(PlainLevel& level, std::string_view text);

 private:
  void add(PlainLevel& level, std::string_view text, KeyMeaning const& meaning, std::optional<int> year = {});
  void add_level(LevelId id, vocabulary::RecordId record);

  vocabulary::Vocabulary const& vocabulary_;
  Notices const& notices_;
  Keys keys_;
  std::vector<std::deque<FieldPlan>> plans_;  // by record, then by position
  std::vector<PlainLevel> levels_;
  std::vector<std::vector<PlainKey*>> with_cells_;  // by record
  PlainKey none_;
};

}  // namespace waymark::cases::plain
