// What stands in a field for a card that an office is about to give, and what stands against it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/pages/frame/texts.hpp"
#include "server/use_cases/register_card.hpp"

namespace kaiku::pages {

// What a scanner sent: at fault, the field is emptied for the next scan.
enum class Scan : std::uint8_t {
  none,        // fingers typed
  read,        // a card
  unreadable,  // too long for a typed code, and no token of ours
  two_cards,   // read in a row
  held_up,     // too many unknown codes were typed: nobody looks at this one
};
// As a word in an address, and back; none is empty.
std::string_view word_of(Scan scan);
Scan scan_from(std::string_view word);

// Whether the field is emptied for the next scan when something stands against what it has.
inline bool was_scanned(Scan scan) { return scan != Scan::none && scan != Scan::held_up; }

struct TypedCard {
  std::string text;  // of a scan that is no use as text: the card's code
  Scan scan = Scan::none;
};
// `given`: the text as it was read.
TypedCard typed_card(ledger::ReadTx& tx, std::string_view text, domain::GivenCard const& given);

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
