// Submissions as rows of a table: a header of data keys, dotted where they are nested, and a cell a value.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "engine/cases/csv_header.hpp"
#include "engine/cases/reader_base.hpp"
#include "engine/cases/units.hpp"
#include "engine/values/csv.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;
using values::CsvReader;
using values::CsvRow;

constexpr std::size_t kNamed = 6;  // keys that a message lists

// A column that is read: where its cell stands, and the keys that lead to its value.
struct Column {
  std::size_t cell = 0;
  std::vector<std::string> path;
  bool list = false;
  std::vector<std::size_t> rank;  // the first cell of each group that it stands in, outermost first
};

class CsvSubmissionsReader final : public ReaderBase {
 public:
  CsvSubmissionsReader(std::string name, Pull pull, Setting const& setting)
      : ReaderBase(std::move(name), std::move(pull), setting) {
    storer_.of_tables();
  }

  bool read(Batch& batch, std::size_t most) override {
    batch.file = name();
    auto const before = batch.size();
    if (!csv_ && !done_) begin(batch);
    while (!done_ && batch.size() - before < most) {
      auto const begin = csv_->offset();
      done_ = !csv_->next(row_);
      if (!done_) one(begin, batch);
    }
    return batch.size() > before;
  }

 private:
  void begin(Batch& batch) {
    auto bytes = pull_all(kLargestFile);
    done_ = !bytes;
    if (done_) return;
    bytes_ = *std::move(bytes);
    csv_.emplace(bytes_);
    working_on(bytes_);
    while ((done_ = !csv_->next(row_)) == false && row_.is_blank() && !row_.fault) {
    }
    if (done_) {
      refuse(batch, 1, Code::no_submissions_found, {1, 0}, "The file is empty.",
             "The first row names the data keys: id,kind,rates.econ,….");
      return;
    }
    header_bytes_ = std::string_view(bytes_).substr(0, csv_->offset());
    header(batch);
  }

  void header(Batch& batch) {
    header_ = row_;
    if (row_.fault) return bad_header(batch, row_.fault->place, row_.fault->message, row_.fault->help);
    for (std::size_t i = 0; i < row_.cells.size(); ++i) {
      auto const name = trimmed(row_.cells[i]);
      if (values::valid_utf8_prefix(name) < name.size()) {
        return bad_header(batch, row_.places[i], "The header is not UTF-8.", "Save the file as CSV UTF-8.");
      }
      if (!name.empty() && !column(i, name, batch)) return;
    }
    if (auto const other = other_separator(row_.cells); !other.empty() && columns_.empty()) {
      return bad_header(
          batch, row_.places.front(),
          fmt::format("This row is one cell with {0} in it: the file has {0} where a CSV file has commas.", other),
          "Save the file with commas between its cells; a list in one cell keeps its semicolons.");
    }
    if (!facts_ && !not_used_.empty()) return nothing_known(batch);
    for (auto const cell : not_used_) not_used(cell);
    group_columns();
    if (!has_id_) {
      say(Code::csv_without_id, {row_.line, 0},
          fmt::format("No column is named {}, so decisions can only be told apart by their lines.",
                      quoted(storer_.setting().vocabulary.records[storer_.setting().record].id_key)));
    }
  }

  void bad_header(Batch& batch, values::CsvPlace place, std::string message, std::string help) {
    done_ = true;
    refuse(batch, place.line, Code::csv_header_not_readable, {place.line, place.column}, std::move(message),
           std::move(help));
  }

  // False: the header cannot be read, which is said.
  bool column(std::size_t cell, std::string_view name, Batch& batch) {
    auto meaning = column_meaning(name, storer_.keys());
    if (!meaning.other.empty()) {
      bad_header(batch, row_.places[cell],
                 fmt::format("The column {} may be the key {} or {}.", quoted(name), quoted(dotted(meaning.path)),
                             quoted(meaning.other)),
                 "Write the key that is meant, in its own letters.");
      return false;
    }
    auto const key = meaning.found ? dotted(meaning.path) : std::string(name);
    auto const [first, is_new] = names_.emplace(key, name);
    if (!is_new) {
      auto message = first->second == name ? fmt::format("The column {} comes twice.", quoted(name))
                                           : fmt::format("The columns {} and {} are both {}.", quoted(first->second),
                                                         quoted(name), quoted(key));
      bad_header(batch, row_.places[cell], std::move(message), "Keep the one that is right.");
      return false;
    }
    auto const& found = meaning.found;
    bool const fact = meaning.holds_fact();
    if (!fact && !(found && found->meaning.id)) {
      if (!found || !found->meaning.ignored) not_used_.push_back(cell);
      return true;
    }
    facts_ = facts_ || fact;
    has_id_ = has_id_ || found->meaning.id;
    bool const list = fact && found->field->quantity.type.list && !meaning.bound;
    columns_.push_back({cell, std::move(meaning.path), list, {}});
    return true;
  }

  // Nothing but ids is no submission.
  void nothing_known(Batch& batch) {
    auto const& vocabulary = storer_.setting().vocabulary;
    std::string help;
    for (auto const cell : not_used_) {
      auto const name = trimmed(header_.cells[cell]);
      auto const near = column_help(name, storer_.keys(), vocabulary);
      if (help.empty() && !near.empty()) help = fmt::format("{}: {}", quoted(name), near);
    }
    if (help.empty()) {
      auto const known = column_names(storer_.keys());
      std::string listed;
      for (std::size_t i = 0; i < std::min<std::size_t>(known.size(), kNamed); ++i)
        listed += (i == 0 ? "" : ",") + known[i];
      help = fmt::format("The first row names the data keys: {},….", listed);
    }
    bad_header(batch, row_.places[not_used_.front()],
               fmt::format("No column of this header holds a fact of {}, so nothing can be decided from it.",
                           with_article(vocabulary.records[storer_.setting().record].shown)),
               std::move(help));
  }

