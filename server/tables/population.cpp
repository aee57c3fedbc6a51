#include "server/tables/population.hpp"

namespace kaiku::tables {

void keep_population(ledger::WriteTx& tx, std::vector<domain::PopulationRow> const& rows) {
  for (auto const& row : rows) {
    tx.prepare(R"(
        INSERT INTO population (municipality, year, people) VALUES (?1, ?2, ?3)
        ON CONFLICT (municipality, year) DO UPDATE SET people = excluded.people)")
        .with(row.municipality, row.year, row.people)
        .run();
  }
}

std::optional<std::int64_t> population_of(ledger::ReadTx& tx, std::string_view municipality,
                                          int year) {
  auto query = tx.prepare("SELECT people FROM population WHERE municipality = ?1 AND year = ?2");
  query.with(municipality, year);
  return query.step() ? std::optional(query.integer(0)) : std::nullopt;
}

}  // namespace kaiku::tables
