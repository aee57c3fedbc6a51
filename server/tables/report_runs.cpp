#include "server/tables/report_runs.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "server/domain/declared_words.hpp"

namespace kaiku::tables {
namespace {

using domain::CellKey;
using domain::Decision;
using domain::Sign;

// --- the published form ----------------------------------------------------------------------

// A text inside a line: it holds neither what ends a line, a field or a part, nor what stands for
// those, so two texts never give one.
void add_text(std::string& line, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (char const letter : text) {
    auto const byte = static_cast<unsigned char>(letter);
    bool const is_plain = byte > ' ' && byte != '%' && byte != 0x7F;
    if (is_plain) {
      line += letter;
    } else {
      line += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
    }
  }
}

// "quarter.2 area=KEHA municipality=990": what a row is of, each part by its name.
std::string row_of(CellKey const& key) {
  std::string row(domain::word_of(key.period.kind));
  if (key.period.number != 0) row += "." + std::to_string(key.period.number);
  auto const add = [&](std::string_view name, std::string_view text) {
    if (text.empty()) return;
    row += " " + std::string(name) + "=";
    add_text(row, text);
  };
  add("area", key.area.value);
  add("municipality", key.municipality);
  if (key.venue) add("venue", std::to_string(key.venue.value));
  if (key.office) add("office", std::to_string(key.office.value));
  add("label", key.label);
  return row;
}

// "adults", "adults.sport".
std::string column_of(CellKey const& key) {
  std::string column(domain::word_of(key.measure));
  if (key.sector) column += "." + std::string(contract::word_of(*key.sector));
  return column;
}

std::string value_or_sign(Decision const& decision, std::int64_t count) {
  switch (decision.sign) {
    case Sign::shown: return std::to_string(count);
    case Sign::small: return "<5";
    case Sign::complementary: break;
  }
  return "…";
}

// --- rows ------------------------------------------------------------------------------------

template <class T>
T known(std::optional<T> value, char const* what) {
  if (!value) {
    throw sql::StorageError::damaged("a published figure has an unknown word for its " +
                                     std::string(what));
  }
  return *value;
}

std::vector<domain::Table> tables_in(std::string_view words) {
  std::vector<domain::Table> tables;
  while (!words.empty()) {
    auto const word = words.substr(0, words.find(' '));
    tables.push_back(known(domain::table_from(word), "table"));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return tables;
}

// The columns that run_from reads. A caller keeps the text: its address is the statement's key.
std::string select_run(std::string_view rest) {
  return R"(
    SELECT run_entry, year, quarter, edition, as_of, drawn_at_us, method, left_out,
      left_out_openly, cells, hash
    FROM report_run )" +
         std::string(rest);
}

ReportRun run_from(sql::Statement const& row) {
  ReportRun run;
  run.entry = row.integer(0);
  run.name = {.year = row.small(1), .quarter = row.small(2), .edition = row.small(3)};
  run.as_of = row.integer(4);
  run.drawn_at = {row.integer(5)};
  run.method = row.small(6);
  run.left_out = tables_in(row.text(7));
  run.left_out_openly = tables_in(row.text(8));
  run.cells = row.integer(9);
  run.hash = row.fixed<32>(10);
  return run;
}

std::string select_cells(std::string_view rest) {
  return R"(
    SELECT table_word, area_id, period, period_number, municipality, venue_id, office_id, measure,
      sector, label, count, sign_in_charge, any_in_charge, sign_openly, any_openly, late_withheld
    FROM report_cell
    WHERE run_entry = ?1 )" +
         std::string(rest);
}

CellKey key_from(sql::Statement const& row) {
  CellKey key;
  key.table = known(domain::table_from(row.text(0)), "table");
  key.area = AreaId{std::string(row.text(1))};
  key.period = {known(domain::period_kind_from(row.text(2)), "period"), row.small(3)};
  key.municipality = row.text(4);
  key.venue = row.id<VenueId>(5);
  key.office = row.id<OfficeId>(6);
  key.measure = known(domain::measure_from(row.text(7)), "measure");
  if (!row.text(8).empty()) key.sector = known(contract::sector_from(row.text(8)), "sector");
  key.label = row.text(9);
  return key;
}

Decision decision_from(sql::Statement const& row, int sign, int any) {
  return {static_cast<Sign>(row.integer(sign)), row.integer(any) != 0};
}

KeptCell cell_from(sql::Statement const& row) {
  KeptCell cell{.key = key_from(row), .count = row.integer(10)};
  cell.in_charge = decision_from(row, 11, 12);
  if (!row.is_null(13)) cell.openly = decision_from(row, 13, 14);
  cell.late_withheld = row.integer(15) != 0;
  return cell;
}

// Of one run. Each shape of the question follows the primary key as far as it can.
sql::Statement cells_asked_for(ledger::ReadTx& tx, std::int64_t run_entry,
                               CellFilter const& filter) {
  static std::string const all = select_cells("");
  static std::string const of_table = select_cells("AND table_word = ?2");
  static std::string const of_area = select_cells("AND area_id = ?2");
  static std::string const of_both = select_cells("AND table_word = ?2 AND area_id = ?3");
  auto prepared = [&](std::string const& sql, auto const&... values) {
    auto query = tx.prepare(sql);
    query.with(run_entry, values...);
    return query;
  };
  if (!filter.table && !filter.area) return prepared(all);
  if (!filter.table) return prepared(of_area, *filter.area);
  auto const table = domain::word_of(*filter.table);
  return filter.area ? prepared(of_both, table, *filter.area) : prepared(of_table, table);
}

// Entries of the runs that had told something of a year.
std::vector<std::int64_t> runs_of_year(ledger::ReadTx& tx, int year, std::int64_t up_to_entry) {
  auto query = tx.prepare(
      "SELECT run_entry FROM report_run WHERE year = ?1 AND run_entry <= ?2 ORDER BY run_entry");
  query.with(year, up_to_entry);
  std::vector<std::int64_t> entries;
  while (query.step()) entries.push_back(query.integer(0));
  return entries;
}

}  // namespace

