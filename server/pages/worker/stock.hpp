// GET /stock: what the worker's office has of card stock; the route table lists it.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_stock(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
