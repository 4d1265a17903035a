// What a proof is made of: steps, their texts, and the memory of both.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <list>
#include <memory_resource>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace waymark::explain {

/// A fact on which something hangs that cannot be told.
struct Need {
  std::string fact;      ///< `wages.median_wage`, or the submission's key `enrollment`
  std::string for_what;  ///< `51-4121 in Essex County`, or empty
  std::string why;       ///< values::words(Known)
  friend bool operator==(Need const&, Need const&) = default;
};

/// A text of a proof. It refers to words that outlive it: those of the policy or of a release, fixed ones, or such as
/// `Proofs` keeps. Most of a full record is of the first kind.
class Text {
 public:
  Text() = default;
  template <std::size_t N>
  Text(char const (&literal)[N]) : words_(literal, N - 1) {}  // NOLINT(google-explicit-constructor): as good as words
  /// Words that outlive every proof in which they stand. Not implicit: a text that was just made does not.
  static Text lasting(std::string_view words) {
    Text out;
    out.words_ = words;
    return out;
  }

  std::string_view view() const { return words_; }
  operator std::string_view() const { return words_; }  // NOLINT(google-explicit-constructor)
  bool empty() const { return words_.empty(); }
  friend bool operator==(Text const& a, Text const& b) { return a.words_ == b.words_; }

 private:
  std::string_view words_;
};

struct Proof;

/// The steps on which a step rests, in order.
class Parts {
 public:
  template <class Step>
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Proof;
    using difference_type = std::ptrdiff_t;
    using pointer = Step*;
    using reference = Step&;

    Iterator() = default;
    explicit Iterator(Step* at) : at_(at) {}
    Step& operator*() const { return *at_; }
    Step* operator->() const { return at_; }
    Iterator& operator++() {
      at_ = at_->next;
      return *this;
    }
    Iterator operator++(int) {
      auto const before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(Iterator a, Iterator b) { return a.at_ == b.at_; }

   private:
    Step* at_ = nullptr;
  };

  bool empty() const { return first_ == nullptr; }
  Iterator<Proof const> begin() const { return Iterator<Proof const>(first_); }
  Iterator<Proof const> end() const { return {}; }
  Iterator<Proof> begin() { return Iterator<Proof>(first_); }
  Iterator<Proof> end() { return {}; }

  void add(Proof& step);
  /// All of `others`, which are no one else's parts then.
  void add_all(Parts others);

 private:
  Proof* first_ = nullptr;
  Proof* last_ = nullptr;
};

/// One step of the proof: what was asked, what was found. Valid as long as all that its Subject names, until the run
/// that it explains is about other cases, and until the `Proofs` that keeps it is cleared.
struct Proof {
  enum class Kind : std::uint8_t { step, criterion, decision, report };
  Text what;      ///< the criterion, figure or threshold by name; or empty for a bare condition
  Text result;    ///< "met", "not met", "yes", "no", "cannot be told", "waived", "does not apply", or a value
  Text asked;     ///< the condition in the policy's words
  Text found;     ///< `412 openings per year, at least 60 openings per year`
  Text source;    ///< `wages` (BLS OEWS), or "submission"
  Text vintage;   ///< the release's name: `May 2024`
  Text margin;    ///< `352 openings per year above`; empty where there is none
  Text citation;  ///< with the brackets' text; "illustrative" stays in it
  Parts parts;
  Kind kind = Kind::step;
  Proof* next = nullptr;  ///< among the parts of the step that rests on it
  // Only in `why_not`.
  Text to_fix;                                   ///< of a criterion surely not met: its `To fix:`, the values shown in
  std::vector<Need> const* not_known = nullptr;  ///< what a criterion or a figure hangs on that cannot be told
};

inline void Parts::add(Proof& step) {
  (first_ == nullptr ? first_ : last_->next) = &step;
  last_ = &step;
}

inline void Parts::add_all(Parts others) {
  if (others.empty()) return;
  (first_ == nullptr ? first_ : last_->next) = others.first_;
  last_ = others.last_;
}

/// Keeps proofs with their texts in few pieces of memory, which are given back at once: a full record has some two
/// hundred steps, and to make and to free each and its texts by itself took a sixth of the record.
class Proofs {
 public:
  /// A step in which nothing stands yet and that is part of none.
  Proof& make() {
    static_assert(std::is_trivially_destructible_v<Proof>, "it is never destroyed");
    return *::new (memory_.allocate(sizeof(Proof), alignof(Proof))) Proof();
  }
  /// The same as the last of these parts.
  Proof& add_to(Parts& parts) {
    auto& step = make();
    parts.add(step);
    return step;
  }
  Text keep(std::string_view words);
  /// Kept one after the other.
  Text keep(std::initializer_list<std::string_view> pieces);
  /// What is appended to the text that is handed over, by one who does not write another meanwhile.
  template <class Append>
  Text write(Append const& append) {
    line_.clear();
    append(line_);
    return keep(line_);
  }
  /// Null where there are none.
  std::vector<Need> const* keep(std::vector<Need> needs) {
    return needs.empty() ? nullptr : &needs_.emplace_back(std::move(needs));
  }

  /// Everything that was made is gone.
  void clear() {
    needs_.clear();
    memory_.release();
  }

 private:
  static constexpr std::size_t kFirst = 16384;  // the proof of most criteria
  alignas(Proof) std::array<std::byte, kFirst> first_;
  std::pmr::monotonic_buffer_resource memory_{first_.data(), first_.size()};
  std::list<std::vector<Need>> needs_;
  std::string line_;  // what is being written
};

}  // namespace waymark::explain
