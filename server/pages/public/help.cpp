#include "server/pages/public/help.hpp"

#include "server/pages/public/help_view.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {

Result<http::Response> get_help(access::Call const& call, ledger::ReadTx&) {
  auto const frame = public_frame(call);
  return see_other(public_address(frame, help_of(frame.role)));
}

Result<http::Response> get_help_page(access::Call const& call, ledger::ReadTx&) {
  auto const frame = public_frame(call);
  auto page = help_page(frame, call.parameter(0));
  if (!page) return Error(Problem::not_found);
  return respond(frame, std::move(*page));
}

}  // namespace kaiku::pages
