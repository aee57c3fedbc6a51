// Checks, redemptions and their undoing, the same on the public API and for devices.
#pragma once

#include "schema/contract/admission.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

// 409 with the decision that gives no ticket, in the caller's language.
http::Response refused(access::Call const& call, contract::Decision const& decision);

Result<http::Response> post_check(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_redemption(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_redemption_void(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::api
