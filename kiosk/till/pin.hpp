// The PIN that locks a door's screen: kept stretched and salted, never as it was typed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/crypto/random.hpp"

namespace kaiku::kiosk {

inline constexpr std::size_t shortest_pin = 4;
inline constexpr std::size_t longest_pin = 8;
inline constexpr int free_pin_tries = 5;
inline constexpr std::int64_t longest_pin_delay_us = 30'000'000;

// Four to eight digits.
bool is_pin(std::string_view typed);

// "pbkdf2-sha256$iterations$salt$digest" (RFC 8018), hexadecimal, with a fresh salt. Some 50 ms.
std::string make_pin_record(std::string_view pin, Random& random);
// False for another PIN and for a record that is damaged.
bool pin_fits(std::string_view record, std::string_view pin);

// How long the lock takes no PIN after so many wrong ones in a row: never at first, then growing,
// never for good.
std::int64_t pin_delay_us(int failures);

}  // namespace kaiku::kiosk
