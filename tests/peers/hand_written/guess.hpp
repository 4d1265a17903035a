// Reading a submission by guessing: its keys come in the order in which the workload writes them, each may be left out,
// every number has at most three digits. A line that is otherwise is read by the tree.
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "tests/peers/hand_written/walk.hpp"

namespace hand_written {

/// A place in a line. Once something was not as guessed it says so and reads on in vain.
class Guess {
 public:
  explicit Guess(char const* at) : at_(at) {}

  /// Steps over a literal, if it stands here.
  template <std::size_t N>
  [[gnu::always_inline]] bool skip(char const (&literal)[N]) {
    if (std::memcmp(at_, literal, N - 1) != 0) return false;
    at_ += N - 1;
    return true;
  }
  /// Steps over a literal that must stand here.
  template <std::size_t N>
  [[gnu::always_inline]] bool must_skip(char const (&literal)[N]) {
    return skip(literal) || fail();
  }
  bool fail() {
    good_ = false;
    return false;
  }
  bool good() const { return good_; }
  char const* at() const { return at_; }

  /// The rest of a text without escapes, and its closing quote.
  std::string_view text() {
    auto const* const begin = at_;
#ifdef __SSE2__
    auto const quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), last_control = _mm_set1_epi8(31);
    for (;; at_ += 16) {
      auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at_));
      auto const control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes);
      auto const odd = _mm_or_si128(_mm_cmpeq_epi8(bytes, backslash), control);
      auto const ends = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), odd)));
      if (ends == 0) continue;
      at_ += std::countr_zero(ends);
      break;
    }
#else
    while (*at_ != '"' && *at_ != '\\' && static_cast<unsigned char>(*at_) >= 32) ++at_;
#endif
    if (*at_ != '"') return fail(), std::string_view();
    return {begin, static_cast<std::size_t>(at_++ - begin)};
  }
  /// A code of N letters and its closing quote.
  template <std::size_t N>
  [[gnu::always_inline]] std::uint32_t code(Codes const& codes) {
    static_assert(N < 8);
    if (at_[N] != '"') fail();
    std::uint64_t word;
    std::memcpy(&word, at_, sizeof word);
    at_ += N + 1;
    return codes.find(word & ~std::uint64_t{0} >> (64 - 8 * N));
  }
  /// `0` to `999`, or `null`: four bytes are looked at at once.
  [[gnu::always_inline]] std::int32_t amount() {
    std::uint32_t bytes;
    std::memcpy(&bytes, at_, sizeof bytes);
    auto const digits = bytes ^ 0x30303030U;  // the digits' own values; what is no digit exceeds 9
    auto const others = ((digits + 0x76767676U) | digits) & 0x80808080U;
    auto const count = static_cast<unsigned>(std::countr_zero(others)) / 8;
    if (count == 0) return must_skip("null"), kMissing;
    if (others == 0 || (count > 1 && *at_ == '0')) return fail(), kMissing;
    at_ += count;
    auto const padded = digits << (32 - 8 * count);  // the last digit in the highest byte, zeros before the first
    auto const pairs = (padded * 10 + (padded >> 8)) & 0x00FF00FFU;
    return static_cast<std::int32_t>((pairs * 100 + (pairs >> 16)) & 0xFFFFU);
  }
  template <std::size_t N>
  [[gnu::always_inline]] void amount_of(char const (&key)[N], std::int32_t& into) {
    if (!skip(key)) return;
    into = amount();
    skip(",");
  }
  /// `true`, `false` or `null`, and the comma.
  [[gnu::always_inline]] std::int32_t truth() {
    if (skip("true,")) return 1;
    if (skip("false,")) return 0;
    must_skip("null,");
    return kMissing;
  }
  template <std::size_t Most>
  [[gnu::always_inline]] void codes_of(Codes const& codes, std::array<std::uint32_t, Most>& into,
                                       std::uint32_t& count) {
    if (skip("]")) return;
    do {
      if (count == Most || !must_skip("\"")) return;
      into[count++] = code<7>(codes);
    } while (skip(","));
    must_skip("]");
  }

 private:
  char const* at_;
  bool good_ = true;
};

