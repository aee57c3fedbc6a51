// Who may read the metrics: they tell of each registration as it happens.
#pragma once

#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"

namespace kaiku::access {

// A caller on this machine, one in a configured network, or whoever shows the configured bearer
// token (RFC 6750 section 2.1); forbidden for all others. What a proxy on this
// machine forwards comes from elsewhere, named or not, as long as it writes one of the headers that
// say so; one that writes none makes everybody a caller on this machine.
Result<void> may_read_metrics(Call const& call);

}  // namespace kaiku::access
