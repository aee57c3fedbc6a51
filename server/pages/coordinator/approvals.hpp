// The handlers of the pages of what needs a second person; the route table lists them.
#pragma once

#include <string>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

inline constexpr std::string_view approval_pattern = "/approvals/{id}";
std::string approval_path(ApprovalId id);

// Those of the caller's areas, the newest first, narrowed by ?area=.
Result<http::Response> get_approvals(access::Call const& call, ledger::ReadTx& tx);
// One of them; others decide on it with a fresh one-time code, its asker takes it back.
Result<http::Response> get_one_approval(access::Call const& call, ledger::ReadTx& tx);
// Makes what takes time beside the writer.
Result<access::Work> prepare_approval(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_approval(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
