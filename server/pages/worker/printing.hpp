// What is printed of a hand-over, one function a route; the route table lists them.
#pragma once

#include <string>

#include "schema/contract/answers.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// PDFs. ?lang: of the letter; ?place: of the sheet of ten that the card is printed on. Who prints
// is written, so they are writes. Recovery code and card are never on one document.
Result<http::Response> get_handover_letter(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_handover_card(access::Call& call, ledger::WriteTx& tx);
// The instructions for a community card. GET /card/sheet, its card sealed in the address.
std::string community_sheet_address(access::Call const& call, CardId card,
                                    contract::Language language);
Result<http::Response> get_community_sheet(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
