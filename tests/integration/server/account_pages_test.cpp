// Accounts in a browser: made, reset, disabled and enabled by those above them.
#include <gmock/gmock.h>

#include "tests/support/page_browser.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class AccountPages : public ServerTest {
 protected:
  PageBrowser browser_of(std::string const& name) {
    PageBrowser browser(
        [this](HttpHeaders const& headers, std::string_view method, std::string const& path,
               std::string const& body) { return send(headers, method, path, body); },
        origin());
    browser.come_in(as(name));
    return browser;
  }
  std::string path_of(std::string const& name) const {
    return "/accounts/" + std::to_string(account(name).value);
  }
  // The link that a page shows, as a path.
  std::string link_on(Reply const& page) {
    auto const base = page.text.find("/set-up/");
    EXPECT_NE(base, std::string::npos) << page;
    auto link = page.text.substr(base, page.text.find('"', base) - base);
    keep_secret(link.substr(8));
    return link;
  }
  PageBrowser with_a_form_of_a_worker(std::string const& maker = "coordinator") {
    auto browser = browser_of(maker);
    browser.open("/accounts/new?role=issuer_worker&office=" + std::to_string(net.office.value));
    return browser;
  }
  http::FormPairs worker(std::string const& name) const {
    return {{"username", name}, {"place", std::to_string(net.office.value)}, {"language", "sv"}};
  }
  std::string status_at(std::string const& name) {
    return get(as("admin"), "/api/v1" + path_of(name)).body.dump();
  }
  int session_status(Sender const& who) { return get(who, "/api/v1/sessions/current").status; }
};

TEST_F(AccountPages, list_the_accounts_that_one_may_see_by_name) {
  auto const all = get(as("admin"), "/accounts").text;
  EXPECT_THAT(all, HasSubstr("10 käyttäjää"));
  EXPECT_LT(all.find(">admin</a>"), all.find(">coordinator</a>"));
  EXPECT_LT(all.find(">coordinator</a>"), all.find(">worker</a>"));
  EXPECT_THAT(all, HasSubstr("Rantakeitaan uimahalli"));
  EXPECT_THAT(all, HasSubstr("Koko maa"));
  auto const own = get(as("coordinator"), "/accounts").text;
  EXPECT_THAT(own, HasSubstr("5 käyttäjää"));
  EXPECT_THAT(own, Not(HasSubstr("far_worker")));
  EXPECT_THAT(own, Not(HasSubstr("name=\"area\""))) << "there is nothing to choose";
  auto const narrowed = get(as("admin"), "/accounts?area=POHJOLA&role=venue_staff&state=in_use");
  EXPECT_THAT(narrowed.text, HasSubstr("1 käyttäjä<"));
  EXPECT_THAT(narrowed.text, HasSubstr("far_staff"));
  EXPECT_THAT(get(as("admin"), "/accounts?state=disabled").text,
              HasSubstr("Näillä ehdoilla ei ole käyttäjiä."));
  EXPECT_THAT(get(as("coordinator"), "/accounts?area=POHJOLA").text, Not(HasSubstr("far_")));
}

TEST_F(AccountPages, list_fifty_at_a_time) {
  for (int n = 0; n < 50; ++n) {
    auto const name = "tyontekija." + std::to_string(100 + n);
    Json const body{{"role", "issuer_worker"}, {"username", name}, {"office_id", net.office.value}};
    ASSERT_EQ(post(as("admin"), "/api/v1/accounts", body).status, 201);
  }
  auto const page = get(as("coordinator"), "/accounts").text;
  EXPECT_THAT(page, HasSubstr("55 käyttäjää"));
  EXPECT_THAT(page, Not(HasSubstr(">worker</a>")));
  auto const at = page.find("href=\"/accounts?area=");
  ASSERT_NE(at, std::string::npos);
  auto next = page.substr(at + 6, page.find('"', at + 6) - at - 6);
  for (auto amp = next.find("&amp;"); amp != std::string::npos; amp = next.find("&amp;")) {
    next.replace(amp, 5, "&");
  }
  auto const rest = get(as("coordinator"), next).text;
  EXPECT_THAT(rest, HasSubstr("tyontekija.149"));
  EXPECT_THAT(rest, HasSubstr(">worker</a>"));
  EXPECT_THAT(rest, Not(HasSubstr(">coordinator</a>")));
}

