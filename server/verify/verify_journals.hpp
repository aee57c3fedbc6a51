// What `verify` asks of the vault rows that belong to doors' journals.
#pragma once

#include "server/ledger/transactions.hpp"
#include "server/verify/table_compare.hpp"

namespace kaiku::verify {

// Quarantined entries and their vault rows belong together, by hash; a kept card belongs to an
// attempt whose outcome has not arrived.
void check_journal_vault(ledger::ReadTx& tx, TellDifference const& tell);

}  // namespace kaiku::verify
