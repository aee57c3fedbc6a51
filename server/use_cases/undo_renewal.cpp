#include "server/use_cases/undo_renewal.hpp"

#include "server/domain/handover.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/card_of_own_office.hpp"

namespace kaiku::use_cases {
namespace {

std::optional<tables::LastRenewal> fresh_renewal(ledger::ReadTx& tx, CardId card, Instant now) {
  auto const renewal = tables::last_renewal_of(tx, card);
  return renewal && domain::is_fresh(renewal->at, now) ? renewal : std::nullopt;
}

// A renewal that changed the children too wrote so in the entry behind its own.
void put_children_back(ledger::WriteTx& tx, tables::Card const& card, std::int64_t renewal,
                       domain::Caller const& caller) {
  auto const version = tables::holder_version_of(tx, *card.lineage);
  if (!version || version->seq != renewal + 1) return;
  auto facts = tables::holder_of(tx, *card.lineage).value();
  facts.children = tables::holder_before(tx, *card.lineage, version->seq).value().children;
  auto const receipt = ledger::append(tx, caller.actor, ledger::HolderChanged{card.lineage_ref});
  tables::put_holder(tx, *card.lineage, receipt.sequence, tx.now(), facts);
}

}  // namespace

std::optional<UndoableRenewal> undoable_renewal(ledger::ReadTx& tx, CardId card, Instant now) {
  auto const renewal = fresh_renewal(tx, card, now);
  if (!renewal) return std::nullopt;
  return UndoableRenewal{renewal->seq, renewal->at + domain::registration_is_fresh_us};
}

Result<void> undo_renewal(ledger::WriteTx& tx, CardId id, domain::Caller const& caller) {
  auto const card = card_of_own_office(tx, id, caller);
  if (!card) return card.error();
  auto const renewal = fresh_renewal(tx, id, tx.now());
  if (!renewal || tables::has_acts_since(tx, id, renewal->seq)) {
    return Error(Problem::undo_too_late, "ten minutes have passed, or the card is in use");
  }
  ledger::append(tx, caller.actor, ledger::RenewalUndone{renewal->seq});
  put_children_back(tx, *card, renewal->seq, caller);
  return {};
}

}  // namespace kaiku::use_cases
