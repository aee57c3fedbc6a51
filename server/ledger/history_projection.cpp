#include "server/ledger/history_projection.hpp"

#include "server/ledger/rollup_projection.hpp"

namespace kaiku::ledger {

void apply_history(sql::Connection& db, Applied const& r, HistoryImported const& e) {
  if (e.begun_by) {
    db.prepare("UPDATE history_load SET whole_seq = ?2 WHERE history_load_id = ?1")
        .with(*e.begun_by, r.sequence)
        .run();
    return;
  }
  db.prepare(R"(
      INSERT INTO history_load (history_load_id, area_id, cards_sha256, uses_sha256, cards, uses)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6))")
      .with(r.sequence, e.area, e.cards_sha256, e.uses_sha256, e.cards, e.uses)
      .run();
}

void apply_history_card(sql::Connection& db, Applied const& r, CardRegistered const& e) {
  db.prepare(R"(
      INSERT INTO lineage (lineage_id, lineage_ref, kind, area_id, municipality, office_id,
        registered_on, history_load_id, home_at_registration)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?5))")
      .with(r.sequence, ByteView(e.lineage), e.card_kind, e.area, e.municipality, e.office,
            e.registered_on, *e.history)
      .run();
  if (e.card_kind == contract::CardKind::personal) count_registration(db, r.sequence);
}

std::optional<std::int64_t> lineage_of_history(sql::Connection& db, Ref const& lineage) {
  auto query = db.prepare("SELECT lineage_id FROM lineage WHERE lineage_ref = ?1");
  query.bind(1, ByteView(lineage));
  if (!query.step()) return std::nullopt;
  return query.integer(0);
}

}  // namespace kaiku::ledger