TEST_F(AccountPages, ask_for_the_role_among_those_that_one_may_make) {
  auto const links = [&](std::string const& name) {
    auto const page = get(as(name), "/accounts/new").text;
    std::vector<std::string> found;
    for (auto const* role :
         {"issuer_worker", "venue_staff", "area_coordinator", "national_coordinator", "admin"}) {
      if (page.find("?role=" + std::string(role) + "\"") != std::string::npos) {
        found.emplace_back(role);
      }
    }
    return found;
  };
  using Roles = std::vector<std::string>;
  EXPECT_EQ(links("coordinator"), (Roles{"issuer_worker", "venue_staff"}));
  EXPECT_EQ(links("national"), (Roles{"issuer_worker", "venue_staff", "area_coordinator"}));
  EXPECT_EQ(links("admin").size(), 5U);
  EXPECT_THAT(get(as("coordinator"), "/accounts/new?role=admin").text, HasSubstr("Kenelle?"));
}

TEST_F(AccountPages, ask_for_the_area_where_there_are_several) {
  auto const asked = get(as("national"), "/accounts/new?role=venue_staff").text;
  EXPECT_THAT(asked, HasSubstr("Millä alueella?"));
  EXPECT_THAT(asked, HasSubstr("/accounts/new?role=venue_staff&amp;area=POHJOLA"));
  auto const form = get(as("national"), "/accounts/new?role=venue_staff&area=POHJOLA").text;
  EXPECT_THAT(form, HasSubstr("Kaupunginteatteri"));
  EXPECT_THAT(form, Not(HasSubstr("Taidemuseo")));
  auto const own = get(as("coordinator"), "/accounts/new?role=venue_staff&area=POHJOLA").text;
  EXPECT_THAT(own, HasSubstr("Taidemuseo"));
  EXPECT_THAT(own, Not(HasSubstr("Kaupunginteatteri")));
  EXPECT_THAT(get(as("national"), "/accounts/new?role=area_coordinator").text,
              HasSubstr("<option value=\"ETELA\">"));
}

TEST_F(AccountPages, make_one_and_show_its_link_while_it_may_be_seen) {
  auto person = with_a_form_of_a_worker();
  EXPECT_THAT(person.page().text, HasSubstr("selected>Mikkelin sosiaaliasema"));
  auto const page = person.submit("Luo käyttäjätunnus", worker("Maija.Meikalainen"));
  EXPECT_EQ(person.first_answer().status, 303);
  auto const address = person.address();
  EXPECT_THAT(address, StartsWith("/accounts/"));
  auto const link = link_on(page);
  EXPECT_THAT(address, Not(HasSubstr(link.substr(8))));
  EXPECT_THAT(page.text, HasSubstr("Käyttäjätunnus on luotu"));
  EXPECT_THAT(page.text, HasSubstr("maija.meikalainen"));
  EXPECT_THAT(page.text,
              HasSubstr("Voimassa 16.6.2026 klo\u00A012.00 asti. Linkki näytetään vain nyt."));
  EXPECT_THAT(page.text, HasSubstr("<svg class=\"qr\""));
  EXPECT_THAT(page.text, HasSubstr("/accounts/new?role=issuer_worker&amp;office=" +
                                   std::to_string(net.office.value)));
  EXPECT_EQ(link_on(person.open(address)), link) << "a reload";
  EXPECT_THAT(page.text, HasSubstr("value=\"" + app().services().site.base_url + link + "\""));
  auto colleague = browser_of("national");
  EXPECT_THAT(colleague.open(address).text, Not(HasSubstr(link))) << "another's address";
  auto const without = person.open(address.substr(0, address.find('?'))).text;
  EXPECT_THAT(without, Not(HasSubstr("/set-up/")));
  EXPECT_THAT(without, HasSubstr("Ei vielä otettu käyttöön"));
  EXPECT_THAT(without, HasSubstr("Svenska"));
  forget_session("coordinator");
  advance(31 * minute_us);
  auto later = browser_of("coordinator");
  EXPECT_THAT(later.open(address).text, Not(HasSubstr("/set-up/")));
  EXPECT_THAT(later.page().text, HasSubstr("Sivu oli vanhentunut."));
}

