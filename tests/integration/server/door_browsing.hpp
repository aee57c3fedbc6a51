// Somebody at the door's pages.
#pragma once

#include "tests/integration/server/browsing.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {

class DoorBrowsing : public Browsing {
 protected:
  PageBrowser at_door(std::string const& account, std::string const& more = "?event=0&fast=0") {
    auto desk = browser_of(account);
    EXPECT_EQ(desk.open("/door/basic" + more).status, 200) << desk.page();
    return desk;
  }
  // Into the field for a card, where no card lies open.
  static void scan(PageBrowser& desk, std::string const& text) {
    desk.submit("id=\"card\"", {{"card", text}});
  }
  // Into the line of an open card, and Enter.
  static void enter(PageBrowser& desk, std::string const& line = "") {
    desk.submit("id=\"next\"", {{"key", "1"}, {"next", line}});
  }
  // Adults and children of the year, in this fixture those of the test.
  int tickets_today(std::string const& account = "pool_staff", char const* sector = "sport") {
    auto const uses = get(as(account), "/api/v1/reports/annual?year=2026").body.at("uses");
    int tickets = 0;
    for (auto const* who : {"adult", "child"}) {
      auto const& count = uses.at(who).at(sector);
      tickets += count.is_number() ? count.get<int>() : 0;
    }
    return tickets;
  }
  // Of the pool, which has none of its own.
  std::int64_t new_event(Json more) {
    more["venue_id"] = net.pool.value;
    if (!more.contains("title")) more["title"] = {{"fi", "Iltasoitto"}};
    if (!more.contains("starts_at")) more["starts_at"] = ago(-30 * minute_us);
    auto const made = post(as("pool_staff"), "/api/v1/events", more);
    EXPECT_EQ(made.status, 201) << made;
    return made.body.value("id", std::int64_t{0});
  }
};

}  // namespace kaiku::test
