// The population of municipalities: a whole file or nothing of it.
#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "server/commands/command_report.hpp"
#include "server/tables/population.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

class ImportPopulation : public ServerTest {
 protected:
  // What the command said on both streams; `result_` is its exit code.
  std::string import(std::string_view text) {
    auto const file = folder().path() / "population.csv";
    std::ofstream(file, std::ios::binary) << text;
    CLI::App cli;
    commands::Common common;
    common.dir = folder().path() / "installation";
    std::string const instance = "kaiku";
    auto const add = [&cli](char const* name, char const* what) -> CLI::App& {
      return *cli.add_subcommand(name, what);
    };
    commands::add_report_commands({add, common, instance, result_});
    CaptureStdout();
    CaptureStderr();
    cli.parse("import-population " + file.string());
    auto const out = GetCapturedStdout();
    return out + GetCapturedStderr();
  }
  std::optional<std::int64_t> people(char const* municipality, int year) {
    std::optional<std::int64_t> found;
    write([&](ledger::WriteTx& tx) { found = tables::population_of(tx, municipality, year); });
    return found;
  }
  int result_ = -1;
};

TEST_F(ImportPopulation, is_kept_by_municipality_and_year_and_the_later_file_holds) {
  import("municipality;year;population\n491;2019;52583\n097;2019;2200\n");
  EXPECT_EQ(result_, commands::good);
  EXPECT_EQ(people("491", 2019), 52'583);
  EXPECT_EQ(people("491", 2020), std::nullopt);
  EXPECT_THAT(import("year;municipality;population\n2019;491;52584\n"), HasSubstr("1 rows"));
  EXPECT_EQ(people("491", 2019), 52'584);
  EXPECT_EQ(people("097", 2019), 2'200) << "of which the later file says nothing";
}

TEST_F(ImportPopulation, is_not_loaded_with_any_fault) {
  auto const said = import("municipality;year;population\n491;2019;52583\n999;2019;1\n491;x;1\n");
  EXPECT_EQ(result_, commands::found_something);
  EXPECT_THAT(said, HasSubstr("population.csv:3: municipality: is the code of no municipality"));
  EXPECT_THAT(said, HasSubstr("population.csv:4: year: "));
  EXPECT_THAT(said, HasSubstr("Faults: 2. Nothing was loaded."));
  EXPECT_EQ(people("491", 2019), std::nullopt);
}

}  // namespace
}  // namespace kaiku::test
