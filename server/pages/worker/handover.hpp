// What an office hands over with a card, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/ref.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The address of the page of a registration's result, and the pattern of its route.
std::string handover_address(ledger::Ref const& id);
inline constexpr std::string_view handover_page_pattern = "/cards/handovers/{id}";

// Who looks at cards is written, so all of them are writes. GET takes ?before, a ledger sequence.
Result<http::Response> get_handovers(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_handover(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_handover_qr(access::Call& call, ledger::WriteTx& tx);
// `act` is letter, paper or undo.
Result<http::Response> post_handover(access::Call& call, ledger::WriteTx& tx);
// What was the result's address before.
http::Response get_card_done(access::Call const& call);

}  // namespace kaiku::pages
