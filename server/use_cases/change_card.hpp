// What an office does with a card that it has issued: read, renew, replace, block, unblock,
// children.
#pragma once

#include <optional>
#include <string>

#include "schema/contract/card_state.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/policy.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

// What the office sees of one of its cards. Never where it has been used.
struct CardView {
  CardId id;
  contract::CardCode code;
  contract::CardKind kind = contract::CardKind::personal;
  contract::ShownState state = contract::ShownState::stock;
  Day first_valid{};
  Day last_valid{};
  int children = 0;
  int community_ceiling = 0;
  std::string municipality{};
  Day registered_on{};
  std::optional<std::string> token{};  // only of a replacement made on the spot
};

// All of them: `code` is a typed code or QR text; a card of another office is Problem::forbidden,
// an unknown one Problem::not_found, one that cannot be read Problem::unreadable. Reading writes an
// audit entry, at most one per actor, card and five minutes.
Result<CardView> read_card(ledger::WriteTx& tx, std::string_view code, domain::Caller const& caller,
                           std::string_view purpose = "view");
// Of a card that a page knows already.
Result<CardView> read_card(ledger::WriteTx& tx, CardId id, domain::Caller const& caller,
                           std::string_view purpose = "view");
// The new period starts the day after the old one, or today when that has passed.
Result<CardView> renew_card(ledger::WriteTx& tx, std::string_view code, std::optional<int> children,
                            domain::Caller const& caller);
// The old card is dead at once. `replacement`: a stock card's code; nullopt makes one.
Result<CardView> replace_card(ledger::WriteTx& tx, std::string_view code,
                              domain::ReplaceReason reason,
                              std::optional<std::string> const& replacement,
                              domain::Caller const& caller);
Result<CardView> block_card(ledger::WriteTx& tx, std::string_view code, domain::BlockReason reason,
                            domain::Caller const& caller);
Result<CardView> unblock_card(ledger::WriteTx& tx, std::string_view code,
                              domain::Caller const& caller);
Result<CardView> change_children(ledger::WriteTx& tx, std::string_view code, int children,
                                 domain::Caller const& caller);

}  // namespace kaiku::use_cases
