// The handlers of the areas' pages: the list, a new one, one with its names; the route table lists
// them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Areas by name; a coordinator is led to the own one.
Result<http::Response> get_areas(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_new_area(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_area(access::Call& call, ledger::WriteTx& tx);
// What there is of an area, and its names.
Result<http::Response> get_one_area(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_one_area(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
