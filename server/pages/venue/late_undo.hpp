// A venue asks that a ticket of earlier be undone; a coordinator decides.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"
#include "server/pages/venue/door_view.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::pages {

// The page that asks to go on to, with what it has to tell: `late_undo_notice`.
inline constexpr std::string_view venue_pattern = "/venue";
// What a row of the day says of a late undo, or where it is asked for.
void put_late_undo(access::Call const& call, ledger::ReadTx& tx, Language language,
                   tables::Redemption const& use, GivenRow& row);
std::string_view late_undo_notice(Language language, std::string_view told);

Result<http::Response> get_new_undo_request(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_undo_request(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
