// Areas, offices, venues and events: made and changed by coordinators, events by venues too.
#pragma once

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/storage/entries.hpp"
#include "server/storage/network.hpp"

namespace kaiku::use_cases {

// Each writes one ledger entry and returns the thing as it now is. Id 0 creates. The caller's scope
// is checked: Problem::forbidden for what lies outside. Faults name their fields.
Result<storage::Area> keep_area(storage::WriteTx& tx, storage::AreaSet const& area,
                                domain::Caller const& caller);
Result<storage::Office> keep_office(storage::WriteTx& tx, storage::OfficeSet const& office,
                                    domain::Caller const& caller);
Result<storage::Venue> keep_venue(storage::WriteTx& tx, storage::VenueSet const& venue,
                                  domain::Caller const& caller);
Result<storage::Event> keep_event(storage::WriteTx& tx, storage::EventSet event,
                                  domain::Caller const& caller);
// Rows of postcode and municipality code; replaces the whole table.
Result<void> import_postcodes(storage::WriteTx& tx,
                              std::vector<std::pair<std::string, std::string>> const& rows,
                              Digest const& sha256_of_file, domain::Actor const& actor);

}  // namespace kaiku::use_cases
