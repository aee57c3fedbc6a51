// The rows that the writer keeps at hand: who asks, at which venue, under which rules.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

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

// What `part` takes of the row that `find` finds, kept in `rows` of a transaction that keeps rows;
// what is not there is not kept, so that a stranger fills nothing. By value: any entry of the same
// job may have the kept rows forgotten.
template <class Rows, class Key, class Find, class Part>
auto kept_part_or(ledger::ReadTx& tx, Rows KeptRows::*rows, Key const& key, Find find, Part part)
    -> std::optional<decltype(part(*find()))> {
  auto* const kept = tx.kept();
  if (kept == nullptr) {
    auto const found = find();
    if (!found) return std::nullopt;
    return part(*found);
  }
  auto& known = kept->of<KeptRows>().*rows;
  auto at = known.find(key);
  if (at == known.end()) {
    auto found = find();
    if (!found) return std::nullopt;
    at = known.emplace(key, std::move(*found)).first;
  }
  return part(at->second);
}

// The whole row.
template <class Rows, class Key, class Find>
auto kept_or(ledger::ReadTx& tx, Rows KeptRows::*rows, Key const& key, Find find)
    -> decltype(find()) {
  if (tx.kept() == nullptr) return find();
  return kept_part_or(tx, rows, key, find, [](auto const& row) { return row; });
}

}  // namespace kaiku::tables
