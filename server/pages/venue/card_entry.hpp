// A card in a form that somebody fills in at leisure: on the phone, or from a paper form. As it was
// read it goes along sealed in the address, and what was typed stands in the field again.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "schema/contract/card_token.hpp"
#include "server/access/call/call.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/sent_once.hpp"

namespace kaiku::pages {

struct CardEntry {
  std::string text;  // as it was read; empty for what may not be kept
  std::optional<contract::CardInput> input = {};
  std::string fault = {};  // a word of card_entry_fault
};
// `typed` into the field; what goes beyond the guesses of the caller is not looked at.
CardEntry card_entry_of(access::Call const& call, std::string_view typed, VenueId venue);
// Whether two readings are one card.
bool is_same_card(std::string_view one, std::string_view other);
// What stands in the field again: a typed code, but no scan.
std::string_view shown_again(std::string_view card);
// The words of a fault; nullopt for a word that is none. `n`: the number in them.
std::optional<std::string> card_entry_fault(Language language, std::string_view word,
                                            std::int64_t n = 0);

// A form of the box office at this path, its work done once: what was sent, and what its address
// told.
using BoxOfficeWork =
    std::function<Result<FormDone>(FormValues const& form, FormValues const& before)>;
Result<http::Response> box_office_form(access::Call& call, ledger::WriteTx& tx,
                                       std::string_view path, BoxOfficeWork const& work);

}  // namespace kaiku::pages
