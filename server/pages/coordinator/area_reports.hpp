// The pages of cohorts and flows and their files; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_cohorts(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_cohorts_file(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_flows(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_flows_file(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
