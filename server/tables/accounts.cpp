#include "server/tables/accounts.hpp"

namespace kaiku::tables {
namespace {

Account read_account(sql::Statement& row) {
  Account account;
  account.id = row.id<AccountId>(0);
  account.seq = row.integer(1);
  account.role = static_cast<domain::Role>(row.small(2));
  if (!row.is_null(3)) account.area = AreaId{std::string(row.text(3))};
  if (!row.is_null(4)) account.office = row.id<OfficeId>(4);
  if (!row.is_null(5)) account.venue = row.id<VenueId>(5);
  account.language = static_cast<contract::Language>(row.small(6));
  account.disabled = row.integer(7) != 0;
  account.username = std::string(row.text(8));
  account.set_up = row.integer(9) != 0;
  if (!row.is_null(10)) account.last_sign_in = Instant{row.integer(10)};
  if (!row.is_null(11)) account.reset_at = Instant{row.integer(11)};
  if (!row.is_null(12)) account.reset_by = domain::Actor::unpack(row.integer(12));
  return account;
}

}  // namespace

domain::Caller caller_of(Account const& account) {
  domain::Caller caller;
  caller.role = account.role;
  caller.actor = {domain::ActorKind::account, account.id.value};
  if (account.role == domain::Role::area_coordinator) caller.area = account.area;
  caller.office = account.office;
  if (account.venue) caller.venues.push_back(*account.venue);
  caller.language = account.language;
  return caller;
}

std::optional<Account> find_account(ledger::ReadTx& tx, AccountId id) {
  auto row = tx.prepare(R"(
    SELECT a.account_id, a.seq, a.role, a.area_id, a.office_id, a.venue_id, a.language,
      a.disabled, COALESCE(l.username, ''), l.password_hash IS NOT NULL AND l.setup_lookup IS
      NULL, l.last_sign_in_us, a.reset_at_us, a.reset_by
    FROM account a
    LEFT JOIN account_login l USING (account_id)
    WHERE a.account_id = ?1)");
  row.with(id);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

std::vector<Account> list_accounts(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                   Page page) {
  auto row = tx.prepare(R"(
    SELECT a.account_id, a.seq, a.role, a.area_id, a.office_id, a.venue_id, a.language,
      a.disabled, COALESCE(l.username, ''), l.password_hash IS NOT NULL AND l.setup_lookup IS
      NULL, l.last_sign_in_us, a.reset_at_us, a.reset_by
    FROM account a
    LEFT JOIN account_login l USING (account_id)
    WHERE a.account_id > ?1 AND (?2 IS NULL OR a.area_id = ?2)
    ORDER BY a.account_id LIMIT ?3)");
  row.with(page.after, area, page.limit);
  std::vector<Account> accounts;
  while (row.step()) accounts.push_back(read_account(row));
  return accounts;
}

}  // namespace kaiku::tables
