// Blocks with a last day end by themselves.
#pragma once

#include "server/ledger/transactions.hpp"

namespace kaiku::use_cases {

// Lifts what ended before today, as an entry of the system's own: register, doors' data and each
// decision follow from it alike. Done once a minute.
void lift_ended_blocks(ledger::WriteTx& tx);

}  // namespace kaiku::use_cases
