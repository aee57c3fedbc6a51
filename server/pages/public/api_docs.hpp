// The API for who writes programs: /api/docs and /api/docs/{tag}, for everybody.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_api_docs(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_api_docs_part(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
