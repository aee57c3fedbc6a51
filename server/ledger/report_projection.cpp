#include "server/ledger/report_projection.hpp"

#include <string>

namespace kaiku::ledger {
namespace {

// Words of tables have no spaces.
std::string in_one(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

void on(sql::Connection& db, Applied const& r, ReportPublished const& e) {
  auto const left_out = in_one(e.left_out);
  auto const left_out_openly = in_one(e.left_out_openly);
  db.prepare(R"(
      INSERT INTO report_run (run_entry, year, quarter, edition, as_of, drawn_at_us, method,
        left_out, left_out_openly, cells, hash)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))")
      .with(r.sequence, e.year, e.quarter.value_or(0), e.edition, e.as_of, r.recorded_at, e.method,
            left_out, left_out_openly, e.cells, ByteView(e.hash))
      .run();
}

void on(sql::Connection& db, Applied const& r, ValueSetSaved const& e) {
  db.prepare(R"(
      INSERT INTO value_set (value_set_id, area_id, year, version, run, saved_at_us, author)
      VALUES (?1, ?2, ?3, 1 + (SELECT COUNT(*) FROM value_set WHERE year = ?3 AND area_id = ?2),
        ?4, ?5, ?6))")
      .with(r.sequence, e.area ? e.area->value : std::string(), e.year, e.run, r.recorded_at,
            r.actor.packed())
      .run();
  for (auto const& row : e.rows) {
    auto const range = row.range.value_or(domain::ValueRange{});
    auto const end = [&](std::int64_t value) {
      return row.range ? std::optional(value) : std::nullopt;
    };
    db.prepare(R"(
        INSERT INTO value_set_row (value_set_id, line, low, base, high, source, note)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))")
        .with(r.sequence, static_cast<int>(row.line), end(range.low), end(range.base),
              end(range.high), row.source, row.note)
        .run();
  }
}

}  // namespace kaiku::ledger
