// The brake on guessing card codes, as the pages use it.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

// Typed codes only: a token cannot be guessed.
bool is_typed_code(std::string_view card);
// too_many_requests when the caller's misses are used up and the card is typed.
Result<void> may_type(access::Call const& call, std::string_view card, VenueId venue = {});
void note_miss(access::Call const& call, std::string_view card, VenueId venue = {});

// 128 random bits in hex: names one form, so that sending it twice does its work once.
std::string new_form_id(access::Call const& call);
bool is_form_id(std::string_view text);

}  // namespace kaiku::pages
