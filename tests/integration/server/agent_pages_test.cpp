// The pages of ticket agents' API keys.
#include <gmock/gmock.h>

#include <regex>

#include "tests/integration/server/browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto make_key = "Luo avain";

class AgentPages : public Browsing {
 protected:
  AgentPages() { give_password("coordinator"); }
  PageBrowser at(std::string const& path) {
    auto browser = browser_of("coordinator");
    browser.open(path);
    EXPECT_EQ(browser.page().status, 200) << browser.page();
    return browser;
  }
  http::FormPairs for_two() {
    return {{"name", "Lippukassa Oy"},
            {"venue", std::to_string(net.pool.value)},
            {"venue", std::to_string(net.museum.value)},
            {"one_time_code", totp("coordinator")}};
  }
  std::string key_on(std::string const& page) {
    static std::regex const shape("value=\"(kaiku_[A-Za-z0-9_-]{43})\"");
    std::smatch found;
    EXPECT_TRUE(std::regex_search(page, found, shape)) << page;
    keep_secret(found[1]);
    return found[1];
  }
};

TEST_F(AgentPages, a_key_is_made_for_a_code_shown_once_and_works) {
  auto person = at("/agents/new");
  EXPECT_THAT(person.page().text,
              AllOf(HasSubstr("Rantakeitaan uimahalli"), Not(HasSubstr("Kaupunginteatteri"))));
  person.submit(make_key, for_two());
  auto const address = person.address();
  auto const key = key_on(person.page().text);
  EXPECT_THAT(person.page().text, AllOf(HasSubstr("Avain on luotu"), HasSubstr("Taidemuseo")));
  EXPECT_THAT(address, Not(HasSubstr(key.substr(6, 20))));
  auto const card = registered(1);
  EXPECT_EQ(post(bearer(key), "/api/v1/redemptions", ticket(card, net.pool)).status, 201);
  EXPECT_EQ(post(bearer(key), "/api/v1/redemptions", ticket(card, net.college)).status, 403);
  auto const path = address.substr(0, address.find('?'));
  EXPECT_THAT(person.open(path).text, AllOf(HasSubstr("Lippukassa Oy"), Not(HasSubstr("kaiku_"))));
  auto colleague = browser_of("admin");
  EXPECT_THAT(colleague.open(address).text, Not(HasSubstr("kaiku_")));
  EXPECT_THAT(person.open("/agents").text, HasSubstr("Lippukassa Oy"));
}

TEST_F(AgentPages, the_form_sent_twice_makes_one_key) {
  auto person = at("/agents/new");
  person.submit(make_key, for_two());
  auto const key = key_on(person.page().text);
  auto const before = sequence();
  auto const [path, fields] = person.sent();
  EXPECT_EQ(key_on(person.resend(path, fields).text), key);
  EXPECT_EQ(sequence(), before);
}

TEST_F(AgentPages, a_faulty_form_comes_back_with_its_ticks) {
  auto person = at("/agents/new");
  auto const before = sequence();
  auto const museum = std::to_string(net.museum.value);
  auto const ticked = "value=\"" + museum + "\" checked";
  EXPECT_THAT(person.submit(make_key, {{"name", ""}, {"venue", museum}}).text,
              AllOf(HasSubstr("Kirjoita nimi."), HasSubstr(ticked)));
  EXPECT_THAT(person.submit(make_key, {{"name", "Kassa"}}).text,
              AllOf(HasSubstr("Valitse vähintään yksi kohde."), HasSubstr("value=\"Kassa\"")));
  auto const far = std::to_string(net.far_theatre.value);
  EXPECT_THAT(person.submit(make_key, {{"name", "Kassa"}, {"venue", far}}).text,
              HasSubstr("Valitse vähintään yksi kohde."));
  EXPECT_THAT(person.submit(make_key, {{"name", "Kassa"}, {"venue", museum}}).text,
              HasSubstr("Kirjoita kertakoodi."));
  EXPECT_THAT(person.submit(make_key, {{"name", "Kassa 131052-308T"}, {"venue", museum}}).text,
              AllOf(HasSubstr("<title>Virhe: "), Not(HasSubstr("131052"))));
  EXPECT_EQ(sequence(), before);
}

TEST_F(AgentPages, revoking_is_asked_about_and_then_done_once) {
  auto person = at("/agents/new");
  person.submit(make_key, for_two());
  auto const key = key_on(person.page().text);
  auto const path = person.address().substr(0, person.address().find('?'));
  EXPECT_THAT(person.open(path + "/revoke").text,
              AllOf(HasSubstr("kaikissa 2 kohteessa"), HasSubstr("Ei voi perua.")));
  auto const card = registered(1);
  EXPECT_EQ(post(bearer(key), "/api/v1/redemptions", ticket(card, net.pool)).status, 201);
  EXPECT_THAT(person.submit("Poista avain käytöstä").text,
              AllOf(HasSubstr("Avain on poistettu käytöstä"), HasSubstr("poistettu käytöstä<")));
  EXPECT_EQ(post(bearer(key), "/api/v1/redemptions", ticket(card, net.museum)).status, 401);
  EXPECT_EQ(get(as("coordinator"), path + "/revoke").status, 303);
}

}  // namespace
}  // namespace kaiku::test