/// The beginning of the next line, or none: this line is not as guessed.
inline char const* read_guessing(char const* line, Tables const& t, Submission& s) {
  s.forget();
  Guess g(line);
  std::int32_t unused;
  if (!g.must_skip("{\"id\":\"")) return nullptr;
  s.id = g.text();
  if (!g.must_skip(",\"lea\":\"")) return nullptr;
  g.text();
  if (!g.must_skip(",\"cip\":\"")) return nullptr;
  s.program = g.code<7>(t.programs);
  if (!g.must_skip(",\"soc\":[")) return nullptr;
  g.codes_of(t.occupations, s.occupations, s.occupation_count);
  if (!g.must_skip(",\"region\":\"")) return nullptr;
  s.region = g.code<3>(t.regions);
  if (!g.must_skip(",\"pathway_type\":\"")) return nullptr;
  s.type = g.skip("standard\"") ? Type::standard : g.skip("accelerated\"") ? Type::accelerated : Type::emerging;
  if (s.type == Type::emerging && !g.must_skip("emerging\"")) return nullptr;
  if (!g.must_skip(",\"kind\":\"")) return nullptr;
  s.is_new = g.skip("new\"");
  if (!s.is_new && !g.must_skip("renewal\"")) return nullptr;
  if (!g.must_skip(",\"title\":\"")) return nullptr;
  g.text();
  if (!g.must_skip(",")) return nullptr;
  g.amount_of("\"sequence_courses\":", unused);
  g.amount_of("\"postsecondary_credits\":", s.credits);
  if (g.skip("\"articulation\":")) s.articulation = g.truth();
  if (g.skip("\"credentials\":")) {
    s.credentials_known = g.skip("[");
    s.credentials_known ? g.codes_of(t.credentials, s.credentials, s.credential_count)
                        : static_cast<void>(g.must_skip("null"));
    g.must_skip(",");
  }
  g.amount_of("\"wbl_hours\":", s.hours);
  g.amount_of("\"enrollment\":", s.enrollment);
  g.amount_of("\"concentrators\":", s.concentrators);
  g.amount_of("\"completers\":", s.completers);
  g.amount_of("\"placement_permille\":", unused);
  if (g.skip("\"teacher_certified\":")) g.truth();
  g.amount_of("\"advisory_meetings\":", s.meetings);
  auto const by_group = [&](auto& of) {
    g.amount_of("\"male\":", of[0]);
    g.amount_of("\"female\":", of[1]);
    g.amount_of("\"econ\":", of[2]);
    g.amount_of("\"swd\":", of[3]);
    g.amount_of("\"el\":", of[4]);
  };
  if (!g.must_skip("\"rates\":{")) return nullptr;
  g.amount_of("\"all\":", s.overall_rate);
  by_group(s.rate);
  if (!g.must_skip("},\"counts\":{")) return nullptr;
  by_group(s.size);
  if (!g.must_skip("},")) return nullptr;
  g.amount_of("\"years_below_threshold\":", s.years_below);
  if (g.skip("\"last_decision\":")) {
    if (g.skip("\"")) {
      auto const day = g.text();
      if (day.size() != 10) return nullptr;
      s.last_decision = day_number(day.data());
    } else {
      g.must_skip("null");
    }
    g.must_skip(",");
  }
  if (!g.must_skip("\"submitted\":\"")) return nullptr;
  g.text();
  if (!g.must_skip("}\n")) return nullptr;
  return g.good() ? g.at() : nullptr;
}

/// Reads every submission by guessing and gives it to `use`.
template <class Use>
void guess(char const* path, Tables const& tables, Use use) {
  simdjson::dom::parser parser;
  Submission submission;
  each_piece(path, [&](char const* lines, std::size_t length) {
    for (auto const* const end = lines + length; lines < end;) {
      auto const* next = read_guessing(lines, tables, submission);
      if (next == nullptr) {
        auto const line = std::string_view(lines, static_cast<std::size_t>(end - lines));
        auto const size = line.find('\n');
        simdjson::dom::object object;
        if (parser.parse(line.data(), size).get(object) != simdjson::SUCCESS) stop("a line is no JSON object");
        read_tree(object, tables, submission);
        next = lines + size + 1;
      }
      use(submission);
      lines = next;
    }
  });
}

}  // namespace hand_written
