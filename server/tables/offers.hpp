// What anybody may see of the network: where the card is good, and what is on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/tables/network.hpp"

namespace kaiku::tables {

// Narrowed by what is set.
struct PlaceQuestion {
  std::optional<std::string> municipality;
  std::optional<contract::Sector> sector;
};
// Venues that take part, in no order.
std::vector<Venue> open_venues(ledger::ReadTx& tx, PlaceQuestion const& question);
// Where there is any of them.
std::vector<domain::Municipality> municipalities_with_venues(ledger::ReadTx& tx);

// Events of those venues that end after `from` and start before `to`.
struct OfferQuestion {
  PlaceQuestion at;
  std::optional<VenueId> venue;
  Instant from;
  std::optional<Instant> to;
  bool for_children = false;    // children may come along
  bool courses = false;         // courses alone
  bool with_places = false;     // somebody can still get a ticket
  bool with_cancelled = false;  // cancelled ones too
};
// The next ones first.
std::vector<Event> list_offers(ledger::ReadTx& tx, OfferQuestion const& question,
                               std::int64_t offset, std::int64_t limit);
// For a calendar, by their start: under the limit those to come go before cancelled and past ones,
// of which the nearest stay.
std::vector<Event> offers_around(ledger::ReadTx& tx, OfferQuestion const& question, Instant now,
                                 std::int64_t limit);
std::int64_t count_offers(ledger::ReadTx& tx, OfferQuestion const& question);

// Whether somebody can still get a ticket. How many there are tells of people: nobody is told.
bool has_places(ledger::ReadTx& tx, Event const& event, Instant now);

}  // namespace kaiku::tables
