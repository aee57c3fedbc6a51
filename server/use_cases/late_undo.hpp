// A ticket whose quarter of an hour is over: the venue asks, a coordinator of its area decides.
#pragma once

#include <string>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/redemptions.hpp"
#include "server/tables/undo_requests.hpp"

namespace kaiku::use_cases {

// From the recording of the use on.
inline constexpr std::int64_t late_undo_us = 60 * day_us;

// A use of the caller's own venue that nobody has undone or asked for, past the time in which who
// recorded it undoes it alone: else not_found, already_undone, conflict (asked for already, or it
// is undone at once still), undo_too_late after 60 days.
Result<tables::Redemption> undo_to_ask_for(ledger::ReadTx& tx, RedemptionId id,
                                           domain::Caller const& caller, Instant now);
// A fault at /reason besides.
Result<UndoRequestId> ask_undo(ledger::WriteTx& tx, RedemptionId id, std::string const& reason,
                               domain::Caller const& caller);

// Of a venue in the caller's areas; Problem::not_found for any other.
Result<tables::UndoRequest> find_visible_undo_request(ledger::ReadTx& tx, UndoRequestId id,
                                                      domain::Caller const& caller);
// Undone for `reason`, which need not be the venue's. conflict once it is decided; already_undone
// and a fault at /reason as undo_redemption has them; undo_too_late after 60 days.
Result<void> undo_as_asked(ledger::WriteTx& tx, UndoRequestId id, std::string const& reason,
                           domain::Caller const& caller);
// The ticket stays. conflict once it is decided.
Result<void> refuse_undo(ledger::WriteTx& tx, UndoRequestId id, domain::Caller const& caller);

}  // namespace kaiku::use_cases
