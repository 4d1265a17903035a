// The reading of vocabulary files, block by block. Only for the files of this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/check.hpp"
#include "engine/check/units.hpp"

namespace waymark::check {

class VocabularyReader {
 public:
  explicit VocabularyReader(grammar::Sources const& sources) : sources_(sources) {}

  /// Units first, then choices, records and years, then what is made of them: the order of files never matters.
  CheckedVocabulary read(std::vector<grammar::File const*> const& files);

 private:
  using Block = grammar::Block;
  using BlockKind = grammar::BlockKind;
  using Clause = grammar::Clause;
  using Code = grammar::Code;
  using Part = grammar::Part;
  using Span = grammar::Span;
  using Places = std::map<std::string, Span>;

  template <class Function>
  void each(BlockKind kind, Function function);
  grammar::Diagnostic& report(Code code, Span span, std::string message, std::string help = {});
  bool is_new(Places& seen, Block const& block, std::string_view kind);
  void faults_of_grammar(Block const& block);

  // --- vocabularies.cpp ---
  void calendar(Block const& block);
  void add_year(std::string const& name, unsigned month, unsigned day);
  std::optional<values::Date> date(std::string const& text, Span span);
  void year_start(Clause const& clause);
  void holidays(Clause const& clause);
  void unit(Block const& block);
  void unit_decimals(Block const& block);
  void choice(Block const& block);
  void choice_entry(Clause const& clause, vocabulary::Choice& choice, Places& seen, Places& keys);
  void entry_part(Part const& part, vocabulary::ChoiceEntry& entry);

  // --- records.cpp ---
  void record_head(Block const& block);
  void record_fields(Block const& block);
  void add_field(vocabulary::RecordId id, Clause const& clause, Places& seen, Places& keys);
  std::optional<vocabulary::Field> field(grammar::Declared const& declared);
  bool has_no_fields(vocabulary::Type const& record) const;
  /// Said; a name that is declared so is not judged further.
  bool type_is_misspelled(Part const& part);
  void field_part(Part const& part, vocabulary::Field& made, std::string& key);
  void identity(Part const& part, vocabulary::Field& made);
  void dimension(Part const& part, std::string_view words, vocabulary::Field& made);
  void range(Part const& part, vocabulary::Quantity const& quantity, std::optional<values::Steps>& lowest,
             std::optional<values::Steps>& highest);
  std::optional<values::Steps> steps(grammar::Value const& value, vocabulary::Quantity const& quantity);
  void records_within_themselves();
  bool leads_to(vocabulary::RecordId from, vocabulary::RecordId to, std::vector<bool>& seen) const;

  // --- sources.cpp ---
  void source(Block const& block);
  void source_is_whole(Block const& block, std::vector<std::string> const& keys, vocabulary::Source const& made);
  std::vector<std::string> source_keys(Block const& block);
  void source_clause(Clause const& clause, std::vector<std::string> const& keys, vocabulary::Source& made);
  void untold(Block const& block, vocabulary::Source const& made);
  void lists_all(Clause const& clause, vocabulary::Source& made);
  vocabulary::Type key_type(std::string const& name) const;
  void source_key(grammar::Declared const& declared, vocabulary::Source& made);
  void source_column(grammar::Declared const& declared, vocabulary::Source& made);
  void marks(Clause const& clause, vocabulary::Source& made);
  std::optional<vocabulary::MarkMeaning> mark_meaning(grammar::FactValue const& value,
                                                      vocabulary::Quantity const& quantity);

  grammar::Sources const& sources_;
  CheckedVocabulary out_;
  std::vector<Block const*> blocks_, records_;
  Places calendars_, units_, choices_, record_names_, source_names_, columns_;
  std::string current_;          ///< the name that is being declared: a fault makes it one that is not judged further
  bool last_is_column_ = false;  ///< where `Marks` may stand
};

/// Past `front` where the words begin with it.
bool take_front(std::string_view& words, std::string_view front);

}  // namespace waymark::check
