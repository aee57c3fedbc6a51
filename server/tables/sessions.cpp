#include "server/tables/sessions.hpp"

namespace kaiku::tables {

std::optional<SessionOfAccount> find_session(ledger::ReadTx& tx, Digest const& lookup) {
  auto row = tx.prepare(R"(
    SELECT s.account_id, s.created_at_us, s.last_seen_us, s.ends_at_us, s.idle_us, a.role,
      a.area_id, a.office_id, a.venue_id, a.language, a.disabled
    FROM session s
    JOIN account a USING (account_id)
    WHERE s.session_lookup = ?1)");
  row.with(lookup);
  if (!row.step()) return std::nullopt;
  Account account;
  account.id = row.id<AccountId>(0);
  account.role = static_cast<domain::Role>(row.small(5));
  if (!row.is_null(6)) account.area = AreaId{std::string(row.text(6))};
  if (!row.is_null(7)) account.office = row.id<OfficeId>(7);
  if (!row.is_null(8)) account.venue = row.id<VenueId>(8);
  account.language = static_cast<contract::Language>(row.small(9));
  SessionOfAccount found;
  found.session = {account.id, Instant{row.integer(1)}, Instant{row.integer(2)},
                   Instant{row.integer(3)}, row.integer(4)};
  found.caller = caller_of(account);
  found.disabled = row.integer(10) != 0;
  return found;
}

void insert_session(ledger::WriteTx& tx, Digest const& lookup, Session const& session) {
  auto statement = tx.prepare(R"(
    INSERT INTO session (session_lookup, account_id, created_at_us, last_seen_us, ends_at_us,
      idle_us)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6))");
  statement.with(lookup, session.account, session.created_at, session.last_seen, session.ends_at,
                 session.idle_us);
  statement.run();
}

void delete_session(ledger::WriteTx& tx, Digest const& lookup) {
  auto statement = tx.prepare("DELETE FROM session WHERE session_lookup = ?1");
  statement.with(lookup);
  statement.run();
}

void delete_sessions_of(ledger::WriteTx& tx, AccountId account) {
  auto statement = tx.prepare("DELETE FROM session WHERE account_id = ?1");
  statement.with(account);
  statement.run();
}

void note_session_seen(ledger::WriteTx& tx, Digest const& lookup, Instant at) {
  auto statement = tx.prepare(
      "UPDATE session SET last_seen_us = ?2 WHERE session_lookup = ?1 AND last_seen_us < ?2");
  statement.with(lookup, at);
  statement.run();
}

std::optional<Instant> code_given_at(ledger::ReadTx& tx, Digest const& lookup) {
  auto query = tx.prepare("SELECT code_given_us FROM session WHERE session_lookup = ?1");
  query.with(lookup);
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return Instant{query.integer(0)};
}

void note_code_given(ledger::WriteTx& tx, Digest const& lookup, Instant at) {
  auto statement = tx.prepare("UPDATE session SET code_given_us = ?2 WHERE session_lookup = ?1");
  statement.with(lookup, at);
  statement.run();
}

void forget_sessions_ended_before(ledger::WriteTx& tx, Instant at) {
  auto statement = tx.prepare("DELETE FROM session WHERE ends_at_us < ?1");
  statement.with(at);
  statement.run();
}

}  // namespace kaiku::tables