std::string published_form(std::vector<KeptCell> const& cells) {
  std::vector<std::string> lines;
  lines.reserve(2 * cells.size());
  for (KeptCell const& cell : cells) {
    std::string const place = std::string(domain::word_of(cell.key.table)) + "\t" +
                              row_of(cell.key) + "\t" + column_of(cell.key) + "\t";
    lines.push_back(place + value_or_sign(cell.in_charge, cell.count));
    if (cell.openly) lines.push_back("open." + place + value_or_sign(*cell.openly, cell.count));
  }
  std::ranges::sort(lines);
  std::string form;
  for (std::string const& line : lines) form += line + "\n";
  return form;
}

void keep_cells(ledger::WriteTx& tx, std::int64_t run_entry, std::vector<KeptCell> const& cells) {
  for (auto const& [key, count, in_charge, openly, late_withheld] : cells) {
    auto const sector = key.sector ? contract::word_of(*key.sector) : std::string_view();
    auto const sign_openly = openly ? std::optional(static_cast<std::int64_t>(openly->sign))
                                    : std::optional<std::int64_t>();
    tx.prepare(R"(
        INSERT INTO report_cell (run_entry, table_word, area_id, period, period_number,
          municipality, venue_id, office_id, measure, sector, label, count, sign_in_charge,
          any_in_charge, sign_openly, any_openly, late_withheld)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17))")
        .with(run_entry, domain::word_of(key.table), key.area, domain::word_of(key.period.kind),
              key.period.number, key.municipality, key.venue, key.office,
              domain::word_of(key.measure), sector, key.label, count, in_charge.sign,
              in_charge.any_count, sign_openly, openly && openly->any_count, late_withheld)
        .run();
  }
}

std::vector<ReportRun> list_runs(ledger::ReadTx& tx) {
  static std::string const sql = select_run("ORDER BY run_entry");
  auto query = tx.prepare(sql);
  std::vector<ReportRun> runs;
  while (query.step()) runs.push_back(run_from(query));
  return runs;
}

std::optional<ReportRun> find_run(ledger::ReadTx& tx, domain::RunName const& name) {
  static std::string const sql = select_run("WHERE year = ?1 AND quarter = ?2 AND edition = ?3");
  auto query = tx.prepare(sql);
  query.with(name.year, name.quarter, name.edition);
  if (!query.step()) return std::nullopt;
  return run_from(query);
}

std::vector<KeptCell> told_cells(ledger::ReadTx& tx, int year, std::int64_t up_to_entry,
                                 CellFilter const& filter) {
  std::map<CellKey, KeptCell> newest;
  for (auto const run : runs_of_year(tx, year, up_to_entry)) {
    auto query = cells_asked_for(tx, run, filter);
    while (query.step()) {
      auto cell = cell_from(query);
      auto const key = cell.key;
      newest.insert_or_assign(key, std::move(cell));
    }
  }
  std::vector<KeptCell> cells;
  cells.reserve(newest.size());
  for (auto& [key, cell] : newest) cells.push_back(std::move(cell));
  return cells;
}

std::vector<KeptCell> cells_of_run(ledger::ReadTx& tx, std::int64_t run_entry) {
  std::vector<KeptCell> cells;
  auto query = cells_asked_for(tx, run_entry, {});
  while (query.step()) cells.push_back(cell_from(query));
  std::ranges::sort(cells, {}, &KeptCell::key);
  return cells;
}

}  // namespace kaiku::tables
