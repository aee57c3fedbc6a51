#include "server/tables/replacements.hpp"

#include "schema/contract/card_state.hpp"
#include "server/ledger/entries.hpp"

namespace kaiku::tables {

using contract::StoredState;

std::optional<Replacement> last_replacement_by(ledger::ReadTx& tx, CardId new_card) {
  auto query = tx.prepare(R"(
    SELECT fresh.seq, recorded_at_us, old.card_id,
      (SELECT state FROM card_version earlier
        WHERE earlier.card_id = old.card_id AND earlier.seq < fresh.seq
        ORDER BY earlier.seq DESC LIMIT 1)
    FROM card_version fresh
    JOIN ledger ON ledger.seq = fresh.seq
    JOIN card_version old ON old.seq = fresh.seq AND old.state = ?4
    WHERE fresh.card_id = ?1 AND fresh.state = ?3 AND ledger.kind = ?2 AND
      fresh.seq = (SELECT MAX(seq) FROM card_version WHERE card_id = ?1))");
  query.with(new_card, ledger::CardReplaced::kind, StoredState::registered, StoredState::replaced);
  if (!query.step()) return std::nullopt;
  bool const was_blocked = query.small(3) == static_cast<int>(StoredState::blocked);
  return Replacement{query.integer(0), Instant{query.integer(1)}, query.id<CardId>(2), was_blocked};
}

}  // namespace kaiku::tables
