#include <nlohmann/json.hpp>

#include "server/api/doors.hpp"
#include "server/api/network.hpp"
#include "server/api/replies.hpp"
#include "server/storage/redemptions.hpp"

namespace kaiku::api {

Result<http::Response> get_door_venue(access::Call const& call, storage::ReadTx& tx) {
  auto const venue = storage::find_venue(tx, call.caller().venues.front()).value();
  auto const area = storage::find_area(tx, venue.area).value();
  auto const from = start_of(call.today());
  nlohmann::json events = nlohmann::json::array();
  for (auto const& event : storage::events_between(tx, venue.id, from, from + 14 * day_us)) {
    if (!event.cancelled) events.push_back(to_json(event));
  }
  auto const today = storage::count_of_day(tx, venue.id, call.today());
  auto venue_json = to_json(venue);
  return ok({{"venue", std::move(venue_json)},
             {"events", std::move(events)},
             {"policy", to_json(area.policy)},
             {"today", {{"tickets", today.tickets}, {"children", today.children}}},
             {"server_time", to_rfc3339(call.now())}});
}

}  // namespace kaiku::api
