// From what a person typed or a scanner read to a card of ours.
#pragma once

#include <optional>
#include <string_view>

#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/values/result.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

struct ResolvedCard {
  contract::CardCode code;
  bool typed = false;                // a typed code, not a token
  std::optional<tables::Card> card;  // nullopt: no card of ours has this code
  contract::Recognition recognition() const;
};

// Problem::unreadable for a wrong check character, a form that is not a token, or a signature of no
// key of ours. A token costs one hash when it is the one that we made, else one verification.
Result<ResolvedCard> resolve_card(ledger::ReadTx& tx, contract::CardInput const& given);
// The same of a text that nobody has read yet.
Result<ResolvedCard> resolve_card(ledger::ReadTx& tx, std::string_view given);

// Draws a code that no card has, makes its token and puts both into the vault.
struct NewCode {
  contract::CardCode code;
  std::string token;
};
NewCode make_code(ledger::WriteTx& tx, CardId id, AreaId const& area,
                  std::optional<contract::StockPosition> const& position);
// The QR text of a card that was made on the spot, signed anew: the same text while its key signs.
std::string token_of_made_card(ledger::ReadTx& tx, tables::Card const& card);
// The hash by which a token is known again: SHA-256 of its COSE_Sign1.
Digest token_hash(std::string_view token);

}  // namespace kaiku::use_cases
