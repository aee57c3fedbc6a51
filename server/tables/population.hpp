// How many people lived in a municipality, as an imported file says.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/domain/population_file.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// Each row in the place of what was known of its municipality and year.
void keep_population(ledger::WriteTx& tx, std::vector<domain::PopulationRow> const& rows);
// On 31 December of the year; nullopt where no file has said it.
std::optional<std::int64_t> population_of(ledger::ReadTx& tx, std::string_view municipality,
                                          int year);

}  // namespace kaiku::tables
