// The pages by which a device joins, is looked at and taken out of use.
#include <gmock/gmock.h>

#include <regex>

#include "server/tables/devices.hpp"
#include "tests/integration/server/browsing.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto make_code = "Luo liittämiskoodi";
constexpr auto save_name = "Tallenna nimi";

class DevicePages : public Browsing {
 protected:
  // Somebody who has sent the form for a code.
  PageBrowser with_a_code(std::string const& account, http::FormPairs typed) {
    auto browser = browser_of(account);
    browser.open("/devices/new");
    browser.submit(make_code, std::move(typed));
    EXPECT_EQ(browser.first_answer().status, 303) << browser.first_answer();
    return browser;
  }
  http::FormPairs of_pool(std::string const& uses) const {
    return {{"venue", std::to_string(net.pool.value)}, {"uses", uses}};
  }
  std::string code_on(std::string const& page) {
    static std::regex const shape("<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</code>");
    std::smatch found;
    EXPECT_TRUE(std::regex_search(page, found, shape)) << page;
    keep_secret(found[1]);
    return found[1];
  }
  static std::string path_of(Device const& device) {
    return "/devices/" + std::to_string(device.id.value);
  }
};

TEST_F(DevicePages, a_code_made_on_the_page_lets_a_device_join_and_the_page_tells_of_it) {
  auto person = with_a_code("coordinator", of_pool("2"));
  auto const address = person.address();
  auto const page = person.page().text;
  auto const code = code_on(page);
  EXPECT_THAT(page, AllOf(HasSubstr("Voimassa klo 12.15 asti."), HasSubstr("Liitetty 0/2"),
                          HasSubstr("Rantakeitaan uimahalli"),
                          HasSubstr("kaiku-kiosk enrol " + app().services().site.base_url + " " +
                                    code + ".")));
  EXPECT_THAT(address, AllOf(StartsWith("/devices/codes?k="), Not(HasSubstr(code.substr(0, 9)))));
  enrol(code, "ovi-1");
  EXPECT_THAT(person.open(address).text, HasSubstr("Liitetty 1/2"));
  enrol(code, "ovi-2");
  EXPECT_THAT(person.open(address).text, AllOf(HasSubstr("<h1>Laite on liitetty</h1>"),
                                               HasSubstr("Liitetty 2/2"), Not(HasSubstr(code))));
  EXPECT_THAT(person.open("/devices").text,
              AllOf(HasSubstr("ovi-1"), HasSubstr("ovi-2"), HasSubstr("2 laitetta")));
}

TEST_F(DevicePages, a_code_is_shown_to_whoever_made_it_and_not_after_its_time) {
  auto person = with_a_code("coordinator", of_pool("1"));
  auto const address = person.address();
  auto const code = code_on(person.page().text);
  auto colleague = browser_of("admin");
  EXPECT_THAT(colleague.open(address).text,
              AllOf(Not(HasSubstr(code)), HasSubstr("Sivu oli vanhentunut.")));
  advance(15 * minute_us);
  EXPECT_THAT(person.open(address).text,
              AllOf(HasSubstr("Liittämiskoodi on vanhentunut"), Not(HasSubstr(code))));
}

TEST_F(DevicePages, the_form_sent_twice_makes_one_code) {
  auto person = with_a_code("coordinator", of_pool("1"));
  auto const address = person.address();
  auto const code = code_on(person.page().text);
  auto const [path, fields] = person.sent();
  EXPECT_EQ(code_on(person.resend(path, fields).text), code);
  EXPECT_EQ(person.address(), address);
}

TEST_F(DevicePages, a_faulty_form_comes_back_with_what_was_typed) {
  auto person = with_a_code("coordinator", of_pool("60"));
  EXPECT_THAT(person.page().text, AllOf(HasSubstr("<title>Virhe: "), HasSubstr("value=\"60\""),
                                        HasSubstr("Kirjoita määrä numerona, 1–50.")));
  person.submit(make_code, {{"venue", "999999"}, {"uses", "1"}});
  EXPECT_THAT(person.page().text, HasSubstr("Valitse kohde."));
  person.submit(make_code, of_pool("1"));
  code_on(person.page().text);
}

TEST_F(DevicePages, a_closed_venue_gets_no_code_from_a_form_of_before_nor_by_the_api) {
  auto person = browser_of("coordinator");
  person.open("/devices/new");
  auto clerk = browser_of("pool_staff");
  clerk.open("/devices/new");
  auto const path = "/api/v1/venues/" + std::to_string(net.pool.value);
  auto const tag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, {{"active", false}}, tag).status, 200);
  person.submit(make_code, of_pool("2"));
  EXPECT_THAT(person.page().text, AllOf(HasSubstr("id=\"venue-fault\""),
                                        HasSubstr("Kohde on suljettu. Valitse toinen kohde."),
                                        HasSubstr("value=\"2\""), Not(HasSubstr("Rantakeitaan"))));
  EXPECT_EQ(fields_of_form(person.page().text, "/devices/new").at("venue"), "")
      << "no other in its place";
  clerk.submit(make_code);
  EXPECT_THAT(text_in(clerk.page().text),
              HasSubstr("Kohde on suljettu. Ota yhteyttä vastuuhenkilöön."));
  EXPECT_THAT(clerk.page().text, Not(HasSubstr("action=\"/devices/new\""))) << "nothing to send";
  for (auto const* who : {"pool_staff", "coordinator"}) {
    EXPECT_THAT(
        post(as(who), "/api/v1/devices/enrolment-codes", {{"venue_id", net.pool.value}}).faults(),
        ElementsAre("/venue_id venue_closed"))
        << who;
  }
}

