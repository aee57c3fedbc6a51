// A new letter in place of an old one, one function a route; the route table lists them.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// The question before it; `back`: the page that a "no" leads to.
std::string letter_address(access::Call const& call, CardId card, std::string_view back);

// Who looks at a card is written, so it is a write.
Result<http::Response> get_letter(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_letter(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
