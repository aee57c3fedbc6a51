// What follows from later acts on a card: another letter, and what is taken back. Part of `apply`
// (projections.hpp).
#pragma once

#include "server/domain/handover.hpp"
#include "server/ledger/projections.hpp"

namespace kaiku::ledger {

// A hand-over that came after the registration: what waited before it is of no use any more.
struct LaterHandover {
  Ref id;
  Ref card;
  OfficeId office;
  domain::HandoverCause cause;
};
void apply_handover(sql::Connection& connection, Applied const& recorded,
                    LaterHandover const& handover);
// The days before the renewal hold again, from now on.
void apply_undone_renewal(sql::Connection& connection, Applied const& recorded,
                          RenewalUndone const& undone);

// A card is nobody's any more: of a batch it is stock again, one made on the spot is of no use.
void take_card_back(sql::Connection& connection, Applied const& recorded, std::int64_t card_id);
// The old card is as it was before the replacement; what waited for the new one is of no use.
void apply_undone_replacement(sql::Connection& connection, Applied const& recorded,
                              ReplacementUndone const& undone);

// Positions of a batch that an office has from now on; its cards move with `apply_handed` alone.
void add_stock_range(sql::Connection& connection, Applied const& recorded,
                     StockHanded const& range);
void apply_handed(sql::Connection& connection, Applied const& recorded, StockHanded const& handed);

}  // namespace kaiku::ledger
