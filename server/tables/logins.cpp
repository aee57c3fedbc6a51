#include "server/tables/logins.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"
#include "server/keys/vault.hpp"

namespace kaiku::tables {
namespace {

constexpr std::string_view username_purpose = "username";
constexpr std::string_view set_up_purpose = "account set-up";

keys::VaultPlace totp_place(AccountId account) { return {"account_login", account.value}; }

// The columns that read_login reads. A caller keeps the text: its address is the statement's key.
std::string select_login(std::string_view rest) {
  return R"(
    SELECT l.account_id, l.username, l.password_salt, l.password_hash, l.totp_sealed,
      l.totp_last_step, l.setup_lookup, l.setup_until_us, a.role, a.disabled
    FROM account_login l
    JOIN account a USING (account_id) )" +
         std::string(rest);
}

std::optional<Login> read_login(ledger::ReadTx& tx, sql::Statement& row) {
  if (!row.step()) return std::nullopt;
  Login login;
  login.account = row.id<AccountId>(0);
  login.username = std::string(row.text(1));
  if (!row.is_null(2) && !row.is_null(3)) {
    login.password = PasswordHash{row.fixed<16>(2), row.fixed<32>(3)};
  }
  if (!row.is_null(4)) {
    login.totp_secret = keys::vault_open(tx.keys(), totp_place(login.account), row.blob(4));
  }
  login.totp_last_step = row.integer(5);
  login.set_up_open = !row.is_null(6);
  if (!row.is_null(7)) login.set_up_until = Instant{row.integer(7)};
  login.role = static_cast<domain::Role>(row.small(8));
  login.disabled = row.integer(9) != 0;
  return login;
}

}  // namespace

std::string folded_username(std::string_view username) { return ascii::lowered(username); }

std::optional<Login> find_login(ledger::ReadTx& tx, std::string_view username) {
  auto const lookup = keys::lookup_value(tx.keys(), username_purpose, folded_username(username));
  static std::string const sql = select_login("WHERE l.username_lookup = ?1");
  auto row = tx.prepare(sql);
  row.with(lookup);
  return read_login(tx, row);
}

std::optional<Login> find_login(ledger::ReadTx& tx, AccountId account) {
  static std::string const sql = select_login("WHERE l.account_id = ?1");
  auto row = tx.prepare(sql);
  row.with(account);
  return read_login(tx, row);
}

std::optional<Login> find_login_by_set_up_token(ledger::ReadTx& tx, std::string_view token) {
  auto const lookup = keys::lookup_value(tx.keys(), set_up_purpose, token);
  static std::string const sql = select_login("WHERE l.setup_lookup = ?1");
  auto row = tx.prepare(sql);
  row.with(lookup);
  return read_login(tx, row);
}

void insert_login(ledger::WriteTx& tx, AccountId account, std::string_view username) {
  auto const folded = folded_username(username);
  auto const lookup = keys::lookup_value(tx.keys(), username_purpose, folded);
  auto statement = tx.prepare(
      "INSERT INTO account_login (account_id, username_lookup, username) VALUES (?1, ?2, ?3)");
  statement.with(account, lookup, folded);
  statement.run();
}

void open_set_up(ledger::WriteTx& tx, AccountId account, std::string_view token, Instant until) {
  auto const lookup = keys::lookup_value(tx.keys(), set_up_purpose, token);
  // The last accepted step stays: an old code does not come alive again with a new secret.
  auto statement = tx.prepare(R"(
    UPDATE account_login SET password_salt = NULL, password_hash = NULL, totp_sealed = NULL,
      setup_lookup = ?2, setup_until_us = ?3
    WHERE account_id = ?1)");
  statement.with(account, lookup, until);
  statement.run();
}

void put_password(ledger::WriteTx& tx, AccountId account, PasswordHash const& password,
                  std::optional<Bytes> const& totp_secret) {
  std::optional<Bytes> sealed;
  if (totp_secret)
    sealed = keys::vault_seal(tx.keys(), tx.random(), totp_place(account), *totp_secret);
  auto statement = tx.prepare(R"(
    UPDATE account_login SET password_salt = ?2, password_hash = ?3, totp_sealed = ?4
    WHERE account_id = ?1)");
  statement.bind(1, account).bind(2, ByteView(password.salt)).bind(3, ByteView(password.hash));
  if (sealed)
    statement.bind(4, ByteView(*sealed));
  else
    statement.bind(4, nullptr);
  statement.run();
}

void close_set_up(ledger::WriteTx& tx, AccountId account) {
  auto statement = tx.prepare(
      "UPDATE account_login SET setup_lookup = NULL, setup_until_us = NULL WHERE account_id = ?1");
  statement.with(account);
  statement.run();
}

void note_sign_in(ledger::WriteTx& tx, AccountId account, Instant at) {
  auto statement =
      tx.prepare("UPDATE account_login SET last_sign_in_us = ?2 WHERE account_id = ?1");
  statement.with(account, at);
  statement.run();
}

bool take_totp_step(ledger::WriteTx& tx, AccountId account, std::int64_t step) {
  auto statement = tx.prepare(
      "UPDATE account_login SET totp_last_step = ?2 WHERE account_id = ?1 AND totp_last_step < ?2");
  statement.with(account, step);
  statement.run();
  return statement.changes() == 1;
}

}  // namespace kaiku::tables
