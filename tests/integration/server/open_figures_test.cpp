// Open figures: what runs told everybody, for anybody.
#include <gmock/gmock.h>

#include "server/reports/open_figures.hpp"
#include "tests/support/made_runs.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using domain::CellKey;
using domain::Measure;
using domain::Table;

class OpenFigures : public ServerTest {
 protected:
  static CellKey key(Table table, Measure measure, std::string const& municipality = "") {
    CellKey made{.table = table, .municipality = municipality, .measure = measure};
    if (!municipality.empty()) made.area = AreaId{"ETELA"};
    return made;
  }
  // Of a year long before the fixture's: the server publishes nothing of it by itself.
  void have_a_settled_year() {
    auto const venue = [&] {
      auto made = key(Table::uses_venue, Measure::adults, "491");
      made.venue = net.museum;
      return made;
    }();
    write([&](ledger::WriteTx& tx) {
      publish_made_run(
          tx, "2019",
          {told_cell(key(Table::uses_network, Measure::adults), 60),
           told_cell(key(Table::uses_network, Measure::children), 0), told_cell(venue, 31),
           told_cell(key(Table::cards_home, Measure::registered, "097"), 3, small_cell),
           told_cell(key(Table::cards_home, Measure::registered, "491"), 12, withheld_cell),
           told_cell(key(Table::cards_home, Measure::earlier_years, "491"), 8)},
          {Table::background});
    });
  }
  Reply stats(std::string const& query = "", Sender const& who = nobody) {
    return get(who, "/open/v1/stats" + query);
  }
  static Json table_of(Json const& stats, std::string const& name) {
    for (auto const& table : stats.at("tables")) {
      if (table.at("table") == name) return table.at("cells");
    }
    return Json::array();
  }
};

TEST_F(OpenFigures, are_read_by_anybody_and_kept_for_an_hour) {
  have_a_settled_year();
  auto const reply = stats("?year=2019");
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.header("set-cookie"), "");
  EXPECT_EQ(reply.header("cache-control"), "public, max-age=3600");
  EXPECT_THAT(reply.header("link"), HasSubstr("rel=\"license\""));
  auto const& body = reply.body;
  EXPECT_EQ(body.at("state"), "settled");
  EXPECT_THAT(body.at("years"), Contains(2019));
  EXPECT_EQ(body.at("as_of").at("run"), "2019");
  EXPECT_FALSE(body.at("as_of").contains("sequence"));
  for (auto const* language : {"fi", "sv", "en"}) {
    EXPECT_THAT(body.at("licence").at("text").at(language).get<std::string>(),
                HasSubstr("CC BY 4.0"));
  }
  EXPECT_EQ(stats("?year=2019", as("admin")).body, body) << "nobody is told more";
}

TEST_F(OpenFigures, hold_each_open_cell_or_why_it_is_withheld_and_nothing_else) {
  have_a_settled_year();
  auto const body = stats("?year=2019").body;
  ASSERT_EQ(body.at("tables").size(), 2U) << body;
  Json const adults{{"period", "2019"},   {"area", nullptr},   {"municipality", nullptr},
                    {"column", "adults"}, {"sector", nullptr}, {"value", 60},
                    {"reason", nullptr}};
  EXPECT_THAT(table_of(body, "uses.network"), Contains(adults));
  auto const homes = table_of(body, "cards.home");
  ASSERT_EQ(homes.size(), 2U) << "cards of earlier years are not open";
  EXPECT_EQ(homes.at(0).at("municipality"), "097");
  EXPECT_EQ(homes.at(0).at("value"), nullptr);
  EXPECT_EQ(homes.at(0).at("reason"), "small");
  EXPECT_EQ(homes.at(1).at("value"), nullptr);
  EXPECT_EQ(homes.at(1).at("reason"), "complementary");
  Json const background{{"table", "background"}, {"run", "2019"}};
  EXPECT_THAT(body.at("left_out"), ElementsAre(background));
  EXPECT_TRUE(stats("?year=2019&table=cards.home").body.at("left_out").empty());
}

TEST_F(OpenFigures, answer_one_table_where_one_is_asked_for) {
  have_a_settled_year();
  auto const body = stats("?year=2019&table=cards.home").body;
  ASSERT_EQ(body.at("tables").size(), 1U) << body;
  EXPECT_EQ(body.at("tables").at(0).at("table"), "cards.home");
  for (auto const* table : {"uses.venue", "cards.office", "flows", "shoes"}) {
    EXPECT_THAT(stats(std::string("?table=") + table).faults(),
                ElementsAre("/table not_an_option"));
  }
  EXPECT_EQ(stats("?year=1999").status, 404);
  EXPECT_THAT(stats("?year=x").faults(), ElementsAre("/year out_of_range"));
  EXPECT_EQ(stats("?shoe=1").status, 422);
}

