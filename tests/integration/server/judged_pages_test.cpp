// The page of uses that were judged afterwards: narrowed, counted, undone.
#include <gmock/gmock.h>

#include "tests/integration/server/browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class JudgedPages : public Browsing {
 protected:
  // A paper form of so long ago; the use's id.
  std::string told(VenueId venue, std::int64_t ago_us, int adults = 1) {
    Json const more{{"occurred_at", ago(ago_us)}, {"tickets", {{"adult", adults}}}};
    auto const reply = redeem(net.codes[0], venue, more);
    EXPECT_EQ(reply.status, 201) << reply;
    return std::to_string(reply.body.value("redemption_id", 0));
  }
  std::string judged(std::string const& query, std::string const& who = "coordinator") {
    auto const page = get(as(who), "/judged" + query);
    EXPECT_EQ(page.status, 200) << page;
    return page.text;
  }
  // A use's row leads to it, with the filter of the list.
  static std::string row_of(std::string const& use) { return "use=" + use + "\""; }
  std::string undo(std::string const& use, std::string const& reason) {
    auto browser = browser_of("coordinator");
    browser.open("/judged?use=" + use);
    return browser.submit("Peru lippu", {{"reason", reason}}).text;
  }
  static int times(std::string_view html, std::string_view part) {
    int found = 0;
    for (auto at = html.find(part); at != html.npos; at = html.find(part, at + 1)) ++found;
    return found;
  }
};

TEST_F(JudgedPages, are_narrowed_by_venue_verdict_and_day_and_counted) {
  registered(1);
  advance(3 * day_us);
  auto const early = told(net.museum, 2 * day_us);
  auto const late = told(net.museum, hour_us);
  auto const pool = told(net.pool, 2 * hour_us);
  auto const waits = told(net.museum, 3 * hour_us, 2);
  EXPECT_THAT(judged(""),
              AllOf(HasSubstr("Kunnossa</a>: 3"), HasSubstr("Ei voi pitää paikkaansa</a>: 1"),
                    HasSubstr(row_of(waits)), Not(HasSubstr(row_of(late)))))
      << "but those in order";
  auto const fine = judged("?verdict=fine");
  EXPECT_THAT(fine, AllOf(HasSubstr(row_of(early)), HasSubstr(row_of(pool))));
  EXPECT_LT(fine.find(row_of(late)), fine.find(row_of(pool))) << "by the time of use";
  EXPECT_LT(fine.find(row_of(pool)), fine.find(row_of(early)));
  auto const museum = judged("?verdict=fine&venue=" + std::to_string(net.museum.value));
  EXPECT_THAT(museum, AllOf(HasSubstr("Kunnossa</a>: 2"), Not(HasSubstr(row_of(pool)))));
  auto const day = judged("?verdict=fine&from=18.6.2026&to=18.6.");
  EXPECT_THAT(day, AllOf(HasSubstr(row_of(late)), Not(HasSubstr(row_of(early)))));
  EXPECT_THAT(judged("?from=eilen"), AllOf(HasSubstr("<title>Virhe: "), HasSubstr("from-fault")));
  EXPECT_THAT(judged("?verdict=fine", "far_coordinator"), Not(HasSubstr(row_of(late))));
  EXPECT_THAT(judged("?verdict=fine&area=POHJOLA", "national"), Not(HasSubstr(row_of(late))));
  EXPECT_EQ(get(as("far_coordinator"), "/judged?use=" + late).status, 404);
}

TEST_F(JudgedPages, go_on_where_a_page_ends) {
  registered(1);
  advance(day_us);
  std::vector<std::string> uses;
  for (int n = 1; n <= 26; ++n) uses.push_back(told(net.museum, (40 - n) * minute_us, 2));
  // The oldest stand among those that wait too.
  auto const first = judged("?verdict=implausible");
  EXPECT_EQ(times(first, row_of(uses[25])), 1);
  EXPECT_EQ(times(first, row_of(uses[1])), 2);
  EXPECT_EQ(times(first, row_of(uses[0])), 1);
  auto const rest = judged("?verdict=implausible&before=" + uses[1]);
  EXPECT_THAT(first, HasSubstr("href=\"/judged?verdict=implausible&amp;before=" + uses[1] + "\""));
  EXPECT_EQ(times(rest, row_of(uses[0])), 2);
  EXPECT_EQ(times(rest, row_of(uses[1])), 1);
}

