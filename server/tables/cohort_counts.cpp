#include "server/tables/cohort_counts.hpp"

#include "schema/values/time.hpp"
#include "server/tables/counted_use.hpp"

namespace kaiku::tables {

// What `first_use` says is of now: a use may have been undone or accepted since.
std::vector<AreaCohort> count_cohort(ledger::ReadTx& tx, int year, std::int64_t as_of) {
  auto query = tx.prepare(R"(
    SELECT area_id, COUNT(*), SUM(COALESCE(days <= 30, 0)), SUM(COALESCE(days <= 90, 0)),
      SUM(COALESCE(days <= 365, 0))
    FROM (
      SELECT area_id,
        (SELECT MIN(day) FROM redemption INDEXED BY redemption_by_lineage
          WHERE redemption.lineage_id = lineage.lineage_id AND day >= registered_on AND
            adult + child > 0 AND redemption_id <= ?3 AND )" KAIKU_GIVEN_AS_OF("?3") R"( AND
            NOT )" KAIKU_UNDONE_AS_OF("?3") R"() - registered_on AS days
      FROM lineage
      WHERE registered_on BETWEEN ?1 AND ?2 AND lineage_id <= ?3 AND kind = 0)
    GROUP BY area_id
    ORDER BY area_id)");
  query.with(day_from(year, 1, 1).value(), day_from(year, 12, 31).value(), as_of);
  std::vector<AreaCohort> cohort;
  while (query.step()) {
    cohort.push_back({AreaId{std::string(query.text(0))}, query.integer(1), query.integer(2),
                      query.integer(3), query.integer(4)});
  }
  return cohort;
}

}  // namespace kaiku::tables
