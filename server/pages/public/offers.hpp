// What is on: /offers and /offers/{id}, for everybody.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_offers(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_offer(access::Call const& call, ledger::ReadTx& tx);
// GET /offers.ics takes the page's choices but days and places, which change as time goes by.
Result<http::Response> get_offers_calendar(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_offer_calendar(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
