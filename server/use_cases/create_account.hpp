// Makes an account that its person sets up by a one-time link.
#pragma once

#include "schema/values/result.hpp"
#include "server/tables/accounts.hpp"
#include "server/use_cases/manage_accounts.hpp"

namespace kaiku::use_cases {

// area_coordinator takes an area, issuer_worker an office, venue_staff a venue, national roles
// none.
struct NewAccount {
  domain::Role role = domain::Role::issuer_worker;
  std::string username;  // 3–64 of [a-z0-9._@-], compared without case
  std::optional<AreaId> area;
  std::optional<OfficeId> office;
  std::optional<VenueId> venue;
  contract::Language language = contract::Language::fi;
};
struct CreatedAccount {
  tables::Account account;
  SetUpLink link;
};
// validation_failed for a wrong scope or name, conflict for a taken name, forbidden for an account
// that the caller may not manage. Commands call with Role::admin and the system actor.
Result<CreatedAccount> create_account(ledger::WriteTx& tx, NewAccount const& wanted,
                                      domain::Caller const& caller, Random& random);

}  // namespace kaiku::use_cases
