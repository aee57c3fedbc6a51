// Tickets that one venue has given beside those of adults and children.
#pragma once

#include <cstdint>

#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct TicketsBeside {
  std::int64_t assistants = 0;  // these three of all cards
  std::int64_t interpreters = 0;
  std::int64_t companions = 0;
  std::int64_t community_uses = 0;  // adult and child tickets on community cards
  bool operator==(TicketsBeside const&) const = default;
};
// By the day of the use, both days inclusive, as of a ledger sequence: what is undone or waits for
// a ruling is left out.
TicketsBeside count_tickets_beside(ledger::ReadTx& tx, VenueId venue, Day from, Day to,
                                   std::int64_t as_of);

}  // namespace kaiku::tables
