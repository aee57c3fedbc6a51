// The handlers of the figures page and of its files; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_figures(access::Call const& call, ledger::ReadTx& tx);
// What the page shows by the same choices, as a file of the kind that `as` names.
Result<http::Response> get_figures_file(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