TEST_F(OpenFigures, say_that_nothing_is_new_until_a_run_is_published) {
  have_a_settled_year();
  auto const tag = stats("?year=2019").header("etag");
  EXPECT_THAT(tag, StartsWith("\"2019-"));
  auto const asked_again = [&](std::string const& known) {
    return send({{"If-None-Match", known}}, "GET", "/open/v1/stats?year=2019", "");
  };
  auto const again = asked_again(tag);
  EXPECT_EQ(again.status, 304) << again;
  EXPECT_EQ(again.text, "");
  EXPECT_EQ(again.header("etag"), tag);
  EXPECT_EQ(again.header("cache-control"), "public, max-age=3600");
  EXPECT_EQ(asked_again("\"2018-00\"").status, 200);
  write([&](ledger::WriteTx& tx) {
    publish_made_run(tx, "2019.2", {told_cell(key(Table::uses_network, Measure::adults), 70)});
  });
  auto const moved = asked_again(tag);
  ASSERT_EQ(moved.status, 200) << moved;
  EXPECT_EQ(moved.body.at("as_of").at("run"), "2019.2");
  EXPECT_EQ(table_of(moved.body, "uses.network").at(0).at("value"), 70);
  EXPECT_EQ(table_of(moved.body, "uses.network").at(1).at("value"), 0) << "as it was told before";
}

TEST_F(OpenFigures, leave_as_rows_that_carry_their_licence) {
  have_a_settled_year();
  auto const reply = get(nobody, "/open/v1/stats.csv?year=2019");
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_THAT(reply.header("content-type"), StartsWith("text/csv"));
  EXPECT_THAT(reply.text, StartsWith("table,period,area,municipality,column,sector,value,reason,"
                                     "licence,run,as_of\r\n"));
  EXPECT_THAT(reply.text, HasSubstr("uses.network,2019,,,adults,,60,,CC BY 4.0,2019,"));
  EXPECT_THAT(reply.text,
              HasSubstr("cards.home,2019,ETELA,097,registered,,,small,CC BY 4.0,2019,"));
  EXPECT_THAT(reply.text, Not(HasSubstr("uses.venue")));
}

TEST_F(OpenFigures, are_linked_from_the_page_for_programmers) {
  for (auto const* language : {"fi", "sv", "en"}) {
    auto const page = get(nobody, std::string("/api/docs?lang=") + language);
    EXPECT_THAT(page.text, HasSubstr("href=\"/open/v1/stats\""));
    EXPECT_THAT(page.text, HasSubstr("href=\"/open/v1/stats.csv\""));
  }
}

// The tables that may be named are those of which the rules tell anything to everybody.
TEST(OpenTables, are_those_that_have_open_cells) {
  using domain::Table;
  for (int number = 0; number <= static_cast<int>(Table::cohort); ++number) {
    auto const table = static_cast<Table>(number);
    domain::CellKey of_network{.table = table};
    domain::CellKey of_home{.table = table, .municipality = "491"};
    of_home.measure = domain::Measure::registered;
    EXPECT_EQ(reports::has_open_cells(table), is_open(of_network) || is_open(of_home)) << number;
  }
}

TEST(OpenTables, name_periods_and_columns) {
  using Kind = domain::Period::Kind;
  EXPECT_EQ(reports::period_word(2026, {}), "2026");
  EXPECT_EQ(reports::period_word(2026, {.period = {Kind::quarter, 2}}), "2026-Q2");
  EXPECT_EQ(reports::period_word(2026, {.period = {Kind::month, 3}}), "2026-03");
  EXPECT_EQ(reports::period_word(2026, {.period = {Kind::late, 0}}), "2026-late");
  EXPECT_EQ(reports::period_word(2026, {.table = domain::Table::cohort}), "2025");
  EXPECT_EQ(reports::column_word({.measure = domain::Measure::taken}), "taken_into_use");
  EXPECT_EQ(reports::column_word({.measure = domain::Measure::whole, .label = "assistants"}),
            "assistants");
}

}  // namespace
}  // namespace kaiku::test
