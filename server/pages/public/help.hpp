// Help for everybody: /help leads to the caller's own, /help/{role} is a page of it.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_help(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_help_page(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
