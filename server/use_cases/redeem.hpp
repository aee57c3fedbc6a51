// Checks at the door, and the recording of a use.
#pragma once

#include <string>
#include <variant>

#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/contract/messages.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::use_cases {

// A miss is a typed code with a right check character that is no card of ours: what guess limits
// count.
struct Checked {
  contract::Decision decision;
  bool typed_miss = false;
  // Where a ticket would be given:
  std::string door_message{};  // of the event
  std::optional<contract::Tickets> reserved{};
};
// Nothing is written; `card` is the request's text as it was read. Errors: unreadable, forbidden
// (not the caller's venue), field faults.
Result<Checked> check_card(ledger::ReadTx& tx, contract::CheckRequest const& request,
                           contract::CardInput const& card, domain::Caller const& caller,
                           Instant now);

struct Redeemed {
  contract::RedemptionReply reply;
  bool repeated = false;  // the same key and body came before: 200, not 201
};
// Records the use, or answers with the decision that gives no ticket: then nothing was written. A
// use that occurred more than five minutes ago (a paper form) is stored whatever it says, and
// judged on what held then; see verdict_of_told. Problem::conflict for an attempt of a device whose
// journal has already told what became of it.
using RedeemAnswer = std::variant<Redeemed, contract::Decision>;
Result<RedeemAnswer> redeem(ledger::WriteTx& tx, contract::RedemptionRequest const& request,
                            contract::CardInput const& card, domain::Caller const& caller);

struct Undone {
  RedemptionId redemption;
  contract::Tickets tickets;
  std::int64_t sequence = 0;
};
// Within contract::undo_within_us by the same actor; later by a coordinator of the venue's area.
Result<Undone> undo_redemption(ledger::WriteTx& tx, RedemptionId id, std::string const& reason,
                               domain::Caller const& caller);

}  // namespace kaiku::use_cases
