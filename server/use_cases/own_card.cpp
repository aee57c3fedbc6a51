#include "server/use_cases/own_card.hpp"

#include "server/ledger/ledger.hpp"
#include "server/use_cases/recovery_code.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::use_cases {
namespace {

using contract::StoredState;

bool is_holders(tables::Card const& card) {
  return card.kind == contract::CardKind::personal && card.lineage &&
         (card.state == StoredState::registered || card.state == StoredState::blocked ||
          card.state == StoredState::replaced);
}

// A block with a last day is lifted after it, for whoever has the card by then.
bool works_some_day(tables::Card const& card) {
  return card.state == StoredState::registered ||
         (card.state == StoredState::blocked && card.blocked_until);
}

// What cannot be read is looked up too, under a code that nobody has.
Result<ResolvedCard> resolved(ledger::ReadTx& tx, std::string_view given) {
  auto const input = contract::parse_card_input(given);
  if (!input) return resolve_card(tx, contract::CardInput(contract::CardCode::from_bits(0)));
  return resolve_card(tx, *input);
}

}  // namespace

std::optional<CardId> look_up_own_card(ledger::ReadTx& tx, std::string_view given, int birth_year) {
  auto const found = resolved(tx, given);
  auto const card = found ? found->card : std::nullopt;
  // Somebody else's facts are read and forgotten where there are none, so that time tells nothing.
  auto const other = tables::some_holder(tx);
  auto const lineage = card && is_holders(*card) ? card->lineage : other;
  auto const holder = lineage ? tables::holder_of(tx, *lineage) : std::nullopt;
  bool const fits = card && is_holders(*card) && holder && holder->birth_year == birth_year;
  return fits ? std::optional(card->id) : std::nullopt;
}

std::optional<OwnCard> own_card(ledger::ReadTx& tx, CardId id, Day today) {
  auto const card = tables::find_card(tx, id);
  if (!card || !is_holders(*card)) return std::nullopt;
  auto const lineage = tables::find_lineage(tx, *card->lineage).value();
  auto const holder = tables::holder_of(tx, lineage.id);
  return OwnCard{card->id,
                 tables::code_of(tx, card->id),
                 contract::shown_state(card->state, card->first_valid, card->last_valid, today),
                 card->first_valid,
                 card->last_valid,
                 holder ? holder->children : 0,
                 lineage.municipality,
                 works_some_day(*card)};
}

std::string own_card_token(ledger::ReadTx& tx, CardId id) {
  auto const card = tables::find_card(tx, id).value();
  if (!card.batch || !card.position) return token_of_made_card(tx, card);
  auto const batch = tables::find_batch(tx, *card.batch).value();
  contract::CardClaims const claims{card.area, start_of(batch.made_on).us / second_us,
                                    tables::code_of(tx, id),
                                    contract::StockPosition{batch.id.value, *card.position}};
  return contract::make_card_token(claims, tx.keys().card);
}

std::optional<CardId> card_of_letter(ledger::ReadTx& tx, std::string_view recovery_code) {
  auto const lineage = find_by_recovery_code(tx, recovery_code);
  auto const card = lineage ? tables::current_card_of(tx, *lineage) : std::nullopt;
  if (!card || !is_holders(*card)) return std::nullopt;
  return card->id;
}

Result<void> report_lost(ledger::WriteTx& tx, CardId id, domain::Caller const& holder) {
  auto const card = tables::find_card(tx, id);
  if (!card || !is_holders(*card)) return Error(Problem::not_found);
  if (card->state == StoredState::replaced) return Error(Problem::card_replaced);
  if (!works_some_day(*card)) return {};
  ledger::append(tx, holder.actor,
                 ledger::CardBlocked{domain::BlockReason::lost, card->ref, {}, true});
  return {};
}

}  // namespace kaiku::use_cases
