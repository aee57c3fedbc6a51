#include "server/domain/population_file.hpp"

#include <gmock/gmock.h>

#include <string>

namespace kaiku::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int last_year = 2025;
constexpr std::string_view header = "municipality;year;population\n";

PopulationFile read(std::string_view rows) {
  return read_population_file(std::string(header) + std::string(rows), last_year);
}
// "2 year": the faults of rows under the header.
std::vector<std::string> faults_of(std::string_view rows) {
  std::vector<std::string> faults;
  for (auto const& fault : read(rows).faults) {
    faults.push_back(std::to_string(fault.line) + " " + std::string(fault.column));
  }
  return faults;
}

TEST(PopulationFile, is_read_however_it_was_saved) {
  std::vector<PopulationRow> const expected{{"091", 2024, 684'018}, {"205", 2025, 36'000}};
  for (std::string_view const text : {
           "municipality;year;population\n091;2024;684018\n205;2025;36000\n",
           "\xef\xbb\xbfmunicipality;year;population\r\n091;2024;684018\r\n205;2025;36000",
           "population,name,year,municipality\n684018,\"Helsinki, pk\",2024,091\n"
           "\n36000,Kajaani,2025,\"205\"\n",
       }) {
    auto const file = read_population_file(text, last_year);
    EXPECT_THAT(file.faults, IsEmpty()) << text;
    EXPECT_EQ(file.rows, expected) << text;
  }
}

TEST(PopulationFile, tells_each_fault_by_its_line) {
  EXPECT_THAT(faults_of("91;2024;1\n"), ElementsAre("2 municipality"));
  EXPECT_THAT(faults_of("091;2024;1\n999;2024;1\n"), ElementsAre("3 municipality"));
  EXPECT_THAT(faults_of("091;24;1\n091;2026;1\n091;1999;1\n"),
              ElementsAre("2 year", "3 year", "4 year"));
  EXPECT_THAT(faults_of("091;2024;\n091;2023;12 000\n091;2022;-1\n091;2021;123456789\n"),
              ElementsAre("2 population", "3 population", "4 population", "5 population"));
  EXPECT_THAT(faults_of("091;2024\n"), ElementsAre("2 row"));
  EXPECT_THAT(faults_of("091;2024;1\n\n091;2024;2\n"), ElementsAre("4 row"));
  EXPECT_THAT(faults_of("\"091\"x;2024;1\n\"205;2024;1\n"), ElementsAre("2 row", "3 row"));
  EXPECT_THAT(faults_of("x;y;z\n"), ElementsAre("2 year", "2 municipality", "2 population"));
}

TEST(PopulationFile, holds_a_former_municipality_in_its_own_years_alone) {
  // 911 (Valtimo) joined Nurmes at the turn of 2020.
  EXPECT_THAT(faults_of("911;2019;2100\n"), IsEmpty());
  EXPECT_THAT(faults_of("911;2020;2100\n"), ElementsAre("2 municipality"));
}

TEST(PopulationFile, needs_its_header_and_a_row) {
  auto const columns = [](std::string_view text) {
    std::vector<std::string_view> names;
    for (auto const& fault : read_population_file(text, last_year).faults) {
      names.push_back(fault.column);
    }
    return names;
  };
  EXPECT_THAT(columns(""), ElementsAre("municipality", "year", "population"));
  EXPECT_THAT(columns("091;2024;684018\n"), ElementsAre("municipality", "year", "population"));
  EXPECT_THAT(columns("municipality;year;year\n"), ElementsAre("year", "population"));
  EXPECT_THAT(columns(header), ElementsAre("row"));
  EXPECT_THAT(columns("municipality;year;population\n\xff;2024;1\n"), ElementsAre("row"));
}

}  // namespace
}  // namespace kaiku::domain
