// Accounts as they hold now, with the name that signs in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

struct Account {
  AccountId id;
  std::int64_t seq = 0;  // of the entry that last changed it: its ETag
  domain::Role role = domain::Role::anonymous;
  std::optional<AreaId> area;  // of a coordinator, or that of the office or venue; none: national
  std::optional<OfficeId> office;
  std::optional<VenueId> venue;
  contract::Language language = contract::Language::fi;
  bool disabled = false;
  std::string username;
  bool set_up = false;  // false while a set-up link is open
  std::optional<Instant> last_sign_in;
  std::optional<Instant> reset_at;  // the last time, by `reset_by`
  domain::Actor reset_by;
};

// Who this account is when it calls. Its area binds coordinators alone: a worker or a venue is
// bound to the office or venue, never to the whole area around it.
domain::Caller caller_of(Account const& account);

std::optional<Account> find_account(ledger::ReadTx& tx, AccountId id);
// Of one area, or of all, by id.
std::vector<Account> list_accounts(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                   Page page);

}  // namespace kaiku::tables
