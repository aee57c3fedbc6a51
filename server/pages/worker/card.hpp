// A card in a social worker's hands, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {

Result<http::Response> get_card(access::Call const& call, ledger::ReadTx& tx);
// To the card's page, which says what was done to it.
http::Response led_to_card(access::Call const& call, use_cases::CardView const& view,
                           std::string_view act);
// `act` is show, renew, children, replace, block or unblock.
Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
