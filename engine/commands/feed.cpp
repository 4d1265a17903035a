// Submissions as they come. From standard input nothing that has arrived waits for what has not.
#include "engine/commands/feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/commands/targets.hpp"

namespace waymark::commands {

Feed::Feed(Input input, cases::Format format, bool live) : input_(std::move(input)), format_(format), live_(live) {}

Result<std::unique_ptr<Feed>, WorldError> Feed::open(std::string const& path) {
  auto const format = path == "-" ? cases::Format::json_lines : cases::format_of(path);
  auto input = Input::open(path);
  if (!input) return values::failure(input.error());
  if (!format) {
    return values::failure(
        WorldError{fmt::format("`{}` does not say how it is to be read\n"
                               "  = help: a file of submissions ends in .jsonl, .json, .csv or .toml",
                               path)});
  }
  return std::unique_ptr<Feed>(new Feed(std::move(*input), *format, path == "-"));
}

void Feed::start(cases::Setting const& setting) {
  auto const pull = [this](char* into, std::size_t most) {
    auto const count = input_.pull(into, most);
    if (count) bytes_read_ += *count;
    return count;
  };
  reader_ = cases::open(format_, input_.name(), pull, setting);
  empty_ = [record = setting.record, &vocabulary = setting.vocabulary] {
    return cases::empty_batch(record, vocabulary);
  };
}

cases::Batch Feed::next_batch() {
  cases::Batch batch = empty_();
  while (batch.size() < kBatch) {
    bool const waits = batch.size() > 0 && may_wait();
    if (waits || !reader_->read(batch, kBatch - batch.size())) break;
  }
  return batch;
}

cases::Batch Feed::next_one() {
  cases::Batch batch = empty_();
  reader_->read(batch, 1);
  return batch;
}

std::vector<cases::Batch> Feed::next(std::size_t most) {
  std::vector<cases::Batch> batches;
  while (batches.size() < most) {
    if (!batches.empty() && may_wait()) break;
    cases::Batch batch = next_batch();
    if (batch.size() == 0) break;
    batches.push_back(std::move(batch));
  }
  return batches;
}

std::optional<std::vector<std::unique_ptr<Feed>>> open_or_say(std::vector<std::string> const& paths) {
  std::vector<std::unique_ptr<Feed>> feeds;
  for (std::string const& path : paths) {
    auto feed = Feed::open(path);
    if (!feed) {
      say(feed.error().message);
      return std::nullopt;
    }
    feeds.push_back(std::move(*feed));
  }
  return feeds;
}

}  // namespace waymark::commands
