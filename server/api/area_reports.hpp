// Cohorts and flows as JSON and as files: ?year=, ?area=, ?lang=.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<http::Response> get_cohorts(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_cohorts_csv(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_cohorts_xlsx(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_cohorts_pdf(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_flows(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_flows_csv(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_flows_xlsx(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_flows_pdf(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
