#include "server/tables/reports.hpp"

#include "server/tables/counted_use.hpp"

namespace kaiku::tables {

namespace {

// A use that waits for a ruling counts from its acceptance on.
#define KAIKU_COUNTED KAIKU_COUNTED_WHEN("accepted_seq <= ?3")

// In each statement ?5 is the word of the grouping, whose row in groupings.def says what the key
// of a row is; '' where the grouping does not divide what is counted.
constexpr char registered_sql[] =
    R"(
    SELECT CASE ?5)"
#define KAIKU_GROUPING(name, circle, persons, of_registered, of_active, of_uses, fi, sv, en) \
  " WHEN '" #name "' THEN " of_registered
#include "server/tables/groupings.def"
#undef KAIKU_GROUPING
    R"(
      END AS key, COUNT(*), SUM(EXISTS (SELECT 1 FROM redemption WHERE redemption.lineage_id =
      lineage.lineage_id AND day <= ?2 AND redemption_id <= ?3 AND (undone_seq IS NULL OR
      undone_seq > ?3) AND )" KAIKU_COUNTED R"())
    FROM lineage
    WHERE registered_on BETWEEN ?1 AND ?2 AND lineage_id <= ?3 AND kind = 0 AND (?4 IS NULL OR
      area_id = ?4)
    GROUP BY key)";

constexpr char active_sql[] =
    R"(
    SELECT CASE ?5)"
#define KAIKU_GROUPING(name, circle, persons, of_registered, of_active, of_uses, fi, sv, en) \
  " WHEN '" #name "' THEN " of_active
#include "server/tables/groupings.def"
#undef KAIKU_GROUPING
    R"(
      END AS key, COUNT(DISTINCT lineage_id)
    FROM redemption
    JOIN lineage USING (lineage_id)
    WHERE day BETWEEN ?1 AND ?2 AND redemption_id <= ?3 AND (undone_seq IS NULL OR undone_seq >
      ?3) AND )" KAIKU_COUNTED R"( AND lineage.kind = 0 AND (?4 IS NULL OR lineage.area_id = ?4)
    GROUP BY key)";

constexpr char uses_sql[] =
    R"(
    SELECT CASE ?5)"
#define KAIKU_GROUPING(name, circle, persons, of_registered, of_active, of_uses, fi, sv, en) \
  " WHEN '" #name "' THEN " of_uses
#include "server/tables/groupings.def"
#undef KAIKU_GROUPING
    R"(
      END AS key, sector, COALESCE(lineage.kind, 0) AS card_kind, SUM(adult), SUM(child),
      SUM(assistant), SUM(interpreter), SUM(companion), COUNT(*),
      SUM()" KAIKU_RECORDED_LATE R"()
    FROM redemption
    JOIN venue USING (venue_id)
    JOIN ledger ON ledger.seq = redemption_id
    LEFT JOIN lineage USING (lineage_id)
    WHERE day BETWEEN ?1 AND ?2 AND redemption_id <= ?3 AND (undone_seq IS NULL OR undone_seq >
      ?3) AND )" KAIKU_COUNTED
    R"( AND (?4 IS NULL OR venue.area_id = ?4) AND (?6 IS NULL OR venue.venue_id = ?6)
    GROUP BY key, sector, card_kind)";

constexpr char waiting_sql[] =
    R"(
    SELECT COALESCE(SUM(rejected_seq IS NULL OR rejected_seq > ?3), 0)
    FROM redemption INDEXED BY redemption_judged
    JOIN venue USING (venue_id)
    WHERE )" KAIKU_WAITING_VERDICT R"( AND day BETWEEN ?1 AND ?2 AND
      redemption_id <= ?3 AND (undone_seq IS NULL OR undone_seq > ?3) AND (accepted_seq IS NULL OR
      accepted_seq > ?3) AND (?4 IS NULL OR venue.area_id = ?4) AND (?5 IS NULL OR venue_id = ?5))";

void count_registered(ledger::ReadTx& tx, ReportWindow const& window,
                      std::map<std::string, PersonCounts>& out) {
  auto query = tx.prepare(registered_sql);
  query.with(window.from, window.to, window.as_of, window.area, word_of(window.group_by));
  while (query.step()) {
    auto& counts = out[std::string(query.text(0))];
    counts.registered = query.integer(1);
    counts.taken_into_use = query.integer(2);
  }
}

void count_active(ledger::ReadTx& tx, ReportWindow const& window,
                  std::map<std::string, PersonCounts>& out) {
  auto query = tx.prepare(active_sql);
  query.with(window.from, window.to, window.as_of, window.area, word_of(window.group_by));
  while (query.step()) out[std::string(query.text(0))].active = query.integer(1);
}

}  // namespace

std::map<std::string, PersonCounts> count_persons(ledger::ReadTx& tx, ReportWindow const& window) {
  std::map<std::string, PersonCounts> out;
  count_registered(tx, window, out);
  count_active(tx, window, out);
  return out;
}

std::map<std::string, UseCounts> count_uses(ledger::ReadTx& tx, ReportWindow const& window) {
  std::map<std::string, UseCounts> out;
  auto query = tx.prepare(uses_sql);
  query.with(window.from, window.to, window.as_of, window.area, word_of(window.group_by),
             window.venue);
  while (query.step()) {
    auto& counts = out[std::string(query.text(0))];
    auto const sector = static_cast<std::size_t>(query.integer(1));
    if (query.integer(2) == 0) {
      counts.adults.at(sector) += query.integer(3);
      counts.children.at(sector) += query.integer(4);
    } else {
      counts.community += query.integer(3) + query.integer(4);
    }
    counts.assistants += query.integer(5);
    counts.interpreters += query.integer(6);
    counts.companions += query.integer(7);
    counts.uses += query.integer(8);
    counts.late += query.integer(9);
  }
  return out;
}

std::int64_t count_waiting(ledger::ReadTx& tx, ReportWindow const& window) {
  auto query = tx.prepare(waiting_sql);
  query.with(window.from, window.to, window.as_of, window.area, window.venue);
  query.step();
  return query.integer(0);
}

std::int64_t count_municipalities(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  auto query = tx.prepare("SELECT COUNT(*) FROM municipality WHERE ?1 IS NULL OR area_id = ?1");
  query.with(area);
  query.step();
  return query.integer(0);
}

}  // namespace kaiku::tables
