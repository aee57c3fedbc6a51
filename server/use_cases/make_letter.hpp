// The letter that goes home with a card: its secrets, a new one in place of a lost one, and what
// stands in it.
#pragma once

#include <optional>
#include <string>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/handovers.hpp"

namespace kaiku::use_cases {

// A recovery code and a link for the holder, drawn anew: those before lead nowhere any more.
tables::KeptLetter draw_letter(ledger::WriteTx& tx, LineageId lineage);

// A letter in place of one that is lost or was never printed: recovery code and link anew, the old
// ones die at once. It waits as a hand-over of its own. Of a registered or blocked card of the own
// office that has a holder; others are Problem::forbidden, card_replaced or card_not_valid.
Result<ledger::Ref> make_letter(ledger::WriteTx& tx, CardId card, domain::Caller const& caller);

struct LetterFacts {
  tables::Card card;
  tables::KeptLetter secrets;
  int children = 0;
  int child_age_limit = 18;
  std::string holder_language;  // as the holder told it; empty when not
  std::string office_name;      // what the office calls itself in letters
  std::string office_contact;   // may be empty
};
// What is printed of a hand-over that waits. Problem::not_found of another office's, and once there
// is nothing to print: it is handed over, undone, or its code is gone. Each time is written.
Result<LetterFacts> read_letter(ledger::WriteTx& tx, ledger::Ref const& handover,
                                domain::Caller const& caller);

// What is printed of the instructions for a community card, neither code nor letter among it. Of a
// card in use of the own office; Problem::not_found for any other. Each time is written.
struct CommunitySheetFacts {
  tables::Card card;
  std::string office_name;
  std::string office_contact;  // may be empty
};
Result<CommunitySheetFacts> read_community_sheet(ledger::WriteTx& tx, CardId card,
                                                 domain::Caller const& caller);

}  // namespace kaiku::use_cases
