// Puts into effect what a door's journal says of one attempt, as far as it has arrived.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/contract/journal_entry.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

// Called whenever something of the attempt has arrived; in whatever order and however often, the
// uses and their verdicts end up the same.
// - Attempt and outcome are here, and the door gave tickets: the use is stored and judged on what
//   held when it occurred, unless the server has it already. An event that the venue does not have
//   is left out of the use: the tickets were given at the venue and count for it, but no event has
//   them on its quota; the signed entry keeps what the door said. Without a ticket there is no use.
// - The server has a use of this number on another card: two folders count with the same numbers,
//   and what this one gave is stored as store_quarantined_use does.
// - The door did not give, or does not know (`not_confirmed`): a use that was recorded is voided.
// - An undo within 15 minutes of the outcome voids the use; the attempt's time stands in for it
//   until the outcome has arrived. Until one of them has, the undo of a use made online waits.
// `card` is the attempt's card as scanned when this upload brought it, else empty: one kept from an
// earlier upload is used then.
void settle_attempt(ledger::WriteTx& tx, tables::Device const& device, std::int64_t attempt,
                    std::string_view card);

// An attempt and its outcome as they were told, and kept beside the journal.
struct QuarantinedUse {
  std::string key;  // of the use: quarantined_key
  contract::JournalEntry attempt;
  contract::JournalEntry outcome;
  std::string card;  // as scanned; empty when it did not come
};
// `seq`: of the ledger entry that put the attempt, or else its outcome, into quarantine.
std::string quarantined_key(std::int64_t seq);
// Of an attempt in the journal itself whose number the server had bound to another card.
std::string quarantined_key_of_number(std::int64_t attempt);
// Tickets that a copy of the folder gave, or a device that was revoked: a use that counts nowhere
// until a coordinator has ruled on it (verdict `quarantined`). False when the door gave nothing, or
// the use is stored already.
bool store_quarantined_use(ledger::WriteTx& tx, tables::Device const& device,
                           QuarantinedUse const& told);

}  // namespace kaiku::use_cases
