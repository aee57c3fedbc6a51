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
  // Ten holders of an office with a use each, and ten that never used their cards, so that nothing
  // has to be withheld; settled on 4 March.
  void have_a_settled_year() {
    for (std::string const worker : {"worker", "other_worker"}) {
      for (int n = 0; n < 10; ++n) {
        Json const holder{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 2}};
        auto const card = post(as(worker), "/api/v1/cards", holder);
        ASSERT_EQ(card.status, 201) << card;
        if (worker != "worker") continue;
        Json const use{{"tickets", {{"adult", 1}, {"child", 2}}}};
        ASSERT_EQ(redeem(card.body.value("code", ""), net.museum, use).status, 201);
      }
    }
    advance(262 * day_us);
    write([&](ledger::WriteTx& tx) { publish_run(tx, "2026"); });
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

TEST_F(FiguresPages, have_the_newest_settled_year_one_link_away) {
  EXPECT_THAT(page(), Not(HasSubstr("Vuositilasto"))) << "none is settled";
  have_a_settled_year();
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
