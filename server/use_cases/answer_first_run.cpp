#include "server/use_cases/answer_first_run.hpp"

#include "server/domain/scope.hpp"
#include "server/tables/first_steps.hpp"

namespace kaiku::use_cases {

Result<void> answer_first_run(ledger::WriteTx& tx, std::optional<AreaId> const& area,
                              FirstRunAnswer answer, domain::Caller const& caller) {
  if (!area && !caller.is_national()) return Error(Problem::forbidden);
  if (area) {
    auto const own = domain::require_area(caller, *area, domain::Named::in_body);
    if (!own) return own.error();
  }
  AccountId const account{caller.actor.id};
  if (answer != FirstRunAnswer::rules_will_do) {
    tables::set_first_run_hidden(tx, area, account, answer == FirstRunAnswer::hide);
    return {};
  }
  if (!area) return Error(Problem::malformed_request, "there is no area whose rules could do");
  tables::accept_rules(tx, *area, account);
  return {};
}

}  // namespace kaiku::use_cases
