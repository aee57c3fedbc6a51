// Where the card is good: /places and /places/{id}, for everybody.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_places(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_place(access::Call const& call, ledger::ReadTx& tx);
// GET /places/{id}.ics: the place's events for a calendar that subscribes to them.
Result<http::Response> get_place_calendar(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
