#include "server/ledger/card_projection.hpp"

namespace kaiku::ledger {

void apply_handover(sql::Connection& db, Applied const& r, LaterHandover const& handover) {
  db.prepare(R"(
      UPDATE handover SET superseded_seq = ?2
      WHERE lineage_id = (SELECT lineage_id FROM card WHERE card_ref = ?1) AND
        undone_seq IS NULL AND superseded_seq IS NULL)")
      .with(ByteView(handover.card), r.sequence)
      .run();
  db.prepare(R"(
      INSERT INTO handover (handover_id, card_id, lineage_id, office_id, made_seq, cause)
      SELECT ?2, card_id, lineage_id, ?3, ?4, ?5
      FROM card
      WHERE card_ref = ?1)")
      .with(ByteView(handover.card), ByteView(handover.id), handover.office, r.sequence,
            handover.cause)
      .run();
}

void apply_undone_renewal(sql::Connection& db, Applied const& r, RenewalUndone const& undone) {
  db.prepare(R"(
      INSERT INTO card_version (card_id, seq, effective_from_us, state, first_valid, last_valid)
      SELECT card_id, ?2, ?3, state, first_valid, last_valid
      FROM card_version
      WHERE card_id = (SELECT card_id FROM card_version WHERE seq = ?1) AND seq < ?1
      ORDER BY seq DESC LIMIT 1)")
      .with(undone.renewal, r.sequence, r.recorded_at)
      .run();
  db.prepare(R"(
      UPDATE card SET (first_valid, last_valid) =
        (SELECT first_valid, last_valid FROM card_version WHERE seq = ?1)
      WHERE card_id = (SELECT card_id FROM card_version WHERE seq = ?1))")
      .with(r.sequence)
      .run();
}

void add_stock_range(sql::Connection& db, Applied const& r, StockHanded const& range) {
  db.prepare(R"(
      INSERT INTO stock_range (batch_id, first_position, last_position, office_id, handed_seq)
      VALUES (?1, ?2, ?3, ?4, ?5))")
      .with(range.batch, range.from, range.to, range.office, r.sequence)
      .run();
}

void apply_handed(sql::Connection& db, Applied const& r, StockHanded const& handed) {
  add_stock_range(db, r, handed);
  db.prepare(R"(
      UPDATE card SET office_id = ?4
      WHERE batch_id = ?1 AND position BETWEEN ?2 AND ?3 AND state = ?5)")
      .with(handed.batch, handed.from, handed.to, handed.office, contract::StoredState::stock)
      .run();
}

}  // namespace kaiku::ledger
