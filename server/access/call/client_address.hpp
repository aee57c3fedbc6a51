// Where a request comes from: the one address that limits count by and logs may tell of.
#pragma once

#include <string>
#include <vector>

#include "server/access/identity/services.hpp"
#include "server/domain/network_address.hpp"
#include "server/http/message.hpp"

namespace kaiku::access {

// Whether an address is one of the proxies of the settings.
bool is_trusted(domain::Address const& address, Proxies const& proxies);

// The peer of the connection, unless that is one of the trusted proxies: then the rightmost address
// of the forwarding header that is none of theirs. What stands further left is a client's own word,
// and a hop that is no address ends the walk at the proxy that wrote it. A peer without an address
// (no network at all) counts as ::.
domain::Address client_address(http::Request const& request, Proxies const& proxies);

}  // namespace kaiku::access
