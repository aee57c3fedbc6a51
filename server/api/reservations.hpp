// Places that are held for a card: by a box office on the phone, by a shop while somebody pays.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::api {

Result<http::Response> get_reservations(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_reservation(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> delete_reservation(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::api
