// What a list of conditions may come to: every choice of what each item may be is made, and the plain rule is asked for
// each. Choices that hold equally many yes and no are one, which keeps them few.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/values/truth.hpp"
#include "grammar/syntax.hpp"

namespace waymark::reference {

using values::Status;
using values::Truth;

/// Yes becomes no and no becomes yes.
Truth opposite(Truth truth);

/// One member over which a quantifier runs. `may_be_absent`: it may not be on its list at all.
struct MemberTruth {
  Truth truth = values::kYes;
  bool may_be_absent = false;
};

Truth junction(grammar::Connective connective, std::uint32_t count, std::vector<Truth> const& items);
Truth quantified(grammar::Quantifier quantifier, std::uint32_t count, std::vector<MemberTruth> const& members);
/// Items of which it is enough that one is yes; never `does not apply`. No items: no.
Truth some_hold(std::vector<Truth> const& items);

/// A criterion by what each of its three conditions may be.
Status status(Truth exempt, Truth test, Truth waiver);
/// What a criterion that reads a waived threshold is: whether it does not apply, and what it is where it does, by the
/// threshold's own value and by the one on record.
Status helped(Truth own_exempt, Status own, Truth exempt, Status with);
/// The table of language.md, section 2.
Truth state_of(Status status, grammar::State state);

}  // namespace waymark::reference
