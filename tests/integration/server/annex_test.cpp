// The wellbeing annex of a municipality: as JSON, as a page, as files and as a command.
#include <gmock/gmock.h>

#include <CLI/CLI.hpp>

#include "server/commands/command_report.hpp"
#include "server/tables/population.hpp"
#include "tests/support/made_runs.hpp"
#include "tests/support/server_fixture.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStdout;

using domain::CellKey;
using domain::Measure;
using domain::Table;

class Annex : public ServerTest {
 protected:
  static CellKey key(Table table, Measure measure) {
    return {.table = table, .area = AreaId{"ETELA"}, .municipality = "491", .measure = measure};
  }
  CellKey venue(VenueId id, contract::Sector sector, Measure measure) const {
    auto made = key(Table::uses_venue, measure);
    made.venue = id;
    made.sector = sector;
    return made;
  }
  static CellKey without_municipality(Table table, Measure measure) {
    auto made = key(table, measure);
    made.municipality.clear();
    if (table == Table::cards_network) made.area = AreaId{};
    return made;
  }
  // Of years long before the fixture's: the server publishes nothing of them by itself.
  void publish_year(std::string_view run, std::int64_t registered) {
    using enum contract::Sector;
    auto const network_taken = [&] {
      auto cell = told_cell(without_municipality(Table::cards_network, Measure::taken), 60);
      cell.openly = withheld_cell;
      return cell;
    }();
    write([&](ledger::WriteTx& tx) {
      publish_made_run(
          tx, run,
          {told_cell(without_municipality(Table::cards_network, Measure::registered), 300),
           network_taken,
           told_cell(without_municipality(Table::cards_area, Measure::registered), 200),
           told_cell(without_municipality(Table::cards_area, Measure::taken), 50),
           told_cell(key(Table::uses_municipality, Measure::adults), 40),
           told_cell(key(Table::uses_municipality, Measure::children), 3, small_cell),
           told_cell(venue(net.pool, sport, Measure::adults), 30),
           told_cell(venue(net.pool, sport, Measure::children), 0),
           told_cell(venue(net.museum, culture, Measure::adults), 10),
           told_cell(venue(net.museum, culture, Measure::children), 3, small_cell),
           told_cell(key(Table::cards_home, Measure::registered), registered),
           told_cell(key(Table::cards_home, Measure::taken), 24)});
    });
  }
  Reply annex(std::string const& who, std::string const& query = "?municipality=491") {
    return get(as(who), "/api/v1/reports/annex" + query);
  }
};

