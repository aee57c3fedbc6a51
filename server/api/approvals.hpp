// What waits for a second person, as the asker follows it by JSON; deciding is a page's, with a
// fresh one-time code.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/approvals.hpp"

namespace kaiku::api {

Result<http::Response> get_approval(access::Call const& call, ledger::ReadTx& tx);
// 202: nothing is done yet.
http::Response waits_for_approval(tables::Approval const& approval, Day today);

// The approval of the path, as the caller may see it; else not_found.
Result<tables::Approval> named_approval(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
