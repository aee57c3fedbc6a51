// Areas, offices, venues and events: made and changed by coordinators, events by venues too.
#pragma once

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/entries.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {

// Each writes one ledger entry and returns the thing as it now is. Id 0 creates. The caller's scope
// is checked: Problem::forbidden for what lies outside. Faults name their fields.
// An area's municipalities are kept under their official names, whatever they are called in `area`.
Result<tables::Area> keep_area(ledger::WriteTx& tx, ledger::AreaSet area,
                               domain::Caller const& caller);
Result<tables::Office> keep_office(ledger::WriteTx& tx, ledger::OfficeSet const& office,
                                   domain::Caller const& caller);
Result<tables::Venue> keep_venue(ledger::WriteTx& tx, ledger::VenueSet const& venue,
                                 domain::Caller const& caller);
// A closed venue gets no new event (venue_closed).
Result<tables::Event> keep_event(ledger::WriteTx& tx, ledger::EventSet event,
                                 domain::Caller const& caller);
struct ImportedPostcodes {
  std::int64_t rows = 0;
  std::int64_t outside = 0;            // rows of municipalities that no area has: kept, for later
  std::vector<std::string> uncovered;  // municipalities of the network without a row
};
// Replaces the whole table. validation_failed where there is no row, or none for any municipality
// of a network that has some.
Result<ImportedPostcodes> import_postcodes(ledger::WriteTx& tx, tables::PostcodeRows const& rows,
                                           Digest const& sha256_of_file,
                                           domain::Actor const& actor);
// Replaces the rows of one area's municipalities and leaves all others. validation_failed where
// there is no row, or where one is of a municipality that is not the area's.
Result<void> import_postcodes_of(ledger::WriteTx& tx, AreaId const& area,
                                 tables::PostcodeRows const& rows, Digest const& sha256_of_file,
                                 domain::Caller const& caller);

}  // namespace kaiku::use_cases
