// Figures that are lists: for each case the members that its list surely has, those that it may have, and whether there
// may be more.
#include <algorithm>

#include "engine/review/state.hpp"

namespace waymark::review {

using check::kNone;

/// Puts together one list after the other; each member once, in the order of their texts.
class Run::State::ListMaker {
 public:
  ListMaker(vocabulary::Type const& type, values::Symbols const& symbols)
      : by_text_(type.kind != vocabulary::Kind::choice), symbols_(symbols) {}

  void add(Steps word, bool may_be_absent) { members_.push_back({word, may_be_absent}); }
  void add_more() { and_more_ = true; }
  void add(Members const& members) {
    for (std::size_t i = 0; i < members.lowest.size(); ++i) add(members.lowest[i], members.may_be_absent[i] != 0);
    and_more_ = and_more_ || members.and_more;
  }

  /// Ends the list of a case. A member that was added several times is surely there when it once surely is.
  void end() {
    std::sort(members_.begin(), members_.end(), [&](Entry const& a, Entry const& b) {
      return a.word != b.word ? before(a.word, b.word) : a.may_be_absent < b.may_be_absent;
    });
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (i != 0 && members_[i].word == members_[i - 1].word) continue;
      out_.words.push_back(members_[i].word);
      out_.may_be_absent.push_back(members_[i].may_be_absent ? 1 : 0);
    }
    out_.offsets.push_back(static_cast<std::uint32_t>(out_.words.size()));
    out_.and_more.push_back(and_more_ ? 1 : 0);
    members_.clear();
    and_more_ = false;
  }

  CaseLists take() { return std::move(out_); }

 private:
  struct Entry {
    Steps word;
    bool may_be_absent;
  };
  bool before(Steps a, Steps b) const {
    if (!by_text_) return a < b;
    return symbols_.text(static_cast<values::Symbol>(a)) < symbols_.text(static_cast<values::Symbol>(b));
  }

  bool by_text_;
  values::Symbols const& symbols_;
  std::vector<Entry> members_;
  bool and_more_ = false;
  CaseLists out_;
};

/// One of the lists that a Figure by cases may be; its fallback is another.
struct Run::State::ListPiece {
  CaseLists lists;
  Truths when;
  bool otherwise;
};

namespace {

// What any of several lists may be: a member is surely there where it surely is in each.
template <class Maker>
void add_any_of(Maker& out, std::vector<Members> const& possible) {
  auto const surely_in = [](Members const& list, Steps word) {
    for (std::size_t i = 0; i < list.lowest.size(); ++i) {
      if (list.lowest[i] == word) return list.may_be_absent[i] == 0;
    }
    return false;
  };
  if (possible.size() == 1) return out.add(possible.front());
  for (auto const& list : possible) {
    for (auto const word : list.lowest) {
      bool const surely =
          std::all_of(possible.begin(), possible.end(), [&](Members const& other) { return surely_in(other, word); });
      out.add(word, !surely);
    }
    if (list.and_more) out.add_more();
  }
}

}  // namespace

CaseLists const& Run::State::list_figure(check::FigureId id) {
  return kept(list_figures_, kCases, id, program.figures.size(),
              [&](CaseLists& out) { out = compute_list_figure(id); });
}

CaseLists Run::State::compute_list_figure(check::FigureId id) {
  auto const& figure = program.figures[id];
  auto const asked = not_stated(id, kCases);
  auto open = asked;
  auto const none = [&] { return memory.filled(cases(), std::uint8_t{0}); };
  FallbackRows second{none(), none()};
  if (figure.fallback) second = fallback_where(figure, kCases, open);
  auto const may_fall_back = memory.copy(second.used);
  for (std::size_t row = 0; row < cases(); ++row) may_fall_back[row] |= second.perhaps[row];
  auto const fallback = figure.fallback ? list_value(figure.fallback->value, Mask(may_fall_back)) : CaseLists{};
  std::vector<ListPiece> pieces;
  for (auto const& one : figure.cases) {
    if (one.when == kNone) {
      pieces.push_back({list_value(one.value, open), {}, true});
      break;
    }
    auto const when = truth_where(one.when, kCases, open);
    auto const used = none();
    auto const left = none();
    for (std::size_t row = 0; row < cases(); ++row) {
      used[row] = open[row] && values::may_be(when[row], values::kYes) ? 1 : 0;
      left[row] = open[row] && when[row] != values::kYes ? 1 : 0;
    }
    pieces.push_back({list_value(one.value, Mask(used)), when, false});
    open = Mask(left);
  }
  ListMaker out(figure.type, symbols);
  std::vector<Members> possible;
  for (std::size_t row = 0; row < cases(); ++row) {
    possible.clear();
    if (may_fall_back[row] != 0) possible.push_back(fallback.at(row));
    for (auto const& piece : pieces) {
      auto const when = piece.otherwise ? values::kYes : piece.when[row];
      if (second.used[row] != 0 || !asked[row] || !values::may_be(when, values::kYes)) continue;
      possible.push_back(piece.lists.at(row));
      if (when == values::kYes) break;
    }
    if (!asked[row]) put_stated(id, out);
    add_any_of(out, possible);
    out.end();
  }
  return out.take();
}

