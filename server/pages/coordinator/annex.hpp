// The handlers of the wellbeing annex and of its files; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_annex(access::Call const& call, ledger::ReadTx& tx);
// The same as a file of the kind that `as` names.
Result<http::Response> get_annex_file(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
