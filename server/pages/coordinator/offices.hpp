// The handlers of the offices' pages; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Offices of the caller's areas by name; ?area= narrows them, ?page= goes on.
Result<http::Response> get_offices(access::Call const& call, ledger::ReadTx& tx);
// ?area= says where; a national role is asked for it first.
Result<http::Response> get_new_office(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_office(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_one_office(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_one_office(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
