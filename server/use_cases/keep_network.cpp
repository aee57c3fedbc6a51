#include "server/use_cases/keep_network.hpp"

#include <algorithm>
#include <set>

#include "schema/values/faults.hpp"
#include "server/domain/municipalities.hpp"
#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::use_cases {
namespace {

template <class I>
I id_after(I id, ledger::Receipt const& receipt) {
  return id ? id : I{receipt.sequence};
}

Result<void> require_known(ledger::ReadTx& tx, AreaId const& area) {
  if (tables::find_area(tx, area)) return {};
  return field_error("/area_id", FaultCode::not_found, "is no area");
}

Result<void> municipality_of_area(ledger::ReadTx& tx, std::string const& code, AreaId const& area) {
  auto const home = tables::area_of_municipality(tx, code);
  if (!home || *home != area) {
    return field_error("/municipality", FaultCode::outside_area,
                       "is not a municipality of the area");
  }
  return {};
}

// A municipality of the area under its official names. One that joined another municipality while
// it was the area's, and one that was entered before there was a list, may stay; neither comes
// anew.
std::optional<domain::Municipality> settled(std::string const& code,
                                            std::vector<domain::Municipality> const& present,
                                            Day today) {
  auto const before = std::ranges::find(present, code, &domain::Municipality::code);
  if (before == present.end()) return domain::municipality_on(code, today);
  if (auto const* const listed = domain::find_listed(code)) return listed->as_municipality();
  return *before;
}

// A municipality is one of today, and in one area, once.
void settle_municipalities(ledger::WriteTx& tx, ledger::AreaSet& area, Faults& faults) {
  auto const present = tables::municipalities_of(tx, area.area);
  auto const today = helsinki_day(tx.now());
  std::set<std::string> seen;
  std::size_t index = 0;
  for (auto& municipality : area.municipalities) {
    auto const pointer = "/municipalities/" + std::to_string(index++);
    if (auto official = settled(municipality.code, present, today)) {
      municipality = *std::move(official);
    } else {
      faults.add(pointer + "/code", FaultCode::not_a_municipality_code,
                 "is no municipality of Finland today");
    }
    if (!seen.insert(municipality.code).second) {
      faults.add(pointer, FaultCode::repeated, "is there twice");
    }
    auto const taken = tables::area_of_municipality(tx, municipality.code);
    if (taken && *taken != area.area) {
      faults.add(pointer, FaultCode::taken, "is a municipality of another area");
    }
  }
}

// Numbers of an event that have to fit together; works out the quota from the percentage.
Result<void> settle_quota(ledger::EventSet& event) {
  Faults faults;
  if (event.quota_percent) {
    if (!event.capacity) {
      faults.add("/capacity", FaultCode::required, "is needed to work out a percentage of it");
    } else {
      event.quota = contract::quota_from_percentage(static_cast<int>(*event.capacity),
                                                    static_cast<int>(*event.quota_percent));
    }
  } else if (event.quota && event.capacity && *event.quota > *event.capacity) {
    faults.add("/quota", FaultCode::out_of_range, "is larger than the capacity");
  }
  if (event.ends_at < event.starts_at) {
    faults.add("/ends_at", FaultCode::out_of_range, "is before the start");
  }
  if (event.title.fi.empty() && event.title.sv.empty() && event.title.en.empty()) {
    faults.add("/title", FaultCode::required, "is needed in one language at least");
  }
  return faults.result();
}

}  // namespace

Result<tables::Area> keep_area(ledger::WriteTx& tx, ledger::AreaSet area,
                               domain::Caller const& caller) {
  auto const before = tables::find_area(tx, area.area);
  auto const own = domain::require_area(caller, area.area, domain::Named::in_body);
  if (!own) return own.error();
  if (!before && !caller.is_national()) return Error(Problem::forbidden);
  Faults faults;
  settle_municipalities(tx, area, faults);
  auto const& end = area.policy.fixed_end;
  bool const is_new_end = end && !(before && before->policy.fixed_end == end);
  if (is_new_end && *end < helsinki_day(tx.now())) {
    faults.add("/policy/fixed_end", FaultCode::out_of_range, "has passed");
  }
  if (auto const good = faults.result(); !good) return good.error();
  ledger::append(tx, caller.actor, area);
  return tables::find_area(tx, area.area).value();
}

