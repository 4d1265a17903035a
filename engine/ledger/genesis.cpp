#include "engine/ledger/genesis.hpp"

#include <fmt/format.h>

#include "engine/ledger/schema.hpp"

namespace waymark::ledger {
namespace {

std::string origin_of(std::string_view public_bytes, std::string_view salt) {
  return "waymark.ledger/" + values::hex(values::sha256({public_bytes, salt})).substr(0, 16);
}

tl::unexpected<std::string> no(std::string why) { return values::failure("the genesis entry " + std::move(why)); }

}  // namespace

std::string origin_of(SigningKey const& key, std::string_view salt) {
  return origin_of(key.verifier("ledger").public_bytes, salt);
}

Object genesis_fields(VerifierKey const& key, std::string_view salt, std::string const& program, int semantics) {
  Object fields;
  fields.text("salt", salt);
  fields.text("origin", key.name).text("key", key.text()).text("program", program);
  fields.number("semantics", semantics).number("format", kFormat);
  return fields;
}

values::Result<VerifierKey, std::string> genesis_key(BodyReader const& body) {
  if (body.text("kind") != "genesis") return no("is of another kind");
  if (body.number("format") != static_cast<std::uint64_t>(kFormat)) return no("states another format");
  auto key = VerifierKey::parse(body.text("key").value_or(std::string_view()));
  if (!key) return no("holds no key");
  auto const salt = body.text("salt");
  if (!salt || key->name != origin_of(key->public_bytes, *salt)) return no("names its key otherwise than the key is");
  if (body.text("origin") != key->name) return no("states another origin than its key's");
  return *std::move(key);
}

values::Result<VerifierKey, SqlError> genesis_key(SqliteFile const& file) {
  auto row = file.query("SELECT body FROM entry WHERE seq = 0");
  if (!row) return values::failure(std::move(row.error()));
  auto more = row->next();
  if (!more) return values::failure(std::move(more.error()));
  if (!*more) return values::failure(SqlError::damage("it has no genesis entry"));
  BodyReader body;
  if (auto trouble = body.read(row->raw(0))) {
    return values::failure(SqlError::damage("the body of the genesis entry cannot be read: " + *trouble));
  }
  auto key = genesis_key(body);
  if (!key) return values::failure(SqlError::damage(std::move(key.error())));
  return *std::move(key);
}

}  // namespace waymark::ledger
