// A kiosk's journal comes in.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

// Signatures are checked on the work lane; 200 with a receipt for each entry.
Result<access::Work> prepare_journal(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_journal(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::api
