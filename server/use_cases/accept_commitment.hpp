// An office or a venue accepts the scheme's commitment, by one of its people for all of them.
#pragma once

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::use_cases {

// Whether the office of a worker, or the venue of its staff, has still to accept the commitment as
// it stands now. Nobody else has anything to accept.
bool owes_commitment(ledger::ReadTx& tx, domain::Caller const& caller);

// For the caller's own place. `version`: of the text that was read; Problem::conflict when another
// stands now, Problem::forbidden for who has no place. Accepted already, it writes nothing.
Result<void> accept_commitment(ledger::WriteTx& tx, std::int64_t version,
                               domain::Caller const& caller);

}  // namespace kaiku::use_cases
