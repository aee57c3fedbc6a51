// Makes an API key for a ticket agent.
#pragma once

#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/tables/api_keys.hpp"

namespace kaiku::use_cases {

inline constexpr std::size_t most_venues_of_key = 500;

struct NewApiKey {
  std::string name;
  std::vector<VenueId> venues;  // 1–500, all of one area
};
struct MadeApiKey {
  tables::ApiKey api_key;
  std::string key;  // "kaiku_" and 43 characters; shown once, only its hash is kept
};
// forbidden for a venue out of the caller's areas; field faults at /venue_ids.
Result<MadeApiKey> make_api_key(ledger::WriteTx& tx, NewApiKey const& wanted,
                                domain::Caller const& caller, Random& random);

}  // namespace kaiku::use_cases
