// What truly happened in a year as of a ledger sequence, before anything is withheld. Straight from
// registrations and uses; nobody is shown it.
// An undone registration leaves no row and never counted, as of whatever sequence, also one before
// it was undone. Everything else stays as it was however the ledger goes on.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

using Months = std::array<std::int64_t, 12>;  // January first

// Uses at one venue under one version of it: area, municipality and sector are those in force on
// the day of the use (its first version before that one began). Personal cards, and accepted uses
// on unknown ones. A use counts as of S when its entry has seq <= S, it is not undone by an entry
// with seq <= S, and it does not wait (or was accepted by an entry with seq <= S).
struct VenueYear {
  VenueId venue;
  AreaId area;
  std::string municipality;
  contract::Sector sector = contract::Sector::culture;
  Months adults{};
  Months children{};
  auto operator<=>(VenueYear const&) const = default;
};

// Holders of one office and one home municipality, both as they were at the registration. The home
// area is that which the home municipality belonged to on the registration day ("" when to none).
struct CardsYear {
  OfficeId office;
  AreaId area;
  std::string home;
  AreaId home_area;
  Months registered{};
  std::int64_t taken = 0;          // of these: first use with an adult or child ticket, not before
                                   // the registration day, by 31 December
  std::int64_t earlier_years = 0;  // registered before the year, with such a use in it
  auto operator<=>(CardsYear const&) const = default;
};

// By area of the venue: tickets beside, community cards, what was judged, what was undone. Where
// cards are not named, of what VenueYear counts: community cards' tickets are in no other number.
struct BesideYear {
  AreaId area;
  std::int64_t assistants = 0, interpreters = 0, companions = 0;  // of all cards
  std::int64_t community_cards = 0;  // registered in the year by an office of the area
  std::int64_t community_uses = 0;   // adult and child tickets on community cards
  std::int64_t late_tickets = 0;     // adult and child, recorded over 24 h after they occurred
  std::int64_t all_tickets = 0;      // the whole of which those are late
  std::int64_t undone_tickets = 0;   // adult and child that else would count, by day of the use
  // Holders with such an entry in the year that was not undone, by the area of their office.
  std::int64_t renewed = 0, replaced = 0;
  auto operator<=>(BesideYear const&) const = default;
};

// Adults' uses by the area of the holder's home (at the registration; "" not known) and of the
// venue.
struct FlowYear {
  AreaId home_area;
  AreaId venue_area;
  std::int64_t adults = 0;
  auto operator<=>(FlowYear const&) const = default;
};

// All sorted; rows of nothing but zeros are left out.
struct YearCounts {
  std::vector<VenueYear> venues;
  std::vector<CardsYear> cards;
  std::vector<BesideYear> beside;
  std::vector<FlowYear> flows;
  bool operator==(YearCounts const&) const = default;
};
YearCounts count_year(ledger::ReadTx& tx, int year, std::int64_t as_of);

// The same as of now, of sums that each entry keeps, for pages: it does not walk over the uses.
// Without flows, holders of earlier years, community cards, what was late, renewed and replaced.
YearCounts sum_year(ledger::ReadTx& tx, int year);
// Of these the venue's uses, without reading those of any other.
YearCounts sum_year_of_venue(ledger::ReadTx& tx, int year, VenueId venue);

// Areas that began by the end of the year or of which something was recorded for it, and the area
// of each municipality that belonged to the network on at least one day of the year (the last one
// that it belonged to).
struct NetworkYear {
  std::vector<AreaId> areas;
  std::vector<std::pair<std::string, AreaId>> municipalities;  // by code
};
NetworkYear network_of_year(ledger::ReadTx& tx, int year, std::int64_t as_of);

// The year of the oldest registration or counted use; nullopt when there is none.
std::optional<int> first_year(ledger::ReadTx& tx);

}  // namespace kaiku::tables
