// The data keys of a record, compiled once: which field, entry and year a key leads to, by one lookup a key.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/vocabulary/vocabulary.hpp"

namespace waymark::cases {

using LevelId = std::uint32_t;
inline constexpr LevelId kNoLevel = 0xFFFFFFFF;
inline constexpr std::uint32_t kNoField = 0xFFFFFFFF;

/// What one key means. It may hold a value of a field, further keys, or either.
struct KeyMeaning {
  std::uint32_t field = kNoField;  ///< by position in Record::fields
  std::uint32_t entry = 0;         ///< of the field's choice
  LevelId below = kNoLevel;
  bool id = false;
  bool waivers = false;
  bool ignored = false;
};

/// A key as it is looked up; `seen_in` is the serial number of the last object that held it.
struct Key {
  std::string text;
  KeyMeaning meaning;
  std::uint64_t seen_in = 0;
};

/// Keys that hold a year: what stands before and after it.
struct YearKey {
  std::string before;
  std::string after;
  vocabulary::YearKindId kind = 0;
  KeyMeaning meaning;
};

/// The keys of one object.
class Level {
 public:
  /// The key with this text, made when it is new.
  Key& operator[](std::string_view text);
  YearKey& year_key(std::string_view before, std::string_view after, vocabulary::YearKindId kind);
  Key* find(std::string_view text);
  Key const* find(std::string_view text) const;
  struct Year {
    YearKey const* key;
    std::string_view text;    ///< the key's part that is the year
    std::optional<int> year;  ///< nothing: `2025` where that may be 2024-25 or 2025-26
  };
  std::optional<Year> find_year(std::string_view text, values::Calendar const& calendar) const;

  std::vector<Key> const& keys() const { return keys_; }
  std::vector<YearKey> const& year_keys() const { return year_keys_; }

 private:
  void index();

  std::vector<Key> keys_;
  std::vector<YearKey> year_keys_;
  std::vector<std::uint32_t> table_ = {0};  // by hash; 0: nothing, else the key's position plus one
};

/// `Program Title` as a data key is written, `program_title`.
std::string as_key(std::string_view text);

/// The levels of every record that can stand in a submission.
class Keys {
 public:
  Keys(vocabulary::Vocabulary const& vocabulary, vocabulary::RecordId record);

  std::size_t size() const { return levels_.size(); }
  Level& level(LevelId id) { return levels_[id]; }
  Level const& level(LevelId id) const { return levels_[id]; }
  /// The first level of a record.
  LevelId of(vocabulary::RecordId record) const { return first_[record]; }
  vocabulary::RecordId record() const { return record_; }

  /// What a value at these keys means, `courses.title` within a nested record too; nothing when no field has them.
  struct Found {
    KeyMeaning meaning;
    vocabulary::Field const* field = nullptr;
  };
  std::optional<Found> find(std::vector<std::string> const& path) const;
  /// The ways that are written like this one but for case, and for blanks or hyphens where a key has underscores.
  std::vector<std::vector<std::string>> like(std::vector<std::string> const& path) const;

 private:
  /// How far a way has led: what it means so far, and where the next key is looked up.
  struct Place {
    vocabulary::RecordId record;
    LevelId level;
    Found found;
  };
  bool step(Place& place, std::string const& part) const;
  void add_record(vocabulary::RecordId record);
  LevelId new_level();

  vocabulary::Vocabulary const& vocabulary_;
  vocabulary::RecordId record_;
  std::deque<Level> levels_;
  std::vector<LevelId> first_;
};

}  // namespace waymark::cases
