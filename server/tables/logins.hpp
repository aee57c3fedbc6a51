// How accounts prove who they are: name, password hash, second factor, and the one-time set-up
// link.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// scrypt N=2^17 r=8 p=1 (RFC 7914).
struct PasswordHash {
  ByteArray<16> salt{};
  Digest hash{};
};

struct Login {
  AccountId account;
  std::string username;
  std::optional<PasswordHash> password;  // nullopt until set up
  std::optional<Bytes> totp_secret;      // nullopt: no second factor
  std::int64_t totp_last_step = 0;
  bool set_up_open = false;  // while a set-up link is open nobody signs in
  std::optional<Instant> set_up_until;
  domain::Role role = domain::Role::anonymous;
  bool disabled = false;
};

// What a try to sign in came to, worked out beside the database; the commit checks it again.
struct CheckedLogin {
  std::optional<AccountId> account;  // nullopt: no such name
  bool password_right = false;
  std::optional<PasswordHash> against;    // what the password was compared with
  std::optional<std::int64_t> totp_step;  // that the given code belongs to
};

// The form in which user names are compared: ASCII letters in lower case.
std::string folded_username(std::string_view username);

std::optional<Login> find_login(ledger::ReadTx& tx, std::string_view username);
std::optional<Login> find_login(ledger::ReadTx& tx, AccountId account);
// By the token of a set-up link, whether or not its time is over.
std::optional<Login> find_login_by_set_up_token(ledger::ReadTx& tx, std::string_view token);

// The caller has made sure that the name is free; else a constraint StorageError is thrown.
void insert_login(ledger::WriteTx& tx, AccountId account, std::string_view username);
// Takes password and second factor away and opens a one-time link instead.
void open_set_up(ledger::WriteTx& tx, AccountId account, std::string_view token, Instant until);
// The link stays open until the second factor is confirmed.
void put_password(ledger::WriteTx& tx, AccountId account, PasswordHash const& password,
                  std::optional<Bytes> const& totp_secret);
void close_set_up(ledger::WriteTx& tx, AccountId account);
void note_sign_in(ledger::WriteTx& tx, AccountId account, Instant at);
// True when `step` is later than every accepted one, which it then is: a code works once.
bool take_totp_step(ledger::WriteTx& tx, AccountId account, std::int64_t step);

}  // namespace kaiku::tables
