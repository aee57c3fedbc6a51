#include "server/pages/frame/own_place.hpp"

namespace kaiku::pages {
namespace {

std::optional<tables::Venue> own_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto const venue = call.caller().own_venue();
  return venue ? tables::find_venue(tx, *venue) : std::nullopt;
}

}  // namespace

void put_place(Frame& frame, tables::Venue const& venue) {
  frame.place = venue.name;
  frame.closed = !venue.active;
}

Frame frame_at_place(access::Call const& call, ledger::ReadTx& tx, std::string here) {
  auto frame = frame_of(call, std::move(here));
  if (auto const venue = own_venue(call, tx)) put_place(frame, *venue);
  return frame;
}

bool is_at_closed_place(access::Call const& call, ledger::ReadTx& tx) {
  auto const venue = own_venue(call, tx);
  return venue && !venue->active;
}

}  // namespace kaiku::pages
