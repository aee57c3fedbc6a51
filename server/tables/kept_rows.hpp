// The rows that the writer keeps at hand: who asks, at which venue, under which rules.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "server/ledger/transactions.hpp"
#include "server/tables/devices.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

struct KeptRows {
  std::unordered_map<VenueId, Venue> venues;
  std::unordered_map<std::string, Area> areas;
  std::unordered_map<std::string, domain::Caller> callers;  // by the bytes of an API key's look-up
  std::unordered_map<std::string, Device> devices;          // by the bytes of their public key
};

// What `find` finds, kept in `rows` of a transaction that keeps rows; what is not there is not
// kept, so that a stranger fills nothing.
template <class Rows, class Key, class Find>
auto kept_or(ledger::ReadTx& tx, Rows KeptRows::*rows, Key const& key, Find find)
    -> decltype(find()) {
  auto* const kept = tx.kept();
  if (kept == nullptr) return find();
  auto& known = kept->of<KeptRows>().*rows;
  if (auto const at = known.find(key); at != known.end()) return at->second;
  auto found = find();
  if (found) known.emplace(key, *found);
  return found;
}

}  // namespace kaiku::tables
