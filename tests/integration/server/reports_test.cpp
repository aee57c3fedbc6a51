// Figures for coordinators and venues: right, restatable, and silent about small numbers.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class Reports : public ServerTest {
 protected:
  // Makes cards at an office; gives their codes.
  std::vector<std::string> issue(std::string const& who, int count,
                                 Json const& more = Json::object()) {
    Json body{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 3}};
    body.update(more);
    std::vector<std::string> codes;
    for (int i = 0; i < count; ++i) {
      auto const reply = post(as(who), "/api/v1/cards", body);
      EXPECT_EQ(reply.status, 201) << reply;
      codes.push_back(reply.body.value("code", ""));
    }
    return codes;
  }
  Json annual(std::string const& more = "", std::string const& who = "coordinator") {
    auto const reply = get(as(who), "/api/v1/reports/annual?year=2026" + more);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.body;
  }
  Reply usage(std::string const& query, std::string const& who = "coordinator") {
    return get(as(who), "/api/v1/reports/usage?" + query);
  }
  Json rows(std::string const& query, std::string const& who = "coordinator") {
    auto const reply = usage("from=2026-01-01&to=2026-12-31&" + query, who);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.body.value("rows", Json::array());
  }
  static std::vector<std::string> suppressed(Json const& report) { return report.at("suppressed"); }
};

TEST_F(Reports, of_nothing_are_zeros_and_no_rate) {
  auto const report = annual();
  EXPECT_EQ(report.at("registered_cards"), 0);
  EXPECT_EQ(report.at("usage_rate"), nullptr);
  EXPECT_THAT(suppressed(report), IsEmpty());
  EXPECT_EQ(report.at("area"), "ETELA");
  EXPECT_FALSE(report.at("definition").get<std::string>().empty());
}

TEST_F(Reports, hide_one_to_four_persons_and_say_where) {
  issue("worker", 4);
  auto const four = annual();
  EXPECT_EQ(four.at("registered_cards"), nullptr);
  EXPECT_EQ(four.at("usage_rate"), nullptr);
  EXPECT_THAT(suppressed(four), Contains("/registered_cards"));
  issue("worker", 1);
  auto const five = annual();
  EXPECT_EQ(five.at("registered_cards"), 5);
  EXPECT_EQ(five.at("cards_taken_into_use"), 0);
  EXPECT_THAT(suppressed(five), Not(Contains("/registered_cards")));
}

TEST_F(Reports, hide_the_used_when_few_used_or_few_did_not) {
  auto const codes = issue("worker", 12);
  for (std::size_t n = 0; n < 4; ++n) redeem(codes[n], net.pool);
  auto const few = annual();
  EXPECT_EQ(few.at("registered_cards"), 12);
  EXPECT_EQ(few.at("cards_taken_into_use"), nullptr);
  EXPECT_EQ(few.at("active_cards"), nullptr);
  EXPECT_EQ(few.at("usage_rate"), nullptr);
  EXPECT_EQ(few.at("uses").at("adults").at("sport"), nullptr);
  EXPECT_THAT(suppressed(few), Contains("/uses/adults/sport"));
  for (std::size_t n = 4; n < 6; ++n) redeem(codes[n], net.pool);
  EXPECT_EQ(annual().at("cards_taken_into_use"), 6);
  EXPECT_EQ(annual().at("usage_rate"), 0.5);
  for (std::size_t n = 6; n < 10; ++n) redeem(codes[n], net.pool);
  auto const most = annual();  // ten of twelve: the two that did not are few
  EXPECT_EQ(most.at("cards_taken_into_use"), nullptr);
  EXPECT_EQ(most.at("usage_rate"), nullptr);
}

TEST_F(Reports, hide_a_second_cell_so_that_the_total_gives_nothing_away) {
  issue("worker", 7);
  issue("other_worker", 2);
  EXPECT_EQ(annual().at("registered_cards"), 9);
  auto const by_office = rows("group_by=office");
  ASSERT_EQ(by_office.size(), 2u);
  for (auto const& row : by_office) EXPECT_EQ(row.at("registered_cards"), nullptr) << row;
}

