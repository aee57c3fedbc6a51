// The two lines in the header that tell when the sign-in ends: a page of its own in a frame, for
// pages have no script.
#pragma once

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// GET /session: loading it is no activity of the session. Refresh asks again two minutes before the
// end, then each half minute, since work in another tab moves the end.
Result<http::Response> get_session(access::Call const& call, ledger::ReadTx& tx);
// POST /session: the session was heard of, which is all; back to the frame.
Result<http::Response> post_session(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
