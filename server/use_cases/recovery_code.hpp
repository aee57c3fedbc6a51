// The short recovery code of the letter given at issue: a lost card has no name to search by.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/ledger/transactions.hpp"

namespace kaiku::use_cases {

// Eight characters of Crockford's base32 (40 bits), stored only as a keyed hash.
std::string make_recovery_code(ledger::WriteTx& tx, LineageId lineage);

// Whose code this is; nullopt when nobody's.
std::optional<LineageId> find_by_recovery_code(ledger::ReadTx& tx, std::string_view typed);

}  // namespace kaiku::use_cases
