// What may be guessed, and what slows each guess down: two tables of data. `Brakes` reads them, the
// README of this room shows them, and a test walks every route against them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "schema/values/time.hpp"

namespace kaiku::access {

enum class Brake : std::uint8_t {
  typed_code,
  enrolment_code,
  set_up_link,
  one_time_code,
  sign_in_wide_network,
  sign_in_network,
  sign_in_wide_pair,
  sign_in_pair,
  sign_in_known_browser,
  card_search,
  own_card_network,
  own_card_code,
  feedback,
};

// `window`: so many misses in any hour, then none until the oldest is an hour old, and `day` the
// same of 24 hours. `doubling`: so
// many misses are free, each next one has to wait 2, 4, 8 … seconds, at most 15 minutes, and an
// hour forgives as many as are free.
enum class Growth : std::uint8_t { window, day, doubling };

struct Limit {
  Brake brake;
  std::string_view name;
  std::string_view counted_per;
  Growth growth;
  int free;          // misses
  int at_once;       // misses and tries that are not settled yet, together
  std::size_t size;  // keys in memory
};

inline constexpr std::int64_t longest_delay_s = 15 * 60;

// In the order in which a try to sign in is looked at: whoever stands further up refuses first, and
// what lies below is not touched then.
inline constexpr std::array<Limit, 13> limit_table{{
    {Brake::typed_code, "typed_code", "account or device; agent and venue", Growth::window, 30, 30,
     20'000},
    {Brake::enrolment_code, "enrolment_code", "network", Growth::window, 30, 30, 20'000},
    {Brake::set_up_link, "set_up_link", "network", Growth::window, 30, 30, 20'000},
    {Brake::one_time_code, "one_time_code", "account", Growth::window, 10, 10, 20'000},
    {Brake::sign_in_wide_network, "sign_in_wide_network", "/48 of IPv6", Growth::doubling, 400, 424,
     10'000},
    {Brake::sign_in_network, "sign_in_network", "network", Growth::doubling, 100, 124, 20'000},
    {Brake::sign_in_wide_pair, "sign_in_wide_pair", "name and /48 of IPv6", Growth::doubling, 40,
     48, 20'000},
    {Brake::sign_in_pair, "sign_in_pair", "name and network", Growth::doubling, 10, 24, 50'000},
    {Brake::sign_in_known_browser, "sign_in_known_browser", "account and browser", Growth::doubling,
     10, 24, 20'000},
    {Brake::card_search, "card_search", "account", Growth::window, 20, 20, 20'000},
    {Brake::own_card_network, "own_card_network", "network", Growth::window, 10, 10, 20'000},
    {Brake::own_card_code, "own_card_code", "card code as typed", Growth::day, 5, 5, 50'000},
    // No guesses: messages that were sent.
    {Brake::feedback, "feedback", "network", Growth::window, 5, 5, 20'000},
}};

// What a caller could try to guess; the routes name what they take (server/app/routes.cpp).
enum class Guessable : std::uint8_t {
  card_code,
  recovery_code,
  enrolment_code,
  set_up_link,
  sign_in,
  one_time_code,
  api_key,
  session,
  device_proof,
  journal_code,
  own_card,
  own_recovery_code,
};
inline constexpr std::size_t guessable_count = 12;

struct Guess {
  Guessable what;
  std::string_view name;
  std::string_view brakes;          // names of limits; what cannot be guessed says how large it is
  std::string_view same_answer_as;  // how a miss looks to the caller
};

inline constexpr std::array<Guess, guessable_count> guess_table{{
    {Guessable::card_code, "card code", "typed_code", "any code that is no card of ours"},
    {Guessable::recovery_code, "recovery code", "typed_code",
     "nobody's code, when it is another office's"},
    {Guessable::enrolment_code, "enrolment code", "enrolment_code",
     "an unknown code, when it is over or used up"},
    {Guessable::set_up_link, "set-up or reset link", "set_up_link",
     "an unknown link, when it is over or its account disabled"},
    {Guessable::sign_in, "username, password, one-time code",
     "sign_in_wide_network, sign_in_network, sign_in_wide_pair, sign_in_pair; "
     "sign_in_known_browser alone in a browser where the account has signed in before",
     "a name that does not exist"},
    {Guessable::one_time_code, "one-time code for an act", "one_time_code",
     "any code that the app does not show"},
    {Guessable::api_key, "API key", "none: 256 random bits", "a key that never was"},
    {Guessable::session, "session, CSRF token, cookie of a known browser",
     "none: 128 bits and more", "no session, no token, no cookie"},
    {Guessable::device_proof, "device proof", "none: a P-256 signature", "an unknown device"},
    {Guessable::journal_code, "card code sealed into a device's journal",
     "none: 55 bits, and a device's budget of a day", "a use that waits for a ruling"},
    {Guessable::own_card, "card code with its holder's year of birth",
     "own_card_network, own_card_code", "any code that is no card of ours"},
    {Guessable::own_recovery_code, "recovery code, by its holder", "own_card_network",
     "nobody's code"},
}};

}  // namespace kaiku::access
