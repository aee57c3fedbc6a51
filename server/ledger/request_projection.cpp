#include "server/ledger/request_projection.hpp"

namespace kaiku::ledger {

void on(sql::Connection& db, Applied const& r, UndoAsked const& e) {
  db.prepare(R"(
      INSERT INTO undo_request (undo_request_id, redemption_id, asked_by, asked_at_us, reason)
      VALUES (?1, ?2, ?3, ?4, ?5))")
      .with(r.sequence, e.redemption, r.actor.packed(), r.recorded_at, e.reason)
      .run();
}

void on(sql::Connection& db, Applied const& r, UndoDecided const& e) {
  db.prepare(R"(
      UPDATE undo_request SET decided_seq = ?2, decided_by = ?3, undone = ?4
      WHERE undo_request_id = ?1)")
      .with(e.request, r.sequence, r.actor.packed(), e.undone)
      .run();
}

void settle_undo_request(sql::Connection& db, Applied const& r, RedemptionId undone) {
  db.prepare(R"(
      UPDATE undo_request SET decided_seq = ?2, decided_by = ?3, undone = 1
      WHERE redemption_id = ?1)")
      .with(undone, r.sequence, r.actor.packed())
      .run();
}

void on(sql::Connection& db, Applied const& r, ApprovalAsked const& e) {
  db.prepare(R"(
      INSERT INTO approval (approval_id, kind, area_id, office_id, count, asked_by, asked_at_us)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))")
      .with(r.sequence, e.what, e.area, e.office, e.count, r.actor.packed(), r.recorded_at)
      .run();
}

void on(sql::Connection& db, Applied const& r, ApprovalDecided const& e) {
  db.prepare(R"(
      UPDATE approval SET outcome = ?2, about = ?3, decided_by = ?4, decided_at_us = ?5
      WHERE approval_id = ?1)")
      .with(e.approval, e.outcome, e.batch, r.actor.packed(), r.recorded_at)
      .run();
}

}  // namespace kaiku::ledger
