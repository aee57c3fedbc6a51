#include "server/ledger/card_projection.hpp"

namespace kaiku::ledger {
namespace {

using contract::StoredState;

struct ReplacedCards {
  std::int64_t old_card;
  std::int64_t new_card;
  std::int64_t lineage;
};

std::optional<ReplacedCards> cards_of_replacement(sql::Connection& db, std::int64_t replacement) {
  auto query = db.prepare(R"(
    SELECT card.card_id, fresh.card_id, card.lineage_id
    FROM card_version old
    JOIN card_version fresh ON fresh.seq = old.seq AND fresh.card_id <> old.card_id
    JOIN card ON card.card_id = old.card_id
    WHERE old.seq = ?1 AND old.state = ?2)");
  if (!query.with(replacement, StoredState::replaced).step()) return std::nullopt;
  return ReplacedCards{query.integer(0), query.integer(1), query.integer(2)};
}

}  // namespace

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

void take_card_back(sql::Connection& db, Applied const& r, std::int64_t card_id) {
  db.prepare(R"(
      UPDATE card SET state = IIF(batch_id IS NULL, ?2, ?3), kind = 0, lineage_id = NULL,
        lineage_ref = NULL, first_valid = 0, last_valid = 0, community_ceiling = 0,
        office_id = IIF(batch_id IS NULL, office_id,
          (SELECT office_id FROM stock_range WHERE stock_range.batch_id = card.batch_id AND
            card.position BETWEEN first_position AND last_position))
      WHERE card_id = ?1)")
      .with(card_id, StoredState::void_, StoredState::stock)
      .run();
  db.prepare(R"(
      INSERT INTO card_version (card_id, seq, effective_from_us, state, first_valid, last_valid)
      SELECT card_id, ?2, ?3, state, first_valid, last_valid
      FROM card
      WHERE card_id = ?1)")
      .with(card_id, r.sequence, r.recorded_at)
      .run();
}

void apply_undone_replacement(sql::Connection& db, Applied const& r,
                              ReplacementUndone const& undone) {
  auto const cards = cards_of_replacement(db, undone.replacement);
  if (!cards) return;
  db.prepare(R"(
      INSERT INTO card_version (card_id, seq, effective_from_us, state, first_valid, last_valid)
      SELECT card_id, ?3, ?4, state, first_valid, last_valid
      FROM card_version
      WHERE card_id = ?1 AND seq < ?2
      ORDER BY seq DESC LIMIT 1)")
      .with(cards->old_card, undone.replacement, r.sequence, r.recorded_at)
      .run();
  db.prepare(R"(
      UPDATE card SET blocked_until = ?3,
        state = (SELECT state FROM card_version WHERE card_id = ?1 AND seq = ?2)
      WHERE card_id = ?1)")
      .with(cards->old_card, r.sequence, undone.until)
      .run();
  take_card_back(db, r, cards->new_card);
  db.prepare(R"(
      UPDATE handover SET undone_seq = ?3
      WHERE lineage_id = ?1 AND card_id = ?2 AND undone_seq IS NULL)")
      .with(cards->lineage, cards->new_card, r.sequence)
      .run();
  // What waited before the replacement waits again, until a new letter stands in its place too.
  db.prepare(R"(
      UPDATE handover SET superseded_seq = NULL
      WHERE lineage_id = ?1 AND superseded_seq >= ?2 AND undone_seq IS NULL)")
      .with(cards->lineage, undone.replacement)
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
      .with(handed.batch, handed.from, handed.to, handed.office, StoredState::stock)
      .run();
}

}  // namespace kaiku::ledger
