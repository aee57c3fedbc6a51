// Areas, municipalities, offices, venues and events as they hold now, and as they held at an
// instant.
#pragma once

#include <optional>
#include <vector>

#include "server/domain/policy.hpp"
#include "server/ledger/network_entries.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct Area {
  AreaId id;
  std::int64_t seq = 0;  // of the entry that last changed it
  domain::LocalText name;
  domain::Policy policy;
};
struct Office {
  OfficeId id;
  std::int64_t seq = 0;
  AreaId area;
  std::string municipality;
  std::string postcode;
  std::string name;
  std::optional<std::string> letter_name = {};  // none: the municipality's
  std::optional<std::string> contact = {};
  // For coordinators alone: whom they turn to.
  std::optional<std::string> contact_role = {};
  std::optional<std::string> work_contact = {};
  std::int64_t commitment_version = 0;  // that it has accepted; 0: none
};
struct Venue {
  VenueId id;
  std::int64_t seq = 0;
  AreaId area;
  std::string municipality;
  contract::Sector sector = contract::Sector::culture;
  std::string name;
  std::optional<contract::UseLimit> limit;
  bool active = true;
  std::optional<std::string> address = {};
  bool fast_by_default = false;
  std::optional<std::string> contact_role = {};  // as of an office
  std::optional<std::string> work_contact = {};
  std::int64_t commitment_version = 0;  // as of an office
};
struct Event {
  EventId id;
  std::int64_t seq = 0;
  VenueId venue;
  contract::UseKind use_kind = contract::UseKind::admission;
  domain::LocalText title;
  Instant starts_at;
  Instant ends_at;
  std::optional<std::int64_t> capacity;
  std::optional<std::int64_t> quota;
  std::optional<std::int64_t> quota_percent;
  std::optional<contract::UseLimit> limit;
  bool children_allowed = true;
  bool sold_out = false;
  bool cancelled = false;
  std::int64_t places_used = 0;  // counted against the quota
  std::optional<domain::LocalText> door_message = {};
  std::optional<std::int64_t> face_value = {};  // cents
};

// Keyset paging: rows with an id greater than `after`, at most `limit` of them.
struct Page {
  std::int64_t after = 0;
  int limit = 50;
};
// For what is sorted by name before it is cut: SQLite takes a negative limit for none.
inline constexpr Page every_row{0, -1};

std::optional<Area> find_area(ledger::ReadTx& tx, AreaId const& id);
// Without the rest of the area, which every redemption would copy twice.
std::optional<domain::Policy> policy_of(ledger::ReadTx& tx, AreaId const& id);
std::vector<Area> list_areas(ledger::ReadTx& tx);
std::vector<domain::Municipality> municipalities_of(ledger::ReadTx& tx, AreaId const& area);
// The area of a municipality of the network; nullopt when it has not joined.
std::optional<AreaId> area_of_municipality(ledger::ReadTx& tx, std::string_view code);
std::optional<domain::Municipality> find_municipality(ledger::ReadTx& tx, std::string_view code);

bool has_postcode_table(ledger::ReadTx& tx);
std::vector<std::string> municipalities_of_postcode(ledger::ReadTx& tx, std::string_view postcode);
// Municipalities of the network that the table says nothing of.
std::vector<std::string> municipalities_without_postcode(ledger::ReadTx& tx);
// Rows of municipalities that no area has.
std::int64_t count_postcodes_outside(ledger::ReadTx& tx);
using PostcodeRows = std::vector<std::pair<std::string, std::string>>;  // {postcode, municipality}
void replace_postcodes(ledger::WriteTx& tx, PostcodeRows const& rows);
// Those of an area's municipalities, in order, and their replacement, which leaves all others.
PostcodeRows postcodes_of(ledger::ReadTx& tx, AreaId const& area);
void replace_postcodes_of(ledger::WriteTx& tx, AreaId const& area, PostcodeRows const& rows);

// What stands in a municipality: whoever lets it go leaves this behind.
struct InMunicipality {
  std::int64_t offices = 0;
  std::int64_t venues = 0;      // active ones
  std::int64_t live_cards = 0;  // registered there and not over on `today`
};
InMunicipality count_in_municipality(ledger::ReadTx& tx, std::string_view code, Day today);

std::optional<Office> find_office(ledger::ReadTx& tx, OfficeId id);
// Of one area, or of all.
std::vector<Office> list_offices(ledger::ReadTx& tx, std::optional<AreaId> const& area, Page page);

std::optional<Venue> find_venue(ledger::ReadTx& tx, VenueId id);
std::vector<Venue> list_venues(ledger::ReadTx& tx, std::optional<AreaId> const& area, Page page);

// Places that have not accepted the commitment as of that version; venues: active ones.
struct OpenCommitments {
  std::int64_t offices = 0;
  std::int64_t venues = 0;
};
OpenCommitments count_open_commitments(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                       std::int64_t version);

// The entries that say what holds now: to be changed and written.
ledger::AreaSet entry_of(ledger::ReadTx& tx, Area const& area);
ledger::OfficeSet entry_of(Office const& office);
ledger::VenueSet entry_of(Venue const& venue);

std::optional<Event> find_event(ledger::ReadTx& tx, EventId id);
// Events of one venue, or of an area, or of all, that end after `from`.
std::vector<Event> list_events(ledger::ReadTx& tx, std::optional<VenueId> venue,
                               std::optional<AreaId> const& area, Instant from, Page page);
// Events that a door may meet, cancelled ones too: begun before `to` and not ended before `from`.
std::vector<Event> events_at_door(ledger::ReadTx& tx, VenueId venue, Instant from, Instant to);

// What held at an instant, for judging a use that arrives late; nullopt: it did not exist yet.
std::optional<domain::Policy> policy_at(ledger::ReadTx& tx, AreaId const& id, Instant at);
std::optional<Venue> venue_at(ledger::ReadTx& tx, VenueId id, Instant at);
std::optional<Event> event_at(ledger::ReadTx& tx, EventId id, Instant at);

}  // namespace kaiku::tables
