// What venues ask to have undone after their quarter of an hour.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/admission.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

// With what it asks of the use; says nothing of the card.
struct UndoRequest {
  UndoRequestId id;
  RedemptionId redemption;
  domain::Actor asked_by;
  Instant asked_at;
  std::string reason;
  std::optional<bool> undone;  // nullopt while it waits
  VenueId venue;
  std::optional<EventId> event;
  Instant occurred_at;
  contract::Tickets tickets;
};
std::optional<UndoRequest> find_undo_request(ledger::ReadTx& tx, UndoRequestId id);
std::optional<UndoRequest> undo_request_of(ledger::ReadTx& tx, RedemptionId use);

// Those that wait at the venues of an area, or of all; the newest first, those before `before`.
std::vector<UndoRequest> waiting_undo_requests(ledger::ReadTx& tx,
                                               std::optional<AreaId> const& area,
                                               std::optional<UndoRequestId> before, int limit);
std::int64_t count_waiting_undo_requests(ledger::ReadTx& tx, std::optional<AreaId> const& area);

}  // namespace kaiku::tables
