// Puts into effect what a door's journal says of one attempt, as far as it has arrived.
#pragma once

#include <string_view>

#include "server/ledger/transactions.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

// Called whenever something of the attempt has arrived; in whatever order and however often, the
// uses and their verdicts end up the same.
// - Attempt and outcome are here, and the door gave tickets: the use is stored and judged on what
//   held when it occurred, unless the server has it already. An event that the venue does not have
//   is left out of the use: the tickets were given at the venue and count for it, but no event has
//   them on its quota; the signed entry keeps what the door said. Without a ticket there is no use.
// - The door did not give, or does not know (`not_confirmed`): a use that was recorded is voided.
// - An undo within 15 minutes of the outcome voids the use; the attempt's time stands in for it
//   until the outcome has arrived. Until one of them has, the undo of a use made online waits.
// `card` is the attempt's card as scanned when this upload brought it, else empty: one kept from an
// earlier upload is used then.
void settle_attempt(ledger::WriteTx& tx, tables::Device const& device, std::int64_t attempt,
                    std::string_view card);

}  // namespace kaiku::use_cases
