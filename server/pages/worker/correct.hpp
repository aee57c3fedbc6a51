// Putting right what is known of a card's holder, one function a route; the route table lists them.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The form of a card; `from`: the page of a hand-over that it leads back to, else the card's page.
std::string correct_address(access::Call const& call, CardId card, std::string_view from);

// Who looks at a card is written, so it is a write.
Result<http::Response> get_correction(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_correction(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
