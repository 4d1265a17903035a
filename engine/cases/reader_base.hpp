// What the readers of all formats share: rows, diagnostics with places, and whole files within their limit.
#pragma once

#include <optional>
#include <string>

#include "engine/cases/plain_rows.hpp"
#include "engine/cases/store.hpp"

namespace waymark::cases {

inline constexpr std::size_t kLargestSubmission = std::size_t{16} << 20;
inline constexpr std::size_t kLargestFile = std::size_t{1} << 30;
inline constexpr std::size_t kChunk = std::size_t{1} << 20;
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Where something is, from 1; 0: not known.
struct Spot {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

class ReaderBase : public Reader {
 public:
  grammar::DataDiagnostics take_diagnostics() override;

 protected:
  ReaderBase(std::string name, Pull pull, Setting const& setting);
  /// What the input did instead of giving all that it has.
  void say_failure(values::WorldError const& failure);

  /// The bytes of which the next rows are made, until others are named.
  void working_on(std::string_view bytes) { bytes_ = bytes; }
  Origin origin_at(std::uint64_t line) const {
    return {"", line, "", storer_.setting().keep_received ? std::string(bytes_) : "", {}};
  }
  void say(grammar::Code code, Spot spot, std::string message, std::string help = {});
  /// Interns the new texts of plain rows and remembers their ids; nothing is open then.
  void settle_plain(Batch const& batch, plain::Unsettled& unsettled);
  /// Says what is wrong and adds a row of which nothing could be read.
  void refuse(Batch& batch, std::uint64_t line, grammar::Code code, Spot spot, std::string message,
              std::string help = {});
  /// Adds the row of a tree. `spot_of` places a node: called only for what is said.
  template <class SpotOf>
  void store(Tree const& tree, std::uint64_t line, Batch& batch, SpotOf&& spot_of) {
    auto const fault = storer_.store(tree, origin_at(line), batch, remarks_);
    for (auto const& remark : remarks_) say(remark.code, spot_of(remark), remark.message, remark.help);
    remarks_.clear();
    if (fault) say(fault->code, spot_of(*fault), fault->message, fault->help);
  }

  /// The next bytes, none at the end. A failure is said, and is the end: what was cut in two by it is not used.
  std::size_t pull_some(char* into, std::size_t most);
  bool failed() const { return failed_; }
  std::string const& name() const { return name_; }
  /// All of it but a leading byte order mark; nothing when it is too large or could not be read, which is said.
  std::optional<std::string> pull_all(std::size_t limit);

  Storer storer_;

 private:
  std::string name_;
  Pull pull_;
  bool failed_ = false;
  std::string_view bytes_;
  grammar::DataDiagnostics diagnostics_;
  std::vector<Fault> remarks_;
};

/// Which lines are read straight into columns, if they hold nothing unusual. For one line alone it would not pay.
enum class Plainly : std::uint8_t { all, but_the_first, none };
std::unique_ptr<Reader> open_json_lines(std::string name, Pull pull, Setting const& setting,
                                        Plainly plainly = Plainly::but_the_first);
std::unique_ptr<Reader> open_json(std::string name, Pull pull, Setting const& setting);
std::unique_ptr<Reader> open_csv(std::string name, Pull pull, Setting const& setting);
std::unique_ptr<Reader> open_toml(std::string name, Pull pull, Setting const& setting);

}  // namespace waymark::cases
