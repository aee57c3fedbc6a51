#include "server/exports/xlsx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <future>
#include <string>
#include <string_view>
#include <vector>

#include "server/exports/csv.hpp"
#include "tests/unit/exports/sample.hpp"
#include "tests/unit/exports/workbook.hpp"

namespace kaiku::exports {
namespace {

using contract::Language;
using Is = WorkbookCell::Is;

using Rows = std::vector<std::vector<std::string>>;

// The cells of a Finnish CSV of one table.
Rows rows_of(std::string_view csv) {
  csv.remove_prefix(3);
  Rows rows(1, {""});
  bool is_quoted = false;
  for (std::size_t at = 0; at < csv.size(); ++at) {
    char const c = csv[at];
    if (c == '"') {
      bool const is_double = is_quoted && csv.substr(at + 1, 1) == "\"";
      if (is_double) {
        rows.back().back() += c;
        ++at;
      } else {
        is_quoted = !is_quoted;
      }
    } else if (!is_quoted && c == ';') {
      rows.back().emplace_back();
    } else if (!is_quoted && csv.substr(at, 2) == "\r\n") {
      rows.push_back({""});
      ++at;
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

// A cell of the sheet as the Finnish CSV would have it.
std::string in_finnish(WorkbookCell const& cell) {
  if (cell.is != Is::number) {
    bool const is_guarded = !cell.text.empty() && cell.text.front() == '=';
    return (is_guarded ? "'" : "") + cell.text;
  }
  if (cell.format == "d.m.yyyy") {
    return to_finnish(Day{static_cast<std::int32_t>(cell.number) - 25'569});
  }
  auto text = std::to_string(std::llround(cell.number * 10'000));
  if (cell.number == std::floor(cell.number)) return std::to_string(std::llround(cell.number));
  text = "0," + std::string(4 - text.size(), '0') + text;
  while (text.ends_with('0')) text.pop_back();
  return text;
}

class Workbooks : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(can_read_workbooks()) << "there is no ssconvert: run server/install.sh tests";
  }
};

TEST_F(Workbooks, say_cell_by_cell_what_the_finnish_csv_says) {
  auto const sheets = read_workbook(xlsx_file(sample::document())).sheets;
  ASSERT_EQ(sheets.size(), 3u);
  for (std::size_t at = 0; at < 2; ++at) {
    auto document = sample::document();
    document.tables = {document.tables[at]};
    auto const rows = rows_of(finnish_csv(document));
    auto const& sheet = sheets[at];
    ASSERT_EQ(sheet.rows(), static_cast<int>(rows.size()));
    for (int row = 0; row < sheet.rows(); ++row) {
      auto const& cells = rows[static_cast<std::size_t>(row)];
      ASSERT_EQ(sheet.columns(), static_cast<int>(cells.size()) - 2) << "run and as of";
      for (int column = 0; column < sheet.columns(); ++column) {
        EXPECT_EQ(in_finnish(sheet.at(row, column)), cells[static_cast<std::size_t>(column)])
            << sheet.name << ' ' << row << ' ' << column;
      }
    }
  }
}

TEST_F(Workbooks, have_counts_per_cents_and_days_as_numbers_and_signs_as_text) {
  auto const sheets = read_workbook(xlsx_file(sample::document())).sheets;
  auto const& annual = sheets.at(0);
  EXPECT_EQ(annual.at(1, 0).is, Is::text) << "a year is a name, not a number to add up";
  EXPECT_EQ(annual.at(1, 1).is, Is::number);
  EXPECT_EQ(annual.at(1, 1).format, "#,##0");
  EXPECT_NEAR(annual.at(1, 2).number, 0.2674, 1e-12);
  EXPECT_EQ(annual.at(1, 2).format, "0.0 %");
  EXPECT_EQ(annual.at(1, 3).format, "0 %");
  EXPECT_EQ(annual.at(1, 4).is, Is::number);
  EXPECT_EQ(annual.at(1, 4).format, "d.m.yyyy");
  auto const& areas = sheets.at(1);
  EXPECT_EQ(areas.at(1, 2).is, Is::text);
  EXPECT_EQ(areas.at(1, 2).text, "<5");
  EXPECT_EQ(areas.at(2, 1).text, "…");
  EXPECT_EQ(areas.at(4, 1).is, Is::text);
  EXPECT_EQ(areas.at(3, 2).is, Is::blank);
}

TEST_F(Workbooks, compute_no_name) {
  auto const sheets = read_workbook(xlsx_file(sample::document())).sheets;
  auto const name = sheets.at(1).at(2, 0);
  EXPECT_EQ(name.is, Is::text);
  EXPECT_EQ(name.text, "=HYPERLINK(\"http://x\";\"y\")");
  for (auto const& sheet : sheets) {
    for (auto const& [place, cell] : sheet.cells) EXPECT_NE(cell.is, Is::formula) << cell.text;
  }
}

TEST_F(Workbooks, freeze_the_head_and_have_head_and_totals_in_bold) {
  auto const sheets = read_workbook(xlsx_file(sample::document())).sheets;
  for (auto const& sheet : sheets) EXPECT_EQ(sheet.first_that_scrolls, "A2") << sheet.name;
  auto const& areas = sheets.at(1);
  for (int column = 0; column < areas.columns(); ++column) {
    EXPECT_TRUE(areas.at(0, column).is_bold);
    EXPECT_FALSE(areas.at(1, column).is_bold);
    EXPECT_TRUE(areas.at(4, column).is_bold);
  }
}

TEST_F(Workbooks, tell_run_time_hash_signs_and_definitions_on_their_last_sheet) {
  auto const document = sample::document();
  auto const sheets = read_workbook(xlsx_file(document)).sheets;
  EXPECT_EQ(sheets.at(0).name, "Vuosi kortit") << "Excel takes no colon";
  auto const& about = sheets.at(2);
  EXPECT_EQ(about.name, "Tiedot");
  Rows lines;
  for (int row = 0; row < about.rows(); ++row) {
    lines.push_back({about.at(row, 0).text, about.at(row, 1).text});
  }
  EXPECT_EQ(lines, (Rows{{"Vuositilasto 2026", ""},
                         {"Mitä koskee", "Koko verkosto"},
                         {"Jakso", "1.1.2026–31.12.2026"},
                         {"Ajo", "2026"},
                         {"Tilanne", document.as_of_line},
                         {"Kirjaus", "48211"},
                         {"Tiiviste", document.hash},
                         {"Merkit ja huomautukset", "<5: luku on 1–4"},
                         {"Merkit ja huomautukset", "…: lukua ei näytetä"},
                         {"Rekisteröidyt", document.definitions[0].text},
                         {"Käyttöaste", document.definitions[1].text}}));
}

TEST_F(Workbooks, of_figures_as_of_now_leave_out_run_and_hash) {
  auto document = sample::document(Language::sv);
  document.run.clear();
  document.hash.clear();
  document.tables.clear();
  auto const sheets = read_workbook(xlsx_file(document)).sheets;
  ASSERT_EQ(sheets.size(), 1u);
  EXPECT_EQ(sheets.front().name, "Uppgifter");
  EXPECT_EQ(sheets.front().at(3, 0).text, "Tidpunkt");
  EXPECT_EQ(sheets.front().at(4, 0).text, "Post");
}

TEST_F(Workbooks, were_made_when_their_figures_are_of) {
  auto document = sample::document();
  EXPECT_EQ(read_workbook(xlsx_file(document)).made_at, "2027-03-01T22:10:00Z");
  document.as_of_iso = "no time";
  EXPECT_EQ(read_workbook(xlsx_file(document)).made_at, "1970-01-01T00:00:01Z");
}

TEST(Xlsx, is_the_same_bytes_when_it_is_the_same) {
  auto const file = xlsx_file(sample::document());
  EXPECT_EQ(xlsx_file(sample::document()), file);
  // Time and day of the first part, as a ZIP has them: midnight of 1.1.1980 and not now.
  ASSERT_GT(file.size(), 14u);
  EXPECT_EQ(to_hex(ByteView(file).subspan(10, 4)), "00002100");
}

TEST(Xlsx, is_made_by_several_threads_at_the_same_time) {
  auto const expected = xlsx_file(sample::document());
  std::vector<std::future<Bytes>> made;
  for (int thread = 0; thread < 4; ++thread) {
    made.push_back(std::async(std::launch::async, [] { return xlsx_file(sample::document()); }));
  }
  for (auto& one : made) EXPECT_EQ(one.get(), expected);
}

}  // namespace
}  // namespace kaiku::exports
