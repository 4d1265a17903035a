// JSON Lines as they arrive: each chunk's complete lines become rows before the next chunk is waited for.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/cases/json.hpp"
#include "engine/cases/plain_lines.hpp"
#include "engine/cases/reader_base.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;

class JsonLinesReader final : public ReaderBase {
 public:
  JsonLinesReader(std::string name, Pull pull, Setting const& setting, Plainly plainly)
      : ReaderBase(std::move(name), std::move(pull), setting), plainly_(plainly) {}

  bool read(Batch& batch, std::size_t most) override {
    batch.file = name();
    end_of_batch_ = batch.size() + most;
    if (plain_) plain_->read_into(batch.facts);
    bool const more = read_lines(batch);
    take_room_back(batch);
    return more;
  }

 private:
  bool read_lines(Batch& batch) {
    auto const before = batch.size();
    while (batch.size() < end_of_batch_) {
      if (take_line(batch)) continue;
      if (batch.size() > before) return true;  // the input may wait; what is there goes out
      if (ended_) return false;
      take_room_back(batch);
      refill(batch);
    }
    return batch.size() > before;
  }

  /// One line of the buffer; false when it holds no complete one.
  bool take_line(Batch& batch) {
    if (begin_ == complete_) return false;
    if (take_plain(batch)) return true;
    auto const unread = std::string_view(buffer_).substr(begin_, end_ - begin_);
    auto const line = unread.substr(0, unread.find('\n'));
    begin_ += std::min(line.size() + 1, unread.size());
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

  /// The same of a line that is plain.
  bool take_plain(Batch& batch) {
    if (skipping_ || !reads_plainly(batch)) return false;
    make_room(batch);
    auto const* const begin = buffer_.data() + begin_;
    auto const* const end = plain_->read(begin, batch.size());
    auto const size = static_cast<std::size_t>(end == nullptr ? 0 : end - 1 - begin);
    bool const read = end != nullptr && size <= kLargestSubmission;
    if (read) {
      for (auto const& text : plain_->new_texts()) {
        auto const symbol = storer_.setting().symbols.intern(text.text);
        text.column->lowest[text.at] = text.column->highest[text.at] = symbol;
      }
      working_on({begin, size});
      add_read(plain_->id(), plain_->mark(), ++line_, batch);
      begin_ += size + 1;
      at_start_ = false;
    } else {
      take_room_back(batch);
      room_ = 1;
    }
    plain_->new_texts().clear();
    return read;
  }

  /// Once it is known that it pays.
  bool reads_plainly(Batch& batch) {
    if (plain_) return true;
    if (plainly_ == Plainly::none || (plainly_ == Plainly::but_the_first && line_ == 0)) return false;
    plain_.emplace(storer_.setting(), storer_.notices());
    plain_->read_into(batch.facts);
    return true;
  }

  /// Rows for plain lines, in which nothing is submitted: for many at once, since that costs a row the less. They are
  /// few after a line that was not plain, for those that are not used are taken back.
  void make_room(Batch& batch) {
    if (batch.facts.rows > batch.size()) return;
    auto const& vocabulary = storer_.setting().vocabulary;
    if (room_ == kMostRoom) {
      reserve_rows(batch.facts, end_of_batch_, vocabulary);
      batch.origins.reserve(end_of_batch_);
      batch.waivers.reserve(end_of_batch_);
    }
    add_missing_rows(batch.facts, std::min(room_, end_of_batch_ - batch.size()), vocabulary);
    room_ = std::min(2 * room_, kMostRoom);
  }
  void take_room_back(Batch& batch) {
    if (plain_) truncate(batch.facts, batch.size(), storer_.setting().vocabulary);
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
      complete_ = begin_;
    }
    if (begin_ != 0) std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() < end_ + kLinesChunk + JsonReader::kPadding) {
      buffer_.resize(end_ + kLinesChunk + JsonReader::kPadding);
    }
    auto const count = pull_some(buffer_.data() + end_, kLinesChunk);
    auto const last = std::string_view(buffer_.data() + end_, count).rfind('\n');
    ended_ = count == 0;
    if (failed()) begin_ = end_;
    complete_ = ended_ ? end_ : last == std::string_view::npos ? 0 : end_ + last + 1;  // a last line may have no end
    end_ += count;
    buffer_[end_] = '\0';  // no line goes on here
    skip_byte_order_mark();
  }

  void skip_byte_order_mark() {
    if (at_start_ && end_ >= kByteOrderMark.size()) {
      if (std::string_view(buffer_).starts_with(kByteOrderMark)) begin_ = kByteOrderMark.size();
      complete_ = std::max(complete_, begin_);
      at_start_ = false;
    }
  }

  static constexpr std::size_t kMostRoom = 128;
  static constexpr std::size_t kLinesChunk = std::size_t{1} << 17;  // is still in the cache when its lines are read

  Plainly plainly_;
  std::optional<plain::PlainLines> plain_;
  std::size_t end_of_batch_ = 0;
  std::size_t room_ = 1;  // how many rows are made next
  JsonReader json_;
  Tree tree_;
  std::string buffer_ = std::string(JsonReader::kPadding, '\0');
  std::size_t begin_ = 0;  // of what is not read yet
  std::size_t end_ = 0;
  std::size_t complete_ = 0;  // where the lines end that are there in full; `begin_` where there is none
  std::uint64_t line_ = 0;    // the last one taken
  bool at_start_ = true;
  bool ended_ = false;
  bool skipping_ = false;  // the rest of a line that is too long
};

}  // namespace

std::unique_ptr<Reader> open_json_lines(std::string name, Pull pull, Setting const& setting, Plainly plainly) {
  return std::make_unique<JsonLinesReader>(std::move(name), std::move(pull), setting, plainly);
}

}  // namespace waymark::cases
