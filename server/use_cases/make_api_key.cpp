#include "server/use_cases/make_api_key.hpp"

#include <algorithm>

#include "schema/crypto/crypto.hpp"
#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"

namespace kaiku::use_cases {
namespace {

Result<AreaId> area_of(ledger::ReadTx& tx, std::vector<VenueId> const& venues,
                       domain::Caller const& caller) {
  std::optional<AreaId> area;
  for (std::size_t i = 0; i < venues.size(); ++i) {
    auto const pointer = "/venue_ids/" + std::to_string(i);
    auto const venue = tables::find_venue(tx, venues[i]);
    if (!venue) return field_error(pointer, FaultCode::not_found, "is no venue of the network");
    auto const own = domain::require_area(caller, venue->area, domain::Named::in_body);
    if (!own) return own.error();
    if (area && *area != venue->area) {
      return field_error(pointer, FaultCode::outside_area,
                         "is of another area than the first venue");
    }
    area = venue->area;
  }
  return *area;
}

}  // namespace

Result<MadeApiKey> make_api_key(ledger::WriteTx& tx, NewApiKey const& wanted,
                                domain::Caller const& caller, Random& random) {
  auto venues = wanted.venues;
  if (venues.empty() || venues.size() > most_venues_of_key) {
    return field_error("/venue_ids", FaultCode::out_of_range, "has to name 1 to 500 venues");
  }
  auto const area = area_of(tx, venues, caller);
  if (!area) return area.error();
  std::sort(venues.begin(), venues.end());
  venues.erase(std::unique(venues.begin(), venues.end()), venues.end());
  ledger::ApiKeySet entry;
  entry.area = *area;
  entry.name = wanted.name;
  entry.venues = venues;
  ApiKeyId const id{ledger::append(tx, caller.actor, entry).sequence};
  auto key = "kaiku_" + to_base64url(random.bytes<32>());
  tables::insert_api_key_login(tx, id, crypto::sha256(bytes_of(key)));
  return MadeApiKey{*tables::find_api_key(tx, id), std::move(key)};
}

}  // namespace kaiku::use_cases
