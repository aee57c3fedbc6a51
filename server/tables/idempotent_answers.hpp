// Answers of POSTs that create, kept by caller and Idempotency-Key (also the one-time ids of
// forms).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct IdempotentAnswer {
  Digest body_mac{};  // HMAC of the parsed body under KeyRing::body_mac
  int status = 0;
  std::string location;  // the Location header, empty when there is none
  std::string body;      // encrypted at rest: it may hold card codes
};

std::optional<IdempotentAnswer> find_idempotent_answer(ledger::ReadTx& tx,
                                                       domain::Actor const& actor,
                                                       std::string_view key);
// Throws a constraint StorageError when this caller has used the key already.
void insert_idempotent_answer(ledger::WriteTx& tx, domain::Actor const& actor, std::string_view key,
                              IdempotentAnswer const& answer);
void forget_idempotent_answers_before(ledger::WriteTx& tx, Instant at);

// The key of a form's one-time id; no Idempotency-Key of the API begins so, for it knows no dot.
std::string form_answer_key(std::string_view form_id);
// Answers of forms alone: what they left may be a key or a code that is shown only once.
void forget_form_answers_before(ledger::WriteTx& tx, Instant at);

}  // namespace kaiku::tables
