#include "server/tables/beside_shares.hpp"

#include "schema/values/time.hpp"

namespace kaiku::tables {
namespace {

std::vector<VenueId> all_venues(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT venue_id FROM venue ORDER BY venue_id");
  std::vector<VenueId> venues;
  while (query.step()) venues.push_back(query.id<VenueId>(0));
  return venues;
}

}  // namespace

BesideShares beside_shares(ledger::ReadTx& tx, int year, std::int64_t as_of) {
  auto const first = day_from(year, 1, 1).value();
  auto const last = day_from(year, 12, 31).value();
  BesideShares shares;
  for (auto const venue : all_venues(tx)) {
    auto const tickets = count_tickets_beside(tx, venue, first, last, as_of);
    if (tickets != TicketsBeside{}) shares.venues.emplace_back(venue, tickets);
  }
  auto query = tx.prepare(R"(
    SELECT office_id, COUNT(*)
    FROM lineage
    WHERE registered_on BETWEEN ?1 AND ?2 AND lineage_id <= ?3 AND kind = 1
    GROUP BY office_id
    ORDER BY office_id)");
  query.with(first, last, as_of);
  while (query.step()) {
    shares.community_cards.emplace_back(query.id<OfficeId>(0), query.integer(1));
  }
  return shares;
}

}  // namespace kaiku::tables
