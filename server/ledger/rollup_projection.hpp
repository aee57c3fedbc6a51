// Sums by day, kept as each use and registration comes. Part of `apply` (projections.hpp).
#pragma once

#include <cstdint>
#include <optional>

#include "schema/contract/admission.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"
#include "server/sql/sqlite.hpp"

namespace kaiku::ledger {

// A use that counts: it does not wait, or was accepted.
struct CountedUse {
  std::int64_t redemption = 0;
  std::optional<std::int64_t> lineage;
  bool of_community = false;
  VenueId venue;
  Day day;
  contract::Tickets tickets;
};
void count_use(sql::Connection& connection, CountedUse const& use);
// By the row of the use, which says already that it is undone, or accepted.
void take_use_back(sql::Connection& connection, RedemptionId redemption);
void count_accepted_use(sql::Connection& connection, RedemptionId redemption);

// Of a personal card; after the lineage's row came, and before it goes.
void count_registration(sql::Connection& connection, std::int64_t lineage);
void forget_registration(sql::Connection& connection, std::int64_t lineage);

}  // namespace kaiku::ledger