TEST_F(AccountPages, tell_faults_at_their_fields_and_keep_what_was_typed) {
  auto person = with_a_form_of_a_worker();
  auto const before = sequence();
  auto const refused = [&](std::string const& name, std::string const& place = "") {
    http::FormPairs typed{{"username", name}, {"language", "sv"}, {"place", place}};
    auto const page = person.submit("Luo käyttäjätunnus", typed);
    EXPECT_EQ(person.first_answer().status, 303) << name;
    EXPECT_THAT(person.address(), StartsWith("/accounts/new?role=issuer_worker&area=ETELA&k="));
    EXPECT_THAT(page.text, HasSubstr("<title>Virhe: "));
    return page.text;
  };
  auto const office = std::to_string(net.office.value);
  EXPECT_THAT(refused("", office), HasSubstr("Kirjoita käyttäjätunnus."));
  EXPECT_THAT(refused("worker", office), HasSubstr("Käyttäjätunnus on jo käytössä."));
  auto const spaced = refused("kaksi sanaa");
  EXPECT_THAT(spaced, HasSubstr("Käytä 3–64 merkkiä"));
  EXPECT_THAT(spaced, HasSubstr("value=\"kaksi sanaa\""));
  EXPECT_THAT(spaced, HasSubstr("Valitse paikka listasta."));
  EXPECT_THAT(spaced, HasSubstr("id=\"language-sv\" name=\"language\" value=\"sv\" checked"));
  keep_secret("131052-308T");
  auto const code = refused("131052-308T", office);
  EXPECT_THAT(code, HasSubstr("enkilötunnusta"));
  EXPECT_THAT(code, Not(HasSubstr("131052")));
  EXPECT_EQ(sequence(), before);
  person.submit("Luo käyttäjätunnus", worker("maija"));
  EXPECT_THAT(person.page().text, HasSubstr("Käyttäjätunnus on luotu"));
}

TEST_F(AccountPages, make_one_of_a_form_that_is_sent_twice_and_none_of_one_that_was_changed) {
  auto person = with_a_form_of_a_worker();
  person.submit("Luo käyttäjätunnus", worker("maija"));
  auto const link = link_on(person.page());
  auto const [path, fields] = person.sent();
  auto const before = sequence();
  EXPECT_EQ(link_on(person.resend(path, fields)), link) << "a double click";
  auto changed = fields;
  changed.front().second = "pekka";
  EXPECT_THAT(person.resend(path, changed).text, HasSubstr("Tämä lomake on jo lähetetty."));
  EXPECT_THAT(person.address(), StartsWith("/form-used?k="));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(get(as("admin"), "/accounts").text, Not(HasSubstr("pekka")));
}

TEST_F(AccountPages, make_none_where_one_may_not) {
  auto const before = sequence();
  auto person = with_a_form_of_a_worker("far_coordinator");
  EXPECT_EQ(person.submit("Luo käyttäjätunnus", worker("maija")).status, 403);
  EXPECT_EQ(sequence(), before);
}

TEST_F(AccountPages, ask_before_a_reset_and_then_end_sessions_and_show_a_link) {
  give_password("worker");
  auto const theirs = mortal("worker");
  auto person = browser_of("coordinator");
  person.open(path_of("worker"));
  EXPECT_THAT(person.page().text, HasSubstr("Palauta kirjautuminen"));
  person.open(path_of("worker") + "/reset");
  EXPECT_THAT(person.page().text, HasSubstr("Tarkista ennen kuin jatkat"));
  EXPECT_THAT(person.page().text, HasSubstr("Kirjautumiset päättyvät heti."));
  EXPECT_THAT(person.page().text, Not(HasSubstr(" autofocus")))
      << "a scan's Enter confirms nothing";
  EXPECT_EQ(session_status(theirs), 200) << "only asked";
  person.submit("Palauta kirjautuminen");
  EXPECT_THAT(person.page().text, HasSubstr("Kirjautuminen on palautettu"));
  EXPECT_THAT(person.page().text, Not(HasSubstr("Luo seuraava")));
  auto const link = link_on(person.page());
  EXPECT_EQ(session_status(theirs), 401);
  auto const [path, fields] = person.sent();
  EXPECT_EQ(link_on(person.resend(path, fields)), link) << "a double click makes no second link";

  auto const plain = person.open(path_of("worker")).text;
  EXPECT_THAT(plain, HasSubstr("15.6.2026 klo\u00A012.00, tekijä: coordinator"));
  EXPECT_THAT(plain, HasSubstr("Tee uusi linkki"));
}

TEST_F(AccountPages, show_no_link_that_opens_no_more) {
  auto person = browser_of("coordinator");
  person.open(path_of("worker") + "/reset");
  person.submit("Palauta kirjautuminen");
  auto const address = person.address();
  link_on(person.page());
  person.open(path_of("worker") + "/reset");
  person.submit("Tee uusi linkki");
  link_on(person.page());
  auto const old = person.open(address).text;
  EXPECT_THAT(old, HasSubstr("Linkki on käytetty tai korvattu uudella."));
  EXPECT_THAT(old, Not(HasSubstr("/set-up/")));
}

