#include "server/use_cases/rule_on_use.hpp"

#include "schema/values/faults.hpp"
#include "server/domain/plausibility.hpp"
#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::use_cases {

Result<tables::JudgedUse> rule_on_use(ledger::WriteTx& tx, RedemptionId id, Ruling const& ruling,
                                      domain::Caller const& caller) {
  auto const use = tables::find_judged_use(tx, id);
  if (!use) return Error(Problem::not_found);
  auto const venue = tables::find_venue(tx, use->venue).value();
  auto const own = domain::require_area(caller, venue.area, domain::Named::in_path);
  if (!own) return own.error();
  if (!domain::is_ruling_reason(ruling.accepted, ruling.reason)) {
    return field_error("/reason", FaultCode::not_an_option, "is not in the list of reasons");
  }
  if (use->standing != tables::Standing::waiting || use->undone) {
    return Error(Problem::conflict, "this use does not wait for a ruling");
  }
  ledger::append(tx, caller.actor, ledger::UseRuled{id, ruling.accepted, ruling.reason});
  if (ruling.accepted) {
    auto const counted = tables::find_redemption(tx, id).value();
    use_up_reservation(tx, caller.actor,
                       {id, counted.event, counted.lineage, counted.tickets, counted.occurred_at});
  }
  return tables::find_judged_use(tx, id).value();
}

}  // namespace kaiku::use_cases
