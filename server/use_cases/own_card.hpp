// What a holder may do with a card without an account: see it, and report it lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/contract/card_state.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// The personal card of a code (or of its QR text) and its holder's year of birth; nullopt whatever
// does not fit. A code that somebody typed costs the same whether or not there is such a card.
std::optional<CardId> look_up_own_card(ledger::ReadTx& tx, std::string_view given, int birth_year);

struct OwnCard {
  CardId id;
  contract::CardCode code;
  contract::ShownState state = contract::ShownState::stock;
  Day first_valid{};
  Day last_valid{};
  int children = 0;
  std::string municipality{};
  bool may_be_lost = false;  // a report that it is lost changes something
};
// Never where it has been used, nor who gave it. nullopt once it is no holder's card any more (its
// registration was undone).
std::optional<OwnCard> own_card(ledger::ReadTx& tx, CardId id, Day today);
// The text of its QR: another one than on a stock card, and as good.
std::string own_card_token(ledger::ReadTx& tx, CardId id);

// The card in use of the letter with this recovery code; nullopt when there is none.
std::optional<CardId> card_of_letter(ledger::ReadTx& tx, std::string_view recovery_code);
// Blocks a card as lost, in nobody's name and without an end. One that is blocked without an end
// stays as it is; Problem::card_replaced when another one took its place meanwhile.
Result<void> report_lost(ledger::WriteTx& tx, CardId id, domain::Caller const& holder);

}  // namespace kaiku::use_cases
