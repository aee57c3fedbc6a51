#include "server/tables/api_keys.hpp"

#include "server/tables/kept_rows.hpp"

namespace kaiku::tables {
namespace {

ApiKey read_api_key(sql::Statement& row) {
  ApiKey key;
  key.id = row.id<ApiKeyId>(0);
  key.seq = row.integer(1);
  key.area = AreaId{std::string(row.text(2))};
  key.name = std::string(row.text(3));
  key.revoked = row.integer(4) != 0;
  return key;
}

std::vector<VenueId> venues_of(ledger::ReadTx& tx, ApiKeyId id) {
  auto row =
      tx.prepare("SELECT venue_id FROM api_key_venue WHERE api_key_id = ?1 ORDER BY venue_id");
  row.with(id);
  std::vector<VenueId> venues;
  while (row.step()) venues.push_back(row.id<VenueId>(0));
  return venues;
}

std::optional<domain::Caller> read_caller(ledger::ReadTx& tx, Digest const& lookup) {
  auto row = tx.prepare(R"(
    SELECT k.api_key_id, v.venue_id
    FROM api_key_login l
    JOIN api_key k USING (api_key_id)
    LEFT JOIN api_key_venue v USING (api_key_id)
    WHERE l.key_lookup = ?1 AND k.revoked = 0)");
  row.with(lookup);
  std::optional<domain::Caller> caller;
  while (row.step()) {
    if (!caller) {
      caller.emplace();
      caller->role = domain::Role::agent;
      caller->actor = {domain::ActorKind::api_key, row.integer(0)};
    }
    if (!row.is_null(1)) caller->venues.push_back(row.id<VenueId>(1));
  }
  return caller;
}

}  // namespace

std::optional<ApiKey> find_api_key(ledger::ReadTx& tx, ApiKeyId id) {
  auto row = tx.prepare(
      "SELECT api_key_id, seq, area_id, name, revoked FROM api_key WHERE api_key_id = ?1");
  row.with(id);
  if (!row.step()) return std::nullopt;
  auto key = read_api_key(row);
  key.venues = venues_of(tx, id);
  return key;
}

std::vector<ApiKey> list_api_keys(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                  Page page) {
  auto row = tx.prepare(R"(
    SELECT api_key_id, seq, area_id, name, revoked
    FROM api_key
    WHERE api_key_id > ?1 AND (?2 IS NULL OR area_id = ?2)
    ORDER BY api_key_id LIMIT ?3)");
  row.with(page.after, area, page.limit);
  std::vector<ApiKey> keys;
  while (row.step()) keys.push_back(read_api_key(row));
  for (auto& key : keys) key.venues = venues_of(tx, key.id);
  return keys;
}

std::optional<domain::Caller> caller_of_api_key(ledger::ReadTx& tx, Digest const& lookup) {
  std::string const key(text_of(lookup));
  return kept_or(tx, &KeptRows::callers, key, [&] { return read_caller(tx, lookup); });
}

void insert_api_key_login(ledger::WriteTx& tx, ApiKeyId id, Digest const& lookup) {
  auto statement = tx.prepare("INSERT INTO api_key_login (key_lookup, api_key_id) VALUES (?1, ?2)");
  statement.with(lookup, id);
  statement.run();
  if (tx.kept() != nullptr) tx.kept()->forget();
}

void delete_api_key_login(ledger::WriteTx& tx, ApiKeyId id) {
  auto statement = tx.prepare("DELETE FROM api_key_login WHERE api_key_id = ?1");
  statement.with(id);
  statement.run();
  if (tx.kept() != nullptr) tx.kept()->forget();
}

}  // namespace kaiku::tables
