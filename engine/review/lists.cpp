// Lists: the rows of a Source that are kept, and so the members that are on the list, off it, or cannot be told.
#include <algorithm>
#include <array>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;
using values::kCannotBeTold;
using values::kDoesNotApply;
using values::kNo;
using values::kYes;

ListResult const& Run::State::list(check::ListId id, MomentId moment) {
  auto& kept = lists_[{id, moment}];
  if (!kept) {
    auto made = std::make_unique<ListResult>();
    auto const faults = faults_of([&] { *made = compute_list(id, moment); });
    if (!faults.empty()) made->fault = faults.first();
    lists_[{id, moment}] = std::move(made);
  }
  return *lists_[{id, moment}];
}

vocabulary::SourceId Run::State::source_of(check::ListId id) const {
  auto const& list = program.lists[id];
  return list.of == kNone ? list.source : source_of(list.of);
}

// A row is no surer on this list than on the one that it is taken from.
std::vector<Truth> Run::State::list_rows(check::ListId id, MomentId moment, TableIndex const& release) {
  auto const& list = program.lists[id];
  auto const rows = list_domain(source_of(id), moment);
  std::vector<Truth> out(release.rows(), kYes);
  for (std::uint32_t row = 0; row < out.size(); ++row) {
    if (release.is_untold(row)) out[row] = kCannotBeTold;
  }
  if (list.of != kNone) {
    auto const& outer = this->list(list.of, moment);
    out = outer.rows;
    if (!outer.fault.empty()) fault(rows, 0, outer.fault);
  }
  if (list.on_it == kNone) return out;
  auto const kept = truth(list.on_it, rows);
  for (std::size_t row = 0; row < out.size(); ++row) {
    // A row to which the condition does not apply is not kept.
    bool const exempt = values::may_be(kept[row], kDoesNotApply);
    auto const here = static_cast<Truth>((kept[row] & (kYes | kNo)) | (exempt ? kNo : 0));
    std::array const both = {out[row], here};
    out[row] = values::all_of(both);
  }
  return out;
}

// Also what the List on which it builds leaves out.
std::vector<Steps> Run::State::left_out(check::ListId id) const {
  auto out = plan.left_out[id];
  auto const& list = program.lists[id];
  if (list.of != kNone) {
    auto const below = left_out(list.of);
    out.insert(out.end(), below.begin(), below.end());
  }
  return out;
}

ListResult Run::State::compute_list(check::ListId id, MomentId moment) {
  auto const& list = program.lists[id];
  auto const* release = table(source_of(id), moment);
  ListResult out;
  auto const never = left_out(id);
  for (auto const word : never) out.by_word[word] = kNo;
  if (release == nullptr) return out;
  out.and_more = release->rows_lost();
  out.rows = list_rows(id, moment, *release);
  // A row that could not be read may be any member's, where a member may have several.
  bool const others_lost = out.and_more && words().sources[source_of(id)].keys.size() > 1;
  auto const& texts = release->release().table.keys[list.key];
  for (std::uint32_t row = 0; row < release->rows(); ++row) {
    bool const is_left_out = std::find(never.begin(), never.end(), release->word(list.key, row)) != never.end();
    if (is_left_out) out.rows[row] = kNo;
  }
  if (list.ranking) rank(*list.ranking, list_domain(source_of(id), moment), out);
  std::map<std::string, Steps> by_text;
  for (std::uint32_t row = 0; row < release->rows(); ++row) {
    auto const word = release->word(list.key, row);
    auto const [at, is_new] = out.by_word.try_emplace(word, others_lost ? kCannotBeTold : kNo);
    std::array const rows = {at->second, out.rows[row]};
    at->second = values::any_of(rows);
    out.by_symbol[texts[row]] = at->second;
    by_text.emplace(symbols.text(texts[row]), word);
  }
  for (auto const& member : by_text) {
    if (values::may_be(out.by_word.at(member.second), kYes)) out.members.push_back(member.second);
  }
  return out;
}

}  // namespace waymark::review
