// The venue's day: its events and every ticket of it.
#pragma once

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_venue(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
