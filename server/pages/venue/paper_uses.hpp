// Uses from a paper form, keyed in one row after the other.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_paper_uses(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_paper_uses(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
