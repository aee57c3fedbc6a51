// Puts into effect what a door's journal says of one attempt, as far as it has arrived.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schema/contract/journal_entry.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/tellings.hpp"

namespace kaiku::use_cases {

// Of one device, waiting for a ruling: enough for every till that was ever copied, and no flood of
// a stolen one. What is told beyond stays in quarantine.
inline constexpr std::int64_t most_waiting_from_quarantine = 500;

struct ToldUndo {
  contract::JournalEntry entry;
  bool of_revoked = false;  // it came after the device was revoked
};

// What an upload has brought beside what the tables hold.
struct Brought {
  BroughtCards cards;
  std::vector<ToldUndo> undos_beside;  // that lie in quarantine
};

// Called whenever something of the attempt has arrived; in whatever order and however often, the
// uses and their verdicts end up the same. Of each telling of this number by itself:
// - Attempt and outcome are here, and the door gave tickets: the use is stored and judged on what
//   held when it occurred, unless the server has it already. An event that the venue does not have
//   is left out of the use: the tickets were given at the venue and count for it, but no event has
//   them on its quota; the signed entry keeps what the door said. Without a ticket there is no use.
// - Another attempt's use has the number (two folders count with the same ones), or the telling
//   lies in quarantine: the use is stored with the verdict `quarantined` and counts nowhere until a
//   coordinator has ruled on it; at most so many wait.
// - The door did not give, or does not know (`not_confirmed`): a use that was recorded is voided.
// - An undo within 15 minutes of the outcome voids the use; the attempt's time stands in for it
//   until the outcome has arrived. Until the attempt has, the undo of a use made online waits.
// What comes from a revoked device voids no use that counts. Where a copy was made in the middle of
// an attempt and ends it in another way, what was told first stands; tickets that the other gave
// wait for a ruling.
void settle_attempt(ledger::WriteTx& tx, tables::Device const& device, std::int64_t attempt,
                    Brought const& brought);

// The use of the attempt with this number and hash; nullopt: none was recorded.
std::optional<tables::Redemption> use_of_attempt(ledger::ReadTx& tx, tables::Device const& device,
                                                 std::int64_t attempt, Digest const& hash);

}  // namespace kaiku::use_cases
