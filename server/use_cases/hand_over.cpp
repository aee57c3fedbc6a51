#include "server/use_cases/hand_over.hpp"

#include "server/ledger/ledger.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/list_read.hpp"
#include "server/use_cases/undo_registration.hpp"

namespace kaiku::use_cases {
namespace {

// A worker is told of hand-overs of the own office alone, and not that others exist.
Result<tables::Handover> own_handover(ledger::ReadTx& tx, ledger::Ref const& id,
                                      domain::Caller const& caller) {
  auto const found = tables::find_handover(tx, id);
  if (!found || !caller.works_at(found->office)) return Error(Problem::not_found);
  return *found;
}

std::optional<Instant> time_of(ledger::ReadTx& tx, std::optional<std::int64_t> sequence) {
  return sequence ? tables::recorded_at_of(tx, *sequence) : std::nullopt;
}

// An undone registration leaves nothing. After a replacement the old card is in use again, and its
// letter was made by the entry behind the undo's own.
std::optional<RestoredCard> restored_card(ledger::ReadTx& tx, tables::Handover const& undone) {
  auto const card = tables::current_card_of(tx, undone.lineage);
  if (!card) return std::nullopt;
  RestoredCard again{card->id, !tables::find_card(tx, undone.card).value().batch};
  auto const letter = tables::handover_made_by(tx, undone.lineage, *undone.undone_seq + 1);
  if (letter) again.letter = letter->id;
  return again;
}

// By the card: another letter may have been made since it took the old one's place. Too late for
// that, the hand-over of the replacement itself still speaks of it.
bool is_of_replacement(ledger::WriteTx& tx, tables::Handover const& handover) {
  return handover.cause == domain::HandoverCause::replaced ||
         replacement_undoable_until(tx, handover.card, tx.now());
}

std::optional<Instant> undoable_until(ledger::WriteTx& tx, tables::Card const& card,
                                      bool undoes_replacement) {
  if (undoes_replacement) return replacement_undoable_until(tx, card.id, tx.now());
  return registration_undoable_until(tx, card, tx.now());
}

}  // namespace

Result<HandoverView> read_handover(ledger::WriteTx& tx, ledger::Ref const& id,
                                   domain::Caller const& caller) {
  auto const handover = own_handover(tx, id, caller);
  if (!handover) return handover.error();
  auto const card = tables::find_card(tx, handover->card).value();
  HandoverView view{*handover, tables::code_of(tx, card.id), !card.batch};
  view.confirmed_at = time_of(tx, handover->confirmed_seq);
  view.undone_at = time_of(tx, handover->undone_seq);
  view.superseded_at = time_of(tx, handover->superseded_seq);
  if (view.undone_at) {
    view.again = restored_card(tx, *handover);
    return view;
  }
  auto read = read_card(tx, handover->card, caller);
  if (!read) return read.error();
  view.card = *std::move(read);
  auto const holder = tables::holder_of(tx, handover->lineage);
  if (holder) view.postcode = holder->postcode;
  if (auto const letter = tables::kept_letter(tx, *handover)) {
    view.recovery_code = letter->recovery_code;
    view.has_letter = !letter->key.empty();
  }
  view.undoes_replacement = is_of_replacement(tx, *handover);
  view.undoable_until = undoable_until(tx, card, view.undoes_replacement);
  return view;
}

Result<void> confirm_handover(ledger::WriteTx& tx, ledger::Ref const& id, domain::HandoverWay way,
                              domain::Caller const& caller) {
  auto const handover = own_handover(tx, id, caller);
  if (!handover) return handover.error();
  if (!handover->is_waiting()) return {};
  ledger::append(tx, caller.actor, ledger::HandoverConfirmed{way, handover->id});
  tables::forget_recovery_code(tx, handover->card);
  return {};
}

Result<std::optional<RestoredCard>> undo_handover(ledger::WriteTx& tx, ledger::Ref const& id,
                                                  domain::Caller const& caller) {
  auto const handover = own_handover(tx, id, caller);
  if (!handover) return handover.error();
  if (handover->undone_seq) return restored_card(tx, *handover);
  if (is_of_replacement(tx, *handover)) {
    auto const again = undo_replacement(tx, handover->card, caller);
    if (!again) return again.error();
    return std::optional(*again);
  }
  auto const undone = undo_registration(tx, handover->card, caller);
  if (!undone) return undone.error();
  return std::optional<RestoredCard>();
}

Result<std::vector<WaitingHandover>> list_handovers(ledger::WriteTx& tx,
                                                    std::optional<std::int64_t> before, int limit,
                                                    domain::Caller const& caller) {
  if (!caller.office) return Error(Problem::forbidden, "only an issuer office hands cards over");
  std::vector<WaitingHandover> list;
  std::vector<ledger::Ref> seen;
  for (auto const& handover : tables::waiting_handovers(tx, *caller.office, before, limit)) {
    list.push_back({handover, tables::code_of(tx, handover.card)});
    seen.push_back(tables::find_card(tx, handover.card).value().ref);
  }
  record_list_read(tx, caller, "handovers", std::move(seen));
  return list;
}

}  // namespace kaiku::use_cases
