#include "server/use_cases/make_letter.hpp"

#include "server/ledger/ledger.hpp"
#include "server/tables/letters.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/card_of_own_office.hpp"
#include "server/use_cases/recovery_code.hpp"

namespace kaiku::use_cases {
namespace {

using contract::StoredState;

std::string name_in_letters(ledger::ReadTx& tx, tables::Office const& office,
                            contract::Language language) {
  if (office.letter_name) return *office.letter_name;
  auto const municipality = tables::find_municipality(tx, office.municipality);
  return municipality ? municipality->name.in(language) : office.municipality;
}

}  // namespace

tables::KeptLetter draw_letter(ledger::WriteTx& tx, LineageId lineage) {
  tables::erase_recovery_codes(tx, lineage);
  tables::erase_letter_keys(tx, lineage);
  tables::KeptLetter letter{make_recovery_code(tx, lineage), to_base64url(tx.random().bytes<16>())};
  tables::put_letter_key(tx, lineage, letter.key);
  return letter;
}

Result<ledger::Ref> make_letter(ledger::WriteTx& tx, CardId id, domain::Caller const& caller) {
  auto const card = card_of_own_office(tx, id, caller);
  if (!card) return card.error();
  if (card->state == StoredState::replaced) return Error(Problem::card_replaced);
  if (!card->lineage || card->kind != contract::CardKind::personal) {
    return Error(Problem::card_not_valid, "the card has no holder to write to");
  }
  ledger::LetterMade const entry{card->ref, *card->office, tx.random().bytes<16>()};
  ledger::append(tx, caller.actor, entry);
  tables::forget_letters_of(tx, *card->lineage);
  tables::keep_letter(tx, id, *card->lineage, draw_letter(tx, *card->lineage));
  return entry.handover;
}

Result<LetterFacts> read_letter(ledger::WriteTx& tx, ledger::Ref const& id,
                                domain::Caller const& caller) {
  auto const handover = tables::find_handover(tx, id);
  if (!handover || !caller.works_at(handover->office)) return Error(Problem::not_found);
  auto secrets = tables::kept_letter(tx, *handover);
  auto const holder = tables::holder_of(tx, handover->lineage);
  if (!secrets || secrets->key.empty() || !holder) return Error(Problem::not_found);
  auto const office = tables::find_office(tx, handover->office).value();
  auto card = tables::find_card(tx, handover->card).value();
  ledger::append(tx, caller.actor,
                 ledger::CardRead{std::string(word_of(domain::ReadPurpose::letter)), card.ref});
  auto const policy = tables::policy_of(tx, card.area).value();
  return LetterFacts{std::move(card),
                     *std::move(secrets),
                     holder->children,
                     policy.child_age_limit,
                     holder->language,
                     name_in_letters(tx, office, caller.language),
                     office.contact.value_or("")};
}

Result<CommunitySheetFacts> read_community_sheet(ledger::WriteTx& tx, CardId id,
                                                 domain::Caller const& caller) {
  auto card = tables::find_card(tx, id);
  bool const is_own = card && card->office && caller.works_at(*card->office);
  if (!is_own || card->kind != contract::CardKind::community) return Error(Problem::not_found);
  bool const is_in_use =
      card->state == StoredState::registered || card->state == StoredState::blocked;
  if (!is_in_use) return Error(Problem::not_found);
  auto const office = tables::find_office(tx, *card->office).value();
  ledger::append(tx, caller.actor,
                 ledger::CardRead{std::string(word_of(domain::ReadPurpose::sheet)), card->ref});
  return CommunitySheetFacts{*std::move(card), name_in_letters(tx, office, caller.language),
                             office.contact.value_or("")};
}

}  // namespace kaiku::use_cases
