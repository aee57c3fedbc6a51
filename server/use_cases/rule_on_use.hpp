// A coordinator's word on a use that waits: it happened and counts, or it does not.
#pragma once

#include <string>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/judged_uses.hpp"

namespace kaiku::use_cases {

struct Ruling {
  bool accepted = false;
  std::string reason;  // one of domain::acceptance_reasons or rejection_reasons
};
// Once a use: Problem::conflict when it does not wait, was undone or was ruled on. not_found
// outside the caller's area; a fault at /reason.
Result<tables::JudgedUse> rule_on_use(ledger::WriteTx& tx, RedemptionId id, Ruling const& ruling,
                                      domain::Caller const& caller);

}  // namespace kaiku::use_cases
