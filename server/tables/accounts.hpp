// Accounts as they hold now, with the name that signs in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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

// As people are told of it: with an open set-up link nobody signs in.
enum class AccountState : std::uint8_t { not_set_up, in_use, disabled };
AccountState state_of(Account const& account);

// Who this account is when it calls. Its area binds coordinators alone: a worker or a venue is
// bound to the office or venue, never to the whole area around it.
domain::Caller caller_of(Account const& account);

std::optional<Account> find_account(ledger::ReadTx& tx, AccountId id);
// Of one area, or of all, by id.
std::vector<Account> list_accounts(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                   Page page);

// Which accounts a list shows.
struct AccountQuestion {
  std::optional<AreaId> area;
  std::optional<domain::Role> role;
  std::optional<AccountState> state;
};
// By name, those that come after `after`.
std::vector<Account> accounts_by_name(ledger::ReadTx& tx, AccountQuestion const& question,
                                      std::string_view after, int limit);
std::int64_t count_accounts(ledger::ReadTx& tx, AccountQuestion const& question);
// Those in AccountState::not_set_up, of one area or of all; looks at no other account.
std::int64_t count_open_links(ledger::ReadTx& tx, std::optional<AreaId> const& area);
// Whether an admin beside this one can sign in.
bool has_other_admin(ledger::ReadTx& tx, AccountId id);

}  // namespace kaiku::tables
