#include "server/tables/snapshot_rows.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/ledger/entry_codec.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/reports.hpp"
#include "server/tables/stretched_codes.hpp"

namespace kaiku::tables {
namespace {

constexpr std::size_t most_areas = 256;
constexpr std::int64_t told_again_us = 30 * minute_us;

std::uint8_t index_of(std::vector<contract::SnapshotArea> const& areas, std::string_view id) {
  auto const found =
      std::ranges::find_if(areas, [id](auto const& area) { return area.id.value == id; });
  if (found == areas.end()) throw std::runtime_error("a card of an area that the ledger lacks");
  return static_cast<std::uint8_t>(found - areas.begin());
}

SnapshotCard card_from(ledger::ReadTx& tx, RowFrame const& frame, sql::Statement const& row) {
  SnapshotCard card;
  card.stretched = open_stretched(tx.keys(), row.id<CardId>(0), row.blob(8));
  card.row.area = index_of(frame.areas, row.text(1));
  card.row.kind = static_cast<contract::CardKind>(row.small(2));
  card.row.state = static_cast<contract::StoredState>(row.small(3));
  card.row.first_valid = Day{row.small(5)};
  card.row.last_valid = Day{row.small(6)};
  card.row.community_ceiling = row.small(7);
  bool const has_holder = !row.is_null(4) && card.row.kind == contract::CardKind::personal;
  if (has_holder && card.row.last_valid > frame.dead_until) {
    auto const holder = holder_of(tx, row.id<LineageId>(4));
    if (holder) card.row.child_limit = holder->children;
  }
  return card;
}

// Rows come in order; a gap or another batch begins a new range.
std::vector<contract::VoidRange> ranges_of(sql::Statement& rows) {
  std::vector<contract::VoidRange> ranges;
  while (rows.step()) {
    auto const batch = rows.integer(0);
    auto const position = rows.integer(1);
    bool const follows =
        !ranges.empty() && ranges.back().batch == batch && ranges.back().to + 1 == position;
    if (follows)
      ranges.back().to = position;
    else
      ranges.push_back({batch, position, position});
  }
  return ranges;
}

}  // namespace

std::vector<contract::SnapshotArea> snapshot_areas(ledger::ReadTx& tx) {
  auto query = tx.prepare(R"(
    SELECT area_id, policy
    FROM area
    JOIN (SELECT area_id, MIN(seq) AS came FROM area_version GROUP BY area_id) USING (area_id)
    ORDER BY came)");
  std::vector<contract::SnapshotArea> areas;
  while (query.step()) {
    auto const policy = ledger::decode_policy(query.blob(1));
    areas.push_back({AreaId{std::string(query.text(0))}, policy.local_only});
  }
  if (areas.size() > most_areas) throw std::runtime_error("a snapshot holds 256 areas at most");
  return areas;
}

bool areas_changed_after(ledger::ReadTx& tx, std::int64_t sequence) {
  auto query = tx.prepare("SELECT EXISTS (SELECT 1 FROM area_version WHERE seq > ?1)");
  query.with(sequence);
  query.step();
  return query.integer(0) != 0;
}

void for_each_snapshot_card(ledger::ReadTx& tx, RowFrame const& frame,
                            std::function<void(SnapshotCard const&)> const& each) {
  auto query = tx.prepare(R"(
    SELECT card_id, area_id, kind, state, lineage_id, first_valid, last_valid,
      community_ceiling, sealed
    FROM vault_stretched
    JOIN card USING (card_id))");
  while (query.step()) each(card_from(tx, frame, query));
}

std::optional<SnapshotCard> snapshot_card(ledger::ReadTx& tx, RowFrame const& frame, CardId card) {
  auto query = tx.prepare(R"(
    SELECT card_id, area_id, kind, state, lineage_id, first_valid, last_valid,
      community_ceiling, sealed
    FROM vault_stretched
    JOIN card USING (card_id)
    WHERE card_id = ?1)");
  query.with(card);
  if (!query.step()) return std::nullopt;
  return card_from(tx, frame, query);
}

std::vector<CardId> cards_changed_after(ledger::ReadTx& tx, std::int64_t sequence, Instant now,
                                        int most) {
  auto query = tx.prepare(R"(
    SELECT card_id
    FROM card_version
    WHERE seq > ?1 AND state <> 4
    UNION SELECT card_id
    FROM vault_holder h
    JOIN card c ON c.lineage_id = h.lineage_id
    WHERE h.seq > ?1
    UNION SELECT card_id
    FROM vault_stretched
    WHERE made_seq > ?1 AND (made_seq <= ?2 OR made_at_us > ?3) LIMIT ?4)");
  query.with(sequence, last_sequence(tx), now + -told_again_us, most);
  std::vector<CardId> cards;
  while (query.step()) cards.push_back(query.id<CardId>(0));
  return cards;
}

std::int64_t stretched_since_last_entry(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT COUNT(*) FROM vault_stretched WHERE made_seq > ?1");
  query.with(last_sequence(tx));
  query.step();
  return query.integer(0);
}

std::vector<contract::VoidRange> void_ranges(ledger::ReadTx& tx, std::int64_t after) {
  if (after == 0) {
    auto query = tx.prepare(R"(
      SELECT batch_id, position
      FROM card
      WHERE state = 4 AND batch_id IS NOT NULL
      ORDER BY batch_id, position)");
    return ranges_of(query);
  }
  auto query = tx.prepare(R"(
    SELECT c.batch_id, c.position
    FROM card_version v
    JOIN card c USING (card_id)
    WHERE v.seq > ?1 AND v.state = 4 AND c.batch_id IS NOT NULL
    ORDER BY c.batch_id, c.position)");
  query.with(after);
  return ranges_of(query);
}

}  // namespace kaiku::tables
