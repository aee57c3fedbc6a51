// Handing a card out, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_new_card(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_card(access::Call& call, ledger::WriteTx& tx);
// Paper forms, one after the other: the day of issue and the count of the sitting go along.
Result<http::Response> get_forms(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_forms(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
