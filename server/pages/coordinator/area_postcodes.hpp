// The handlers of an area's postcodes; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_area_postcodes(access::Call const& call, ledger::ReadTx& tx);
// The rows are looked at first, in numbers; taken into use, they replace all of the area's.
Result<http::Response> post_area_postcodes(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
