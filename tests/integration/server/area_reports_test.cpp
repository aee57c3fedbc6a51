// Cohorts and flows: how soon cards were used, and where uses come from, as settlements told them.
#include <gmock/gmock.h>

#include "tests/support/published_runs.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class AreaReports : public ServerTest {
 protected:
  std::vector<std::string> issue(std::string const& who, int count,
                                 std::string const& postcode = "50100") {
    std::vector<std::string> codes;
    for (int i = 0; i < count; ++i) {
      auto const reply = post(as(who), "/api/v1/cards",
                              {{"birth_year", 1980}, {"postcode", postcode}, {"children", 3}});
      EXPECT_EQ(reply.status, 201) << reply;
      codes.push_back(reply.body.value("code", ""));
    }
    return codes;
  }
  void use(std::vector<std::string> const& codes, VenueId venue) {
    for (auto const& code : codes) {
      auto const reply = redeem(code, venue, {{"tickets", {{"adult", 1}}}});
      EXPECT_EQ(reply.status, 201) << reply;
    }
  }
  void settle(std::string const& run, std::int64_t days) {
    advance(days * day_us);
    write([&](ledger::WriteTx& tx) { publish_run(tx, run); });
  }
  // Ten holders who use their cards at once, ten after forty days, ten of the other area never.
  void have_a_year() {
    use(issue("worker", 10), net.museum);
    auto const later = issue("other_worker", 10);
    issue("far_worker", 10, "96100");
    advance(40 * day_us);
    use(later, net.museum);
    settle("2026", 222);
  }
  Reply ask(std::string const& path, std::string const& who) {
    return get(as(who), "/api/v1/reports/" + path);
  }
  Json told(std::string const& path, std::string const& who) {
    auto const reply = ask(path, who);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.body;
  }
};

TEST_F(AreaReports, tell_a_cohort_with_the_settlement_of_the_year_after) {
  have_a_year();
  for (auto const* who : {"national", "coordinator"}) {
    auto const reply = ask("cohorts?year=2026", who);
    EXPECT_EQ(reply.status, 404) << reply;
    EXPECT_EQ(reply.body.value("detail", ""), "not-published-yet");
  }
  settle("2027", 366);
  auto const network = told("cohorts", "national");
  EXPECT_EQ(network.at("year"), 2026) << "the newest";
  EXPECT_EQ(network.at("area"), nullptr);
  EXPECT_EQ(network.at("as_of").at("run"), "2027");
  EXPECT_THAT(network.at("suppressed"), IsEmpty());
  EXPECT_EQ(network.at("network").at("registered"), 30);
  EXPECT_EQ(network.at("network").at("used_30"), 10);
  EXPECT_EQ(network.at("network").at("used_90"), 20);
  EXPECT_EQ(network.at("network").at("share_365"), 0.6667);
  ASSERT_EQ(network.at("rows").size(), 2u);
  auto const& south = network.at("rows").at(0);
  EXPECT_EQ(south.at("label"), "Etelä");
  EXPECT_EQ(south.at("registered"), 20);
  EXPECT_EQ(south.at("used_30"), 10);
  EXPECT_EQ(south.at("used_90"), 20);
  EXPECT_EQ(network.at("rows").at(1).at("used_365"), 0);

  auto const own = told("cohorts?year=2026", "coordinator");
  EXPECT_EQ(own.at("area"), "ETELA");
  ASSERT_EQ(own.at("rows").size(), 1u);
  EXPECT_EQ(own.at("rows").at(0), south);
  auto const everybodys = told("annual?year=2026&area=network", "coordinator");
  EXPECT_EQ(own.at("network").at("used_365"), everybodys.at("taken_into_use"))
      << "as everybody reads it: all were used within their year";
  EXPECT_THAT(told("cohorts?area=network", "coordinator").at("rows"), IsEmpty());
  EXPECT_EQ(told("cohorts?area=POHJOLA", "national").at("rows").size(), 1u);
}

