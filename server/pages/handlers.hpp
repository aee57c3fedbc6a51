// The pages' handlers, one function a route; the route table lists them.
#pragma once

#include "server/access/call.hpp"
#include "server/access/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// A problem of a page route as a page; not_signed_in leads to /login and back. Thread-safe.
http::Response problem_page(Error const& error, access::Call const& call);

// GET /: to the role's own start page, or to /login.
Result<http::Response> get_home(access::Call const& call, ledger::ReadTx& tx);
// GET /language?lang=sv&next=/venue: the choice lives in a cookie of the browser alone.
http::Response get_language(access::Call const& call);
// GET /assets/{name}: a name holds the hash of its content, so it may be kept for a year.
http::Response get_asset(access::Call const& call);
Result<http::Response> get_accessibility(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_privacy(access::Call const& call, ledger::ReadTx& tx);

Result<http::Response> get_login(access::Call const& call, ledger::ReadTx& tx);
// Password lane; what is wrong with the form is told by post_login.
Result<access::Work> prepare_login(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_login(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_logout(access::Call& call, ledger::WriteTx& tx);

Result<http::Response> get_new_card(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_new_card(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> get_card_done(access::Call const& call, ledger::ReadTx& tx);

Result<http::Response> get_card(access::Call const& call, ledger::ReadTx& tx);
// `act` is show, renew, children, replace, block or unblock.
Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx);

Result<http::Response> get_venue(access::Call const& call, ledger::ReadTx& tx);
// Read lane: a check writes nothing.
Result<http::Response> post_venue_check(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_venue_redeem(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> post_venue_undo(access::Call& call, ledger::WriteTx& tx);

Result<http::Response> get_figures(access::Call const& call, ledger::ReadTx& tx);
// Door devices of the caller's areas and the newest judged uses; ?after= pages the devices.
Result<http::Response> get_doors(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
