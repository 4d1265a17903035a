// The first entry: which ledger this is, whose key signs its checkpoints, and which program began it.
#pragma once

#include <string>
#include <string_view>

#include "engine/ledger/body.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/keys.hpp"
#include "engine/ledger/sqlite.hpp"

namespace waymark::ledger {

/// Checkpoints carry the origin, and it is the name of the key that signs them. Made from the key and from what is
/// drawn for each ledger anew, `salt`: one key may sign several ledgers, a file for each year, and each has a name of
/// its own.
std::string origin_of(SigningKey const& key, std::string_view salt);

/// What the body of the first entry holds beside `seq`, `kind`, `at` and `group`.
Object genesis_fields(VerifierKey const& key, std::string_view salt, std::string const& program, int semantics);

/// The key in a genesis body that `body` has just read; or why there is none, in words.
values::Result<VerifierKey, std::string> genesis_key(BodyReader const& body);
values::Result<VerifierKey, SqlError> genesis_key(SqliteFile const& file);

}  // namespace waymark::ledger
