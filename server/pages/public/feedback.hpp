// GET and POST /feedback: a message that arrives at /messages.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_feedback(access::Call const& call, ledger::ReadTx& tx);
Result<std::optional<http::Response>> look_at_feedback(access::Call const& call,
                                                       ledger::ReadTx& tx);
Result<http::Response> post_feedback(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
