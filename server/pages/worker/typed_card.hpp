// What stands in a field for a card that an office is about to give, and what stands against it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/pages/frame/texts.hpp"
#include "server/use_cases/register_card.hpp"

namespace kaiku::pages {

struct TypedCard {
  std::string text;            // of a scan that is no use as text: the card's code
  bool is_scan = false;        // at fault, the field is emptied for the next one
  bool is_unreadable = false;  // a scan too long for a typed code, and no token of ours
  bool holds_two = false;      // because two cards were read in a row
};
TypedCard typed_card(ledger::ReadTx& tx, std::string_view given);

// A card that is not in stock is never answered "take another one" where the office gave it itself.
struct JudgedCard {
  std::string fault;  // empty when the office may give it
  bool is_unknown = false;
  std::optional<use_cases::GivenHere> given_here{};
};
JudgedCard judge_card(ledger::ReadTx& tx, TypedCard const& card, domain::Caller const& caller,
                      Day today);

// The act that a card given here calls for.
Text act_on(use_cases::GivenHere const& card);

}  // namespace kaiku::pages
