// What a page has to know after a redirect, sealed in its address: references and what was typed,
// never facts and never a password. So reload, Back and two tabs each show their own result,
// nothing is kept on the server, and no code stands in an address in clear.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/http/form.hpp"
#include "server/http/message.hpp"

namespace kaiku::pages {

// A way back to a form (`back_to`) by a longer address with a query is not sent: the page is drawn
// in its place, with 422 where it has faults (server/app/dispatcher.cpp). Any other redirect goes
// out however long, a constant page's too. Links that carry an address along have room for a little
// more.
inline constexpr std::size_t longest_address = http::longest_target - 256;

// `path` with ?k= or &k=: base64url(nonce ‖ AES-256-GCM) under HMAC(csrf key, "page state 1"),
// bound to the account (or to "public") and to `page`, the pattern of its route.
std::string with_state(access::Call const& call, std::string_view path, std::string_view page,
                       http::FormPairs const& told);
// nullopt when there is none. `is_old`: there is one, but it is older than 30 minutes (10 of pages
// without an account), another's or damaged; the page then begins anew and says so.
struct PageState {
  http::FormPairs told;
  bool is_old = false;
  bool is_held = false;  // as the form was filled when the session ended (held.hpp)
};
std::optional<PageState> state_of(access::Call const& call, std::string_view page);

}  // namespace kaiku::pages
