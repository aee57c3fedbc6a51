#include "server/use_cases/undo_registration.hpp"

#include "server/domain/handover.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/handovers.hpp"
#include "server/tables/letters.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/card_of_own_office.hpp"

namespace kaiku::use_cases {

std::optional<Instant> registration_undoable_until(ledger::ReadTx& tx, tables::Card const& card,
                                                   Instant now) {
  if (card.state != contract::StoredState::registered || !card.lineage) return std::nullopt;
  auto const registered_at = tables::recorded_at_of(tx, card.lineage->value).value();
  if (!domain::is_fresh(registered_at, now)) return std::nullopt;
  if (!tables::is_as_registered(tx, card.id, *card.lineage)) return std::nullopt;
  return registered_at + domain::registration_is_fresh_us;
}

Result<void> undo_registration(ledger::WriteTx& tx, CardId id, domain::Caller const& caller) {
  auto const card = card_of_own_office(tx, id, caller);
  if (!card) return card.error();
  bool const may = registration_undoable_until(tx, *card, tx.now()).has_value() &&
                   !tables::has_acts(tx, *card->lineage);
  if (!may) {
    return Error(Problem::undo_too_late, "ten minutes have passed, or the card is in use");
  }
  auto const lineage = *card->lineage;
  ledger::append(tx, caller.actor, ledger::RegistrationUndone{lineage});
  tables::erase_holder(tx, lineage);
  tables::erase_recovery_codes(tx, lineage);
  tables::erase_letter_keys(tx, lineage);
  tables::forget_recovery_code(tx, id);
  return {};
}

}  // namespace kaiku::use_cases
