// Sessions by the hash of the id in the cookie.
#pragma once

#include <optional>

#include "server/ledger/transactions.hpp"
#include "server/tables/accounts.hpp"

namespace kaiku::tables {

struct Session {
  AccountId account;
  Instant created_at;
  Instant last_seen;
  Instant ends_at;
  std::int64_t idle_us = 0;  // ends earlier when nothing was heard for so long
};
struct SessionOfAccount {
  Session session;
  domain::Caller caller;
  bool disabled = false;
};

// With its account, in one look-up; also a session that has ended, for the caller to judge.
std::optional<SessionOfAccount> find_session(ledger::ReadTx& tx, Digest const& lookup);
void insert_session(ledger::WriteTx& tx, Digest const& lookup, Session const& session);
void delete_session(ledger::WriteTx& tx, Digest const& lookup);
void delete_sessions_of(ledger::WriteTx& tx, AccountId account);
// Never moves backwards.
void note_session_seen(ledger::WriteTx& tx, Digest const& lookup, Instant at);
// When the account last gave a one-time code in this session for an act of its own.
std::optional<Instant> code_given_at(ledger::ReadTx& tx, Digest const& lookup);
void note_code_given(ledger::WriteTx& tx, Digest const& lookup, Instant at);
void forget_sessions_ended_before(ledger::WriteTx& tx, Instant at);

}  // namespace kaiku::tables
