// An office puts right what it was told, or what it typed, of a card's holder.
#pragma once

#include <optional>
#include <string>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/handover.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::use_cases {

struct Correction {
  int birth_year = 0;
  std::string postcode;
  int children = 0;
  std::optional<std::string>
      municipality;  // within ten minutes, where the postcode lies in several
  domain::CorrectionReason reason = domain::CorrectionReason::typing_error;
};

// What the office has of a holder, and which version of it; `is_fresh`: a correction makes as if it
// had been right at once. The own office's personal cards alone: Problem::forbidden, and
// card_not_valid or card_replaced where there is no holder or another card is in use.
struct Correctable {
  tables::Card card;
  tables::Lineage lineage;
  tables::HolderFacts facts;
  std::int64_t version = 0;
  bool is_fresh = false;
};
Result<Correctable> correctable_card(ledger::ReadTx& tx, CardId card, domain::Caller const& caller,
                                     Instant now);

// What correct_holder would refuse, asked without writing: /birth_year (under_age), /postcode
// (unknown; within ten minutes also outside the network), /municipality (within ten minutes).
Result<void> check_correction(ledger::ReadTx& tx, Correctable const& of,
                              Correction const& correction);

// An entry "holder changed" without values. Within ten minutes of the registration the municipality
// follows the postcode, and the wrong facts are erased; later it stays as registered. What changes
// nothing writes nothing, and is false.
Result<bool> correct_holder(ledger::WriteTx& tx, CardId card, Correction const& correction,
                            domain::Caller const& caller);

}  // namespace kaiku::use_cases
