#include "server/tables/value_sets.hpp"

#include <utility>

namespace kaiku::tables {
namespace {

constexpr std::string_view columns =
    "SELECT value_set_id, area_id, year, version, run, saved_at_us, author FROM value_set ";

ValueSet set_at(sql::Statement& row) {
  ValueSet set;
  set.id = row.integer(0);
  if (!row.text(1).empty()) set.area = AreaId{std::string(row.text(1))};
  set.year = row.small(2);
  set.version = row.small(3);
  set.run = row.text(4);
  set.saved_at = Instant{row.integer(5)};
  set.author = domain::Actor::unpack(row.integer(6));
  return set;
}

void read_rows(ledger::ReadTx& tx, ValueSet& set) {
  auto query = tx.prepare(R"(
    SELECT line, low, base, high, source, note FROM value_set_row
    WHERE value_set_id = ?1 ORDER BY line)");
  query.with(set.id);
  while (query.step()) {
    domain::ValueRow row{.line = static_cast<domain::ValueLine>(query.integer(0)),
                         .source = std::string(query.text(4)),
                         .note = std::string(query.text(5))};
    if (query.maybe_integer(1)) {
      row.range = domain::ValueRange{query.integer(1), query.integer(2), query.integer(3)};
    }
    set.rows.push_back(std::move(row));
  }
}

}  // namespace

std::optional<ValueSet> find_value_set(ledger::ReadTx& tx, std::int64_t id) {
  static std::string const sql = std::string(columns) + "WHERE value_set_id = ?1";
  std::optional<ValueSet> set;
  {
    auto query = tx.prepare(sql);
    if (query.with(id).step()) set = set_at(query);
  }
  if (set) read_rows(tx, *set);
  return set;
}

std::vector<ValueSet> value_sets_of(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                    int year) {
  static std::string const sql =
      std::string(columns) + "WHERE year = ?1 AND area_id = ?2 ORDER BY version DESC";
  auto const of = area.value_or(AreaId{});  // bound without a copy
  std::vector<ValueSet> sets;
  {
    auto query = tx.prepare(sql);
    query.with(year, of);
    while (query.step()) sets.push_back(set_at(query));
  }
  for (auto& set : sets) read_rows(tx, set);
  return sets;
}

std::array<FaceValues, 4> face_values(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                      int year) {
  auto const from = start_of(day_from(year, 1, 1).value());
  auto const until = start_of(day_from(year + 1, 1, 1).value());
  auto query = tx.prepare(R"(
    SELECT sector, COUNT(*), MIN(face_value), SUM(face_value), MAX(face_value)
    FROM event
    JOIN venue USING (venue_id)
    WHERE face_value IS NOT NULL AND cancelled = 0 AND starts_at_us >= ?1 AND starts_at_us < ?2 AND
      (?3 IS NULL OR area_id = ?3)
    GROUP BY sector)");
  query.with(from, until, area);
  std::array<FaceValues, 4> found{};
  while (query.step()) {
    auto const events = query.integer(1);
    auto const mean = (query.integer(3) + events / 2) / events;
    found.at(static_cast<std::size_t>(query.integer(0))) = {
        events, {query.integer(2), mean, query.integer(4)}};
  }
  return found;
}

}  // namespace kaiku::tables
