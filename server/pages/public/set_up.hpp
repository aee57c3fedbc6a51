// Setting an account up by its one-time link, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// GET /set-up/{token} uses nothing up, for mail is read by machines too: it takes the secret out of
// the address into a cookie and leads to /set-up.
Result<http::Response> get_set_up_link(access::Call const& call, ledger::ReadTx& tx);
// The password first; ?step=2: the one-time code, once there is a password.
Result<http::Response> get_set_up(access::Call const& call, ledger::ReadTx& tx);
// Password lane; what is wrong with the form, or with its link, is told at once.
Result<access::Work> prepare_set_up(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_set_up(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
