// JSON Lines as they arrive: the lines that are there become rows before more are waited for. By one thread, or by
// several in blocks.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <iterator>
#include <optional>
#include <utility>

#include "engine/cases/json.hpp"
#include "engine/cases/line_buffer.hpp"
#include "engine/cases/plain_rows.hpp"
#include "engine/cases/reader_base.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;

// Bytes, or few more: what threads hold while they read is bounded.
constexpr std::size_t kLargestBlock = std::size_t{2} << 20U;

// Of a block. Where more are not plain, and as long as they are, blocks are read in turn by one reader: rows of two
// readers that alternate cost more than they gain, 13 us where one comes after another.
constexpr std::size_t kMostOthers = 4;

/// Lines that one thread reads: those that are plain become rows at once, the others wait for their turn.
class LineBlock final : public Block {
 public:
  LineBlock(Setting const& setting, Notices const& notices) : setting_(setting), notices_(notices) {}

  struct Line {
    std::string_view text;
    std::uint64_t number;
  };
  /// Lines that are not plain, and the rows of those after them that are.
  struct Part {
    std::vector<Line> others;
    Batch batch;
    plain::Unsettled unsettled;
  };

  void read() override {
    parts_.clear();
    if (in_turn_) return;
    if (!rows_) rows_.emplace(setting_, notices_);
    begin_part();
    auto const* const end = text_.data() + text_.size();
    auto number = first_line_;
    for (auto const* at = text_.data(); at != end; ++number) {
      auto const* next = rows_->add(at, number);
      if (next == nullptr) {
        if (parts_.back().batch.size() > 0) begin_part();
        if (parts_.size() > kMostOthers) return read_in_turn();
        auto const left = std::string_view(at, static_cast<std::size_t>(end - at));
        auto const line = left.substr(0, left.find('\n'));
        parts_.back().others.push_back({line, number});
        next = at + std::min(line.size() + 1, left.size());
      }
      at = next;
    }
    rows_->end();
  }

  void give(std::string_view text, LineBuffer::Memory memory, std::uint64_t first_line, std::size_t lines) {
    text_ = text;
    memory_ = std::move(memory);
    first_line_ = first_line;
    lines_ = lines;
    in_turn_ = false;
  }
  /// None of its lines is read before its turn.
  void read_in_turn() {
    in_turn_ = true;
    parts_.clear();
  }
  bool is_read_in_turn() const { return in_turn_; }
  std::string_view text() const { return text_; }
  std::uint64_t first_line() const { return first_line_; }
  std::size_t lines() const { return lines_; }
  std::deque<Part>& parts() { return parts_; }
  bool failed = false;  ///< in the place of lines: the input has ended with a failure

 private:
  void begin_part() {
    if (!parts_.empty()) rows_->end();
    auto& part = parts_.emplace_back();
    part.batch = empty_batch(setting_.record, setting_.vocabulary);
    rows_->begin(part.batch, lines_, part.unsettled);
  }

  Setting const& setting_;
  Notices const& notices_;
  std::optional<plain::PlainRows> rows_;
  std::string_view text_;
  LineBuffer::Memory memory_;
  std::uint64_t first_line_ = 0;
  std::size_t lines_ = 0;
  bool in_turn_ = false;
  std::deque<Part> parts_;
};

class JsonLinesReader final : public ReaderBase {
 public:
  JsonLinesReader(std::string name, Pull pull, Setting const& setting, Plainly plainly)
      : ReaderBase(std::move(name), {}, setting), buffer_(std::move(pull)), plainly_(plainly) {}

  bool read(Batch& batch, std::size_t most) override {
    auto const before = batch.size();
    batch.file = name();
    end_of_batch_ = before + most;
    if (plain_) plain_->begin(batch, end_of_batch_, unsettled_);
    while (batch.size() < end_of_batch_) {
      if (auto const there = buffer_.lines(); !there.empty()) {
        buffer_.take(read_line(there, ++line_, batch));
        continue;
      }
      if (batch.size() > before || buffer_.ended()) break;  // the input may wait; what is there goes out
      refill();
    }
    if (plain_) plain_->end();
    settle_plain(batch, unsettled_);
    return batch.size() > before;
  }

  std::unique_ptr<Block> new_block() override {
    return std::make_unique<LineBlock>(storer_.setting(), storer_.notices());
  }

  bool next_block(Block& block, std::size_t most, IsReady const& is_ready) override {
    auto& lines = static_cast<LineBlock&>(block);
    lines.give({}, nullptr, 0, 0);  // its memory may be used again
    std::size_t size = 0;
    std::size_t count = 0;
    while (true) {
      auto const there = buffer_.lines();
      for (; count < most && size < there.size(); ++count) {
        size = std::min(there.find('\n', size), there.size() - 1) + 1;
      }
      bool const full = count == most || size >= kLargestBlock;
      if (full || buffer_.ended() || (count > 0 && !is_ready())) break;
      buffer_.refill();
    }
    if (count == 0) {
      lines.failed = buffer_.failure().has_value() && !std::exchange(failure_given_, true);
      return lines.failed;
    }
    lines.give(buffer_.lines().substr(0, size), buffer_.memory(), line_ + 1, count);
    if (many_others_) lines.read_in_turn();
    buffer_.take(size);
    line_ += count;
    return true;
  }

