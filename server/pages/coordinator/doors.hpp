// The handler of the doors page; the route table lists it.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Door devices of the caller's areas and the newest judged uses; ?after= pages the devices.
Result<http::Response> get_doors(access::Call const& call, ledger::ReadTx& tx);
// A ruling on a use that waits; then the page again.
Result<http::Response> post_doors(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
