#include "server/pages/frame/own_place.hpp"

#include "server/tables/network.hpp"

namespace kaiku::pages {

Frame frame_at_place(access::Call const& call, ledger::ReadTx& tx, std::string here) {
  auto frame = frame_of(call, std::move(here));
  if (call.caller().role == domain::Role::venue_staff && !call.caller().venues.empty()) {
    if (auto venue = tables::find_venue(tx, call.caller().venues.front())) {
      frame.place = std::move(venue->name);
    }
  }
  return frame;
}

}  // namespace kaiku::pages
