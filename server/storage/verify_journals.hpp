// What `verify` asks of the vault rows that belong to doors' journals.
#pragma once

#include "server/storage/table_compare.hpp"
#include "server/storage/transactions.hpp"

namespace kaiku::storage {

// Quarantined entries and their vault rows belong together, by hash; a kept card belongs to an
// attempt whose outcome has not arrived.
void check_journal_vault(ReadTx& tx, TellDifference const& tell);

}  // namespace kaiku::storage