  void not_used(std::size_t cell) {
    auto const name = trimmed(header_.cells[cell]);
    Spot const spot{row_.places[cell].line, row_.places[cell].column};
    if (as_key(name) == "waivers") {
      say(Code::unknown_data_key, spot, "Waivers cannot stand in a table; this column is not used.",
          "Send submissions with waivers as JSON or TOML.");
      return;
    }
    if (storer_.notices().unknown_key("column", name) != Say::it) return;
    auto help = column_help(name, storer_.keys(), storer_.setting().vocabulary);
    if (help.empty()) help = nearest_key_help(name, {});
    say(Code::unknown_data_key, spot, fmt::format("No field has the key `{}`; this column is not used.", name),
        std::move(help));
  }

  // Columns of one group stand together, whatever their order in the file; groups in the order of their first column.
  void group_columns() {
    std::unordered_map<std::string, std::size_t> first;
    for (auto& column : columns_) {
      std::string prefix;
      for (auto const& part : column.path) {
        prefix += part + "\n";
        column.rank.push_back(first.emplace(prefix, column.cell).first->second);
      }
    }
    std::sort(columns_.begin(), columns_.end(), [](Column const& a, Column const& b) { return a.rank < b.rank; });
  }

  void one(std::size_t begin, Batch& batch) {
    if (row_.is_blank() && !row_.fault) return;
    keep(begin);
    if (row_.fault) {
      auto const& fault = *row_.fault;
      return refuse(batch, row_.line, Code::csv_row_not_readable, {fault.place.line, fault.place.column}, fault.message,
                    fault.help);
    }
    if (row_.cells.size() != header_.cells.size()) return wrong_size(batch);
    for (std::size_t i = 0; i < row_.cells.size(); ++i) {
      auto const good = values::valid_utf8_prefix(row_.cells[i]);
      if (good == row_.cells[i].size()) continue;
      return refuse(
          batch, row_.line, Code::submission_not_utf8, {row_.places[i].line, row_.places[i].column},
          fmt::format("The byte {:02X} in this cell is not UTF-8.", static_cast<unsigned char>(row_.cells[i][good])),
          "Save the file as CSV UTF-8.");
    }
    build();
    store(tree_, row_.line, batch, [&](Fault const& fault) {
      auto const& node = tree_[fault.node];
      return node.line == 0 ? Spot{row_.line, 0} : Spot{node.line, node.column};
    });
  }

  // A table of this row alone.
  void keep(std::size_t begin) {
    if (!storer_.setting().keep_received) return;
    row_bytes_ = header_bytes_;
    row_bytes_ += std::string_view(bytes_).substr(begin, csv_->offset() - begin);
    working_on(row_bytes_);
  }

  void wrong_size(Batch& batch) {
    refuse(batch, row_.line, Code::csv_row_not_readable, {row_.line, 0},
           fmt::format("This row has {} cells and the header {}.", row_.cells.size(), header_.cells.size()),
           "A cell that holds a comma must stand in quotation marks.");
  }

  // The row as a tree; blank cells are left out, and groups of which every cell is blank.
  void build() {
    tree_.clear();
    tree_.add(Shape::object, {});
    std::vector<NodeId> open = {0};
    std::vector<std::string> const* last = nullptr;
    for (auto const& column : columns_) {
      auto const text = trimmed(row_.cells[column.cell]);
      if (text.empty()) continue;
      std::size_t shared = 0;
      while (last != nullptr && shared + 1 < std::min(last->size(), column.path.size()) &&
             (*last)[shared] == column.path[shared]) {
        ++shared;
      }
      for (; open.size() > shared + 1; open.pop_back()) tree_.close(open.back());
      for (auto i = shared; i + 1 < column.path.size(); ++i)
        open.push_back(place(tree_.add(Shape::object, column.path[i]), column));
      value(column, text);
      last = &column.path;
    }
    for (; !open.empty(); open.pop_back()) tree_.close(open.back());
  }

  NodeId place(NodeId id, Column const& column) {
    auto const& spot = row_.places[column.cell];
    tree_.nodes[id].line = static_cast<std::uint32_t>(spot.line);
    tree_.nodes[id].column = static_cast<std::uint32_t>(spot.column);
    return id;
  }

  void text_node(Column const& column, std::string_view key, std::string_view text) {
    tree_.nodes[place(tree_.add(Shape::text, key), column)].text = text;
  }

  void value(Column const& column, std::string_view text) {
    auto const key = std::string_view(column.path.back());
    if (!column.list || text.find_first_of("|;") == std::string_view::npos) return text_node(column, key, text);
    auto const list = place(tree_.add(Shape::list, key), column);
    for (std::size_t at = 0; at <= text.size();) {
      auto const end = std::min(text.find_first_of("|;", at), text.size());
      auto const item = trimmed(text.substr(at, end - at));
      if (!item.empty()) text_node(column, {}, item);
      at = end + 1;
    }
    tree_.close(list);
  }

  std::string bytes_;
  std::string_view header_bytes_;
  std::string row_bytes_;
  std::optional<CsvReader> csv_;
  CsvRow row_;
  CsvRow header_;
  std::vector<Column> columns_;
  std::unordered_map<std::string, std::string> names_;  // of the header, by the keys to which they lead
  std::vector<std::size_t> not_used_;                   // columns of the header that no field has
  Tree tree_;
  bool facts_ = false;  // some column holds a fact
  bool has_id_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Reader> open_csv(std::string name, Pull pull, Setting const& setting) {
  return std::make_unique<CsvSubmissionsReader>(std::move(name), std::move(pull), setting);
}

}  // namespace waymark::cases