  Batch settle(Block& block) override {
    auto& lines = static_cast<LineBlock&>(block);
    if (lines.failed) say_failure(*buffer_.failure());
    others_ = 0;
    auto out = lines.is_read_in_turn() ? all_lines(lines) : parts_of(lines);
    many_others_ = others_ > kMostOthers;
    out.file = name();
    return out;
  }

 private:
  Batch all_lines(LineBlock const& lines) {
    auto out = empty_batch(storer_.setting().record, storer_.setting().vocabulary);
    end_of_batch_ = lines.lines();
    if (plain_) plain_->begin(out, end_of_batch_, unsettled_);
    auto number = lines.first_line();
    for (auto left = lines.text(); !left.empty(); ++number) left.remove_prefix(read_line(left, number, out));
    if (plain_) plain_->end();
    settle_plain(out, unsettled_);
    return out;
  }

  Batch parts_of(LineBlock& lines) {
    Batch out;
    for (auto& part : lines.parts()) {
      bool const first = &part == &lines.parts().front();
      if (first && !part.others.empty()) out = empty_batch(storer_.setting().record, storer_.setting().vocabulary);
      for (auto const& other : part.others) other_line(other.text, other.number, out);
      settle_plain(part.batch, part.unsettled);
      if (first && part.others.empty()) {
        out = std::move(part.batch);
      } else {
        add(std::move(part.batch), out);
      }
    }
    lines.parts().clear();
    return out;
  }

  static void add(Batch from, Batch& to) {
    append(to.facts, from.facts);
    std::move(from.origins.begin(), from.origins.end(), std::back_inserter(to.origins));
    to.waivers.resize(to.origins.size());
  }

  void refill() {
    buffer_.refill();
    if (buffer_.failure()) say_failure(*buffer_.failure());
  }

  /// The first of these lines, and its end; gives how many bytes they are.
  std::size_t read_line(std::string_view there, std::uint64_t number, Batch& batch) {
    if (auto const* const end = reads_plainly(batch, number) ? plain_->add(there.data(), number) : nullptr) {
      return static_cast<std::size_t>(end - there.data());
    }
    settle_plain(batch, unsettled_);
    auto const line = there.substr(0, there.find('\n'));
    other_line(line, number, batch);
    return std::min(line.size() + 1, there.size());
  }

  /// Once it is known that it pays.
  bool reads_plainly(Batch& batch, std::uint64_t number) {
    if (plain_) return true;
    if (plainly_ == Plainly::none || (plainly_ == Plainly::but_the_first && number == 1)) return false;
    plain_.emplace(storer_.setting(), storer_.notices());
    plain_->begin(batch, end_of_batch_, unsettled_);
    return true;
  }

  void other_line(std::string_view line, std::uint64_t number, Batch& batch) {
    at_ = number;
    ++others_;
    if (line.size() > kLargestSubmission) {
      too_long(line, batch);
    } else {
      one(line, batch);
    }
  }

  void one(std::string_view line, Batch& batch) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    working_on(line);
    if (auto trouble = json_.read(line, tree_)) {
      auto const spot = spot_at(line, trouble->offset);
      return refuse(batch, at_, trouble->code, spot, std::move(trouble->message), std::move(trouble->help));
    }
    if (tree_[0].shape != Shape::object) {
      return refuse(batch, at_, Code::submission_not_object, {at_, 1},
                    fmt::format("This line holds {}, not a submission.", seen(tree_[0])),
                    R"(Write one submission a line: {"id": "P1", …}.)");
    }
    store(tree_, at_, batch, [&](Fault const& fault) {
      if (fault.node == 0) return Spot{at_, 0};
      auto const value = scan_json(line).values[fault.node];
      return spot_at(line, fault.at_key ? value.key : value.begin);
    });
  }

  Spot spot_at(std::string_view line, std::size_t offset) const {
    return {at_, values::count_characters(line.substr(0, offset)) + 1};
  }

  // What is kept of it is its beginning, one byte longer than a submission may be: enough to tell it from another, and
  // too long again for whoever reads that.
  void too_long(std::string_view line, Batch& batch) {
    working_on(line.substr(0, kLargestSubmission + 1));
    refuse(batch, at_, Code::submission_too_long, {at_, 0},
           fmt::format("This line is longer than {} MiB.", kLargestSubmission >> 20U),
           "A submission stands on one line; a line break may be missing.");
  }

  LineBuffer buffer_;
  bool failure_given_ = false;
  std::uint64_t line_ = 0;  // the last one taken
  std::uint64_t at_ = 0;    // the line in work, of those that are not plain
  std::size_t others_ = 0;  // that are not plain, of the block that is settled
  std::atomic<bool> many_others_ = false;
  JsonReader json_;
  Tree tree_;
  Plainly plainly_;
  std::optional<plain::PlainRows> plain_;
  plain::Unsettled unsettled_;
  std::size_t end_of_batch_ = 0;
};

}  // namespace

std::unique_ptr<Reader> open_json_lines(std::string name, Pull pull, Setting const& setting, Plainly plainly) {
  return std::make_unique<JsonLinesReader>(std::move(name), std::move(pull), setting, plainly);
}

}  // namespace waymark::cases