TEST_F(Reports, can_be_drawn_as_of_an_earlier_entry_or_time) {
  auto const codes = issue("worker", 6);
  for (auto const& code : codes) redeem(code, net.museum);
  auto const then = sequence();
  auto const then_time = to_rfc3339(clock().now());
  advance(day_us);
  auto const last = redeem(codes[0], net.museum).body.at("redemption_id").get<int>();
  ASSERT_EQ(post(agent(), "/api/v1/redemptions/" + std::to_string(last) + "/void",
                 {{"reason", "mistake"}})
                .status,
            200);
  issue("worker", 6);
  for (auto const& code : codes) redeem(code, net.pool, {{"occurred_at", ago(12 * hour_us)}});
  EXPECT_EQ(annual().at("registered_cards"), 12);
  EXPECT_EQ(annual().at("uses").at("adults").at("culture"), 6);
  EXPECT_EQ(annual().at("uses").at("adults").at("sport"), 6);
  auto const as_of = annual("&as_of=" + std::to_string(then));
  EXPECT_EQ(as_of.at("registered_cards"), 6);
  EXPECT_EQ(as_of.at("usage_rate"), 1.0);
  EXPECT_EQ(as_of.at("uses").at("adults").at("sport"), 0);
  EXPECT_EQ(as_of.at("as_of").at("sequence"), then);
  EXPECT_EQ(annual("&as_of=" + then_time).at("registered_cards"), 6);
  // Before the undo the seventh use was counted.
  EXPECT_EQ(annual("&as_of=" + std::to_string(last)).at("uses").at("adults").at("culture"), 7);
  EXPECT_EQ(get(as("coordinator"), "/api/v1/reports/annual?as_of=999999").status, 422);
}

TEST_F(Reports, tell_the_share_of_late_entries) {
  auto const codes = issue("worker", 5);
  advance(5 * day_us);
  for (auto const& code : codes) {
    redeem(code, net.museum);
    redeem(code, net.museum, {{"occurred_at", ago(2 * day_us)}});
  }
  EXPECT_EQ(annual().at("late_share"), 0.5);
}

TEST_F(Reports, count_companions_and_helpers_beside_and_never_inside) {
  auto const codes = issue("worker", 5);
  Json const all{
      {"adult", 1}, {"child", 2}, {"assistant", 1}, {"interpreter", 1}, {"companion", 1}};
  for (auto const& code : codes)
    EXPECT_EQ(redeem(code, net.science, {{"tickets", all}}).status, 201);
  auto const report = annual();
  EXPECT_EQ(report.at("uses").at("adults").at("science"), 5);
  EXPECT_EQ(report.at("uses").at("children").at("science"), 10);
  for (auto const* beside : {"assistants", "interpreters", "companions"}) {
    EXPECT_EQ(report.at("beside").at(beside), 5) << beside;
  }
}

TEST_F(Reports, group_by_month_venue_sector_and_municipality) {
  auto const codes = issue("worker", 6);
  for (auto const& code : codes) redeem(code, net.pool);
  advance(30 * day_us);
  for (auto const& code : codes) redeem(code, net.college);
  auto const months = rows("group_by=month");
  ASSERT_EQ(months.size(), 2u);
  EXPECT_EQ(months.at(0).at("key"), "2026-06");
  EXPECT_EQ(months.at(0).at("registered_cards"), 6);
  EXPECT_EQ(months.at(1).at("key"), "2026-07");
  EXPECT_EQ(months.at(1).at("active_cards"), 6);
  auto const venues = rows("group_by=venue");
  ASSERT_EQ(venues.size(), 2u);
  EXPECT_FALSE(venues.at(0).contains("registered_cards"));
  EXPECT_EQ(venues.at(0).at("label"), "Rantakeitaan uimahalli");
  auto const sectors = rows("group_by=sector");
  ASSERT_EQ(sectors.size(), 2u);
  EXPECT_THAT((std::vector<std::string>{sectors.at(0).at("key"), sectors.at(1).at("key")}),
              ::testing::UnorderedElementsAre("sport", "education"));
  auto const towns = rows("group_by=municipality");
  EXPECT_EQ(towns.at(0).at("key"), "097");
  EXPECT_EQ(towns.at(1).at("registered_cards"), 6);
  EXPECT_EQ(rows("group_by=area", "national").at(0).at("label"), "Etelä");
}

