// A POST of the API that makes something makes it once for each Idempotency-Key of its caller.
#pragma once

#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku {

// An answer kept under the key that the request names, or the route's own that is kept from now on.
// Field faults at /headers/Idempotency-Key; idempotency_key_reused for another request under it.
Result<http::Response> create_once(access::Call& call, access::Route const& route,
                                   ledger::WriteTx& tx);

}  // namespace kaiku
