// Who sends this request, and whether the route is theirs.
#pragma once

#include <optional>

#include "schema/values/result.hpp"
#include "schema/values/time.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/access/identity/device_proof.hpp"
#include "server/access/identity/services.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::access {

// What a request showed, as far as a lane has judged it: no signature has to be looked at again.
struct Shown {
  enum class As : std::uint8_t { nothing, session, api_key, device };
  As as = As::nothing;
  Digest lookup{};         // of a session or an API key
  std::string csrf_token;  // of a session
  DeviceId device{};
};

struct Identified {
  domain::Caller caller;                // Role::anonymous when nothing was shown
  std::optional<SessionState> session;  // set when the cookie said who it is
  Shown shown{};
};

// Device listener: the client certificate alone. Public listener: `Authorization` (an API key or a
// device proof; a wrong one is not_signed_in, never anonymous), else the session cookie (one that
// has ended is anonymous), else anonymous. Any lane: one or two indexed look-ups, nothing written;
// a session's use is noted in memory. Of a head whose body is still to come, a proof is taken at
// its word about the body and asked again when that is there.
Result<Identified> authenticate(ledger::ReadTx& tx, http::Request const& request,
                                Route const& route, Services& services, Instant now,
                                Part part = Part::whole);

// Whether what a lane found still holds: nobody has ended the session, revoked the key or the
// device since. The same answers as `authenticate`, by one look-up.
Result<Identified> ask_again(ledger::ReadTx& tx, http::Request const& request, Route const& route,
                             Services& services, Instant now, Shown const& shown);

// not_signed_in for the anonymous, forbidden for a role that the route does not name.
Result<void> authorise(Route const& route, domain::Caller const& caller);

// Before a write. With a session: Origin has to be ours, and X-CSRF-Token (JSON) or the form field
// `csrf` (pages) the session's. Without one, and on routes that anybody may call: a page's form
// needs our Origin; a JSON call only if it has one at all, since browsers always send it and other
// programs need not. csrf_failed; of a form that cannot be read, what Call::posted says.
Result<void> check_write_origin(Call const& call, Route const& route);

}  // namespace kaiku::access