TEST_F(DevicePages, a_national_role_chooses_the_area_first_and_comes_back_to_it) {
  auto person = browser_of("national");
  EXPECT_THAT(person.open("/devices/new").text, Not(HasSubstr("Rantakeitaan")));
  EXPECT_THAT(person.open("/devices/new?area=ETELA").text,
              AllOf(HasSubstr("Rantakeitaan"), Not(HasSubstr("Kaupunginteatteri"))));
  person.submit(make_code, of_pool("x"));
  EXPECT_THAT(person.page().text, AllOf(HasSubstr("Kirjoita määrä"), HasSubstr("Rantakeitaan")));
}

TEST_F(DevicePages, a_venues_staff_bring_in_one_device_of_their_own_venue) {
  EXPECT_THAT(get(as("pool_staff"), "/devices/new").text,
              AllOf(HasSubstr("Rantakeitaan uimahalli"), Not(HasSubstr("name=\"uses\"")),
                    Not(HasSubstr("Taidemuseo"))));
  auto const museum = std::to_string(net.museum.value);
  auto person = with_a_code("pool_staff", {{"venue", museum}, {"uses", "9"}});
  EXPECT_THAT(person.page().text,
              AllOf(HasSubstr("Rantakeitaan uimahalli"), HasSubstr("Liitetty 0/1")));
  auto const device = enrol(code_on(person.page().text), "kassa");
  EXPECT_THAT(person.open(path_of(device)).text,
              AllOf(HasSubstr("kerro heti alueen vastuuhenkilölle"), Not(HasSubstr("/revoke\""))));
  EXPECT_THAT(person.open("/devices").text, HasSubstr("1 laite<"));
  EXPECT_THAT(get(as("museum_staff"), "/devices").text, Not(HasSubstr("kassa")));
}

TEST_F(DevicePages, a_venues_staff_read_their_own_devices_by_the_api_too) {
  auto const device = enrol(net.pool_enrolment, "kassa");
  enrol(net.far_enrolment, "kaukana");
  std::string const list = "/api/v1/devices";
  auto const own = get(as("pool_staff"), list).body.at("items");
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].at("id"), device.id.value);
  auto const of_venue = [&](VenueId venue) {
    return get(as("pool_staff"), list + "?venue_id=" + std::to_string(venue.value));
  };
  EXPECT_EQ(of_venue(net.pool).body.at("items"), own);
  EXPECT_EQ(of_venue(net.museum).status, 403);
  Json const two{{"venue_id", net.pool.value}, {"uses", 2}};
  EXPECT_THAT(post(as("pool_staff"), list + "/enrolment-codes", two).faults(),
              ElementsAre("/uses out_of_range"));
}

