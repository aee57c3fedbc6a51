// The handlers of an area's rules; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Each rule with its effect in words.
Result<http::Response> get_area_policy(access::Call const& call, ledger::ReadTx& tx);
// Any change asks once more: what held and what will hold.
Result<http::Response> post_area_policy(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
