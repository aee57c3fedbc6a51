#include "server/tables/card_rows.hpp"

namespace kaiku::tables {

Card card_from(sql::Statement const& row) {
  Card card;
  card.id = row.id<CardId>(0);
  card.ref = row.fixed<16>(1);
  if (!row.is_null(2)) card.batch = row.id<BatchId>(2);
  card.position = row.maybe_integer(3);
  card.area = AreaId{std::string(row.text(4))};
  if (!row.is_null(5)) card.office = row.id<OfficeId>(5);
  card.kind = static_cast<contract::CardKind>(row.small(6));
  card.state = static_cast<contract::StoredState>(row.small(7));
  if (!row.is_null(8)) card.lineage = row.id<LineageId>(8);
  card.first_valid = Day{row.small(9)};
  card.last_valid = Day{row.small(10)};
  card.community_ceiling = row.small(11);
  if (!row.is_null(12)) card.lineage_ref = row.fixed<16>(12);
  if (!row.is_null(13)) card.blocked_until = Day{row.small(13)};
  return card;
}

std::string select_card(std::string_view more, std::string_view rest) {
  return R"(
    SELECT card.card_id, card_ref, batch_id, position, area_id, office_id, kind, state, lineage_id,
      first_valid, last_valid, community_ceiling, lineage_ref, blocked_until)" +
         std::string(more) + " FROM " + std::string(rest);
}

}  // namespace kaiku::tables
