// Looking at a card, one function a route; the route table lists them.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The page of a card; `said`: what it has to say of an act before it.
std::string card_address(access::Call const& call, CardId card, std::string_view said = "");

// The field for a card code or a recovery code; a hit leads to the card's page.
Result<http::Response> get_card(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx);
// Who looks at a card is written, so it is a write.
Result<http::Response> get_card_view(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
