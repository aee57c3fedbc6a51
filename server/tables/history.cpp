#include "server/tables/history.hpp"

#include "server/domain/caller.hpp"

namespace kaiku::tables {
namespace {

std::string keys_of(std::int64_t load) { return "history:" + std::to_string(load); }

// Keys of one length sort as they come, so that their index grows at its end.
constexpr std::size_t digits_of_key = 10;

}  // namespace

std::optional<HistoryLoad> find_history_load(ledger::ReadTx& tx, AreaId const& area,
                                             Digest const& cards_sha256,
                                             Digest const& uses_sha256) {
  auto query = tx.prepare(R"(
    SELECT history_load_id, whole_seq
    FROM history_load
    WHERE area_id = ?1 AND cards_sha256 = ?2 AND uses_sha256 = ?3
    ORDER BY history_load_id DESC LIMIT 1)");
  query.with(area, cards_sha256, uses_sha256);
  if (!query.step()) return std::nullopt;
  return HistoryLoad{query.integer(0), !query.is_null(1)};
}

std::vector<AreaId> areas_with_open_history(ledger::ReadTx& tx) {
  auto query = tx.prepare(
      "SELECT DISTINCT area_id FROM history_load WHERE whole_seq IS NULL ORDER BY area_id");
  std::vector<AreaId> areas;
  while (query.step()) areas.push_back(AreaId{std::string(query.text(0))});
  return areas;
}

std::vector<domain::HistoryVenue> venues_for_history(ledger::ReadTx& tx, AreaId const& area) {
  auto query = tx.prepare(R"(
    SELECT venue.venue_id, name, effective_from_us, venue_version.sector
    FROM venue
    JOIN venue_version USING (venue_id)
    WHERE venue.area_id = ?1
    ORDER BY venue.venue_id, venue_version.seq)");
  query.with(area);
  std::vector<domain::HistoryVenue> venues;
  while (query.step()) {
    auto const id = query.id<VenueId>(0);
    if (venues.empty() || venues.back().id != id) {
      venues.push_back({id, std::string(query.text(1)), {}});
    }
    venues.back().sectors.push_back(
        {helsinki_day(Instant{query.integer(2)}), static_cast<contract::Sector>(query.small(3))});
  }
  return venues;
}

std::vector<HistoryHolder> holders_of_history(ledger::ReadTx& tx, std::int64_t load) {
  auto query = tx.prepare(R"(
    SELECT lineage_id, lineage_ref
    FROM lineage
    WHERE history_load_id = ?1
    ORDER BY lineage_id)");
  query.with(load);
  std::vector<HistoryHolder> holders;
  while (query.step()) holders.push_back({query.id<LineageId>(0), query.fixed<16>(1)});
  return holders;
}

std::optional<LineageId> last_holder_of_history(ledger::ReadTx& tx, std::int64_t load) {
  auto query = tx.prepare("SELECT MAX(lineage_id) FROM lineage WHERE history_load_id = ?1");
  query.with(load);
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return query.id<LineageId>(0);
}

std::string history_key(std::int64_t load, std::size_t number) {
  auto const digits = std::to_string(number);
  return keys_of(load) + ":" + std::string(digits_of_key - digits.size(), '0') + digits;
}

std::size_t count_uses_of_history(ledger::ReadTx& tx, std::int64_t load) {
  // From the first sign after the load's number to the next sign: all of its keys and no other's.
  auto const first = keys_of(load) + ":";
  auto const behind = keys_of(load) + ";";
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM redemption
    WHERE actor = ?1 AND idempotency_key >= ?2 AND idempotency_key < ?3)");
  query.with(domain::Actor{}.packed(), first, behind);
  query.step();
  return static_cast<std::size_t>(query.integer(0));
}

}  // namespace kaiku::tables
