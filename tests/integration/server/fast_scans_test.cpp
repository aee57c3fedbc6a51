// Forms of the desk that are sent again, in fast mode and by the Back button.
#include <gmock/gmock.h>

#include "server/http/form.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;

class FastScans : public ServerTest {
 protected:
  // The value of a hidden field of the page, ready for a form; empty when it has none.
  static std::string value_of(Reply const& page, std::string const& name) {
    auto const mark = "name=\"" + name + "\" value=\"";
    auto const at = page.text.find(mark);
    if (at == std::string::npos) return {};
    auto const from = at + mark.size();
    return http::percent_encode(page.text.substr(from, page.text.find('"', from) - from));
  }
  // Reads a card on the page as it lies open, and gives the page that follows.
  Reply scan(Reply const& page, std::string const& code) {
    auto who = as("pool_staff");
    auto const session = who;
    who.emplace_back("Origin", origin());
    auto const text = "csrf=" + value_of(page, "csrf") + "&form_id=" + value_of(page, "form_id") +
                      "&event=&fast=1&recent=" + value_of(page, "recent") + "&card=" + code;
    auto told = send(who, "POST", "/venue/redeem", text,
                     {{"Content-Type", "application/x-www-form-urlencoded"}});
    if (told.status != 303) return told;
    auto cookie = told.header("set-cookie");
    cookie = cookie.substr(0, cookie.find(';'));
    auto reader = session;
    for (auto& [name, value] : reader) {
      if (name == "Cookie") value += "; " + cookie;
    }
    return get(reader, "/venue?event=0&fast=1");
  }
  int tickets_today() {
    auto const year = get(as("pool_staff"), "/api/v1/reports/annual?year=2026").body;
    return year.at("uses").at("adults").at("sport");
  }
};

TEST_F(FastScans, of_a_card_that_lies_under_the_reader_are_one_as_long_as_they_keep_coming) {
  auto const code = registered(1);
  auto page = scan(get(as("pool_staff"), "/venue?event=0&fast=1"), code);
  ASSERT_EQ(page.status, 200) << page;
  ASSERT_THAT(page.text, HasSubstr("Lippu annettu"));
  ASSERT_EQ(tickets_today(), 1);
  for (int again = 0; again < 4; ++again) {
    advance(4 * second_us);
    page = scan(page, code);
    EXPECT_THAT(page.text, HasSubstr("Lippu annettu")) << "no warning either: " << again;
  }
  EXPECT_EQ(tickets_today(), 1);
  advance(6 * second_us);
  EXPECT_THAT(scan(page, code).text, HasSubstr("Lippu annettu")) << "that was meant";
  EXPECT_EQ(tickets_today(), 2);
}

TEST_F(FastScans, of_another_card_are_its_own) {
  auto const first = registered(1);
  auto const second = registered(2);
  auto page = scan(get(as("pool_staff"), "/venue?event=0&fast=1"), first);
  page = scan(page, second);
  EXPECT_THAT(page.text, HasSubstr("Lippu annettu"));
  EXPECT_EQ(tickets_today(), 2);
}

TEST_F(FastScans, a_form_sent_again_after_its_undo_gives_no_ticket_to_the_eye) {
  auto const code = registered(1);
  auto const before = get(as("pool_staff"), "/venue?event=0&fast=1");
  auto const given = scan(before, code);
  ASSERT_THAT(given.text, HasSubstr("Lippu annettu"));
  auto who = as("pool_staff");
  who.emplace_back("Origin", origin());
  auto const undone = send(who, "POST", "/venue/undo",
                           "csrf=" + value_of(given, "csrf") +
                               "&redemption=" + value_of(given, "redemption") + "&event=&fast=1",
                           {{"Content-Type", "application/x-www-form-urlencoded"}});
  ASSERT_EQ(undone.status, 303) << undone;
  // The browser's Back, and the same form once more.
  auto const again = scan(before, code);
  EXPECT_EQ(again.text.find("Lippu annettu"), std::string::npos) << again.text;
  EXPECT_THAT(again.text, HasSubstr("peruttu"));
  EXPECT_EQ(tickets_today(), 0);
}

// Who has read a card is written, and a refusal writes nothing: so it shows none.
TEST_F(FastScans, an_act_on_a_card_that_is_refused_shows_none_of_it) {
  auto const code = registered(1, 3);
  auto const page = get(as("worker"), "/card");
  auto who = as("worker");
  who.emplace_back("Origin", origin());
  auto const act = [&](std::string const& more) {
    return send(who, "POST", "/card", "csrf=" + value_of(page, "csrf") + "&card=" + code + more,
                {{"Content-Type", "application/x-www-form-urlencoded"}});
  };
  auto const shown = act("&act=show");
  ASSERT_EQ(shown.status, 200);
  auto const before = sequence();
  auto const refused = act("&act=block&seen=0");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(shown.text, HasSubstr("name=\"seen\""));
  EXPECT_EQ(refused.text.find("name=\"seen\""), std::string::npos) << "the card is not shown";
}

TEST_F(FastScans, are_how_a_venue_begins_that_has_chosen_so) {
  auto const pool = "/api/v1/venues/" + std::to_string(net.pool.value);
  EXPECT_THAT(get(as("pool_staff"), "/venue").text, HasSubstr("action=\"/venue/check\""));
  ASSERT_EQ(patch(as("coordinator"), pool, {{"fast_by_default", true}},
                  get(as("coordinator"), pool).header("etag"))
                .status,
            200);
  EXPECT_THAT(get(as("pool_staff"), "/venue").text, HasSubstr("action=\"/venue/redeem\""));
  EXPECT_THAT(get(as("pool_staff"), "/venue?event=0&fast=0").text,
              HasSubstr("action=\"/venue/check\""))
      << "whoever stands there may still choose";
}

}  // namespace
}  // namespace kaiku::test
