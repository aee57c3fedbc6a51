// What a demo network consists of: filled while it is made, then written to credentials.json.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/policy.hpp"
#include "server/tables/network.hpp"

namespace kaiku::demo {

// The fixed part: four municipalities in three areas, their offices and venues.
struct AreaPlan {
  char const* id;
  domain::LocalText name;
  std::vector<domain::Municipality> municipalities;
};
struct OfficePlan {
  std::size_t area;
  char const* municipality;
  char const* postcode;
  char const* name;
};
struct VenuePlan {
  std::size_t area;
  char const* municipality;
  contract::Sector sector;
  char const* name;
  contract::UseKind kind;  // of its events
  bool has_events;
  int weight;  // how much it is used
};
std::vector<AreaPlan> const& area_plans();
std::vector<OfficePlan> const& office_plans();
std::vector<VenuePlan> const& venue_plans();
std::vector<domain::LocalText> const& event_titles(contract::Sector sector, contract::UseKind kind);
// Rows of the demo's postcode table.
std::vector<std::pair<std::string, std::string>> postcode_rows();

struct DemoAccount {
  std::string role;
  std::string scope;
  std::string username;
  std::string password;
  std::string totp_secret;  // base32; empty: none
};
struct DemoOffice {
  OfficeId id;
  AreaId area;
  domain::Caller worker;  // acts as its account
};
struct DemoVenue {
  VenueId id;
  AreaId area;
  std::string api_key;
  std::string enrolment_code;
  domain::Caller staff;
};
struct DemoEvent {
  std::size_t venue = 0;
  Instant starts_at;
  EventId id;  // 0 until it is entered
};
struct DemoCard {
  CardId id;
  std::string code;
  std::string qr;
  int children = 0;
  std::size_t office = 0;
};

struct DemoWorld {
  std::vector<DemoAccount> accounts;
  std::vector<DemoOffice> offices;
  std::vector<DemoVenue> venues;
  std::vector<DemoEvent> events;
  std::vector<DemoCard> cards;
  std::vector<DemoCard> stock;  // taken from the back
};

}  // namespace kaiku::demo
