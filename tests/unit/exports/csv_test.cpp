#include "server/exports/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/exports/sample.hpp"

namespace kaiku::exports {
namespace {

using contract::Language;
using testing::HasSubstr;

TEST(FinnishCsv, of_several_tables_is_this_to_the_byte) {
  EXPECT_EQ(finnish_csv(sample::document()),
            "\xef\xbb\xbf"
            "Vuosi: kortit\r\n"
            "Vuosi;Rekisteröidyt;Käyttöaste;Myöhässä kirjatut;Julkaistu;Ajo;Tilanne\r\n"
            "2026;50862;0,2674;0,12;2.3.2027;2026;2.3.2027 00.10\r\n"
            "\r\n"
            "Alueet\r\n"
            "Alue;Aikuiset;Lapset;Ajo;Tilanne\r\n"
            "\"Kainuu; itä\";1203;<5;2026;2.3.2027 00.10\r\n"
            "\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\";…;–;2026;2.3.2027 00.10\r\n"
            "\"Ylä, \"\"Savo\"\" & <Co>\";-7;;2026;2.3.2027 00.10\r\n"
            "Yhteensä;≥ 1203;10027;2026;2.3.2027 00.10\r\n");
}

TEST(FinnishCsv, of_one_table_begins_with_its_head) {
  auto document = sample::document();
  document.tables.pop_back();
  EXPECT_EQ(finnish_csv(document),
            "\xef\xbb\xbf"
            "Vuosi;Rekisteröidyt;Käyttöaste;Myöhässä kirjatut;Julkaistu;Ajo;Tilanne\r\n"
            "2026;50862;0,2674;0,12;2.3.2027;2026;2.3.2027 00.10\r\n");
}

TEST(FinnishCsv, tells_run_and_time_in_the_readers_language) {
  EXPECT_THAT(finnish_csv(sample::document(Language::sv)),
              HasSubstr("Julkaistu;Körning;Tidpunkt\r\n"));
  EXPECT_THAT(finnish_csv(sample::document(Language::en)), HasSubstr("Julkaistu;Run;As of\r\n"));
}

TEST(Rfc4180Csv, of_several_tables_is_one_table_to_the_byte) {
  EXPECT_EQ(rfc4180_csv(sample::document()),
            "table,year,registered,usage_rate,late_share,settled_on,label,adults,children,run,"
            "as_of\r\n"
            "annual,2026,50862,0.2674,0.12,2027-03-02,,,,2026,2027-03-01T22:10:00Z\r\n"
            "by_area,,,,,,Kainuu; itä,1203,<5,2026,2027-03-01T22:10:00Z\r\n"
            "by_area,,,,,,\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\",…,–,2026,"
            "2027-03-01T22:10:00Z\r\n"
            "by_area,,,,,,\"Ylä, \"\"Savo\"\" & <Co>\",-7,,2026,2027-03-01T22:10:00Z\r\n"
            "by_area,,,,,,Yhteensä,≥ 1203,10027,2026,2027-03-01T22:10:00Z\r\n");
}

TEST(Rfc4180Csv, of_one_table_names_no_table) {
  auto document = sample::document();
  document.tables.pop_back();
  EXPECT_EQ(rfc4180_csv(document),
            "year,registered,usage_rate,late_share,settled_on,run,as_of\r\n"
            "2026,50862,0.2674,0.12,2027-03-02,2026,2027-03-01T22:10:00Z\r\n");
}

TEST(Rfc4180Csv, puts_columns_of_one_name_below_each_other) {
  auto document = sample::document();
  document.tables.back() = document.tables.front();
  document.tables.back().id = "again";
  document.tables.back().columns.pop_back();
  document.tables.back().rows.front().cells.pop_back();
  EXPECT_EQ(rfc4180_csv(document),
            "table,year,registered,usage_rate,late_share,settled_on,run,as_of\r\n"
            "annual,2026,50862,0.2674,0.12,2027-03-02,2026,2027-03-01T22:10:00Z\r\n"
            "again,2026,50862,0.2674,0.12,,2026,2027-03-01T22:10:00Z\r\n");
}

TEST(BothCsv, of_figures_as_of_now_name_no_run) {
  auto document = sample::document();
  document.tables.pop_back();
  document.run.clear();
  EXPECT_THAT(finnish_csv(document), HasSubstr(";2.3.2027;;2.3.2027 00.10\r\n"));
  EXPECT_THAT(rfc4180_csv(document), HasSubstr(",2027-03-02,,2027-03-01T22:10:00Z\r\n"));
}

TEST(BothCsv, let_no_name_begin_a_formula) {
  for (std::string const sign : {"=", "+", "-", "@", "\t"}) {
    auto document = sample::document();
    document.tables.front().rows.front().cells.front() = sign + "1+1";
    EXPECT_THAT(finnish_csv(document), HasSubstr("\r\n'" + sign + "1+1;50862"));
    EXPECT_THAT(rfc4180_csv(document), HasSubstr("\r\nannual,'" + sign + "1+1,50862"));
  }
}

}  // namespace
}  // namespace kaiku::exports
