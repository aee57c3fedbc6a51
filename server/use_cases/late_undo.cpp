#include "server/use_cases/late_undo.hpp"

#include "schema/contract/undo.hpp"
#include "schema/values/faults.hpp"
#include "server/domain/policy.hpp"
#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/redeem.hpp"

namespace kaiku::use_cases {
namespace {

Instant recorded_at(ledger::ReadTx& tx, RedemptionId id) {
  return tables::recorded_at_of(tx, id.value).value();
}

Result<tables::UndoRequest> waiting_request(ledger::ReadTx& tx, UndoRequestId id,
                                            domain::Caller const& caller) {
  auto request = find_visible_undo_request(tx, id, caller);
  if (!request) return request.error();
  if (request->undone) return Error(Problem::conflict, "this request has been decided");
  return *std::move(request);
}

}  // namespace

Result<tables::Redemption> undo_to_ask_for(ledger::ReadTx& tx, RedemptionId id,
                                           domain::Caller const& caller, Instant now) {
  auto use = tables::find_redemption(tx, id);
  if (!use || !caller.stands_at(use->venue)) return Error(Problem::not_found);
  if (use->undone_seq) return Error(Problem::already_undone);
  auto const recorded = recorded_at(tx, id);
  if (contract::may_be_undone(recorded, now)) {
    return Error(Problem::conflict, "who recorded it undoes it at once still");
  }
  if (now - recorded > late_undo_us) return Error(Problem::undo_too_late);
  if (tables::undo_request_of(tx, id)) {
    return Error(Problem::conflict, "the undo of this use has been asked for");
  }
  return *std::move(use);
}

Result<UndoRequestId> ask_undo(ledger::WriteTx& tx, RedemptionId id, std::string const& reason,
                               domain::Caller const& caller) {
  auto const use = undo_to_ask_for(tx, id, caller, tx.now());
  if (!use) return use.error();
  if (!domain::is_undo_reason(reason)) {
    return field_error("/reason", FaultCode::not_an_option, "is not in the list of reasons");
  }
  auto const receipt = ledger::append(tx, caller.actor, ledger::UndoAsked{id, reason});
  return UndoRequestId{receipt.sequence};
}

Result<tables::UndoRequest> find_visible_undo_request(ledger::ReadTx& tx, UndoRequestId id,
                                                      domain::Caller const& caller) {
  auto request = tables::find_undo_request(tx, id);
  if (!request) return Error(Problem::not_found);
  auto const venue = tables::find_venue(tx, request->venue).value();
  auto const own = domain::require_area(caller, venue.area, domain::Named::in_path);
  if (!own) return own.error();
  return *std::move(request);
}

Result<void> undo_as_asked(ledger::WriteTx& tx, UndoRequestId id, std::string const& reason,
                           domain::Caller const& caller) {
  auto const request = waiting_request(tx, id, caller);
  if (!request) return request.error();
  if (tx.now() - recorded_at(tx, request->redemption) > late_undo_us) {
    return Error(Problem::undo_too_late);
  }
  auto const undone = undo_redemption(tx, request->redemption, reason, caller);
  if (!undone) return undone.error();
  ledger::append(tx, caller.actor, ledger::UndoDecided{request->id, true});
  return {};
}

Result<void> refuse_undo(ledger::WriteTx& tx, UndoRequestId id, domain::Caller const& caller) {
  auto const request = waiting_request(tx, id, caller);
  if (!request) return request.error();
  ledger::append(tx, caller.actor, ledger::UndoDecided{request->id, false});
  return {};
}

}  // namespace kaiku::use_cases
