// The handlers of the pages that everybody reaches, one function a route; the route table lists
// them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// GET /: to the role's own start page, or to /login.
Result<http::Response> get_home(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_accessibility(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_privacy(access::Call const& call, ledger::ReadTx& tx);

Result<http::Response> get_login(access::Call const& call, ledger::ReadTx& tx);
// Password lane; what is wrong with the form is told by post_login.
Result<access::Work> prepare_login(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_login(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_logout(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
