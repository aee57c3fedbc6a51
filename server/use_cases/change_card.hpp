// What an office does with a card that it has issued: read, renew, replace, block, unblock,
// children.
#pragma once

#include <optional>
#include <string>

#include "schema/contract/card_state.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/given_card.hpp"
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
  std::optional<Day> blocked_until{};
  std::optional<ledger::Ref> handover{};  // of a replacement whose letter waits
  bool reported_lost = false;             // by its holder, and so blocked
};

// All of them: a card of another office is Problem::forbidden, an unknown one Problem::not_found,
// one that cannot be read Problem::unreadable. Reading writes an audit entry, at most one per
// actor, card, purpose and five minutes, but for each search one.
Result<CardView> read_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                           domain::Caller const& caller,
                           domain::ReadPurpose purpose = domain::ReadPurpose::view);
// Of a card that a page knows already.
Result<CardView> read_card(ledger::WriteTx& tx, CardId id, domain::Caller const& caller,
                           domain::ReadPurpose purpose = domain::ReadPurpose::view);
// The days that a renewal today would give, and what stands against one.
enum class RenewalBar { none, blocked, replaced, renewed_already, trial_ends };
struct Renewal {
  Day first_valid;
  Day last_valid;
  RenewalBar bar = RenewalBar::none;
};
Renewal renewal_of(ledger::ReadTx& tx, CardId card, Day today);
// The new period starts the day after the old one, or today when that has passed.
Result<CardView> renew_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                            std::optional<int> children, domain::Caller const& caller);
// The old card is dead at once. `replacement`: a stock card; nullopt makes one.
// `letter_waits`: the holder gets a new recovery code and link, which wait as a hand-over, and the
// old ones die; a community card waits without any. The entry tells whether the caller
// had found the card without its code, by a search of the last hour.
Result<CardView> replace_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                              domain::ReplaceReason reason,
                              std::optional<domain::GivenCard> const& replacement,
                              domain::Caller const& caller, bool letter_waits = false);
// Whether another card may take a card's place, asked without writing.
Result<void> may_be_replaced(ledger::ReadTx& tx, tables::Card const& card, Day today);
// `until`: the last day of the block, today or later; it is lifted after that (lift_blocks.hpp).
Result<CardView> block_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                            domain::BlockReason reason, domain::Caller const& caller,
                            std::optional<Day> until = std::nullopt);
Result<CardView> unblock_card(ledger::WriteTx& tx, domain::GivenCard const& given,
                              domain::Caller const& caller);
Result<CardView> change_children(ledger::WriteTx& tx, domain::GivenCard const& given, int children,
                                 domain::Caller const& caller);

}  // namespace kaiku::use_cases
