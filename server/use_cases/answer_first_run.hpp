// What somebody who keeps the network answers to the list that leads to the first card.
#pragma once

#include <optional>

#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::use_cases {

enum class FirstRunAnswer {
  rules_will_do,  // those of the area as they stand
  hide,           // no list for this account
  show,
};
// For an area of the caller's own: Problem::forbidden for another's. `area`: nullopt while there is
// none, of a national role alone; without it there are no rules, Problem::malformed_request.
Result<void> answer_first_run(ledger::WriteTx& tx, std::optional<AreaId> const& area,
                              FirstRunAnswer answer, domain::Caller const& caller);

}  // namespace kaiku::use_cases
