// Reservations: the list of those that are open, and a new one.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_reservations(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_reservations(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_new_reservation(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_reservation(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
