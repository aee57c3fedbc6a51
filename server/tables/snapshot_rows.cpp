#include "server/tables/snapshot_rows.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/ledger/entry_codec.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/stretched_codes.hpp"

namespace kaiku::tables {
namespace {

constexpr std::size_t most_areas = 255;
constexpr std::int64_t told_again_us = 30 * minute_us;

std::uint8_t home_among(std::vector<AreaId> const& local_only, std::string_view id) {
  auto const found = std::ranges::find(local_only, id, &AreaId::value);
  if (found == local_only.end()) return 0;
  return static_cast<std::uint8_t>(found - local_only.begin() + 1);
}

SnapshotCard card_from(ledger::ReadTx& tx, RowFrame const& frame, sql::Statement const& row) {
  SnapshotCard card;
  card.stretched = open_stretched(tx.keys(), row.id<CardId>(0), row.blob(8));
  card.row.home = home_among(frame.local_only_areas, row.text(1));
  card.row.kind = static_cast<contract::CardKind>(row.small(2));
  card.row.state = static_cast<contract::StoredState>(row.small(3));
  card.row.first_valid = Day{row.small(5)};
  card.row.last_valid = Day{row.small(6)};
  card.row.community_ceiling = row.small(7);
  bool const has_holder = !row.is_null(4) && card.row.kind == contract::CardKind::personal;
  if (has_holder && !is_dead(card.row, frame)) {
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

bool is_dead(contract::CardRow const& row, RowFrame const& frame) {
  bool const is_undone =
      row.state == contract::StoredState::stock || row.state == contract::StoredState::void_;
  return !is_undone && row.last_valid <= frame.dead_until;
}

std::vector<AreaId> local_only_areas(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT area_id, policy FROM area ORDER BY area_id");
  std::vector<AreaId> areas;
  while (query.step()) {
    auto const policy = ledger::decode_policy(query.blob(1));
    if (policy.local_only) areas.push_back(AreaId{std::string(query.text(0))});
  }
  if (areas.size() > most_areas) {
    throw std::runtime_error("a snapshot holds 255 local-only areas at most");
  }
  return areas;
}

std::int64_t last_area_change(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT COALESCE(MAX(seq), 0) FROM area_version");
  query.step();
  return query.integer(0);
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
  // Void stock is told by ranges; a card that was made on the spot has no position in a batch.
  auto query = tx.prepare(R"(
    SELECT card_id
    FROM card_version
    WHERE seq > ?1 AND (state <> 4 OR card_id & 65535 = 0)
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
