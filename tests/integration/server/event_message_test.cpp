// What an event has the door show beside a ticket, and what its ticket is worth.
#include <gmock/gmock.h>

#include "tests/integration/server/door_browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char message[] = "Ranneke tiskiltä 2";

class EventMessages : public DoorBrowsing {
 protected:
  std::string api(std::int64_t event) const { return "/api/v1/events/" + std::to_string(event); }
  Reply change(std::int64_t event, Json const& members) {
    return patch(as("pool_staff"), api(event), members,
                 get(as("pool_staff"), api(event)).header("etag"));
  }
  // The form of that page with these fields filled in, sent; then what it leads to.
  Reply filled_in(std::string const& path, FormFields const& changes) {
    auto fields = fields_of_form(get(as("pool_staff"), path).text, path.substr(0, path.find('?')));
    EXPECT_TRUE(fields.contains("form_id")) << path;
    for (auto const& [name, value] : changes) fields[name] = value;
    auto const sent = send(as("pool_staff"), "POST", path, encoded_form(fields),
                           {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(sent.status, 303) << sent;
    return get(as("pool_staff"), sent.header("location"));
  }
};

TEST_F(EventMessages, are_kept_by_the_form_with_the_face_value) {
  auto const event = new_event({});
  auto const path = "/events/" + std::to_string(event);
  auto const page = filled_in(path, {{"door_message_fi", message}, {"face_value", "12,5"}});
  EXPECT_THAT(text_in(page.text), HasSubstr("Muutokset on tallennettu"));
  auto const form = fields_of_form(page.text, path);
  EXPECT_EQ(form.at("door_message_fi"), message);
  EXPECT_EQ(form.at("face_value"), "12,50");
  auto const kept = get(as("pool_staff"), api(event)).body;
  EXPECT_EQ(kept.at("door_message"), (Json{{"fi", message}, {"sv", ""}, {"en", ""}}));
  EXPECT_EQ(kept.at("face_value"), 1250);
  auto const copy = get(as("pool_staff"), "/events/new?copy=" + std::to_string(event));
  EXPECT_THAT(copy.text, HasSubstr(message)) << "they go along to another day";
  filled_in(path, {{"door_message_fi", ""}, {"face_value", ""}});
  auto const after = get(as("pool_staff"), api(event)).body;
  EXPECT_EQ(after.at("door_message"), nullptr);
  EXPECT_EQ(after.at("face_value"), nullptr);
}

TEST_F(EventMessages, are_refused_where_they_are_too_long_or_no_amount) {
  auto const event = new_event({{"door_message", {{"fi", message}}}, {"face_value", 1250}});
  auto const page =
      filled_in("/events/" + std::to_string(event),
                {{"door_message_sv", std::string(121, 'a')}, {"face_value", "ilmainen"}});
  EXPECT_THAT(page.text, HasSubstr("id=\"door_message_sv-fault\""));
  EXPECT_THAT(page.text, HasSubstr("#face_value\">Kirjoita summa näin: 12,50."));
  EXPECT_THAT(change(event, {{"door_message", {{"en", std::string(121, 'a')}}}}).faults(),
              ElementsAre("/door_message/en too_long"));
  EXPECT_THAT(change(event, {{"door_message", {{"fi", "131052-308T"}}}}).faults(),
              ElementsAre("/door_message/fi personal_identity_code"));
  EXPECT_THAT(change(event, {{"face_value", -1}}).faults(),
              ElementsAre("/face_value out_of_range"));
  EXPECT_EQ(change(event, {{"face_value", nullptr}}).body.at("door_message").at("fi"), message);
  EXPECT_EQ(change(event, {{"door_message", nullptr}}).body.at("door_message"), nullptr);
  restart();
  EXPECT_EQ(get(as("pool_staff"), api(event)).body.at("door_message"), nullptr);
}

TEST_F(EventMessages, reach_a_door_that_decides_by_itself) {
  new_event({{"door_message", {{"fi", message}}}});
  auto const device = enrol(net.pool_enrolment, "door");
  auto const snapshot = on_device_listener(device, "GET", "/door/v1/snapshot/venue");
  ASSERT_EQ(snapshot.status, 200) << snapshot;
  EXPECT_THAT(snapshot.text, HasSubstr(message));
}

TEST_F(EventMessages, come_with_the_ticket_by_the_api_and_with_no_refusal) {
  Json const at_event{{"event_id", new_event({{"door_message", {{"sv", "Armband i disk 2"}}},
                                              {"limit", {{"count", 1}, {"period", "event"}}}})}};
  auto const code = registered(1);
  EXPECT_EQ(check(code, net.pool, at_event).body.at("door_message"), "Armband i disk 2")
      << "the language that it has";
  auto const asked = ticket(code, net.pool, at_event);
  auto const given = post(agent(), "/api/v1/redemptions", asked);
  ASSERT_EQ(given.status, 201) << given;
  EXPECT_EQ(given.body.at("door_message"), "Armband i disk 2");
  auto const again = post(agent(), "/api/v1/redemptions", asked);
  EXPECT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.text, given.text) << "the same key has the same answer";
  auto const refused = redeem(code, net.pool, at_event);
  EXPECT_EQ(refused.status, 409) << refused;
  EXPECT_FALSE(refused.body.contains("door_message"));
  EXPECT_FALSE(check(code, net.pool, at_event).body.contains("door_message"));
  EXPECT_FALSE(redeem(registered(2), net.pool).body.contains("door_message"))
      << "without the event";
}

TEST_F(EventMessages, stand_on_the_offer_and_on_the_ticket_of_the_door) {
  auto const event = new_event({{"door_message", {{"fi", message}}}});
  auto desk = at_door("pool_staff", "?event=" + std::to_string(event) + "&fast=0");
  auto const code = registered(1);
  EXPECT_THAT(text_in(desk.page().text), Not(HasSubstr(message)));
  scan(desk, code);
  EXPECT_THAT(text_in(desk.page().text), HasSubstr(message));
  advance(2 * second_us);
  enter(desk);
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr(message));
  desk.submit("value=\"undo\"");
  EXPECT_THAT(text_in(desk.page().text), Not(HasSubstr(message))) << "it is nobody's any more";
}

}  // namespace
}  // namespace kaiku::test
