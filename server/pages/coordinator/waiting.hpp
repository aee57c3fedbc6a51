// What waits for whoever keeps the network, counted without a word.
#pragma once

#include <cstdint>
#include <optional>

#include "server/access/call/call.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {

struct Waiting {
  std::int64_t uses = 0;  // that were judged and wait for a ruling
  std::int64_t undo_requests = 0;
  std::int64_t approvals = 0;  // that the caller may decide on
  std::int64_t open_links = 0;
  tables::OpenCommitments commitments;
  std::int64_t messages = 0;
  bool lacks_settings = false;  // told to those who can write them

  // As many as the start page then has; the navigation tells them on every page.
  std::int64_t lines() const;
};
// In the area, or in all of them. Each count goes by an index of what waits, so it does not grow
// with what does not: 0017, 0021, 0022, 0027 and 0031 of schema/sql, and the few texts of the
// service.
Waiting count_waiting(access::Call const& call, ledger::ReadTx& tx,
                      std::optional<AreaId> const& area);

}  // namespace kaiku::pages
