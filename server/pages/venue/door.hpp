// The handlers of the door's pages, one function a route; the route table lists them. A POST is
// looked at on a read lane first: only a ticket and an undo reach the writer.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

Result<http::Response> get_door(access::Call const& call, ledger::ReadTx& tx);
Result<std::optional<http::Response>> look_at_door(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_door(access::Call& call, ledger::WriteTx& tx);

Result<http::Response> get_door_card(access::Call const& call, ledger::ReadTx& tx);
Result<std::optional<http::Response>> look_at_door_card(access::Call const& call,
                                                        ledger::ReadTx& tx);
Result<http::Response> post_door_card(access::Call& call, ledger::WriteTx& tx);

Result<http::Response> get_door_given(access::Call const& call, ledger::ReadTx& tx);
Result<std::optional<http::Response>> look_at_door_given(access::Call const& call,
                                                         ledger::ReadTx& tx);
Result<http::Response> post_door_given(access::Call& call, ledger::WriteTx& tx);

// 303 from the addresses that the door's pages had before, and from /door.
http::Response get_old_door(access::Call const& call);

}  // namespace kaiku::pages
