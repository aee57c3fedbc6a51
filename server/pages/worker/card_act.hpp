// The pages of what an office does with a card, one function a route; the route table lists them.
// Each asks first: nothing is done by a link or a scan alone.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

inline constexpr std::string_view renew_path = "/card/renew";
inline constexpr std::string_view replace_path = "/card/replace";
inline constexpr std::string_view block_path = "/card/block";
inline constexpr std::string_view unblock_path = "/card/unblock";
inline constexpr std::string_view children_path = "/card/children";
std::string act_address(access::Call const& call, std::string_view path, CardId card);

// Who looks at a card is written, so they are writes. `act` undo of a renewal takes it back.
Result<http::Response> get_renewal(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_renewal(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_replacement(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_replacement(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_block(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_block(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_unblock(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_unblock(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_children(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_children(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
