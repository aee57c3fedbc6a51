// The handlers of an area's municipalities; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_area_municipalities(access::Call const& call, ledger::ReadTx& tx);
// Taking out one where something stands asks once more, in numbers.
Result<http::Response> post_area_municipalities(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
