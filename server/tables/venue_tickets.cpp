#include "server/tables/venue_tickets.hpp"

#include "server/tables/counted_use.hpp"

namespace kaiku::tables {

TicketsBeside count_tickets_beside(ledger::ReadTx& tx, VenueId venue, Day from, Day to,
                                   std::int64_t as_of) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(assistant), 0), COALESCE(SUM(interpreter), 0),
      COALESCE(SUM(companion), 0),
      COALESCE(SUM(CASE WHEN lineage.kind = 1 THEN adult + child ELSE 0 END), 0)
    FROM redemption
    LEFT JOIN lineage USING (lineage_id)
    WHERE venue_id = ?1 AND day BETWEEN ?2 AND ?3 AND redemption_id <= ?4 AND
      (undone_seq IS NULL OR undone_seq > ?4) AND )" KAIKU_COUNTED_WHEN("accepted_seq <= ?4"));
  query.with(venue, from, to, as_of);
  query.step();
  return {query.integer(0), query.integer(1), query.integer(2), query.integer(3)};
}

}  // namespace kaiku::tables
