#include "server/pages/public/home.hpp"

#include "server/pages/public/home_view.hpp"
#include "server/pages/public/public_frame.hpp"
#include "server/pages/public/statements.hpp"

namespace kaiku::pages {

Result<http::Response> get_home(access::Call const& call, ledger::ReadTx&) {
  auto const start = home_of(call.caller().role);
  if (start != "/") return see_other(std::string(start));
  auto const frame = public_frame(call);
  return respond(frame, home_page(frame));
}

Result<http::Response> get_accessibility(access::Call const& call, ledger::ReadTx&) {
  auto const frame = public_frame(call);
  return respond(frame, accessibility_page(frame));
}

Result<http::Response> get_privacy(access::Call const& call, ledger::ReadTx&) {
  auto const frame = public_frame(call);
  return respond(frame, privacy_page(frame));
}

}  // namespace kaiku::pages