// A grouping without a row here fails: somebody has to decide who may have it.
TEST_F(Reports, are_grouped_only_as_the_role_may_see_them) {
  std::map<std::string, std::set<std::string>> const may_have{
      {"none", {"admin", "national", "coordinator", "museum_staff"}},
      {"area", {"admin", "national"}},
      {"municipality", {"admin", "national", "coordinator"}},
      {"office", {"admin", "national", "coordinator"}},
      {"venue", {"admin", "national", "coordinator"}},
      {"sector", {"admin", "national", "coordinator", "museum_staff"}},
      {"month", {"admin", "national", "coordinator", "museum_staff"}},
  };
  std::vector<std::string> const words{
#define KAIKU_GROUPING(name, circle, persons, of_registered, of_active, of_uses, fi, sv, en) #name,
#include "server/tables/groupings.def"
#undef KAIKU_GROUPING
  };
  redeem(issue("worker", 1).front(), net.museum);
  for (auto const& word : words) {
    ASSERT_TRUE(may_have.contains(word)) << word << ": who may have it?";
    for (auto const* who :
         {"admin", "national", "coordinator", "museum_staff", "worker", "far_worker"}) {
      bool const may = may_have.at(word).contains(who);
      auto const window = "from=2026-01-01&to=2026-12-31&group_by=" + word;
      EXPECT_EQ(usage(window, who).status, may ? 200 : 403) << who << " by " << word;
      EXPECT_EQ(usage(window + "&as_of=" + std::to_string(sequence()), who).status, may ? 200 : 403)
          << who << " by " << word;
      auto const page = get(as(who), "/figures?group=" + word).text;
      auto const offered = page.find("<option value=\"" + word + "\"") != std::string::npos;
      EXPECT_EQ(offered, may) << who << " by " << word;
    }
  }
}

TEST_F(Reports, show_a_venue_its_own_numbers_and_no_persons) {
  auto const codes = issue("worker", 2);
  for (auto const& code : codes) redeem(code, net.museum);
  for (auto const& code : codes) redeem(code, net.pool);
  auto const report = annual("", "museum_staff");
  EXPECT_FALSE(report.contains("registered_cards"));
  EXPECT_EQ(report.at("uses").at("adults").at("culture"), 2);
  EXPECT_EQ(report.at("uses").at("adults").at("sport"), 0);
}

TEST_F(Reports, keep_areas_apart) {
  issue("worker", 6);
  issue("far_worker", 5, {{"postcode", "96100"}});
  EXPECT_EQ(annual().at("registered_cards"), 6);
  EXPECT_EQ(annual("", "far_coordinator").at("registered_cards"), 5);
  EXPECT_EQ(annual("", "national").at("registered_cards"), 11);
  EXPECT_EQ(annual("&area=POHJOLA", "national").at("registered_cards"), 5);
  EXPECT_EQ(get(as("coordinator"), "/api/v1/reports/annual?area=POHJOLA").status, 403);
}

TEST_F(Reports, refuse_questions_that_cannot_be_answered) {
  EXPECT_THAT(usage("from=2026-02-01&to=2026-01-01").faults(), ElementsAre("/to out_of_range"));
  EXPECT_THAT(usage("from=2026-02-30").faults(), ElementsAre("/from not_a_day", "/to required"));
  EXPECT_THAT(usage("from=2001-01-01&to=2026-01-01").faults(), ElementsAre("/to out_of_range"));
  EXPECT_THAT(usage("from=2026-01-01&to=2026-02-01&group_by=shoe").faults(),
              ElementsAre("/group_by not_an_option"));
  EXPECT_EQ(usage("from=2026-01-01&to=2026-02-01&colour=red").status, 422);
  EXPECT_EQ(usage("from=2026-01-01&from=2026-01-02&to=2026-02-01").status, 422);
  EXPECT_THAT(get(as("coordinator"), "/api/v1/reports/annual?year=1999").faults(),
              ElementsAre("/year out_of_range"));
}

}  // namespace
}  // namespace kaiku::test
