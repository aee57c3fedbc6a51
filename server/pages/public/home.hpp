// The start page and the statements that everybody reaches; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// GET /: to the role's own start page; for everybody else, what this is.
Result<http::Response> get_home(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_accessibility(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_privacy(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