TEST_F(Annex, tells_a_municipality_beside_its_area_and_the_network) {
  publish_year("2019", 120);
  write([](ledger::WriteTx& tx) { tables::keep_population(tx, {{"491", 2019, 52'583}}); });
  auto const reply = annex("national");
  ASSERT_EQ(reply.status, 200) << reply;
  ASSERT_EQ(reply.body.at("years").size(), 1U);
  EXPECT_EQ(reply.body.at("name"), "Mikkeli");
  auto const& year = reply.body.at("years").at(0);
  EXPECT_EQ(year.at("registered"), 120);
  EXPECT_EQ(year.at("usage_rate"), 0.2);
  EXPECT_EQ(year.at("usage_rate_of_area"), 0.25);
  EXPECT_EQ(year.at("usage_rate_of_network"), 0.2);
  EXPECT_EQ(year.at("population"), 52'583);
  EXPECT_EQ(year.at("registered_per_thousand"), 2.3);
  auto const& uses = year.at("uses");
  EXPECT_EQ(uses.at("adults"), 40);
  EXPECT_EQ(uses.at("children"), nullptr);
  EXPECT_EQ(uses.at("by_sector").at("sport"), 30);
  EXPECT_EQ(uses.at("by_sector").at("science"), 0) << "no venue of it had a use";
  EXPECT_EQ(uses.at("by_sector").at("culture"), nullptr);
  EXPECT_EQ(reply.body.at("at_least").at("/years/0/uses/by_sector/culture"), 10);
  std::vector<std::string> const suppressed = reply.body.at("suppressed");
  EXPECT_THAT(suppressed, UnorderedElementsAre("/years/0/uses/children", "/years/0/uses/total",
                                               "/years/0/uses/by_sector/culture"));
}

// Until it came to its area it was in another: what is told of it there is told to everybody, but
// for the venues.
TEST_F(Annex, adds_what_a_municipality_had_under_another_area) {
  auto const there = [](CellKey made) {
    made.area = AreaId{"LAPPI"};
    return made;
  };
  write([&](ledger::WriteTx& tx) {
    publish_made_run(
        tx, "2019",
        {told_cell(key(Table::uses_municipality, Measure::adults), 40),
         told_cell(there(key(Table::uses_municipality, Measure::adults)), 25),
         told_cell(venue(net.pool, contract::Sector::sport, Measure::adults), 40),
         told_cell(there(venue(net.pool, contract::Sector::sport, Measure::adults)), 25)});
  });
  auto const reply = annex("coordinator").body;
  EXPECT_EQ(reply.at("years").at(0).at("uses").at("adults"), 65);
  EXPECT_EQ(reply.at("at_least").at("/years/0/uses/by_sector/sport"), 40);
  auto const all = annex("national").body.at("years").at(0).at("uses");
  EXPECT_EQ(all.at("adults"), 65);
  EXPECT_EQ(all.at("by_sector").at("sport"), 65);
}

TEST_F(Annex, tells_no_sector_of_a_year_in_which_a_municipality_was_not_there) {
  write([&](ledger::WriteTx& tx) {
    publish_made_run(
        tx, "2019",
        {told_cell(without_municipality(Table::cards_network, Measure::registered), 300)});
  });
  auto const reply = annex("coordinator").body;
  EXPECT_EQ(reply.at("years").at(0).at("uses").at("by_sector").at("sport"), nullptr);
  EXPECT_EQ(reply.at("suppressed_because").at("/years/0/uses/by_sector/sport"), "not_published");
}

TEST_F(Annex, reads_the_network_for_one_area_by_the_signs_for_everybody) {
  publish_year("2019", 120);
  auto const year = annex("coordinator").body.at("years").at(0);
  EXPECT_EQ(year.at("usage_rate"), 0.2);
  EXPECT_EQ(year.at("usage_rate_of_area"), 0.25);
  EXPECT_EQ(year.at("usage_rate_of_network"), nullptr);
  EXPECT_EQ(year.at("population"), nullptr);
  EXPECT_EQ(year.at("registered_per_thousand"), nullptr);
}

TEST_F(Annex, holds_the_newest_four_settled_years_or_those_as_of_a_run) {
  for (int year = 2015; year <= 2019; ++year) publish_year(std::to_string(year), 100 + year);
  auto const years = [&](std::string const& query) {
    std::vector<int> found;
    auto const reply = annex("coordinator", query);
    for (auto const& year : reply.body.at("years")) found.push_back(year.at("year"));
    return found;
  };
  EXPECT_THAT(years("?municipality=491"), ElementsAre(2016, 2017, 2018, 2019));
  EXPECT_THAT(years("?municipality=491&as_of=2016"), ElementsAre(2015, 2016));
}

TEST_F(Annex, is_for_who_coordinates_the_municipality) {
  EXPECT_EQ(annex("coordinator").status, 404) << "no year is settled";
  publish_year("2019", 120);
  EXPECT_EQ(annex("coordinator").status, 200);
  EXPECT_EQ(annex("far_coordinator").status, 403);
  EXPECT_EQ(annex("museum_staff").status, 403);
  EXPECT_EQ(annex("worker").status, 403);
  EXPECT_EQ(get(nobody, "/api/v1/reports/annex?municipality=491").status, 401);
  EXPECT_THAT(annex("national", "").faults(), ElementsAre("/municipality required"));
  EXPECT_THAT(annex("national", "?municipality=999").faults(),
              ElementsAre("/municipality not_found"));
  EXPECT_THAT(annex("national", "?municipality=491&lang=ru").faults(),
              ElementsAre("/lang not_an_option"));
}

TEST_F(Annex, is_a_page_that_says_when_there_will_be_figures) {
  auto const empty = get(as("coordinator"), "/figures/annex?municipality=491");
  ASSERT_EQ(empty.status, 200) << empty;
  EXPECT_THAT(text_in(empty.text), HasSubstr("Se julkaistaan"));
  publish_year("2019", 120);
  auto const page = get(as("coordinator"), "/figures/annex?municipality=491");
  EXPECT_THAT(page.text, AllOf(HasSubstr("id=\"table-cards\""), HasSubstr("id=\"table-runs\""),
                               HasSubstr("<option value=\"491\" selected")));
  EXPECT_THAT(text_in(page.text), AllOf(HasSubstr("Mikkeli 2019"), HasSubstr("≥\u00A040"),
                                        HasSubstr("Väkilukuja ei ole ladattu")));
  auto const others = get(as("far_coordinator"), "/figures/annex?municipality=491");
  EXPECT_EQ(others.status, 200);
  EXPECT_THAT(others.text, Not(HasSubstr("table-cards"))) << "another area's is not offered";
  EXPECT_THAT(get(as("coordinator"), "/figures").text, HasSubstr("href=\"/figures/annex\""));
}

TEST_F(Annex, leaves_as_files) {
  publish_year("2019", 120);
  auto const file = [&](std::string const& kind) {
    return get(as("coordinator"), "/figures/annex/file?municipality=491&as=" + kind);
  };
  EXPECT_THAT(file("pdf").text, StartsWith("%PDF"));
  EXPECT_THAT(file("xlsx").text, StartsWith("PK"));
  auto const csv = file("csv");
  EXPECT_THAT(csv.header("content-disposition"),
              HasSubstr("kaiku-hyvinvointiliite-2019-mikkeli-ajo-2019.csv"));
  EXPECT_THAT(csv.text, HasSubstr(";120;2019;"));
  EXPECT_EQ(file("exe").status, 404);
  EXPECT_EQ(get(as("far_coordinator"), "/figures/annex/file?municipality=491&as=csv").status, 404);
}

TEST_F(Annex, is_a_command_of_its_group) {
  publish_year("2019", 120);
  CLI::App cli;
  commands::Common common;
  common.dir = folder().path() / "installation";
  std::string const instance = "kaiku";
  int result = -1;
  auto const add = [&cli](char const* name, char const* what) -> CLI::App& {
    return *cli.add_subcommand(name, what);
  };
  commands::add_report_commands({add, common, instance, result});
  CaptureStdout();
  cli.parse("annex --municipality 491 --lang en");
  auto const said = Json::parse(GetCapturedStdout());
  EXPECT_EQ(result, commands::good);
  EXPECT_EQ(said.at("years").at(0).at("registered"), 120);
}

}  // namespace
}  // namespace kaiku::test
