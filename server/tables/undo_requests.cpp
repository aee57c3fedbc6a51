#include "server/tables/undo_requests.hpp"

#include "server/tables/ticket_columns.hpp"

namespace kaiku::tables {
namespace {

// The columns that request_from reads. A caller keeps the text: its address is the statement's key.
std::string select_request(std::string_view rest) {
  return R"(
    SELECT undo_request_id, redemption_id, asked_by, asked_at_us, reason,
      IIF(decided_seq IS NULL, NULL, undone), redemption.venue_id, redemption.event_id,
      occurred_at_us, )" KAIKU_TICKET_COLUMNS R"(
    FROM undo_request
    JOIN redemption USING (redemption_id)
    JOIN venue ON venue.venue_id = redemption.venue_id
    WHERE )" +
         std::string(rest);
}

UndoRequest request_from(sql::Statement const& row) {
  UndoRequest request;
  request.id = row.id<UndoRequestId>(0);
  request.redemption = row.id<RedemptionId>(1);
  request.asked_by = domain::Actor::unpack(row.integer(2));
  request.asked_at = {row.integer(3)};
  request.reason = row.text(4);
  if (!row.is_null(5)) request.undone = row.integer(5) != 0;
  request.venue = row.id<VenueId>(6);
  if (!row.is_null(7)) request.event = row.id<EventId>(7);
  request.occurred_at = {row.integer(8)};
  request.tickets = tickets_from(row, 9);
  return request;
}

}  // namespace

std::optional<UndoRequest> find_undo_request(ledger::ReadTx& tx, UndoRequestId id) {
  static std::string const sql = select_request("undo_request_id = ?1");
  auto query = tx.prepare(sql);
  query.with(id);
  if (!query.step()) return std::nullopt;
  return request_from(query);
}

std::optional<UndoRequest> undo_request_of(ledger::ReadTx& tx, RedemptionId use) {
  static std::string const sql = select_request("redemption_id = ?1");
  auto query = tx.prepare(sql);
  query.with(use);
  if (!query.step()) return std::nullopt;
  return request_from(query);
}

std::vector<UndoRequest> waiting_undo_requests(ledger::ReadTx& tx,
                                               std::optional<AreaId> const& area,
                                               std::optional<UndoRequestId> before, int limit) {
  static std::string const sql = select_request(R"(
    decided_seq IS NULL AND (?1 IS NULL OR area_id = ?1) AND
      (?2 IS NULL OR undo_request_id < ?2)
    ORDER BY undo_request_id DESC LIMIT ?3)");
  auto query = tx.prepare(sql);
  query.with(area, before, limit);
  std::vector<UndoRequest> requests;
  while (query.step()) requests.push_back(request_from(query));
  return requests;
}

std::int64_t count_waiting_undo_requests(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM undo_request
    JOIN redemption USING (redemption_id)
    JOIN venue USING (venue_id)
    WHERE decided_seq IS NULL AND (?1 IS NULL OR area_id = ?1))");
  query.with(area);
  query.step();
  return query.integer(0);
}

}  // namespace kaiku::tables
