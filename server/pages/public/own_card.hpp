// A holder's own card, without an account: /me and what lies under it. Nobody's name is asked.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

Result<http::Response> get_me(access::Call const& call, ledger::ReadTx& tx);
// POST /me: code and year of birth; whatever does not fit is answered alike.
Result<http::Response> post_me(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_own_card(access::Call const& call, ledger::ReadTx& tx);
// GET /l/{key}: what the link of a letter shows.
Result<http::Response> get_letter_card(access::Call const& call, ledger::ReadTx& tx);
// What leads from there to the QR: the year of birth, counted as a guess of the card's code.
Result<http::Response> get_year_of_card(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_year_of_card(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_own_calendar(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_own_qr(access::Call const& call, ledger::ReadTx& tx);
// GET /me/qr/kortti.png
Result<http::Response> get_own_picture(access::Call const& call, ledger::ReadTx& tx);

// Reporting it lost: the recovery code, a question, done.
Result<http::Response> get_lost(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_lost(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_lost_question(access::Call const& call, ledger::ReadTx& tx);
Result<std::optional<http::Response>> look_at_lost_question(access::Call const& call,
                                                            ledger::ReadTx& tx);
Result<http::Response> post_lost_question(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
