// Makes a code that lets a device join a venue.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/values/result.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

inline constexpr std::int64_t enrolment_code_us = 15 * minute_us;
inline constexpr std::int64_t most_enrolment_uses = 50;

struct MadeEnrolmentCode {
  std::string code;  // "XXXX-XXXX-XXXX-XXXX" of Crockford's base32, 80 random bits
  std::optional<Instant> until;
};
// Good for 15 minutes and `uses` devices. forbidden for a venue out of the caller's areas; a
// venue's own staff bring in one device at a time. A closed venue gets none (venue_closed).
Result<MadeEnrolmentCode> make_enrolment_code(ledger::WriteTx& tx, VenueId venue, std::int64_t uses,
                                              domain::Caller const& caller, Random& random);
// For the demo alone: does not expire and works any number of times.
MadeEnrolmentCode make_lasting_enrolment_code(ledger::WriteTx& tx, VenueId venue,
                                              domain::Actor const& actor, Random& random);

// What a venue is sent: the kiosk's command with the code and the mark of the only CA to trust, in
// the form that the kiosk takes (CODE.FINGERPRINT).
std::string enrolment_command(std::string_view base_url, std::string_view code,
                              std::string_view fingerprint);

// Sixteen canonical characters out of what was typed: case, spaces and hyphens ignored, o→0, i,l→1.
// nullopt when it is no such code.
std::optional<std::string> canonical_enrolment_code(std::string_view typed);

}  // namespace kaiku::use_cases
