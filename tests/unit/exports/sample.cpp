#include "tests/unit/exports/sample.hpp"

#include <string>

namespace kaiku::exports::sample {
namespace {

using reports::DocumentTable;
using reports::Figure;
using reports::ReportDocument;
using reports::Share;

DocumentTable annual() {
  return {.id = "annual",
          .title = "Vuosi: kortit",
          .columns = {{"year", "Vuosi", false},
                      {"registered", "Rekisteröidyt", true},
                      {"usage_rate", "Käyttöaste", true},
                      {"late_share", "Myöhässä kirjatut", true},
                      {"settled_on", "Julkaistu", false}},
          .rows = {{.cells = {"2026", shown(50'862), Share{0.2674}, Share{0.12},
                              *day_from(2027, 3, 2)}}}};
}

DocumentTable by_area() {
  return {.id = "by_area",
          .title = "Alueet",
          .columns = {{"label", "Alue", false},
                      {"adults", "Aikuiset", true},
                      {"children", "Lapset", true}},
          .rows = {{.cells = {"Kainuu; itä", shown(1203), withheld(Figure::Is::small)}},
                   {.cells = {"=HYPERLINK(\"http://x\";\"y\")", withheld(Figure::Is::complementary),
                              withheld(Figure::Is::not_published)}},
                   {.cells = {"Ylä, \"Savo\" & <Co>", shown(-7), std::monostate()}},
                   {.cells = {"Yhteensä", at_least(1203), shown(10'027)}, .is_total = true}}};
}

}  // namespace

Figure shown(std::int64_t count) { return {.is = Figure::Is::shown, .count = count}; }
Figure withheld(Figure::Is sign) { return {.is = sign, .count = 0}; }
Figure at_least(std::int64_t count) { return {.is = Figure::Is::at_least, .count = count}; }

ReportDocument document(contract::Language language) {
  ReportDocument made;
  made.language = language;
  made.file_stem = "kaiku-vuositilasto-2026-ajo-2026";
  made.title = "Vuositilasto 2026";
  made.scope = "Koko verkosto";
  made.period = "1.1.2026–31.12.2026";
  made.run = "2026";
  made.as_of_line = "Ajo 2026, tilanne 2.3.2027 klo 0.10, kirjaus 48\u00A0211";
  made.as_of_iso = "2027-03-01T22:10:00Z";
  made.sequence = 48'211;
  made.hash = "9f" + std::string(62, '0');
  made.tables = {annual(), by_area()};
  made.definitions = {{"Rekisteröidyt", "Jakson aikana rekisteröidyt kortit."},
                      {"Käyttöaste", "Käyttöönotetut kortit jaettuna rekisteröidyillä."}};
  made.notes = {"<5: luku on 1–4", "…: lukua ei näytetä"};
  return made;
}

ReportDocument long_document(int rows) {
  auto made = document();
  auto table = by_area();
  auto const total = table.rows.back();
  table.rows.pop_back();
  for (int row = 1; row <= rows; ++row) {
    table.rows.push_back({.cells = {"Kunta " + std::to_string(row), shown(row), shown(2 * row)}});
  }
  table.rows.push_back(total);
  made.tables = {table};
  return made;
}

}  // namespace kaiku::exports::sample
