// Signing in and out, and setting up an account by its link.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/tables/accounts.hpp"

namespace kaiku::api {

// {username, password, totp?} → 201 {csrf_token, account} and the cookie; password lane between.
Result<access::Work> prepare_session(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_session(access::Call& call, ledger::WriteTx& tx);
// The own session: {csrf_token, account}.
Result<http::Response> get_current_session(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> delete_session(access::Call& call, ledger::WriteTx& tx);

// {token, password, second_factor?} → {totp_secret, otpauth_uri, done}; password lane between.
Result<access::Work> prepare_account_setup(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_account_setup(access::Call& call, ledger::WriteTx& tx);
Result<std::optional<http::Response>> look_at_account_setup_confirmation(access::Call const& call,
                                                                         ledger::ReadTx& tx);
// {token, totp} → 204, and the account can sign in.
Result<http::Response> post_account_setup_confirmation(access::Call& call, ledger::WriteTx& tx);

nlohmann::json to_json(tables::Account const& account);

}  // namespace kaiku::api
