// Making an account, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// ?role= decides whose form it is: without it the page asks, by links, for those that the caller
// may make; where there are several areas, for the area too. ?office= and ?venue= choose the place.
Result<http::Response> get_new_account(access::Call const& call, ledger::ReadTx& tx);
// To the account's page with its one-time link.
Result<http::Response> post_new_account(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
