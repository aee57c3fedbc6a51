#include "server/pages/public/home.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/public/statements.hpp"

namespace kaiku::pages {

Result<http::Response> get_home(access::Call const& call, ledger::ReadTx&) {
  return see_other(std::string(home_of(call.caller().role)));
}

Result<http::Response> get_accessibility(access::Call const& call, ledger::ReadTx&) {
  auto const frame = frame_of(call, "/accessibility");
  return respond(frame, accessibility_page(frame));
}

Result<http::Response> get_privacy(access::Call const& call, ledger::ReadTx&) {
  auto const frame = frame_of(call, "/privacy");
  return respond(frame, privacy_page(frame));
}

}  // namespace kaiku::pages