CaseLists Run::State::list_value(ValueId id, Mask used) {
  CaseLists out;
  auto const faults = faults_of([&] {
    auto const& node = program.values[id].node;
    if (auto const* fact = std::get_if<check::Fact>(&node)) {
      out = list_of_fact(fact->fact);
    } else if (auto const* figure = std::get_if<check::FigureRef>(&node)) {
      out = list_figure(figure->figure);
    } else {
      auto const* lookup = std::get_if<check::SourceLookup>(&node);
      WAYMARK_CHECK(lookup != nullptr && lookup->open != kNone, "a list of which nothing can be a member");
      out = list_of_source(id, *lookup);
    }
  });
  fault_where(faults, kCases, used);
  return out;
}

// A member that cannot be told may be one of the others.
CaseLists Run::State::list_of_fact(check::FactRef const& fact) {
  auto const& column = field_column(fact);
  auto const& from = checked(fact);
  auto const records = record_rows(fact, kCases);
  ListMaker out(field(fact).quantity.type, symbols);
  for (auto const record : records) {
    if (column.list_known[record] != values::Known::exactly) out.add_more();
    for (auto i = column.offsets[record]; i < column.offsets[record + 1]; ++i) {
      if (from.lowest[i] == from.highest[i]) {
        out.add(from.lowest[i], false);
      } else {
        out.add_more();
      }
    }
    out.end();
  }
  return out.take();
}

CaseLists Run::State::list_of_source(ValueId id, check::SourceLookup const& node) {
  auto const lookup = plan.lookup_of[id];
  auto const& found = lookup_rows(lookup, kCases);
  auto const keep = filtered(node, lookup, kCases, found);
  auto const& source = words().sources[node.source];
  auto const keys = keys_apply(plan.lookups[lookup], kCases);
  ListMaker out(source.keys[node.open].type, symbols);
  for (std::size_t row = 0; row < cases(); ++row) {
    auto const at = moment(kCases, row);
    auto const* release = table(node.source, at);
    auto const applies = keys.empty() ? kApplies : keys[row];
    bool const surely_asked = applies == kApplies;
    if (found.and_more(row) || !surely_asked) out.add_more();
    for (auto i = found.begin(row); (applies & kApplies) != 0 && i < found.end(row); ++i) {
      if (found.state(i) == PartState::no_row && source.is_list()) continue;
      if (found.state(i) != PartState::row) {
        out.add_more();
        continue;
      }
      if (!keep.empty() && keep[i] == kOut) continue;
      auto const word = release->word(node.open, found.rows()[i]);
      if (is_of_other_edition(node.source, node.open, word, at)) {
        out.add_more();
      } else {
        out.add(word, found.may_be_missing(i) || (!keep.empty() && keep[i] == kPerhaps) || !surely_asked);
      }
    }
    bool const some = found.begin(row) != found.end(row);
    if (some && release != nullptr && release->rows_lost()) out.add_more();
    out.end();
  }
  return out.take();
}

void Run::State::put_stated(check::FigureId id, ListMaker& out) const {
  for (auto const& figure : stated->figures) {
    if (figure.figure != id) continue;
    bool const by_text = program.figures[id].type.kind != vocabulary::Kind::choice;
    if (figure.value.known != values::Known::exactly) out.add_more();
    for (auto const& member : figure.members) {
      out.add(by_text ? Steps{symbols.find(member.text)} : member.lowest, false);
    }
  }
}

// A list by itself has no number; it is known or it is not.
Column Run::State::known_or_not(CaseLists const& lists) const {
  ColumnBuilder out(memory, lists.and_more.size(), false);
  for (std::size_t row = 0; row < lists.and_more.size(); ++row) {
    auto const members = lists.at(row);
    bool const sure =
        std::none_of(members.may_be_absent.begin(), members.may_be_absent.end(), [](auto a) { return a; });
    out.set(row, sure && !members.and_more ? Bounds{0, 0} : Bounds{});
  }
  return out.take();
}

bool Run::SeenList::exact() const {
  return !and_more && std::all_of(members.begin(), members.end(), [](auto const& member) { return member.second; });
}

Run::SeenList Run::list_figure(check::FigureId figure, std::uint32_t case_index) {
  SeenList out;
  auto const members = state_->list_figure(figure).at(case_index);
  for (std::size_t i = 0; i < members.lowest.size(); ++i) {
    out.members.emplace_back(members.lowest[i], members.may_be_absent[i] == 0);
  }
  out.and_more = members.and_more;
  return out;
}

}  // namespace waymark::review
