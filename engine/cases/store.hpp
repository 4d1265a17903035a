// One submission's tree into one row of columns; or, when a value cannot be read, one row that holds nothing, and why.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/cases/keys.hpp"
#include "engine/cases/notices.hpp"
#include "engine/cases/readers.hpp"
#include "engine/cases/values.hpp"

namespace waymark::cases {

class Storer {
 public:
  explicit Storer(Setting const& setting);

  /// Adds one row and its origin to `batch`; `origin.id` and `origin.fault` are set here. Remarks are warnings.
  std::optional<Fault> store(Tree const& tree, Origin origin, Batch& batch, std::vector<Fault>& remarks);
  /// Remarks on an id that came before.
  void note_id(std::string const& id, Notices::Mark mark, std::vector<Fault>& remarks) {
    auto const say = notices_->id(id, mark);
    if (say != Say::nothing) note_repeated_id(id, say, remarks);
  }
  /// What is stored are rows of a table: messages speak of cells.
  void of_tables() { tables_ = true; }
  /// Adds one row of which nothing could be read.
  void store_fault(Origin origin, Batch& batch);

  Keys& keys() { return keys_; }
  Notices& notices() { return *notices_; }
  Setting const& setting() const { return setting_; }

 private:
  static void note_repeated_id(std::string const& id, Say say, std::vector<Fault>& remarks);
  struct FieldPlan {
    vocabulary::Field const* field;
    Layout layout;
    std::size_t entries;
  };
  struct YearCell {
    std::uint32_t field, entry;
    int year;
    NodeId node;
    Value value;
  };
  /// Where in a record a key's value belongs.
  struct Target {
    RecordColumns& columns;
    KeyMeaning const& meaning;
    std::optional<int> year;
  };

  bool record(LevelId level, NodeId node, RecordColumns& columns);
  bool object(LevelId level, NodeId node, RecordColumns& columns, std::optional<int> year);
  bool member(NodeId part, Target target);
  bool field(NodeId part, Target target);
  bool single(NodeId part, Target target, FieldPlan const& plan);
  bool yearly(NodeId part, Target target, FieldPlan const& plan);
  bool list(NodeId part, FieldColumn& column, FieldPlan const& plan);
  bool list_item(NodeId part, FieldColumn& column, FieldPlan const& plan);
  bool record_list(NodeId part, FieldColumn& column, FieldPlan const& plan);
  bool record_item(NodeId part, FieldColumn& column, FieldPlan const& plan);
  bool nested(NodeId part, FieldColumn& column, FieldPlan const& plan);
  bool file_years(RecordColumns& columns, std::size_t base);
  void sort_codes(FieldColumn& column, std::size_t begin);
  bool keys_below(NodeId part, LevelId level) const;

  bool unknown_key(LevelId level, NodeId part);
  bool no_key_twice(std::size_t base);
  bool no_key_twice_within(NodeId node);
  bool one_of_two_years(NodeId part, Level::Year const& found);
  bool twice(NodeId part);
  bool id(NodeId part);
  void find_id(LevelId level, NodeId node);

  Setting setting_;
  bool tables_ = false;
  std::shared_ptr<Notices> notices_;
  Keys keys_;
  std::vector<std::vector<FieldPlan>> plans_;  // by record, then by position
  std::uint64_t serial_ = 0;
  std::vector<NodeId> strays_;        // keys that are not looked up in a table, of the objects in work
  std::vector<YearCell> year_cells_;  // of the records in work
  Reading* reading_ = nullptr;        // of the submission in work
  Tree const* tree_ = nullptr;
  std::string* id_ = nullptr;
  std::vector<Fault>* remarks_ = nullptr;
  std::vector<WaiverOnRecord>* waivers_ = nullptr;
};

/// Reads the reserved key `waivers`; `waived` as in Setting.
bool read_waivers(Reading& reading, NodeId node, std::map<std::string, vocabulary::Type> const& waived,
                  Notices& notices, std::vector<WaiverOnRecord>& out, std::vector<Fault>& remarks);

/// `Did you mean "econ"?`, or what the keys are.
std::string nearest_key_help(std::string_view key, std::vector<std::string> const& known);

}  // namespace waymark::cases
