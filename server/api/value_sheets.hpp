// What uses are taken to be worth: versions, their results, and these as files.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<http::Response> get_value_sheets(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_value_sheet(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_value_sheet(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_value_sheet_csv(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_value_sheet_xlsx(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_value_sheet_pdf(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
