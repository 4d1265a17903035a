// Values, margins and citations in words: what every explanation is written with.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/explain/explain.hpp"

namespace waymark::explain {

/// Words for a text of a proof: such as last, as the policy's own do, or such as were put together for one case.
class Words {
 public:
  Words() = default;
  // NOLINTBEGIN(google-explicit-constructor): whatever words there are
  Words(std::string made) : made_(std::move(made)) {}
  template <std::size_t N>
  Words(char const (&literal)[N]) : lasting_(literal, N - 1) {}
  // NOLINTEND(google-explicit-constructor)
  /// Words of the policy or of a release, or fixed ones: they outlive every proof.
  static Words lasting(std::string_view words) {
    Words out;
    out.lasting_ = words;
    return out;
  }

  std::string_view view() const { return made_.empty() ? lasting_ : std::string_view(made_); }
  operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
  bool empty() const { return view().empty(); }
  /// As a text: only what was put together has to be kept.
  Text kept(Proofs& proofs) const { return made_.empty() ? Text::lasting(lasting_) : proofs.keep(made_); }

 private:
  std::string made_;  // empty: they last
  std::string_view lasting_;
};

/// A single value: `412 openings per year`, a choice, code or text by name.
std::string value_words(Subject const& subject, vocabulary::Type const& type, values::Steps steps);
/// `15-1252 Software Developers` where a release that the case reads has the title, else the code.
std::string titled(Subject const& subject, vocabulary::Type const& type, values::Symbol symbol);

/// `a code outside SOC 2018`.
std::string outside_words(Subject const& subject, vocabulary::Type type);

/// Neither known nor known not to apply.
bool is_untold(review::Seen const& seen);
/// `412 openings per year`, `at least $239,200 per year`, `between 0 and 9 students`, `does not apply`; empty when
/// nothing at all is known.
std::string seen_words(Subject const& subject, vocabulary::Type const& type, review::Seen const& seen);
/// The same at the end of `out`.
void append_seen(std::string& out, Subject const& subject, vocabulary::Type const& type, review::Seen const& seen);

/// `at least`, or `on or after` for dates.
std::string_view order_words(check::Order order, vocabulary::Type const& type);
/// How far the left stands from the right: `352 openings per year above`, `12 days before`, `between 3 and 9 students
/// below`; nothing where it means nothing. At the end of `out`.
void append_margin(std::string& out, Subject const& subject, check::Compare const& compare, review::Seen const& left,
                   review::Seen const& right);
/// `text` without the unit that `like` ends with, too: `60 openings per year` beside `412 openings per year` is `60`.
std::string_view without_unit(Subject const& subject, vocabulary::Type const& type, std::string_view text);

/// `51-4121 in Essex County`: the keys of a row of a Source, codes first, places last.
std::string keys_words(Subject const& subject, vocabulary::SourceId source, std::vector<values::Symbol> const& keys,
                       bool with_titles);
/// The same of what a lookup asked for; all but the key `without`.
std::string keys_words(Subject const& subject, vocabulary::SourceId source, review::Part const& part, bool with_titles,
                       std::uint32_t without = check::kNone);
/// The same at the end of `out`.
void append_keys(std::string& out, Subject const& subject, vocabulary::SourceId source, review::Part const& part,
                 bool with_titles, std::uint32_t without = check::kNone);
/// `: 2026-07-01, decided by State of Example in-demand occupations`, of a list that another policy decided; else
/// empty.
std::string decided_words(Subject const& subject, vocabulary::SourceId source);
/// `wages (BLS OEWS)`; of a list that another policy decided that policy: `in demand (decided by …)`.
Words source_words(Subject const& subject, vocabulary::SourceId source);
/// The release that the case reads, by name, or empty.
Words vintage_words(Subject const& subject, vocabulary::SourceId source);

/// The brackets' text, in which `illustrative` stays.
std::string citation_words(check::Citation const& citation);
/// The same of a citation that lasts.
Words cited(check::Citation const& citation);
/// Of the row in force, or, where it has none of its own, of the threshold; where no row is known, of the threshold.
check::Citation const& citation_of(check::Threshold const& threshold, std::optional<std::uint32_t> row);
/// Whether that rests on no law and no published source: where no row is known, whether any of them does.
bool is_illustrative(check::Threshold const& threshold, std::optional<std::uint32_t> row);
/// `citation_of` in words, in which `illustrative` stands where it `is_illustrative`.
Words cited(check::Threshold const& threshold, std::optional<std::uint32_t> row);

/// `illustrative: reportable group and allowed gap`; empty without names.
std::string illustrative_words(std::vector<std::string> const& names);

/// One after the other, in one piece of memory.
std::string put_together(std::initializer_list<std::string_view> pieces);
/// Joined with `, ` and a last `and`.
std::string listed(std::vector<std::string> const& words);
/// The same with `or`.
std::string either(std::vector<std::string> const& words);

}  // namespace waymark::explain
