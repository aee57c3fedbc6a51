// A use that was written on paper while there was no connection, keyed in afterwards.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::use_cases {

inline constexpr int paper_days_back = 60;

// A day of which forms may not be keyed in; nullopt for any other.
enum class PaperDayFault { in_future, too_old };
std::optional<PaperDayFault> paper_day_fault(Day day, Day today);

struct PaperUse {
  VenueId venue;
  Day day;
  std::optional<EventId> event;  // of that day
  contract::Tickets tickets{.adult = 1};
  bool unknown_too = false;  // it was looked at once more: there is no such card
  bool another_too = false;  // the card stands on the form twice
  std::string key;           // the same again gives the same use
};
// Asked about before it is stored: a code that is no card's, a card that this form has already.
enum class PaperQuestion { unknown, twice };
// What a form tells has happened: it is stored whatever the door would have said, and judged by
// what held on that day; where the form does not tell the time, in the card's favour. Errors:
// forbidden, unreadable, and faults at /day, /event and /tickets (of nobody).
using PaperAnswer = std::variant<tables::Redemption, PaperQuestion>;
Result<PaperAnswer> record_paper_use(ledger::WriteTx& tx, PaperUse const& use,
                                     contract::CardInput const& card, domain::Caller const& caller);

}  // namespace kaiku::use_cases
