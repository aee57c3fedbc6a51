// Whatever a scanner, a hand or a file makes of a card is read alike at every entrance of the
// server.
#include <gmock/gmock.h>

#include "server/http/form.hpp"
#include "tests/support/card_readings.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CardEntrances : public ServerTest {
 protected:
  CardEntrances()
      : good_(good_readings(net.codes[0], net.tokens[0])),
        bad_(bad_readings(net.codes[0], net.codes[1])) {}

  // The venue's page after the card field was sent.
  Reply scan_on_page(std::string const& text) {
    auto const staff = as("pool_staff");
    auto const page = get(staff, "/door/basic?event=0&fast=0").text;
    std::string const before = "name=\"csrf\" value=\"";
    auto const at = page.find(before) + before.size();
    auto const form = "csrf=" + http::percent_encode(page.substr(at, page.find('"', at) - at)) +
                      "&event=0&fast=0&card=" + http::percent_encode(text);
    auto const led = send(staff, "POST", "/door/basic", form,
                          {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(led.status, 303) << led;
    return get(staff, led.header("location"));
  }

  std::vector<CardReading> good_, bad_;
};

TEST_F(CardEntrances, of_the_door_read_all_that_is_a_card) {
  registered(1);
  for (auto const& [name, text] : good_) {
    auto const reply = check(text, net.pool);
    EXPECT_EQ(reply.status, 200) << name << reply;
    EXPECT_EQ(reply.answer(), "ok") << name;
  }
  auto body = ticket(net.codes[0], net.museum);
  for (auto const& [name, text] : good_) {
    body["card"] = text;
    EXPECT_LT(post(agent(), "/api/v1/redemptions", body).status, 300) << name;
  }
}

// An answer with words for the till, never a fault of a size or a character.
TEST_F(CardEntrances, of_the_door_say_unreadable_of_all_else) {
  for (auto const& [name, text] : bad_) {
    for (auto const& reply : {check(text, net.pool), redeem(text, net.pool)}) {
      EXPECT_EQ(reply.status, 422) << name << reply;
      EXPECT_EQ(reply.answer(), "unreadable") << name << reply;
      EXPECT_FALSE(reply.body.at("texts").at("aloud").get<std::string>().empty()) << name;
    }
  }
}

TEST_F(CardEntrances, of_the_office_read_the_same) {
  Json const holder{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 0}};
  auto const register_as = [&](std::string const& text) {
    auto body = holder;
    body["card"] = text;
    return post(as("worker"), "/api/v1/cards", body);
  };
  for (auto const& [name, text] : bad_) {
    EXPECT_THAT(register_as(text).faults(), ElementsAre("/card unreadable")) << name;
  }
  registered(1);
  for (auto const& [name, text] : good_) {
    EXPECT_THAT(register_as(text).faults(), ElementsAre("/card card_already_registered")) << name;
    auto const replaced = post(as("worker"), "/api/v1/cards/" + net.codes[0] + "/replacements",
                               {{"reason", "worn"}, {"card", text}});
    EXPECT_EQ(replaced.status, 422) << name << replaced;
    EXPECT_THAT(replaced.faults(), ElementsAre("/card card_already_registered")) << name;
    if (text.find_first_of("\r\n\t\v\f\x1D\x04\x7F") != std::string::npos) continue;
    auto const path = "/api/v1/cards/" + http::percent_encode(text);
    EXPECT_EQ(get(as("worker"), path).status, 200) << name;
  }
}

TEST_F(CardEntrances, of_the_venues_page_read_the_same) {
  registered(1);
  for (auto const& [name, text] : good_) {
    auto const reply = scan_on_page(text);
    EXPECT_EQ(reply.status, 200) << name;
    EXPECT_THAT(reply.text, HasSubstr("name=\"offered\"")) << name;
  }
  for (auto const& [name, text] : bad_) {
    auto const reply = scan_on_page(text);
    EXPECT_EQ(reply.status, 200) << name;
    EXPECT_EQ(reply.text.find("name=\"offered\""), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace kaiku::test
