// Fast mode: a scan is a ticket, and a card that keeps coming means it once.
#include <gmock/gmock.h>

#include "tests/integration/server/door_browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class FastScans : public DoorBrowsing {
 protected:
  PageBrowser at_pool() { return at_door("pool_staff", "?event=0&fast=1"); }
};

TEST_F(FastScans, of_a_card_that_lies_under_the_reader_are_one_as_long_as_they_keep_coming) {
  auto const code = registered(1);
  auto desk = at_pool();
  scan(desk, code);
  ASSERT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
  ASSERT_EQ(tickets_today(), 1);
  for (int again = 0; again < 4; ++again) {
    advance(4 * second_us);
    scan(desk, code);
    EXPECT_THAT(text_in(desk.page().text),
                AllOf(HasSubstr("Lippu annettu"), HasSubstr("Sama kortti, sama lippu.")))
        << "no warning either: " << again;
  }
  EXPECT_EQ(tickets_today(), 1);
  advance(6 * second_us);
  scan(desk, code);
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu")) << "that was meant";
  EXPECT_EQ(tickets_today(), 2);
}

TEST_F(FastScans, that_cannot_be_read_leave_the_ticket_on_the_page) {
  auto const code = registered(1, 2);
  auto const other = registered(2);
  auto desk = at_pool();
  scan(desk, code);
  advance(2 * second_us);
  scan(desk, "nonsense of some length");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippu annettu"), HasSubstr("Virhe"), HasSubstr("1 aikuinen")));
  EXPECT_THAT(desk.page().text, HasSubstr("id=\"card-fault\""));
  scan(desk, other + net.codes[2]);
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippu annettu"), HasSubstr("Kaksi korttia luettiin peräkkäin.")));
  EXPECT_EQ(tickets_today(), 1);
  advance(2 * second_us);
  scan(desk, "1");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("1 lapsi")) << "and it can be added to";
}

TEST_F(FastScans, of_another_card_are_its_own) {
  auto desk = at_pool();
  scan(desk, registered(1));
  scan(desk, registered(2));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
  EXPECT_EQ(tickets_today(), 2);
}

TEST_F(FastScans, take_children_and_others_with_a_key_for_twenty_seconds) {
  auto desk = at_pool();
  scan(desk, registered(1, 2));
  scan(desk, "2");
  EXPECT_EQ(tickets_today(), 1) << "within a second that is a scanner's tail";
  advance(2 * second_us);
  scan(desk, "2a");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("1 aikuinen"), HasSubstr("2 lasta, avustaja")));
  EXPECT_EQ(tickets_today(), 3);
  advance(2 * second_us);
  scan(desk, "1");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu")) << "the ticket stays";
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lapsilippuja voi antaa enintään 0."));
  EXPECT_EQ(tickets_today(), 3);
  advance(20 * second_us);
  scan(desk, "t");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lue ensin kortti."));
}

TEST_F(FastScans, of_a_card_without_a_ticket_lead_to_its_page) {
  auto desk = at_pool();
  scan(desk, net.codes[40]);  // in stock
  EXPECT_THAT(desk.address(), StartsWith("/door/basic/card?k="));
  EXPECT_THAT(desk.page().text, HasSubstr("class=\"panel no\""));
  enter(desk, registered(1));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu")) << "the next card at once";
  EXPECT_EQ(tickets_today(), 1);
}

TEST_F(FastScans, a_form_sent_again_after_its_undo_gives_no_ticket_to_the_eye) {
  auto desk = at_pool();
  scan(desk, registered(1));
  ASSERT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
  auto const [action, sent] = desk.sent();
  desk.submit("value=\"undo\"");
  // The browser's Back, and the same form once more.
  auto const again = text_in(desk.resend(action, sent).text);
  EXPECT_THAT(again, AllOf(Not(HasSubstr("Lippu annettu")), HasSubstr("peruttu")));
  EXPECT_EQ(tickets_today(), 0);
}

TEST_F(FastScans, are_how_a_venue_begins_that_has_chosen_so) {
  auto const pool = "/api/v1/venues/" + std::to_string(net.pool.value);
  EXPECT_THAT(get(as("pool_staff"), "/door/basic").text, Not(HasSubstr("Pikatila on päällä")));
  ASSERT_EQ(patch(as("coordinator"), pool, {{"fast_by_default", true}},
                  get(as("coordinator"), pool).header("etag"))
                .status,
            200);
  EXPECT_THAT(get(as("pool_staff"), "/door/basic").text, HasSubstr("Pikatila on päällä"));
  EXPECT_THAT(get(as("pool_staff"), "/door/basic?event=0&fast=0").text,
              Not(HasSubstr("Pikatila on päällä")))
      << "whoever stands there may still choose";
}

}  // namespace
}  // namespace kaiku::test
