// What venues and offices can count by themselves of the tables beside cards and uses: their own
// pages tell them.
#pragma once

#include <utility>
#include <vector>

#include "server/tables/venue_tickets.hpp"

namespace kaiku::tables {

// Of a year as of a ledger sequence; without those that have nothing.
struct BesideShares {
  std::vector<std::pair<VenueId, TicketsBeside>> venues;
  std::vector<std::pair<OfficeId, std::int64_t>> community_cards;  // registered in the year
};
BesideShares beside_shares(ledger::ReadTx& tx, int year, std::int64_t as_of);

}  // namespace kaiku::tables
