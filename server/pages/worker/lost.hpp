// A lost card without its code, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Who looks at matches is written, so it is a write.
Result<http::Response> get_lost(access::Call& call, ledger::WriteTx& tx);
// Twenty searches an hour for an account.
Result<http::Response> post_lost(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
