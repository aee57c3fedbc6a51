// The page of figures over the server: which year it begins with, and what leaves as a file.
#include <gmock/gmock.h>

#include "tests/integration/server/network_pages_fixture.hpp"
#include "tests/support/published_runs.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class FiguresPages : public NetworkPages {
 protected:
  // Ten holders of an office with a use each, and ten each of two others that never used their
  // cards, so that nothing has to be withheld of the year.
  void have_a_year() {
    for (auto const& [worker, postcode] :
         {std::pair("worker", "50100"), {"other_worker", "50100"}, {"far_worker", "96100"}}) {
      for (int n = 0; n < 10; ++n) {
        Json const holder{{"birth_year", 1980}, {"postcode", postcode}, {"children", 2}};
        auto const card = post(as(worker), "/api/v1/cards", holder);
        ASSERT_EQ(card.status, 201) << card;
        if (worker != std::string("worker")) continue;
        Json const use{{"tickets", {{"adult", 1}, {"child", 2}}}};
        ASSERT_EQ(redeem(card.body.value("code", ""), net.museum, use).status, 201);
      }
    }
  }
  void publish(std::string const& run) {
    write([&](ledger::WriteTx& tx) { publish_run(tx, run); });
  }
  std::string page(std::string const& query = "") {
    auto const reply = get(as("coordinator"), "/figures" + query);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.text;
  }
};

TEST_F(FiguresPages, say_of_a_year_that_no_run_tells_that_there_is_nothing) {
  EXPECT_THAT(page("?year=2022"), HasSubstr("Tältä vuodelta ei ole lukuja."));
  EXPECT_THAT(page("?year=2022&group=venue"), HasSubstr("Tältä vuodelta ei ole lukuja."));
  EXPECT_EQ(get(as("coordinator"), "/figures/file?year=2022&as=csv").status, 404);
  EXPECT_THAT(page(), Not(HasSubstr("Tältä vuodelta ei ole lukuja.")));
}

TEST_F(FiguresPages, are_as_of_now_in_a_running_year_until_one_of_its_runs_is_chosen) {
  have_a_year();
  advance(30 * day_us);
  publish("2026-Q2");
  std::string const now = "<option value=\"\" selected>Nyt</option>";
  EXPECT_THAT(page(), HasSubstr(now));
  EXPECT_THAT(page("?year=2026&group=sector&run="), AllOf(HasSubstr(now), HasSubstr("Työluku")));
  auto const closed = page("?year=2026&group=quarter&run=2026-Q2");
  EXPECT_THAT(closed, AllOf(HasSubstr("<option value=\"2026-Q2\" selected>"),
                            HasSubstr("2. neljännes 2026"), HasSubstr("as=csv")));
  // No run has told of what is told by whole years.
  for (std::string const group : {"municipality", "home", "office", "venue"}) {
    EXPECT_THAT(page("?year=2026&group=" + group),
                AllOf(HasSubstr("Se julkaistaan 2.3.2027."), Not(HasSubstr("as=csv"))))
        << group;
  }
}

TEST_F(FiguresPages, have_the_newest_settled_year_one_link_away) {
  EXPECT_THAT(page(), Not(HasSubstr("Vuositilasto"))) << "none is settled";
  have_a_year();
  advance(262 * day_us);  // to 4 March
  publish("2026");
  auto const running = page();
  EXPECT_THAT(running, AllOf(HasSubstr("Työluku"), Not(HasSubstr("as=csv"))));
  auto const beside = link_named(running, "Vuositilasto 2026 (Excel)");
  auto const workbook = get(as("coordinator"), beside);
  EXPECT_EQ(workbook.status, 200) << beside;
  EXPECT_EQ(workbook.text.substr(0, 4), "PK\x03\x04");
  EXPECT_THAT(workbook.header("content-disposition"),
              HasSubstr("kaiku-vuositilasto-2026-etela-ajo-2026.xlsx"));
  auto const settled = page("?year=2026");
  EXPECT_THAT(settled, AllOf(HasSubstr("50,0\u00A0%"), HasSubstr("Ajo 2026, tilanne 4.3.2027"),
                             Not(HasSubstr("Vuositilasto 2026 (Excel)"))));
  auto const table = get(as("coordinator"), link_named(settled, "CSV"));
  EXPECT_THAT(table.text, HasSubstr("\r\nRekisteröidyt kortit;20;2026;"));
  EXPECT_EQ(get(as("coordinator"), "/figures/file?year=2027&as=csv").status, 404)
      << "a running year leaves as no file";
}

}  // namespace
}  // namespace kaiku::test
