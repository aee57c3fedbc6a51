// The lists beside the figures, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_silent_venues(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_untaken_offers(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_quota_use(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
