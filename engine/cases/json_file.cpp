// A JSON file: one submission, a list of them, or such a list under the key `submissions`. The file is cut at the
// commas of that list and each piece read by itself, so one bad submission does not cost the others.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/cases/json.hpp"
#include "engine/cases/reader_base.hpp"
#include "engine/values/utf8.hpp"

namespace waymark::cases {
namespace {

using grammar::Code;

constexpr std::string_view kShapes = R"(A file holds {…}, [{…}, {…}] or {"submissions": [{…}, {…}]}.)";
constexpr std::string_view kListKey = "\"submissions\"";

std::size_t after_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

// Where the list under `submissions` begins in the object at `begin`, if there is one.
std::optional<std::size_t> list_inside(std::string_view text, std::size_t begin) {
  auto at = after_blanks(text, begin + 1);
  while (at < text.size() && text[at] == '"') {
    auto const key_end = end_of_value(text, at);
    auto const key = text.substr(at, key_end - at);
    at = after_blanks(text, key_end);
    if (at == text.size() || text[at] != ':') return std::nullopt;
    at = after_blanks(text, at + 1);
    if (key == kListKey && at < text.size() && text[at] == '[') return at;
    at = after_blanks(text, end_of_value(text, at));
    if (at == text.size() || text[at] != ',') return std::nullopt;
    at = after_blanks(text, at + 1);
  }
  return std::nullopt;
}

class JsonFileReader final : public ReaderBase {
 public:
  JsonFileReader(std::string name, Pull pull, Setting const& setting)
      : ReaderBase(std::move(name), std::move(pull), setting) {}

  bool read(Batch& batch, std::size_t most) override {
    batch.file = name();
    auto const before = batch.size();
    if (!opened_) begin(batch);
    while (!done_ && batch.size() - before < most) next(batch);
    return batch.size() > before;
  }

 private:
  void begin(Batch& batch) {
    opened_ = true;
    auto bytes = pull_all(kLargestFile);
    done_ = !bytes;
    if (done_) return;
    buffer_ = *std::move(bytes);
    auto const size = buffer_.size();
    buffer_.resize(size + JsonReader::kPadding);
    text_ = std::string_view(buffer_).substr(0, size);
    working_on(text_);
    auto const at = after_blanks(text_, 0);
    if (at == size) return stop(batch, at, Code::no_submissions_found, "The file is empty.", std::string(kShapes));
    bool const own_key = storer_.keys().find({"submissions"}).has_value();
    auto const inside = text_[at] == '{' && !own_key ? list_inside(text_, at) : std::nullopt;
    if (inside || text_[at] == '[') {
      list_ = inside.value_or(at);
      is_inside_ = inside.has_value();
      at_ = list_ + 1;
    } else {
      done_ = true;
      one(at, text_.find_last_not_of(" \t\r\n") + 1, batch);
    }
  }

  /// One submission of the list, or its end.
  void next(Batch& batch) {
    at_ = after_blanks(text_, at_);
    if (at_ == text_.size()) {
      return stop(batch, list_, Code::submission_not_json, "The list of submissions that begins here is never closed.",
                  "The file may have been cut off on its way.");
    }
    bool const comma = text_[at_] == ',' && !first_;
    auto const comma_at = at_;
    if (comma) at_ = after_blanks(text_, at_ + 1);
    if (at_ < text_.size() && text_[at_] == ']') {
      if (!comma) return close(batch);
      at_ += 1;
      return stop(batch, comma_at, Code::submission_not_json, "A comma stands before the closing \"]\".",
                  "Take the comma out.");
    }
    if (at_ == text_.size()) return;
    auto const begin = at_;
    here_ = moved(here_, begin);
    at_ = std::max(end_of_value(text_, at_), at_ + 1);
    if (comma || first_) {
      one(begin, at_, batch);
    } else {
      working_on(text_);
      refuse(batch, line_of(begin), Code::submission_not_json, spot_at(begin),
             "A comma is missing before this submission.");
    }
    first_ = false;
  }

