#include "server/use_cases/approvals.hpp"

#include "schema/values/faults.hpp"
#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/stock_cards.hpp"

namespace kaiku::use_cases {
namespace {

using domain::ApprovalKind;
using domain::ApprovalOutcome;
using domain::ApprovalState;

DrawnBatch draw_asked(ledger::ReadTx& tx, Random& random, tables::Approval const& approval,
                      Instant now) {
  auto const number = BatchId{tables::last_batch_number(tx) + 1};
  return draw_batch(tx.keys(), random, number, approval.area, approval.count.value(), now);
}

// The batch that it made, where it made one.
std::optional<BatchId> carry_out(ledger::WriteTx& tx, tables::Approval const& approval,
                                 std::any prepared, domain::Caller const& caller) {
  switch (approval.kind) {
    case ApprovalKind::batch: {
      auto drawn = prepared.has_value() ? std::any_cast<DrawnBatch>(std::move(prepared))
                                        : draw_asked(tx, tx.random(), approval, tx.now());
      return stock_approved_cards(tx, std::move(drawn), approval.office, caller).batch;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<ApprovalId> ask_for_batch(ledger::WriteTx& tx, AskedBatch const& batch,
                                 domain::Caller const& caller) {
  if (batch.count > most_cards_of_a_batch) {
    return Error(Problem::batch_too_large,
                 std::vector<FieldFault>{
                     {"/count", FaultCode::out_of_range,
                      "a batch has " + std::to_string(most_cards_of_a_batch) + " cards at most"}});
  }
  ledger::ApprovalAsked entry;
  entry.what = ApprovalKind::batch;
  entry.area = batch.area;
  entry.office = batch.office;
  entry.count = batch.count;
  return ApprovalId{ledger::append(tx, caller.actor, entry).sequence};
}

Result<tables::Approval> find_visible_approval(ledger::ReadTx& tx, ApprovalId id,
                                               domain::Caller const& caller) {
  auto approval = tables::find_approval(tx, id);
  if (!approval) return Error(Problem::not_found);
  auto const own = domain::require_area(caller, approval->area, domain::Named::in_path);
  if (!own) return own.error();
  return *std::move(approval);
}

bool may_decide(tables::Approval const& approval, domain::Caller const& caller, Day today) {
  return tables::state_of(approval, today) == ApprovalState::open &&
         approval.asked_by != caller.actor;
}

std::function<std::any()> prepared_act(ledger::ReadTx& tx, tables::Approval const& approval,
                                       Random& random, Instant now) {
  switch (approval.kind) {
    case ApprovalKind::batch: {
      auto const number = BatchId{tables::last_batch_number(tx) + 1};
      return [&keys = tx.keys(), &random, number, approval, now] {
        return std::any(
            draw_batch(keys, random, number, approval.area, approval.count.value(), now));
      };
    }
  }
  return {};
}

Result<tables::Approval> decide_approval(ledger::WriteTx& tx, ApprovalId id,
                                         ApprovalOutcome outcome, std::any prepared,
                                         domain::Caller const& caller) {
  auto const approval = find_visible_approval(tx, id, caller);
  if (!approval) return approval.error();
  bool const is_own = approval->asked_by == caller.actor;
  if (is_own != (outcome == ApprovalOutcome::taken_back)) {
    return Error(Problem::forbidden, is_own ? "nobody decides on an own request"
                                            : "only the asker takes a request back");
  }
  if (tables::state_of(*approval, helsinki_day(tx.now())) != ApprovalState::open) {
    return Error(Problem::conflict, "this request is decided or has run out");
  }
  ledger::ApprovalDecided entry{approval->id, outcome, std::nullopt};
  if (outcome == ApprovalOutcome::approved) {
    entry.batch = carry_out(tx, *approval, std::move(prepared), caller);
  }
  ledger::append(tx, caller.actor, entry);
  return tables::find_approval(tx, id).value();
}

}  // namespace kaiku::use_cases
