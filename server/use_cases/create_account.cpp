#include "server/use_cases/create_account.hpp"

#include <algorithm>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/faults.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/logins.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {
namespace {

using domain::Role;

bool is_username(std::string_view name) {
  return name.size() >= 3 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
           return ascii::is_lower(c) || ascii::is_digit(c) || c == '.' || c == '_' || c == '@' ||
                  c == '-';
         });
}

// Each scope member has to be there exactly when the role is bound by it.
void check_member(Faults& faults, char const* pointer, bool given, bool wanted) {
  if (wanted && !given) faults.add(pointer, FaultCode::required, "is what this role is bound to");
  if (!wanted && given) faults.add(pointer, FaultCode::not_for_role);
}

Result<void> check(NewAccount const& wanted, std::string const& username) {
  Faults faults;
  if (codec::contains_personal_identity_code(username)) {
    faults.add("/username", FaultCode::personal_identity_code);
  } else if (!is_username(username)) {
    faults.add("/username", FaultCode::not_a_username);
  }
  auto const is_account =
      wanted.role != Role::anonymous && wanted.role != Role::agent && wanted.role != Role::device;
  if (!is_account) faults.add("/role", FaultCode::not_an_option, "is not a role of an account");
  check_member(faults, "/area_id", wanted.area.has_value(), wanted.role == Role::area_coordinator);
  check_member(faults, "/office_id", wanted.office.has_value(), wanted.role == Role::issuer_worker);
  check_member(faults, "/venue_id", wanted.venue.has_value(), wanted.role == Role::venue_staff);
  return faults.result();
}

// The area of the account: its own, or that of its office or venue; none for national roles.
Result<std::optional<AreaId>> area_of(ledger::ReadTx& tx, NewAccount const& wanted) {
  if (wanted.area) {
    if (!tables::find_area(tx, *wanted.area)) {
      return field_error("/area_id", FaultCode::not_found, "is no area of the network");
    }
    return wanted.area;
  }
  if (wanted.office) {
    auto const office = tables::find_office(tx, *wanted.office);
    if (!office)
      return field_error("/office_id", FaultCode::not_found, "is no office of the network");
    return std::optional(office->area);
  }
  if (wanted.venue) {
    auto const venue = tables::find_venue(tx, *wanted.venue);
    if (!venue) return field_error("/venue_id", FaultCode::not_found, "is no venue of the network");
    return std::optional(venue->area);
  }
  return std::optional<AreaId>();
}

}  // namespace

Result<CreatedAccount> create_account(ledger::WriteTx& tx, NewAccount const& wanted,
                                      domain::Caller const& caller, Random& random) {
  auto const username = tables::folded_username(wanted.username);
  if (auto const good = check(wanted, username); !good) return good.error();
  auto const area = area_of(tx, wanted);
  if (!area) return area.error();
  if (!may_manage(caller, wanted.role, *area)) return Error(Problem::forbidden);
  if (tables::find_login(tx, username)) {
    return Error(Problem::conflict, "There is an account of this name already");
  }
  ledger::AccountSet entry;
  entry.role = wanted.role;
  entry.area = *area;
  entry.office = wanted.office;
  entry.venue = wanted.venue;
  entry.language = wanted.language;
  entry.username = username;
  AccountId const id{ledger::append(tx, caller.actor, entry).sequence};
  tables::insert_login(tx, id, username);
  SetUpLink link{to_base64url(random.bytes<32>()), tx.now() + set_up_link_us};
  tables::open_set_up(tx, id, link.token, link.until);
  return CreatedAccount{*tables::find_account(tx, id), std::move(link)};
}

}  // namespace kaiku::use_cases