Result<tables::Office> keep_office(ledger::WriteTx& tx, ledger::OfficeSet const& office,
                                   domain::Caller const& caller) {
  if (auto const there = require_known(tx, office.area); !there) return there.error();
  auto const own = domain::require_area(caller, office.area, domain::Named::in_body);
  if (!own) return own.error();
  // One that did not change may have left the area since: the rest of the office can be changed.
  auto const before = tables::find_office(tx, office.office);
  if (!before || before->municipality != office.municipality || before->area != office.area) {
    auto const good = municipality_of_area(tx, office.municipality, office.area);
    if (!good) return good.error();
  }
  auto const receipt = ledger::append(tx, caller.actor, office);
  return tables::find_office(tx, id_after(office.office, receipt)).value();
}

Result<tables::Venue> keep_venue(ledger::WriteTx& tx, ledger::VenueSet const& venue,
                                 domain::Caller const& caller) {
  if (auto const there = require_known(tx, venue.area); !there) return there.error();
  auto const own = domain::require_area(caller, venue.area, domain::Named::in_body);
  if (!own) return own.error();
  auto const before = tables::find_venue(tx, venue.venue);
  if (!before || before->municipality != venue.municipality || before->area != venue.area) {
    auto const good = municipality_of_area(tx, venue.municipality, venue.area);
    if (!good) return good.error();
  }
  auto const receipt = ledger::append(tx, caller.actor, venue);
  if (!venue.active && before) remove_reservations_of(tx, venue.venue, caller.actor);
  return tables::find_venue(tx, id_after(venue.venue, receipt)).value();
}

Result<tables::Event> keep_event(ledger::WriteTx& tx, ledger::EventSet event,
                                 domain::Caller const& caller) {
  auto const venue = tables::find_venue(tx, event.venue);
  if (!venue) return field_error("/venue_id", FaultCode::not_found, "is no venue");
  auto const own = domain::require_venue(caller, venue->id, venue->area, domain::Named::in_body);
  if (!own) return own.error();
  auto const before = tables::find_event(tx, event.event);
  // What was there before may still be changed: it is cancelled, or the venue opens again.
  if (!before && !venue->active) return field_error("/venue_id", FaultCode::venue_closed);
  bool const is_restored = before && before->cancelled && !event.cancelled;
  if (is_restored && before->ends_at <= tx.now()) {
    return field_error("/cancelled", FaultCode::out_of_range, "can be taken back until the end");
  }
  if (auto const settled = settle_quota(event); !settled) return settled.error();
  auto const receipt = ledger::append(tx, caller.actor, event);
  if (event.cancelled && before) remove_reservations_of(tx, event.event, caller.actor);
  return tables::find_event(tx, id_after(event.event, receipt)).value();
}

Result<ImportedPostcodes> import_postcodes(ledger::WriteTx& tx, tables::PostcodeRows const& rows,
                                           Digest const& sha256_of_file,
                                           domain::Actor const& actor) {
  if (rows.empty()) return field_error("/rows", FaultCode::required, "there is no row");
  tables::replace_postcodes(tx, rows);
  ImportedPostcodes imported{static_cast<std::int64_t>(rows.size()),
                             tables::count_postcodes_outside(tx),
                             tables::municipalities_without_postcode(tx)};
  if (imported.outside == imported.rows && !imported.uncovered.empty()) {
    return field_error("/rows", FaultCode::not_found, "no row names a municipality of the network");
  }
  ledger::append(tx, actor,
                 ledger::PostcodesImported{static_cast<std::int64_t>(rows.size()), sha256_of_file});
  return imported;
}

Result<void> import_postcodes_of(ledger::WriteTx& tx, AreaId const& area,
                                 tables::PostcodeRows const& rows, Digest const& sha256_of_file,
                                 domain::Caller const& caller) {
  auto const own = domain::require_area(caller, area, domain::Named::in_path);
  if (!own) return own.error();
  if (rows.empty()) return field_error("/rows", FaultCode::required, "there is no row");
  auto const members = tables::municipalities_of(tx, area);
  for (auto const& [postcode, code] : rows) {
    if (std::ranges::find(members, code, &domain::Municipality::code) == members.end()) {
      return field_error("/rows", FaultCode::outside_area,
                         "names a municipality that is not of the area");
    }
  }
  tables::replace_postcodes_of(tx, area, rows);
  ledger::append(tx, caller.actor,
                 ledger::PostcodesImported{static_cast<std::int64_t>(rows.size()), sha256_of_file});
  return {};
}

}  // namespace kaiku::use_cases