TEST_F(DevicePages, revoking_is_asked_about_and_then_done_once) {
  auto const device = enrol(net.pool_enrolment, "Itäovi");
  auto const path = path_of(device);
  auto person = browser_of("coordinator");
  person.open(path + "/revoke");
  EXPECT_THAT(person.submit("Jatka", {{"how", "removed"}}).text,
              AllOf(HasSubstr("Tarkista ennen kuin jatkat"), HasSubstr("Ei voi perua."),
                    HasSubstr("Poista Itäovi käytöstä")));
  EXPECT_THAT(get(as("coordinator"), path).text, HasSubstr("Ei vielä merkintöjä"));
  auto const before = sequence();
  EXPECT_THAT(person.submit("Poista Itäovi käytöstä").text,
              AllOf(HasSubstr("Itäovi on poistettu käytöstä."),
                    HasSubstr("Ilmoita kadonneeksi tai varastetuksi")));
  EXPECT_EQ(sequence(), before + 1);
  auto const [action, fields] = person.sent();
  EXPECT_THAT(person.resend(action, fields).text, HasSubstr("Itäovi on poistettu käytöstä."));
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(DevicePages, the_way_back_from_a_revocation_keeps_what_was_typed) {
  auto const device = enrol(net.pool_enrolment, "Itäovi");
  auto person = browser_of("coordinator");
  person.open(path_of(device) + "/revoke");
  person.submit("Jatka", {{"how", "stolen"}, {"name", "Itäovi"}});
  EXPECT_THAT(person.go_back().text,
              AllOf(HasSubstr("value=\"Itäovi\""), HasSubstr("value=\"stolen\" checked"),
                    Not(HasSubstr("<title>Virhe"))));
}

TEST_F(DevicePages, a_lost_device_is_named_before_it_is_told_lost) {
  auto const device = enrol(net.pool_enrolment, "Itäovi");
  auto const path = path_of(device);
  auto const before = sequence();
  auto person = browser_of("coordinator");
  person.open(path + "/revoke");
  for (std::string const name : {"", "Itaovi"}) {
    auto const page =
        person.submit("Jatka", {{"how", "stolen"}, {"confirmed", "1"}, {"name", name}}).text;
    EXPECT_THAT(page, HasSubstr("Kirjoita laitteen nimi täsmälleen samoin."));
  }
  EXPECT_THAT(person.submit("Jatka", {{"how", "stolen"}, {"name", "Itäovi"}}).text,
              HasSubstr("Kaikki muut ovilaitteet hakevat korttien tiedot uudelleen."));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(person.submit("Ilmoita Itäovi kadonneeksi").text,
              HasSubstr("Itäovi on ilmoitettu kadonneeksi tai varastetuksi."));
  write([&](ledger::WriteTx& tx) { EXPECT_TRUE(tables::find_device(tx, device.id)->stolen); });
  EXPECT_EQ(get(as("coordinator"), path + "/revoke").status, 303) << "there is no more to tell";
}

TEST_F(DevicePages, a_device_is_renamed_once_and_the_title_tells_of_it) {
  auto const path = path_of(enrol(net.pool_enrolment, "kiosk"));
  auto person = browser_of("coordinator");
  person.open(path);
  EXPECT_THAT(person.submit(save_name, {{"name", "kiosk"}}).text,
              HasSubstr("<title>Mitään ei muutettu – kiosk"));
  EXPECT_THAT(person.submit(save_name, {{"name", " "}}).text,
              AllOf(HasSubstr("<title>Virhe: "), HasSubstr("Kirjoita nimi.")));
  EXPECT_THAT(person.submit(save_name, {{"name", "Itäovi"}}).text,
              HasSubstr("<title>Laitteen nimi on nyt Itäovi – Itäovi"));
  auto const before = sequence();
  auto const [action, fields] = person.sent();
  EXPECT_THAT(person.resend(action, fields).text, HasSubstr("Laitteen nimi on nyt Itäovi"));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(person.open("/devices").text, HasSubstr("Itäovi"));
  EXPECT_THAT(get(as("pool_staff"), path).text, Not(HasSubstr(save_name)));
}

TEST_F(DevicePages, tell_what_an_idle_door_says_of_itself) {
  auto const device = enrol(net.pool_enrolment, "kiosk");
  advance(2 * day_us);
  auto const ask = [&](std::string const& path, std::string const& said) {
    HttpHeaders headers = proof(device, "GET", path, "");
    if (!said.empty()) headers.emplace_back("Kaiku-Door", said);
    return send(headers, "GET", path, "").status;
  };
  EXPECT_EQ(ask("/door/v1/snapshot/cards", ""), 200);
  std::string const venue = "/door/v1/snapshot/venue";
  auto const now_s = clock().now().us / second_us;
  EXPECT_EQ(ask(venue, "clock=" + std::to_string(now_s + 180) + "; unsent=4"), 200);
  auto const page = get(as("coordinator"), path_of(device)).text;
  EXPECT_THAT(page, AllOf(HasSubstr("<dd>3 min edellä</dd>"), HasSubstr("<dd>4</dd>"),
                          HasSubstr("<dd>Alle minuutti</dd>"), HasSubstr("Ei tarvita")));
  for (std::string const odd : {"", "clock=x; unsent=1", "unsent=9", "clock=-1; unsent=-1",
                                "clock=99999999999999; unsent=1"}) {
    EXPECT_EQ(ask(venue, odd), 200) << odd;
  }
  EXPECT_THAT(get(as("coordinator"), path_of(device)).text, HasSubstr("<dd>4</dd>"));
  EXPECT_EQ(on_device_listener(device, "GET", venue).status, 200);
  EXPECT_THAT(get(as("coordinator"), path_of(device)).text,
              AllOf(HasSubstr("Voimassa "), Not(HasSubstr("Ei tarvita"))));
  EXPECT_THAT(get(as("coordinator"), "/devices").text,
              AllOf(HasSubstr("Viimeksi yhteydessä"), HasSubstr("Ei vielä merkintöjä")));
}

TEST_F(DevicePages, areas_are_offered_by_name) {
  auto const admin = as("admin");
  for (auto const& [id, name, code] :
       {std::tuple{"AA", "Åland", "478"}, {"ZZ", "Aurajoki", "019"}}) {
    Json const town{{"code", code}, {"name", {{"fi", name}}}};
    ASSERT_EQ(post(admin, "/api/v1/areas",
                   {{"id", id}, {"name", {{"fi", name}}}, {"municipalities", {town}}})
                  .status,
              201);
  }
  for (std::string const path : {"/devices", "/devices/new", "/judged"}) {
    auto const page = get(as("national"), path).text;
    auto const aura = page.find("Aurajoki");
    ASSERT_NE(aura, std::string::npos) << path;
    EXPECT_LT(aura, page.find("Åland")) << path;
  }
}

TEST_F(DevicePages, the_old_address_leads_on) {
  EXPECT_EQ(get(as("coordinator"), "/doors").header("location"), "/devices");
}

}  // namespace
}  // namespace kaiku::test
