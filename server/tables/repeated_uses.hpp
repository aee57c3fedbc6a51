// One card that was used again and again within minutes: a QR code that went from hand to hand.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// Says nothing of the card, and of the time no more than the day.
struct RepeatedUse {
  VenueId venue;
  Day day;
  std::int64_t tickets = 0;  // of the uses that lay so close together
};
struct RepeatedQuestion {
  std::optional<AreaId> area = {};  // of the venue
  std::optional<VenueId> venue = {};
  Day from = {};  // days of the use, inclusive
  Day to = {};
  int limit = 0;
};
// A row for each card, venue and day with four uses or more within ten minutes, undone ones and
// those of paper forms (their time of day is nobody's) left out; the newest first.
std::vector<RepeatedUse> repeated_uses(ledger::ReadTx& tx, RepeatedQuestion const& question);

// Its statement: ?1 area, ?2 venue, ?3 and ?4 days, ?5 minutes in microseconds, ?6 limit. A use is
// one of four within the minutes when the fourth from it lies so near, on either side or astride.
inline constexpr char repeated_uses_sql[] = R"(
  WITH used AS (
    SELECT redemption.venue_id, day, card_id, occurred_at_us AS at_us,
      adult + child + assistant + interpreter + companion AS tickets
    FROM venue
    CROSS JOIN redemption INDEXED BY redemption_by_venue
      ON redemption.venue_id = venue.venue_id AND day BETWEEN ?3 AND ?4
    WHERE (?1 IS NULL OR area_id = ?1) AND (?2 IS NULL OR venue.venue_id = ?2) AND
      card_id IS NOT NULL AND undone_seq IS NULL AND on_paper = 0
  ), beside AS (
    SELECT venue_id, day, card_id, tickets,
      at_us - LAG(at_us, 3) OVER near AS as_last,
      LEAD(at_us, 1) OVER near - LAG(at_us, 2) OVER near AS as_third,
      LEAD(at_us, 2) OVER near - LAG(at_us, 1) OVER near AS as_second,
      LEAD(at_us, 3) OVER near - at_us AS as_first
    FROM used
    WINDOW near AS (PARTITION BY venue_id, day, card_id ORDER BY at_us)
  )
  SELECT venue_id, day, SUM(tickets)
  FROM beside
  WHERE as_last <= ?5 OR as_third <= ?5 OR as_second <= ?5 OR as_first <= ?5
  GROUP BY venue_id, day, card_id
  ORDER BY day DESC, venue_id, SUM(tickets) DESC LIMIT ?6)";

}  // namespace kaiku::tables
