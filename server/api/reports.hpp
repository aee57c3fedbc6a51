// The yearly statistic and usage figures as JSON, and the runs that have published them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<http::Response> get_annual_report(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_usage_report(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_report_runs(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_report_run(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
