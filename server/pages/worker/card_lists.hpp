// An office's cards as lists, on a page or as a file, one function a route; the route table lists
// them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// ?month=2026-12, else the next thirty days; who looks through cards is written.
Result<http::Response> get_expiring(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_unused(access::Call& call, ledger::WriteTx& tx);
// The whole list as a file, for a fresh one-time code.
Result<http::Response> post_expiring(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_unused(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