TEST_F(AccountPages, disable_after_a_question_and_enable_at_once) {
  auto const theirs = mortal("worker");
  auto person = browser_of("coordinator");
  person.open(path_of("worker") + "/disable");
  EXPECT_EQ(session_status(theirs), 200);
  person.submit("Poista käytöstä");
  EXPECT_THAT(person.page().text, HasSubstr("Käyttäjätunnus on poistettu käytöstä."));
  EXPECT_THAT(person.page().text, HasSubstr("<title>Käyttäjätunnus on poistettu käytöstä."));
  EXPECT_EQ(session_status(theirs), 401);
  EXPECT_THAT(status_at("worker"), HasSubstr("\"disabled\":true"));
  EXPECT_THAT(person.open(path_of("worker") + "/disable").text, HasSubstr("Ota käyttöön"))
      << "it leads to the way back";
  person.submit("Ota käyttöön");
  EXPECT_THAT(person.page().text, HasSubstr("Käyttäjätunnus on taas käytössä."));
  EXPECT_THAT(status_at("worker"), HasSubstr("\"disabled\":false"));
}

TEST_F(AccountPages, change_nothing_that_a_colleague_has_changed_meanwhile) {
  auto person = browser_of("coordinator");
  person.open(path_of("worker") + "/disable");
  auto const api = "/api/v1" + path_of("worker");
  ASSERT_EQ(
      patch(as("admin"), api, {{"language", "sv"}}, get(as("admin"), api).header("etag")).status,
      200);
  auto const page = person.submit("Poista käytöstä").text;
  EXPECT_THAT(page, HasSubstr("Joku muu muutti tietoja sillä välin."));
  EXPECT_THAT(page, HasSubstr("Tarkista ennen kuin jatkat")) << "and asks again";
  EXPECT_THAT(status_at("worker"), HasSubstr("\"disabled\":false"));
  person.submit("Poista käytöstä");
  EXPECT_THAT(status_at("worker"), HasSubstr("\"disabled\":true"));
}

TEST_F(AccountPages, leave_the_own_account_and_those_above_alone) {
  auto const own = get(as("admin"), path_of("admin")).text;
  EXPECT_THAT(
      own, AllOf(HasSubstr("Tämä on oma käyttäjätunnuksesi."),
                 HasSubstr("kaiku-server user reset admin"), Not(HasSubstr("voi palauttaa sen"))));
  for (auto const* act : {"/reset\"", "/disable\""}) EXPECT_THAT(own, Not(HasSubstr(act)));
  auto const above = get(as("coordinator"), path_of("coordinator")).text;
  EXPECT_THAT(above, Not(HasSubstr("/reset\"")));
  EXPECT_EQ(get(as("coordinator"), path_of("coordinator") + "/reset").status, 403);
  auto const national = get(as("national"), path_of("admin"));
  EXPECT_THAT(national.text, HasSubstr("Tätä käyttäjää hoitaa toinen henkilö."));
  EXPECT_EQ(get(as("national"), path_of("admin") + "/disable").status, 403);
  EXPECT_EQ(get(as("coordinator"), path_of("far_worker")).status, 404);
  auto person = browser_of("admin");
  person.open(path_of("admin") + "/disable");
  EXPECT_EQ(person.address(), path_of("admin")) << "whose page says why";
}

TEST_F(AccountPages, say_that_an_admins_sign_in_is_reset_at_the_server) {
  Json const body{{"role", "admin"}, {"username", "toinen.admin"}};
  auto const made = post(as("admin"), "/api/v1/accounts", body);
  auto const path = "/accounts/" + std::to_string(made.body.at("account").at("id").get<int>());
  auto const page = get(as("admin"), path).text;
  EXPECT_THAT(page, HasSubstr("kaiku-server user reset toinen.admin"));
  EXPECT_THAT(page, HasSubstr("Poista käytöstä"));
  EXPECT_EQ(get(as("admin"), path + "/reset").status, 403);
}

TEST_F(AccountPages, speak_the_readers_language) {
  auto reader = browser_of("coordinator");
  reader.open("/language?lang=sv&next=" + path_of("worker"));
  EXPECT_EQ(reader.address(), path_of("worker"));
  EXPECT_THAT(reader.page().text, HasSubstr("Återställ inloggningen"));
  EXPECT_THAT(reader.open("/accounts").text, HasSubstr("Anställd"));
}

}  // namespace
}  // namespace kaiku::test
