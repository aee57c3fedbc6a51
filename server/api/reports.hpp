// The yearly statistic and usage figures as JSON and as files, and the runs that publish them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<http::Response> get_annual_report(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_annual_csv(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_annual_xlsx(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_annual_pdf(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_usage_report(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_usage_csv(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_usage_xlsx(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_usage_pdf(access::Call const& call, ledger::ReadTx& tx);

Result<access::Work> prepare_report_run(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_report_run(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_report_runs(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_report_run(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
