// What the statements say of this installation.
#pragma once

#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/service_settings.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::use_cases {

// All of them at once: what is not among `texts`, or empty, is not told any more. Faults stand at
// "/<word>". Nothing is written when nothing changes.
Result<void> set_settings(ledger::WriteTx& tx, std::vector<domain::ServiceText> texts,
                          domain::Caller const& caller);

}  // namespace kaiku::use_cases
