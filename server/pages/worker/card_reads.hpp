// Who has looked at a holder's cards, for the holder who asks; the route table lists it.
#pragma once

#include <string>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// `before`: a sequence, where the page before ended.
std::string card_reads_address(access::Call const& call, CardId card, std::string_view before = "");
Result<access::Work> prepare_card_reads(access::Call const& call, ledger::ReadTx& tx);
// A read of the card as any other, so it is a write.
Result<http::Response> get_card_reads(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
