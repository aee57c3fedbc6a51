#include "server/pages/public/let_in.hpp"

#include "server/access/identity/sessions.hpp"
#include "server/pages/frame/greeting.hpp"
#include "server/pages/frame/page.hpp"
#include "server/use_cases/sign_in.hpp"

namespace kaiku::pages {

http::Response let_in(access::Call const& call, ledger::WriteTx& tx, tables::Account const& account,
                      std::string_view session_id, std::string known_browser, std::string to) {
  if (call.session()) use_cases::sign_out(tx, call.session()->lookup);
  auto response = see_other(std::move(to));
  response.with("Set-Cookie", access::session_cookie(session_id))
      .with("Set-Cookie", std::move(known_browser))
      .with("Set-Cookie", greeting_cookie(call, tx, account, access::session_lookup(session_id)));
  return response;
}

}  // namespace kaiku::pages
