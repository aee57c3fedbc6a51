// Messages from people, open ones first.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_messages(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_message(access::Call const& call, ledger::ReadTx& tx);
// POST /messages/{id}: somebody has answered it.
Result<http::Response> post_message(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
