#include "server/tables/idempotent_answers.hpp"

#include <algorithm>

#include "schema/crypto/crypto.hpp"
#include "server/keys/vault.hpp"

namespace kaiku::tables {
namespace {

// The row is (actor, key): the key enters the associated data by its hash.
keys::VaultPlace place_of(domain::Actor const& actor, std::string_view key) {
  auto const digest = crypto::sha256(bytes_of(key));
  std::uint64_t version = 0;
  for (std::size_t i = 0; i < 8; ++i) version = version << 8 | digest[i];
  return {"idempotent_answer", actor.packed(), static_cast<std::int64_t>(version >> 1)};
}

}  // namespace

std::optional<IdempotentAnswer> find_idempotent_answer(ledger::ReadTx& tx,
                                                       domain::Actor const& actor,
                                                       std::string_view key) {
  auto row = tx.prepare(R"(
    SELECT body_mac, status, location, sealed_body
    FROM idempotent_answer
    WHERE actor = ?1 AND idempotency_key = ?2)");
  auto const packed = actor.packed();
  row.with(packed, key);
  if (!row.step()) return std::nullopt;
  IdempotentAnswer answer;
  answer.body_mac = row.fixed<32>(0);
  answer.status = row.small(1);
  answer.location = std::string(row.text(2));
  answer.body =
      std::string(text_of(keys::vault_open(tx.keys(), place_of(actor, key), row.blob(3))));
  return answer;
}

void insert_idempotent_answer(ledger::WriteTx& tx, domain::Actor const& actor, std::string_view key,
                              IdempotentAnswer const& answer) {
  auto const sealed =
      keys::vault_seal(tx.keys(), tx.random(), place_of(actor, key), bytes_of(answer.body));
  auto const packed = actor.packed();
  auto statement = tx.prepare(R"(
    INSERT INTO idempotent_answer (actor, idempotency_key, body_mac, status, location,
      sealed_body, at_us)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))");
  statement.with(packed, key, answer.body_mac, answer.status, answer.location, sealed, tx.now());
  statement.run();
}

std::string form_answer_key(std::string_view form_id) { return "form." + std::string(form_id); }

void forget_form_answers_before(ledger::WriteTx& tx, Instant at) {
  // '/' is the character after the dot: all keys that begin with "form."
  auto statement = tx.prepare(R"(
    DELETE FROM idempotent_answer
    WHERE at_us < ?1 AND idempotency_key >= 'form.' AND idempotency_key < 'form/')");
  statement.with(at);
  statement.run();
}

void forget_idempotent_answers_before(ledger::WriteTx& tx, Instant at) {
  auto statement = tx.prepare("DELETE FROM idempotent_answer WHERE at_us < ?1");
  statement.with(at);
  statement.run();
}

}  // namespace kaiku::tables