TEST_F(JudgedPages, keep_their_filter_on_the_way_to_a_use_and_back) {
  registered(1);
  advance(day_us);
  auto const use = told(net.museum, hour_us, 2);
  auto const filter = "?venue=" + std::to_string(net.museum.value) + "&verdict=implausible";
  auto browser = browser_of("coordinator");
  auto const list = browser.open("/judged" + filter).text;
  auto const link = "/judged?venue=" + std::to_string(net.museum.value) +
                    "&amp;verdict=implausible&amp;use=" + use;
  EXPECT_EQ(times(list, "href=\"" + link + "\""), 2) << "where it waits, and in the list";
  browser.open("/judged" + filter + "&use=" + use);
  browser.submit("ruling-" + use, {{"ruling-" + use, "accepted:venue_confirms"}});
  EXPECT_THAT(browser.address(), HasSubstr("/judged" + filter));
  EXPECT_THAT(browser.page().text, HasSubstr("Käyttökerta on hyväksytty."));
}

TEST_F(JudgedPages, tell_of_a_card_that_was_used_four_times_within_ten_minutes) {
  auto const code = registered(1);
  auto const title = "Sama kortti ≥ 4 kertaa 10 minuutissa";
  for (int n = 0; n < 3; ++n) {
    EXPECT_EQ(redeem(code, net.museum).status, 201);
    advance(3 * minute_us);
  }
  EXPECT_THAT(judged(""), Not(HasSubstr(title)));
  EXPECT_EQ(redeem(code, net.museum).status, 201);
  auto const page = judged("");
  EXPECT_THAT(page, AllOf(HasSubstr(title), HasSubstr("17.5.2026–15.6.2026."),
                          HasSubstr("data-label=\"Liput\">4</td>"), Not(HasSubstr(code))));
  EXPECT_THAT(judged("?to=14.6.2026"), Not(HasSubstr(title)));
  EXPECT_THAT(judged("?venue=" + std::to_string(net.pool.value)), Not(HasSubstr(title)));
  EXPECT_THAT(judged("", "far_coordinator"), Not(HasSubstr(title)));
  EXPECT_THAT(judged("", "national"), HasSubstr(title));
}

TEST_F(JudgedPages, a_ticket_is_undone_with_a_reason_once) {
  registered(1);
  advance(day_us);
  auto const use = told(net.museum, hour_us);
  auto const before = sequence();
  EXPECT_THAT(undo(use, ""), AllOf(HasSubstr("<title>Virhe: "), HasSubstr("id=\"reason-fault\"")));
  EXPECT_THAT(undo(use, "because"), HasSubstr("Valitse, miksi lippu perutaan."));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(undo(use, "wrong_card"), HasSubstr("Lippu on peruttu."));
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_THAT(judged("?use=" + use),
              AllOf(HasSubstr("Peruttu"), Not(HasSubstr("name=\"reason\""))));
}

TEST_F(JudgedPages, that_wait_are_shown_a_few_at_a_time_the_undone_left_out) {
  registered(1);
  advance(day_us);
  std::vector<std::string> uses;
  for (int n = 0; n < 7; ++n) uses.push_back(told(net.museum, hour_us, 2));
  auto const undone =
      post(agent(), "/api/v1/redemptions/" + uses[0] + "/void", {{"reason", "mistake"}});
  ASSERT_EQ(undone.status, 200) << undone;
  auto const page = judged("");
  EXPECT_THAT(page, AllOf(HasSubstr("name=\"ruling-" + uses[1] + "\""),
                          HasSubstr("name=\"ruling-" + uses[5] + "\""),
                          Not(HasSubstr("name=\"ruling-" + uses[0] + "\"")),
                          Not(HasSubstr("name=\"ruling-" + uses[6] + "\"")),
                          HasSubstr("Tässä ovat viisi vanhinta.")));
  EXPECT_LT(page.size(), 30U * 1024);
}

}  // namespace
}  // namespace kaiku::test
