// The list of accounts; the route table lists its handler.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// By name, fifty a page: of the caller's area, or of all; ?area= ?role= ?state= narrow it down, and
// ?after= is the last account of the page before.
Result<http::Response> get_accounts(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
