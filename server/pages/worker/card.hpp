// A card in a social worker's hands, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_card(access::Call const& call, ledger::ReadTx& tx);
// `act` is show, renew, children, replace, block or unblock.
Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
