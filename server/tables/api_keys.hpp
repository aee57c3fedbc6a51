// API keys of ticket agents: what they are called, for which venues, and the hash that finds them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

struct ApiKey {
  ApiKeyId id;
  std::int64_t seq = 0;
  AreaId area;
  std::string name;
  std::vector<VenueId> venues;
  bool revoked = false;
};

std::optional<ApiKey> find_api_key(ledger::ReadTx& tx, ApiKeyId id);
std::vector<ApiKey> list_api_keys(ledger::ReadTx& tx, std::optional<AreaId> const& area, Page page);

// The caller behind a key (lookup: SHA-256 of its text); nullopt when there is none or it is
// revoked. One statement: it runs for each redemption of an agent.
std::optional<domain::Caller> caller_of_api_key(ledger::ReadTx& tx, Digest const& lookup);
void insert_api_key_login(ledger::WriteTx& tx, ApiKeyId id, Digest const& lookup);
void delete_api_key_login(ledger::WriteTx& tx, ApiKeyId id);

}  // namespace kaiku::tables
