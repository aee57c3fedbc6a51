// What is printed of a hand-over, one function a route; the route table lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// PDFs. ?lang: of the letter; ?place: of the sheet of ten that the card is printed on. Who prints
// is written, so they are writes. Recovery code and card are never on one document.
Result<http::Response> get_handover_letter(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_handover_card(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
