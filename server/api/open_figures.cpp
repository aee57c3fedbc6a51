#include "server/api/open_figures.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "schema/codec/csv.hpp"
#include "schema/values/faults.hpp"
#include "server/api/entity_tags.hpp"
#include "server/api/replies.hpp"
#include "server/domain/declared_words.hpp"
#include "server/reports/open_figures.hpp"

namespace kaiku::api {
namespace {

using nlohmann::json;
using reports::Figure;
using reports::OpenCell;
using reports::OpenYear;

struct Asked {
  OpenYear year;
  std::optional<domain::Table> table;
};

Result<Asked> read_question(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"year", "table"});
  if (!values) return values.error();
  auto const& year_text = (*values)[0];
  auto const& table_text = (*values)[1];
  Faults faults;
  auto const year = year_text ? number_from(*year_text) : std::nullopt;
  bool const is_year = year && *year >= 0 && *year <= std::numeric_limits<std::int16_t>::max();
  if (year_text && !is_year) faults.add("/year", FaultCode::out_of_range, "has to be a year");
  auto const table = table_text ? domain::table_from(*table_text) : std::nullopt;
  if (table_text && !(table && reports::has_open_cells(*table))) {
    faults.add("/table", FaultCode::not_an_option, "has to be a table that is open");
  }
  if (!faults.empty()) return faults.error();
  auto const wanted = is_year ? std::optional(static_cast<int>(*year)) : std::nullopt;
  auto found = reports::find_open_year(tx, wanted, call.today());
  if (!found) return found.error();
  return Asked{*std::move(found), table};
}

// Any run may change what any year tells of its neighbours: the newest of all is named. Two runs of
// an empty network have one hash, hence the name.
std::string tag_of(OpenYear const& year) {
  return "\"" + text_of(year.newest.name) + "-" + to_hex(year.newest.hash) + "\"";
}

// nullptr where the number is shown.
char const* reason_of(Figure const& figure) {
  if (figure.is == Figure::Is::small) return "small";
  return figure.is == Figure::Is::shown ? nullptr : "complementary";
}

json or_null(std::string_view text) { return text.empty() ? json(nullptr) : json(text); }

std::string_view sector_word(domain::CellKey const& key) {
  return key.sector ? contract::word_of(*key.sector) : std::string_view();
}

json cell_json(int year, OpenCell const& cell) {
  auto const* const reason = reason_of(cell.figure);
  return {{"period", reports::period_word(year, cell.key)},
          {"area", or_null(cell.key.area.value)},
          {"municipality", or_null(cell.key.municipality)},
          {"column", reports::column_word(cell.key)},
          {"sector", or_null(sector_word(cell.key))},
          {"value", reason == nullptr ? json(cell.figure.count) : json(nullptr)},
          {"reason", reason == nullptr ? json(nullptr) : json(reason)}};
}

json licence_json() {
  json text;
  for (auto const language :
       {contract::Language::fi, contract::Language::sv, contract::Language::en}) {
    text[std::string(contract::code_of(language))] = reports::licence_text(language);
  }
  return {{"name", reports::licence_name},
          {"url", reports::licence_address},
          {"text", std::move(text)}};
}

// The sequence is not told: the distance of two runs would be the number of acts between them.
json head_json(OpenYear const& year, std::optional<domain::Table> table) {
  json left_out = json::array();
  for (auto const& one : year.left_out) {
    if (table && one.table != *table) continue;
    left_out.push_back({{"table", domain::word_of(one.table)}, {"run", text_of(one.run)}});
  }
  return {{"year", year.year},
          {"years", year.years},
          {"state", word_of(year.state)},
          {"as_of",
           {{"run", text_of(year.run.name)},
            {"time", to_rfc3339(year.run.drawn_at)},
            {"hash", to_hex(year.run.hash)}}},
          {"licence", licence_json()},
          {"left_out", std::move(left_out)}};
}

std::string json_of(Asked const& asked, std::vector<OpenCell> const& cells) {
  auto document = head_json(asked.year, asked.table);
  auto& tables = document["tables"] = json::array();
  std::optional<domain::Table> last;
  for (auto const& cell : cells) {
    if (last != cell.key.table) {
      tables.push_back({{"table", domain::word_of(cell.key.table)}, {"cells", json::array()}});
      last = cell.key.table;
    }
    tables.back()["cells"].push_back(cell_json(asked.year.year, cell));
  }
  return document.dump();
}

// Whoever hands the file on hands on what it is and how it may be used.
std::string csv_of(Asked const& asked, std::vector<OpenCell> const& cells) {
  codec::CsvRows rows{{"table", "period", "area", "municipality", "column", "sector", "value",
                       "reason", "licence", "run", "as_of"}};
  auto const run = text_of(asked.year.run.name);
  auto const time = to_rfc3339(asked.year.run.drawn_at);
  for (auto const& cell : cells) {
    auto const* const reason = reason_of(cell.figure);
    rows.push_back({std::string(domain::word_of(cell.key.table)),
                    reports::period_word(asked.year.year, cell.key), cell.key.area.value,
                    cell.key.municipality, std::string(reports::column_word(cell.key)),
                    std::string(sector_word(cell.key)),
                    reason == nullptr ? std::to_string(cell.figure.count) : std::string(),
                    reason == nullptr ? "" : reason, std::string(reports::licence_name), run,
                    time});
  }
  return csv_text(rows, codec::CsvForm::rfc4180);
}

template <class Write>
Result<http::Response> answer(access::Call const& call, ledger::ReadTx& tx, char const* media_type,
                              Write write) {
  auto const asked = read_question(call, tx);
  if (!asked) return asked.error();
  auto const tag = tag_of(asked->year);
  http::Response response;
  response.with("ETag", tag).with("Cache-Control", "public, max-age=3600");
  auto const known = EntityTags::in(call.request(), "if-none-match");
  if (known && known->match_weakly(tag)) {
    response.status = 304;
    return response;
  }
  response.content_type = media_type;
  response.with("Link", "<" + std::string(reports::licence_address) + ">; rel=\"license\"");
  response.body = write(*asked, reports::open_cells(tx, asked->year, asked->table));
  return response;
}

}  // namespace

Result<http::Response> get_open_stats(access::Call const& call, ledger::ReadTx& tx) {
  return answer(call, tx, "application/json", json_of);
}

Result<http::Response> get_open_stats_csv(access::Call const& call, ledger::ReadTx& tx) {
  return answer(call, tx, "text/csv; charset=utf-8; header=present", csv_of);
}

}  // namespace kaiku::api
