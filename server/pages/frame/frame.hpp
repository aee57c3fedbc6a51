// The handlers of the frame: problems, language, assets, one function a route; the route table
// lists them.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// A problem of a page route as a page; not_signed_in leads to /login and back. Thread-safe.
http::Response problem_page(Error const& error, access::Call const& call);
// A form that was sent after its session had ended, or under the one before, as 303 to where it
// comes back filled: `form_path`, past the sign-in page when nobody is signed in. nullopt when it
// says not whose it is.
std::optional<http::Response> held_page(Error const& error, access::Call const& call,
                                        std::string_view form_path);

// GET /language?lang=sv&next=/venue: the choice lives in a cookie of the browser alone.
http::Response get_language(access::Call const& call);
// GET /assets/{name}: a name holds the hash of its content, so it may be kept for a year.
http::Response get_asset(access::Call const& call);

}  // namespace kaiku::pages
