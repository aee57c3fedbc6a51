// Who may read the metrics: they tell of each registration as it happens.
#pragma once

#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"

namespace kaiku::access {

// A caller on this machine, one in a configured network, or whoever shows the configured bearer
// token (RFC 6750 section 2.1); forbidden for all others. What a proxy forwards comes from
// elsewhere even when the proxy itself stands on this machine and nobody has named it.
Result<void> may_read_metrics(Call const& call);

}  // namespace kaiku::access
