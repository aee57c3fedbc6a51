// Accounts of staff, made, changed and reset by those above them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/tables/accounts.hpp"

namespace kaiku::api {

Result<http::Response> get_accounts(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_account(access::Call const& call, ledger::ReadTx& tx);
// {role, username, area_id | office_id | venue_id, language?} → 201 {account, set_up {token, url,
// expires_at}}
Result<http::Response> post_account(access::Call& call, ledger::WriteTx& tx);
// {disabled?, language?} with If-Match.
Result<http::Response> patch_account(access::Call& call, ledger::WriteTx& tx);
// → 201 {set_up}
Result<http::Response> post_account_reset(access::Call& call, ledger::WriteTx& tx);

// The account of the path, as the caller may see it; else not_found.
Result<tables::Account> named_account(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
