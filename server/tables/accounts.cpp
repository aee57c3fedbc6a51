#include "server/tables/accounts.hpp"

#include <string>

namespace kaiku::tables {
namespace {

// The columns that read_account reads. A caller keeps the text: its address is the statement's key.
std::string select_account(std::string_view rest) {
  return R"(
    SELECT a.account_id, a.seq, a.role, a.area_id, a.office_id, a.venue_id, a.language,
      a.disabled, COALESCE(l.username, ''), l.password_hash IS NOT NULL AND l.setup_lookup IS
      NULL, l.last_sign_in_us, a.reset_at_us, a.reset_by
    FROM account a
    LEFT JOIN account_login l USING (account_id) )" +
         std::string(rest);
}

// ?1 to ?3: an AccountQuestion. The numbers of its states are those of AccountState.
constexpr std::string_view asked_for = R"(
    WHERE (?1 IS NULL OR a.area_id = ?1) AND (?2 IS NULL OR a.role = ?2)
      AND (?3 IS NULL OR ?3 = CASE WHEN a.disabled THEN 2
        WHEN l.password_hash IS NOT NULL AND l.setup_lookup IS NULL THEN 1 ELSE 0 END)
    )";

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

template <class Word>
std::optional<std::int64_t> number_of(std::optional<Word> const& word) {
  return word ? std::optional(static_cast<std::int64_t>(*word)) : std::nullopt;
}

std::vector<Account> read_accounts(sql::Statement& row) {
  std::vector<Account> accounts;
  while (row.step()) accounts.push_back(read_account(row));
  return accounts;
}

}  // namespace

AccountState state_of(Account const& account) {
  if (account.disabled) return AccountState::disabled;
  return account.set_up ? AccountState::in_use : AccountState::not_set_up;
}

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
  static std::string const sql = select_account("WHERE a.account_id = ?1");
  auto row = tx.prepare(sql);
  row.with(id);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

std::vector<Account> list_accounts(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                   Page page) {
  static std::string const sql = select_account(R"(
    WHERE a.account_id > ?1 AND (?2 IS NULL OR a.area_id = ?2)
    ORDER BY a.account_id LIMIT ?3)");
  auto row = tx.prepare(sql);
  row.with(page.after, area, page.limit);
  return read_accounts(row);
}

std::vector<Account> accounts_by_name(ledger::ReadTx& tx, AccountQuestion const& question,
                                      std::string_view after, int limit) {
  static std::string const sql =
      select_account(std::string(asked_for) + "AND l.username > ?4 ORDER BY l.username LIMIT ?5");
  auto row = tx.prepare(sql);
  row.with(question.area, number_of(question.role), number_of(question.state), after, limit);
  return read_accounts(row);
}

std::int64_t count_accounts(ledger::ReadTx& tx, AccountQuestion const& question) {
  static std::string const sql =
      "SELECT COUNT(*) FROM account a JOIN account_login l USING (account_id) " +
      std::string(asked_for);
  auto row = tx.prepare(sql);
  row.with(question.area, number_of(question.role), number_of(question.state));
  row.step();
  return row.integer(0);
}

std::int64_t count_open_links(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  auto row = tx.prepare(R"(
    SELECT COUNT(*)
    FROM account_login l INDEXED BY account_login_not_set_up
    JOIN account a USING (account_id)
    WHERE (l.password_hash IS NULL OR l.setup_lookup IS NOT NULL) AND NOT a.disabled AND
      (?1 IS NULL OR a.area_id = ?1))");
  row.with(area);
  row.step();
  return row.integer(0);
}

bool has_other_admin(ledger::ReadTx& tx, AccountId id) {
  auto row = tx.prepare(R"(
    SELECT 1 FROM account a JOIN account_login l USING (account_id)
    WHERE a.account_id <> ?1 AND a.role = ?2 AND NOT a.disabled
      AND l.password_hash IS NOT NULL AND l.setup_lookup IS NULL)");
  row.with(id, domain::Role::admin);
  return row.step();
}

}  // namespace kaiku::tables
