// What the grammar of a line is made of: X3 parsers for words, marks and leaves, and the directives that build nodes
// with their spans, guard the depth and name themselves in messages. For lines.cpp alone.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/spirit/home/x3.hpp>

#include "grammar/lines_bounds.hpp"
#include "grammar/scan.hpp"
#include "grammar/syntax.hpp"

namespace waymark::grammar {

namespace x3 = boost::spirit::x3;

/// What all parsers of one line share.
struct LineState {
  At file_begin = nullptr;
  FileId file = 0;
  int depth = 0;
  std::uint32_t links = 0;  ///< of chains: `plus`, `minus`

  Span span(At first, At last) const {
    return {file, static_cast<std::uint32_t>(first - file_begin), static_cast<std::uint32_t>(last - file_begin)};
  }
};
struct state_tag;

inline constexpr int kMaxDepth = 200;
inline constexpr std::uint32_t kMaxLinks = 1000;

template <class Context>
LineState& state_of(Context const& context) {
  return x3::get<state_tag>(context).get();
}

struct Blank : x3::parser<Blank> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;

  template <class Context, class Attribute>
  bool parse(At& first, At const& last, Context const&, x3::unused_type, Attribute&) const {
    auto const before = first;
    first = skip_blanks(first, last);
    return first != before;
  }
};

/// Reserved words, such as `on or after`; alternatives are parted by a bar: `is|are`.
struct Keyword : x3::parser<Keyword> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;

  constexpr explicit Keyword(char const* wanted) : words(wanted) {}

  template <class Context, class Attribute>
  bool parse(At& first, At const& last, Context const&, x3::unused_type, Attribute&) const {
    std::string_view rest = words;
    while (!rest.empty()) {
      auto const cut = rest.find('|');
      if (scan_words(first, last, rest.substr(0, cut))) return true;
      rest.remove_prefix(cut == std::string_view::npos ? rest.size() : cut + 1);
    }
    return false;
  }

  char const* words;
};
constexpr Keyword operator""_kw(char const* words, std::size_t) { return Keyword(words); }

struct Mark : x3::parser<Mark> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;

  constexpr explicit Mark(char wanted) : mark(wanted) {}

  template <class Context, class Attribute>
  bool parse(At& first, At const& last, Context const&, x3::unused_type, Attribute&) const {
    auto const at = skip_blanks(first, last);
    if (at == last || *at != mark) return false;
    first = at + 1;
    return true;
  }

  char mark;
};

/// A parser made of a function that scans: `bool(At&, At end, LineState&, T&)`.
template <class T>
struct Leaf : x3::parser<Leaf<T>> {
  using attribute_type = T;
  static bool const has_attribute = true;
  using Scan = bool (*)(At&, At, LineState&, T&);

  constexpr Leaf(char const* its_name, Scan its_scan) : name(its_name), scan(its_scan) {}

  template <class Context, class RuleContext, class Attribute>
  bool parse(At& first, At const& last, Context const& context, RuleContext&, Attribute& attribute) const {
    auto at = skip_blanks(first, last);
    T found{};
    if (!scan(at, last, state_of(context), found)) return false;
    first = at;
    x3::traits::move_to(std::move(found), attribute);
    return true;
  }

  char const* name;
  Scan scan;
};

/// Makes a node of `Out` from what `Subject` reads into an `In`, by `build(Out&, In&&, Span)` (found by its arguments).
template <class Out, class In, class Subject>
struct Into : x3::unary_parser<Subject, Into<Out, In, Subject>> {
  using attribute_type = Out;
  static bool const has_attribute = true;
  static bool const is_pass_through_unary = false;

  constexpr explicit Into(Subject const& inner) : x3::unary_parser<Subject, Into<Out, In, Subject>>(inner) {}

  template <class Context, class RuleContext, class Attribute>
  bool parse(At& first, At const& last, Context const& context, RuleContext& rule, Attribute& attribute) const {
    auto at = skip_blanks(first, last);
    auto const begin = at;
    In read{};
    if (!this->subject.parse(at, last, context, rule, read)) return false;
    Out out{};
    build(out, std::move(read), state_of(context).span(begin, trim_back(begin, at)));
    x3::traits::move_to(std::move(out), attribute);
    first = at;
    return true;
  }
};

template <class Out, class In = Out>
struct IntoMaker {
  template <class Subject>
  constexpr auto operator[](Subject const& subject) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return Into<Out, In, Parser>(x3::as_parser(subject));
  }
};
template <class Out, class In = Out>
inline constexpr IntoMaker<Out, In> into{};

/// One level deeper, and no deeper than `kMaxDepth`: each level costs some KiB of stack.
template <class Subject>
struct Nested : x3::unary_parser<Subject, Nested<Subject>> {
  static bool const is_pass_through_unary = true;

  constexpr explicit Nested(Subject const& inner) : x3::unary_parser<Subject, Nested<Subject>>(inner) {}

  template <class Context, class RuleContext, class Attribute>
  bool parse(At& first, At const& last, Context const& context, RuleContext& rule, Attribute& attribute) const {
    struct Level {
      explicit Level(int& its_depth) : depth(its_depth) { ++depth; }
      ~Level() { --depth; }
      Level(Level const&) = delete;
      Level& operator=(Level const&) = delete;
      int& depth;
    } const level(state_of(context).depth);
    if (level.depth > kMaxDepth) boost::throw_exception(x3::expectation_failure<At>(first, kTooDeep));
    return this->subject.parse(first, last, context, rule, attribute);
  }
};
struct NestedMaker {
  template <class Subject>
  constexpr auto operator[](Subject const& subject) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return Nested<Parser>(x3::as_parser(subject));
  }
};
inline constexpr NestedMaker nested;

}  // namespace waymark::grammar

namespace boost::spirit::x3 {
template <>
struct get_info<waymark::grammar::Keyword> {
  using result_type = std::string;
  std::string operator()(waymark::grammar::Keyword const& keyword) const {
    std::string_view const words = keyword.words;
    return "`" + std::string(words.substr(0, words.find('|'))) + "`";
  }
};
template <>
struct get_info<waymark::grammar::Mark> {
  using result_type = std::string;
  std::string operator()(waymark::grammar::Mark const& mark) const { return std::string("`") + mark.mark + "`"; }
};
template <class T>
struct get_info<waymark::grammar::Leaf<T>> {
  using result_type = std::string;
  std::string operator()(waymark::grammar::Leaf<T> const& leaf) const { return leaf.name; }
};
}  // namespace boost::spirit::x3
