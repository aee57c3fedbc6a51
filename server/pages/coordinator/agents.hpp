// The handlers of the pages of ticket agents' API keys; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_agents(access::Call const& call, ledger::ReadTx& tx);
// A name and venues of one area; the key itself is shown to whoever made it, right after.
Result<http::Response> get_new_agent(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_agent(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_agent(access::Call const& call, ledger::ReadTx& tx);
// Asks first: there is no way back.
Result<http::Response> get_agent_revocation(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_agent_revocation(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