TEST_F(AreaReports, tell_flows_with_the_years_own_settlement) {
  have_a_year();
  auto const network = told("flows", "national");
  EXPECT_EQ(network.at("year"), 2026);
  EXPECT_EQ(network.at("as_of").at("run"), "2026");
  EXPECT_EQ(network.at("rows").size(), 6u) << "from two areas and from unknown homes to two";
  for (auto const& row : network.at("rows")) {
    bool const is_south = row.at("home_area") == "ETELA" && row.at("venue_area") == "ETELA";
    EXPECT_EQ(row.at("adults"), is_south ? 20 : 0) << row;
  }
  EXPECT_EQ(network.at("totals").at(0).at("adults"), 20);
  auto const own = told("flows?year=2026", "far_coordinator");
  EXPECT_EQ(own.at("area"), "POHJOLA");
  for (auto const& row : own.at("rows")) {
    EXPECT_TRUE(row.at("home_area") == "POHJOLA" || row.at("venue_area") == "POHJOLA") << row;
  }
  EXPECT_EQ(ask("flows?area=network", "coordinator").status, 403);
  EXPECT_EQ(ask("flows?area=POHJOLA", "coordinator").status, 403);
  // A later use moves the year and not what came from where.
  use(issue("worker", 6), net.pool);
  EXPECT_EQ(told("flows?year=2026", "national").at("totals"), network.at("totals"));
}

TEST_F(AreaReports, are_refused_to_others_and_for_years_that_there_are_not) {
  have_a_year();
  for (auto const* path : {"cohorts", "flows", "cohorts.csv", "flows.pdf"}) {
    for (auto const* who : {"museum_staff", "worker"}) EXPECT_EQ(ask(path, who).status, 403);
  }
  EXPECT_EQ(ask("flows?year=2025", "national").status, 404);
  EXPECT_THAT(ask("flows?year=1999", "national").faults(), ElementsAre("/year out_of_range"));
  EXPECT_THAT(ask("cohorts?year=x", "national").faults(), ElementsAre("/year out_of_range"));
  EXPECT_THAT(ask("flows?area=TYHJA", "national").faults(), ElementsAre("/area not_found"));
  EXPECT_EQ(ask("flows?as_of=2026", "national").status, 422);
}

TEST_F(AreaReports, leave_as_files_and_stand_on_pages) {
  have_a_year();
  auto const waiting = get(as("coordinator"), "/figures/cohorts");
  EXPECT_EQ(waiting.status, 200) << waiting;
  EXPECT_THAT(waiting.text, HasSubstr("Se julkaistaan 2.3.2028."));
  settle("2027", 366);
  auto const csv = ask("cohorts.csv", "coordinator");
  EXPECT_EQ(csv.status, 200) << csv;
  EXPECT_THAT(csv.text, HasSubstr("Käytetty 30 päivässä"));
  EXPECT_THAT(ask("flows.csv?profile=rfc4180&year=2026", "national").text, HasSubstr("home_area"));
  for (auto const* path : {"cohorts.xlsx", "cohorts.pdf", "flows.xlsx", "flows.pdf"}) {
    EXPECT_EQ(ask(path, "national").status, 200) << path;
  }
  auto const page = get(as("coordinator"), "/figures/cohorts");
  EXPECT_EQ(page.status, 200) << page;
  EXPECT_THAT(page.text, HasSubstr("<th scope=\"row\">Etelä</th>"));
  EXPECT_THAT(page.text, Not(HasSubstr("Pohjola")));
  EXPECT_THAT(page.text, HasSubstr("/figures/cohorts/file?year=2026"));
  auto const flows = get(as("national"), "/figures/flows?year=2026");
  EXPECT_THAT(flows.text, HasSubstr("<th scope=\"row\">Kotialue ei tiedossa</th>"));
  EXPECT_EQ(get(as("national"), "/figures/flows/file?year=2026&as=pdf").status, 200);
  EXPECT_THAT(get(as("coordinator"), "/figures").text, HasSubstr("href=\"/figures/flows\""));
}

}  // namespace
}  // namespace kaiku::test
