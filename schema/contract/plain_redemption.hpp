// A quick reader for the body that nearly every scan sends.
#pragma once

#include <optional>
#include <string_view>

#include "schema/contract/messages.hpp"

namespace kaiku::contract {

// A redemption request in its usual form: an object of the members idempotency_key, card, venue_id,
// tickets, event_id and kind, none twice, texts of printable ASCII without a backslash, numbers of
// digits alone, and every value within its bounds. nullopt for all else: that is not a verdict, the
// strict reader decides then. What this reader takes, the strict one reads the same.
std::optional<RedemptionRequest> read_plain_redemption(std::string_view body);

// A redemption request from JSON text: plainly where it can be, else strictly (invalid_json, or
// validation_failed with every fault).
Result<RedemptionRequest> read_redemption_text(std::string_view body);

}  // namespace kaiku::contract
