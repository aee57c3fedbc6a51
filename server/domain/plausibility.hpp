// Which uses no single card could have given, and what is said when one of them is ruled on.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schema/contract/admission.hpp"

namespace kaiku::domain {

// A use that is told afterwards: by a paper form or a door's journal.
struct ToldUse {
  contract::Tickets tickets;
  contract::UseKind kind = contract::UseKind::admission;
  contract::CardKind card = contract::CardKind::personal;
  std::int64_t ahead_us = 0;       // how far the time told lies after its arrival
  bool before_the_door = false;    // told to have happened before door or venue existed
  std::int64_t acts_that_day = 0;  // of the same card, this one left out
};
// Such a use is kept as it was told, with the verdict `implausible`.
bool is_implausible(ToldUse const& use);

// Verdicts of uses that count nowhere until a coordinator has accepted them.
bool waits(std::string_view verdict);

// Why a waiting use is accepted or rejected; texts in server/pages.
std::span<std::string_view const> acceptance_reasons();
std::span<std::string_view const> rejection_reasons();
bool is_ruling_reason(bool accepted, std::string_view word);

}  // namespace kaiku::domain