  void close(Batch& batch) {
    done_ = true;
    auto const after = after_blanks(text_, at_ + 1);
    if (is_inside_) return check_around(batch);
    if (after == text_.size()) return;
    stop(batch, after, Code::submission_not_json, "More text follows the end of the list of submissions.");
  }

  // The object around the list, read with an empty list in its place.
  void check_around(Batch& batch) {
    auto around = fmt::format("{}[]{}", text_.substr(0, list_), text_.substr(at_ + 1));
    auto const size = around.size();
    around.resize(size + JsonReader::kPadding);
    if (auto trouble = json_.read(std::string_view(around).substr(0, size), tree_)) {
      auto const offset = trouble->offset <= list_ ? trouble->offset : trouble->offset - 2 + (at_ + 1 - list_);
      return stop(batch, offset, trouble->code, std::move(trouble->message), std::move(trouble->help));
    }
    bool listed = false;
    for (auto const part : parts(tree_, 0)) {
      auto const key = tree_[part].key;
      if (key == "submissions") {
        if (std::exchange(listed, true)) {
          return stop(batch, 0, Code::data_key_given_twice,
                      "`submissions` is given twice, and only the first was read.",
                      "Put all submissions into one list.");
        }
      } else if (storer_.notices().unknown_key("file", key) == Say::it) {
        say(Code::unknown_data_key, {}, fmt::format("The key {} beside `submissions` is not used.", quoted(key)));
      }
    }
  }

  void one(std::size_t begin, std::size_t end, Batch& batch) {
    auto const line = line_of(begin);
    auto const text = text_.substr(begin, end - begin);
    working_on(text);
    if (text.size() > kLargestSubmission) {
      return refuse(batch, line, Code::submission_too_long, spot_at(begin),
                    fmt::format("This submission is longer than {} MiB.", kLargestSubmission >> 20U));
    }
    if (auto trouble = json_.read(text, tree_)) {
      auto const spot = spot_at(begin + trouble->offset);
      return refuse(batch, line, trouble->code, spot, std::move(trouble->message), std::move(trouble->help));
    }
    if (tree_[0].shape != Shape::object) {
      return refuse(batch, line, Code::submission_not_object, spot_at(begin),
                    fmt::format("Here stands {}, not a submission.", seen(tree_[0])), std::string(kShapes));
    }
    store(tree_, line, batch, [&](Fault const& fault) {
      if (fault.node == 0) return spot_at(begin);
      auto const value = scan_json(text).values[fault.node];
      return spot_at(begin + (fault.at_key ? value.key : value.begin));
    });
  }

  void stop(Batch& batch, std::size_t offset, Code code, std::string message, std::string help = {}) {
    done_ = true;
    working_on(text_);
    refuse(batch, line_of(offset), code, spot_at(offset), std::move(message), std::move(help));
  }

  /// A place in the text, counted on from an earlier one.
  struct Cursor {
    std::size_t offset = 0;
    Spot spot{1, 1};
  };
  Cursor moved(Cursor from, std::size_t offset) const {
    auto const between = text_.substr(from.offset, offset - from.offset);
    std::size_t line_begin = 0;
    for (auto end = between.find('\n'); end != std::string_view::npos; end = between.find('\n', line_begin)) {
      line_begin = end + 1;
      from.spot = {from.spot.line + 1, 1};
    }
    from.spot.column += values::count_characters(between.substr(line_begin));
    from.offset = offset;
    return from;
  }
  Spot spot_at(std::size_t offset) const { return moved(offset < here_.offset ? Cursor() : here_, offset).spot; }
  std::uint64_t line_of(std::size_t offset) const { return spot_at(offset).line; }

  JsonReader json_;
  Tree tree_;
  std::string buffer_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t list_ = 0;  // where the list's bracket opens
  Cursor here_;           // where the submission in work begins
  bool opened_ = false;
  bool done_ = false;
  bool is_inside_ = false;  // the list stands in an object
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Reader> open_json(std::string name, Pull pull, Setting const& setting) {
  return std::make_unique<JsonFileReader>(std::move(name), std::move(pull), setting);
}

}  // namespace waymark::cases
