// The handlers of the events' pages; the route table lists them. Coordinators keep those of their
// areas' venues, a venue's staff its own.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Those to come, or with ?over=1 those that are over; ?area= and ?venue= narrow the list.
Result<http::Response> get_events(access::Call const& call, ledger::ReadTx& tx);
// ?copy= fills the form with what another event says, its day left out.
Result<http::Response> get_new_event(access::Call const& call, ledger::ReadTx& tx);
// One event, or the same on several days at once.
Result<http::Response> post_new_event(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_one_event(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_one_event(access::Call& call, ledger::WriteTx& tx);
// Asks, with the tickets given, before an event is cancelled; the same way takes it back.
Result<http::Response> get_event_cancellation(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_event_cancellation(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
