// The handler of the figures page; the route table lists it.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_figures(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
