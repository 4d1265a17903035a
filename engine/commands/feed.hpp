// Submissions as they come, in batches: from files as fast as they are read, from standard input as lines arrive.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/cases/readers.hpp"
#include "engine/commands/files.hpp"

namespace waymark::commands {

/// So many that what a batch needs beside its decisions is nothing to them, and so few that their columns stay in the
/// second cache: of 512 or of 2048 the speed workload takes 2 or 5 percent longer.
inline constexpr std::size_t kBatch = 1024;

/// One input. Opened at once, so that a file that is not there is known before anything is decided.
class Feed {
 public:
  /// A message in place of a feed: what cannot be opened, or has an ending that says no format.
  static Result<std::unique_ptr<Feed>, WorldError> open(std::string const& path);

  /// Begins to read cases of one record; called once, before `next`.
  void start(cases::Setting const& setting);
  /// At most `most` batches; fewer when a further one would have to be waited for. Empty: the input has ended.
  std::vector<cases::Batch> next(std::size_t most);
  /// A batch of one; of none at the end.
  cases::Batch next_one();
  /// By several threads, as cases::Reader has it.
  std::unique_ptr<cases::Block> new_block() { return reader_->new_block(); }
  bool next_block(cases::Block& block, std::size_t most) {
    return reader_->next_block(block, most, [this] { return !may_wait(); });
  }
  cases::Batch settle(cases::Block& block) { return reader_->settle(block); }
  /// What was found since the last call.
  grammar::DataDiagnostics take_diagnostics() { return reader_->take_diagnostics(); }

  std::string const& name() const { return input_.name(); }
  cases::Format format() const { return format_; }
  std::uint64_t bytes() const { return input_.bytes(); }
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  Feed(Input input, cases::Format format, bool live);
  bool may_wait() const { return live_ && !input_.is_ready(); }
  cases::Batch next_batch();

  Input input_;
  cases::Format format_;
  bool live_;  ///< decided as it arrives
  std::uint64_t bytes_read_ = 0;
  std::unique_ptr<cases::Reader> reader_;
  std::function<cases::Batch()> empty_;
};

/// All inputs, opened; or nothing, and said which cannot be.
std::optional<std::vector<std::unique_ptr<Feed>>> open_or_say(std::vector<std::string> const& paths);

}  // namespace waymark::commands
