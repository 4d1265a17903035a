// JSON Lines as they arrive: each chunk's complete lines become rows before the next chunk is waited for.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/cases/json.hpp"
#include "engine/cases/reader_base.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;

class JsonLinesReader final : public ReaderBase {
 public:
  JsonLinesReader(std::string name, Pull pull, Setting const& setting)
      : ReaderBase(std::move(name), std::move(pull), setting) {}

  bool read(Batch& batch, std::size_t most) override {
    auto const before = batch.size();
    while (batch.size() - before < most) {
      if (take_line(batch)) continue;
      if (batch.size() > before) return true;  // the input may wait; what is there goes out
      if (ended_) return false;
      refill(batch);
    }
    return batch.size() > before;
  }

 private:
  /// One line of the buffer; false when it holds no complete one.
  bool take_line(Batch& batch) {
    auto const unread = std::string_view(buffer_).substr(begin_, end_ - begin_);
    auto const size = unread.find('\n', searched_);
    if (size == std::string_view::npos && !(ended_ && !unread.empty())) {
      searched_ = unread.size();
      return false;
    }
    auto const line = unread.substr(0, size);
    begin_ += std::min(line.size() + 1, unread.size());
    searched_ = 0;
    at_start_ = false;
    ++line_;
    if (std::exchange(skipping_, false)) return true;
    if (line.size() > kLargestSubmission) {
      too_long(line, batch);
    } else {
      one(line, batch);
    }
    return true;
  }

  void one(std::string_view line, Batch& batch) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    working_on(line);
    if (auto trouble = json_.read(line, tree_)) {
      auto const spot = spot_at(line, trouble->offset);
      return refuse(batch, line_, trouble->code, spot, std::move(trouble->message), std::move(trouble->help));
    }
    if (tree_[0].shape != Shape::object) {
      return refuse(batch, line_, Code::submission_not_object, {line_, 1},
                    fmt::format("This line holds {}, not a submission.", seen(tree_[0])),
                    R"(Write one submission a line: {"id": "P1", …}.)");
    }
    store(tree_, line_, batch, [&](Fault const& fault) {
      if (fault.node == 0) return Spot{line_, 0};
      auto const value = scan_json(line).values[fault.node];
      return spot_at(line, fault.at_key ? value.key : value.begin);
    });
  }

  Spot spot_at(std::string_view line, std::size_t offset) const {
    return {line_, values::count_characters(line.substr(0, offset)) + 1};
  }

  // What is kept of it is its beginning, one byte longer than a submission may be: enough to tell it from another, and
  // too long again for whoever reads that.
  void too_long(std::string_view line, Batch& batch) {
    working_on(line.substr(0, kLargestSubmission + 1));
    refuse(batch, line_, Code::submission_too_long, {line_, 0},
           fmt::format("This line is longer than {} MiB.", kLargestSubmission >> 20U),
           "A submission stands on one line; a line break may be missing.");
  }

  void refill(Batch& batch) {
    if (end_ - begin_ > kLargestSubmission) {
      if (!skipping_) {
        ++line_;
        too_long(std::string_view(buffer_).substr(begin_, end_ - begin_), batch);
        --line_;
      }
      skipping_ = true;
      end_ = begin_;
      searched_ = 0;
    }
    auto const chunk = pull_chunk();
    ended_ = chunk.empty();
    if (failed()) begin_ = end_;
    if (ended_) return;
    if (begin_ != 0) std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() < end_ + chunk.size() + JsonReader::kPadding) {
      buffer_.resize(end_ + chunk.size() + JsonReader::kPadding);
    }
    std::memcpy(buffer_.data() + end_, chunk.data(), chunk.size());
    end_ += chunk.size();
    skip_byte_order_mark();
  }

  void skip_byte_order_mark() {
    if (at_start_ && end_ >= kByteOrderMark.size()) {
      if (std::string_view(buffer_).starts_with(kByteOrderMark)) begin_ = kByteOrderMark.size();
      searched_ = 0;
      at_start_ = false;
    }
  }

  JsonReader json_;
  Tree tree_;
  std::string buffer_ = std::string(JsonReader::kPadding, '\0');
  std::size_t begin_ = 0;  // of what is not read yet
  std::size_t end_ = 0;
  std::size_t searched_ = 0;  // bytes after `begin_` that hold no line end
  std::uint64_t line_ = 0;    // the last one taken
  bool at_start_ = true;
  bool ended_ = false;
  bool skipping_ = false;  // the rest of a line that is too long
};

}  // namespace

std::unique_ptr<Reader> open_json_lines(std::string name, Pull pull, Setting const& setting) {
  return std::make_unique<JsonLinesReader>(std::move(name), std::move(pull), setting);
}

}  // namespace waymark::cases
