#include "server/use_cases/resolve_card.hpp"

#include "server/keys/vault.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::use_cases {
namespace {

// Whether a token is genuine: known by its hash, or signed by a key that is not withdrawn.
bool is_genuine(ledger::ReadTx& tx, contract::UnverifiedToken const& token,
                std::optional<tables::CardOfCode> const& found) {
  auto const& keys = tx.keys().card_keys;
  auto const key = keys.find(token.key_id);
  if (key == keys.end()) return false;
  if (found && found->token_hash == crypto::sha256(token.encoded)) return true;
  return token.verify(key->second);
}

std::optional<tables::Card> card_of(std::optional<tables::CardOfCode>&& found) {
  if (!found) return std::nullopt;
  return std::move(found->card);
}

}  // namespace

contract::Recognition ResolvedCard::recognition() const {
  if (card) return contract::Recognition::known;
  return typed ? contract::Recognition::typed_unknown : contract::Recognition::genuine_unknown;
}

Result<ResolvedCard> resolve_card(ledger::ReadTx& tx, contract::CardInput const& given) {
  if (auto const* code = std::get_if<contract::CardCode>(&given)) {
    return ResolvedCard{*code, true, card_of(tables::find_card(tx, *code))};
  }
  auto const& token = std::get<contract::UnverifiedToken>(given);
  auto found = tables::find_card(tx, token.claims.code);
  if (!is_genuine(tx, token, found))
    return Error(Problem::unreadable, "the card's signature is not ours");
  return ResolvedCard{token.claims.code, false, card_of(std::move(found))};
}

Result<ResolvedCard> resolve_card(ledger::ReadTx& tx, std::string_view given) {
  auto const input = contract::parse_card_input(given);
  if (!input) return input.error();
  return resolve_card(tx, *input);
}

Digest token_hash(std::string_view token) {
  return crypto::sha256(contract::parse_card_token(token).value().encoded);
}

NewCode make_code(ledger::WriteTx& tx, CardId id, AreaId const& area,
                  std::optional<contract::StockPosition> const& position) {
  auto code = contract::CardCode::random(tx.random());
  while (tables::find_card(tx, code)) code = contract::CardCode::random(tx.random());
  contract::CardClaims const claims{area, tx.now().us / second_us, code, position};
  auto token = contract::make_card_token(claims, tx.keys().card);
  tables::put_card_in_vault(tx, id, code, token_hash(token));
  return {code, std::move(token)};
}

std::string token_of_made_card(ledger::ReadTx& tx, tables::Card const& card) {
  // The id of such a card is its entry's sequence, and the token was made with the entry.
  auto const made_at = tables::recorded_at_of(tx, card.id.value >> 16).value();
  contract::CardClaims const claims{card.area, made_at.us / second_us, tables::code_of(tx, card.id),
                                    std::nullopt};
  return contract::make_card_token(claims, tx.keys().card);
}

}  // namespace kaiku::use_cases
