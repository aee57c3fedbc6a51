// The venue's pages on a full day: what they say, and how long they get.
#include "server/pages/venue/venue_view.hpp"

#include <gmock/gmock.h>

#include "server/pages/venue/paper_uses_view.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::HasSubstr;

// Of 40 KB a page leaves 10 to the stylesheet.
constexpr std::size_t longest_page = 30u * 1024;
constexpr int rows_a_page = 20;
constexpr int events_a_page = 60;

// With tokens as long as those of a session.
Frame frame_of_staff() {
  auto frame = sample::frame_for(domain::Role::venue_staff, Language::sv);
  frame.csrf = std::string(43, 'c');
  frame.owner = std::string(60, 'o');
  return frame;
}

std::vector<GivenRow> given_rows(int count) {
  return std::vector<GivenRow>(
      static_cast<std::size_t>(count),
      {"17.42", "…7QX", "1 vuxen, 2 barn, assistent, tolk", 123456, false, "17.57"});
}

std::string drawn_day(DayEvent event) {
  auto const frame = frame_of_staff();
  VenuePage page;
  page.events = {std::move(event)};
  return render(frame, venue_page(frame, page));
}

TEST(VenueView, fills_the_bar_with_what_is_used_and_what_is_held) {
  EXPECT_THAT(drawn_day({"18.00 Konsert", "", "", 4, 20, 6}),
              HasSubstr("class=\"filled\" width=\"50\""));
  EXPECT_THAT(drawn_day({"18.00 Konsert", "", "", 18, 20, 6}),
              HasSubstr("class=\"filled\" width=\"100\""));
  EXPECT_THAT(drawn_day({"18.00 Konsert", "", "", 0, 20, 0}),
              HasSubstr("class=\"filled\" width=\"0\""));
}

TEST(VenueView, stays_short_with_a_full_page_of_tickets) {
  auto const frame = frame_of_staff();
  VenuePage page;
  page.events = std::vector<DayEvent>(
      10, {"18.00–20.00 Den lilla sjöjungfrun", "/door/basic?event=12", "", 14, 20, 3});
  page.given = given_rows(rows_a_page);
  page.earlier = "/venue?before=851";
  EXPECT_LT(render(frame, venue_page(frame, page)).size(), longest_page);
}

TEST(VenueView, stays_short_with_a_full_page_of_a_paper_form) {
  auto const frame = frame_of_staff();
  PaperPage page;
  page.form_id = std::string(32, 'f');
  page.day = "22.11.2026";
  page.day_value = "2026-11-22";
  page.event = "0";
  page.events = {{"0", "Inget evenemang"}};
  page.rows = std::vector<PaperRow>(rows_a_page, {"123456", "…7QX", "1 vuxen, 2 barn, assistent",
                                                  "Fler barn än kortet tillåter", true, false});
  page.earlier = "/paper-uses?day=2026-11-22&event=0&before=851";
  auto const html = render(frame, paper_page(frame, page));
  EXPECT_LT(html.size(), longest_page);
  EXPECT_THAT(html, HasSubstr("&amp;before=851"));
}

TEST(VenueView, stays_short_with_as_many_events_as_a_door_shows) {
  auto const frame = frame_of_staff();
  DoorPage page;
  page.groups = {{"Kommande 14 dagar", {}}};
  for (int n = 0; n < events_a_page; ++n) {
    page.groups.front().events.push_back(
        {std::to_string(1000 + n), "24.11.2026 kl. 18.00 Den lilla sjöjungfrun, premiär"});
  }
  page.given = given_rows(5);
  page.later = "/door/basic?event=&fast=0&from=1060";
  auto const html = render(frame, door_page(frame, page));
  EXPECT_LT(html.size(), longest_page);
  EXPECT_THAT(html, HasSubstr("&amp;from=1060"));
}

}  // namespace
}  // namespace kaiku::pages
