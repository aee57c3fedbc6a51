#include "server/use_cases/undo_replacement.hpp"

#include "server/domain/handover.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/replacements.hpp"
#include "server/use_cases/card_of_own_office.hpp"
#include "server/use_cases/make_letter.hpp"

namespace kaiku::use_cases {
namespace {

std::optional<tables::Replacement> fresh_replacement(ledger::ReadTx& tx, CardId new_card,
                                                     Instant now) {
  auto const replacement = tables::last_replacement_by(tx, new_card);
  if (!replacement || !domain::is_fresh(replacement->at, now)) return std::nullopt;
  return replacement;
}

}  // namespace

std::optional<Instant> replacement_undoable_until(ledger::ReadTx& tx, CardId new_card,
                                                  Instant now) {
  auto const replacement = fresh_replacement(tx, new_card, now);
  if (!replacement) return std::nullopt;
  return replacement->at + domain::registration_is_fresh_us;
}

Result<RestoredCard> undo_replacement(ledger::WriteTx& tx, CardId new_card,
                                      domain::Caller const& caller) {
  auto const card = card_of_own_office(tx, new_card, caller);
  if (!card) return card.error();
  auto const replacement = fresh_replacement(tx, new_card, tx.now());
  if (!replacement || tables::has_acts_since(tx, new_card, replacement->seq)) {
    return Error(Problem::undo_too_late, "ten minutes have passed, or the card is in use");
  }
  ledger::ReplacementUndone undone{replacement->seq};
  if (replacement->was_blocked) undone.until = tables::end_of_block(tx, replacement->old_card);
  ledger::append(tx, caller.actor, undone);
  RestoredCard again{replacement->old_card, !card->batch};
  if (card->kind == contract::CardKind::community) return again;
  auto const letter = make_letter(tx, again.card, caller);
  if (!letter) return letter.error();
  again.letter = *letter;
  return again;
}

}  // namespace kaiku::use_cases
