// An office's community cards, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// ?before, a ledger sequence; who looks through cards is written.
Result<http::Response> get_community(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_new_community(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_community(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
