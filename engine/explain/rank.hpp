// The place of a member of a List by rank, in words.
#pragma once

#include <string>

#include "engine/explain/explain.hpp"

namespace waymark::explain {

/// `place 27; the highest 30 by employment change are on it`, or empty where the List ranks nothing or not this member.
std::string rank_words(Subject const& subject, check::ListId list, values::Symbol member);
/// Whether all that is missing is what becomes of a tie: nothing else is unknown, and the policy leaves ties open.
bool is_open_tie(Subject const& subject, check::ListId list, values::Symbol member);

}  // namespace waymark::explain
