// The short recovery code of the letter given at issue: a lost card has no name to search by.
#pragma once

#include <string>

#include "server/storage/transactions.hpp"

namespace kaiku::use_cases {

// Eight characters of Crockford's base32 (40 bits), stored only as a keyed hash.
std::string make_recovery_code(storage::WriteTx& tx, LineageId lineage);

}  // namespace kaiku::use_cases
