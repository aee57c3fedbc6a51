// That somebody opened a list of cards is written, as a look at one card is.
#pragma once

#include <string_view>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/ledger/ref.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::use_cases {

// An entry that names the cards which the list showed; none for an empty list, and none for the
// same list within five minutes.
void record_list_read(ledger::WriteTx& tx, domain::Caller const& caller, std::string_view list,
                      std::vector<ledger::Ref> cards);
// The same of a list that leaves as a file: an entry each time.
void record_list_export(ledger::WriteTx& tx, domain::Caller const& caller, std::string_view list,
                        std::vector<ledger::Ref> cards);

}  // namespace kaiku::use_cases
