// A one-time link in a browser: password, one-time code, and in.
#include <gmock/gmock.h>

#include "server/access/identity/totp.hpp"
#include "server/domain/one_time_steps.hpp"
#include "tests/support/page_browser.hpp"

namespace kaiku::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char password[] = "kolme keltaista kanootia";
constexpr char cookie_name[] = "__Host-kaiku-set-up";

class SetUpPages : public ServerTest {
 protected:
  PageBrowser browser() {
    return {[this](HttpHeaders const& headers, std::string_view method, std::string const& path,
                   std::string const& body) { return send(headers, method, path, body); },
            origin()};
  }
  std::string link_of(Json const& account) {
    auto const made = post(as("admin"), "/api/v1/accounts", account);
    EXPECT_EQ(made.status, 201) << made;
    auto const token = made.body.at("set_up").at("token").get<std::string>();
    keep_secret(token);
    return "/set-up/" + token;
  }
  std::string worker_link(std::string const& name = "uusi.tyontekija") {
    return link_of(
        {{"role", "issuer_worker"}, {"username", name}, {"office_id", net.office.value}});
  }
  std::string staff_link() {
    return link_of(
        {{"role", "venue_staff"}, {"username", "halli.kassa"}, {"venue_id", net.pool.value}});
  }
  // The code that an app shows which has scanned this page.
  std::string code_of(Reply const& page) {
    auto const from = page.text.find("<code>") + 6;
    auto key = page.text.substr(from, page.text.find("</code>", from) - from);
    EXPECT_EQ(key.substr(4, 1), " ") << "in groups of four";
    std::erase(key, ' ');
    keep_secret(key);
    return access::totp_code(from_base32(key).value(), domain::one_time_step_at(clock().now()));
  }
  static http::FormPairs twice(std::string const& text) {
    return {{"password", text}, {"again", text}};
  }
  // The hidden fields of the form that a browser shows.
  static http::FormPairs form_fields(PageBrowser const& shown) {
    return shown.hidden_of("name=\"link\"");
  }
  int sign_in(std::string const& name, std::string const& code) {
    Json body{{"username", name}, {"password", password}};
    if (!code.empty()) body["totp"] = code;
    return post(nobody, "/api/v1/sessions", body).status;
  }
};

TEST_F(SetUpPages, take_the_secret_out_of_the_address_and_use_nothing_up) {
  auto const link = worker_link();
  auto const token = link.substr(8);
  for (int machines = 0; machines < 3; ++machines) {
    auto const answer = get(nobody, link);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.header("location"), "/set-up");
    auto const cookie = answer.header("set-cookie");
    EXPECT_THAT(cookie, StartsWith("__Host-kaiku-set-up="));
    EXPECT_THAT(cookie, EndsWith("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=1800"));
    EXPECT_THAT(cookie, Not(HasSubstr(token))) << "sealed";
  }
  auto person = browser();
  EXPECT_EQ(person.open(link).status, 200);
  EXPECT_EQ(person.address(), "/set-up");
  EXPECT_THAT(person.page().text, HasSubstr("uusi.tyontekija"));
  EXPECT_THAT(person.page().text, Not(HasSubstr(token)));
}

TEST_F(SetUpPages, lead_by_password_and_code_to_the_roles_own_page) {
  auto person = browser();
  person.open(worker_link());
  auto const second = person.submit("Tallenna salasana", twice(password));
  EXPECT_EQ(person.first_answer().status, 303);
  EXPECT_EQ(person.address(), "/set-up?step=2");
  EXPECT_THAT(second.text, HasSubstr("<svg class=\"qr\""));
  EXPECT_THAT(second.text, Not(HasSubstr("Ohita"))) << "a worker needs the code";
  EXPECT_EQ(sign_in("uusi.tyontekija", code_of(second)), 401) << "not before the code is confirmed";
  EXPECT_EQ(person.open("/set-up?step=2").text.size(), second.text.size()) << "a reload";

  auto const code = code_of(person.page());
  person.submit("Ota käyttöön", {{"totp", code.substr(0, 3) + " " + code.substr(3)}});
  EXPECT_EQ(person.address(), "/cards/new");
  EXPECT_EQ(person.page().status, 200);
  EXPECT_THAT(person.page().text, HasSubstr("ensimmäistä kertaa"));
  EXPECT_EQ(person.cookie(cookie_name), "");
  EXPECT_NE(person.cookie("__Host-kaiku-known"), "") << "strangers do not hold this browser up";
  EXPECT_EQ(sign_in("uusi.tyontekija", code), 401) << "the code is used up";
  advance(30 * second_us);
  EXPECT_EQ(person.open("/card").status, 200) << "the session goes on";
}

TEST_F(SetUpPages, let_venue_staff_go_without_a_code) {
  auto person = browser();
  person.open(staff_link());
  person.submit("Tallenna salasana", twice(password));
  person.submit("Ohita");
  EXPECT_EQ(person.address(), "/door/basic");
  EXPECT_EQ(sign_in("halli.kassa", ""), 201);
}

TEST_F(SetUpPages, do_not_let_others_go_without_a_code_whatever_they_send) {
  auto person = browser();
  person.open(worker_link());
  person.submit("Tallenna salasana", twice(password));
  auto form = person.sent().second;
  std::erase_if(form, [](auto const& pair) { return pair.first == "form_id"; });
  form.emplace_back("form_id", std::string(32, 'a'));
  form.emplace_back("act", "skip");
  person.resend("/set-up", form);
  EXPECT_EQ(person.first_answer().status, 303);
  EXPECT_THAT(person.first_answer().header("set-cookie"), Not(HasSubstr("__Host-kaiku=")));
  EXPECT_THAT(person.address(), StartsWith("/set-up"));
  EXPECT_EQ(sign_in("uusi.tyontekija", ""), 401);
}

TEST_F(SetUpPages, tell_what_is_wrong_with_a_password_and_keep_none) {
  struct Row {
    char const* password;
    char const* again;
    std::vector<char const*> told;
  };
  auto person = browser();
  person.open(worker_link());
  std::vector<Row> const rows{
      {"lyhyt", "lyhyt", {"vähintään 12 merkkiä"}},
      {"salasana2026!!", "salasana2026!!", {"helppo arvata"}},
      {"uusi.tyontekija kissa", "uusi.tyontekija kissa", {"helppo arvata"}},
      {"kolme keltaista kanootia", "kolme keltaista kanoottia", {"eivät ole samat"}},
      {"lyhyt", "toinen", {"vähintään 12 merkkiä", "eivät ole samat"}}};
  for (auto const& [first, second, told] : rows) {
    SCOPED_TRACE(first);
    auto const page = person.submit("Tallenna salasana", {{"password", first}, {"again", second}});
    EXPECT_EQ(person.first_answer().status, 303);
    EXPECT_THAT(person.address(), StartsWith("/set-up?k="));
    EXPECT_THAT(page.text, HasSubstr("<title>Virhe: "));
    for (auto const* text : told) EXPECT_THAT(page.text, HasSubstr(text));
    EXPECT_THAT(page.text, Not(HasSubstr(second)));
    EXPECT_THAT(page.text, HasSubstr("class=\"summary\""));
  }
  person.submit("Tallenna salasana", twice(std::string(129, 'a') + "bcdefgh"));
  EXPECT_THAT(person.page().text, HasSubstr("enintään 128 merkkiä"));
  person.submit("Tallenna salasana", twice(password));
  EXPECT_EQ(person.address(), "/set-up?step=2");
}

TEST_F(SetUpPages, tell_a_wrong_code_and_take_the_next_one) {
  auto person = browser();
  person.open(worker_link());
  person.submit("Tallenna salasana", twice(password));
  auto const code = code_of(person.page());
  auto const wrong =
      person.submit("Ota käyttöön", {{"totp", code == "000000" ? "000001" : "000000"}});
  EXPECT_EQ(person.first_answer().status, 303);
  EXPECT_THAT(person.address(), StartsWith("/set-up?step=2&k="));
  EXPECT_THAT(wrong.text, HasSubstr("Kertakoodi ei täsmää."));
  EXPECT_EQ(code_of(wrong), code) << "the app need not scan again";
  person.submit("Ota käyttöön", {{"totp", code}});
  EXPECT_EQ(person.address(), "/cards/new");
}

TEST_F(SetUpPages, begin_anew_where_no_password_was_chosen_yet) {
  auto person = browser();
  person.open(worker_link());
  EXPECT_THAT(person.open("/set-up?step=2").text, HasSubstr("Uusi salasana"));
  auto form = form_fields(person);
  form.emplace_back("act", "confirm");
  form.emplace_back("totp", "123456");
  person.resend("/set-up", form);
  EXPECT_EQ(person.address(), "/set-up");
  EXPECT_THAT(person.page().text, HasSubstr("Uusi salasana"));
}

TEST_F(SetUpPages, sent_twice_do_their_work_once) {
  auto person = browser();
  person.open(worker_link());
  auto const before = sequence();
  person.submit("Tallenna salasana", twice(password));
  auto const first = person.sent();
  auto const key = person.page().text.substr(person.page().text.find("<code>"), 45);
  EXPECT_THAT(person.resend(first.first, first.second).text, HasSubstr(key))
      << "the secret that an app may have scanned stays";
  auto const code = code_of(person.page());
  person.submit("Ota käyttöön", {{"totp", code}});
  EXPECT_EQ(sequence(), before + 1);
  auto const last = person.sent();
  auto double_click = browser();
  double_click.resend(last.first, last.second);
  EXPECT_EQ(double_click.first_answer().header("location"), "/cards/new");
  EXPECT_EQ(double_click.first_answer().header("set-cookie"), "") << "it signs nobody in again";
  EXPECT_THAT(double_click.address(), StartsWith("/login?next="));
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(SetUpPages, of_links_that_do_not_open_all_look_the_same) {
  auto const used = staff_link();
  auto person = browser();
  person.open(used);
  person.submit("Tallenna salasana", twice(password));
  person.submit("Ohita");
  auto const old = worker_link();
  advance(24 * hour_us);
  auto const shown = [&](std::string const& link) {
    auto stranger = browser();
    auto const page = stranger.open(link);
    EXPECT_EQ(page.status, 404) << page;
    EXPECT_EQ(stranger.cookie(cookie_name), "");
    return page.text;
  };
  auto const unknown = shown("/set-up/" + std::string(43, 'A'));
  EXPECT_THAT(unknown, HasSubstr("Linkki on käytetty tai vanhentunut. Pyydä uusi: "));
  EXPECT_EQ(shown(used), unknown);
  EXPECT_EQ(shown(old), unknown);
  EXPECT_EQ(shown("/set-up/" + std::string(2000, 'x')), unknown);
  EXPECT_EQ(shown("/set-up"), unknown);
}

TEST_F(SetUpPages, in_two_tabs_never_set_the_others_password) {
  auto person = browser();
  person.open(worker_link("ensimmainen"));
  auto const first_tab = form_fields(person);
  person.open(worker_link("toinen"));
  auto form = first_tab;
  for (auto const& pair : twice(password)) form.push_back(pair);
  auto const answer = person.resend("/set-up", form);
  EXPECT_THAT(answer.text, HasSubstr("Sivu oli vanhentunut."));
  EXPECT_THAT(answer.text, HasSubstr("toinen"));
  EXPECT_THAT(person.open("/set-up?step=2").text, HasSubstr("Uusi salasana"))
      << "no password was set";
}

TEST_F(SetUpPages, of_a_cookie_that_is_half_an_hour_old_ask_for_the_link_again) {
  auto const link = worker_link();
  auto person = browser();
  person.open(link);
  advance(30 * minute_us);
  EXPECT_EQ(person.open("/set-up").status, 200);
  advance(1);
  EXPECT_EQ(person.open("/set-up").status, 404);
  EXPECT_EQ(person.open(link).status, 200) << "the link itself is still good";
}

TEST_F(SetUpPages, after_a_reset_tell_the_owner_who_did_it) {
  auto const path = "/api/v1/accounts/" + std::to_string(account("worker").value) + "/resets";
  auto const reset = post(as("coordinator"), path, Json::object());
  auto const token = reset.body.at("set_up").at("token").get<std::string>();
  keep_secret(token);
  auto person = browser();
  person.open("/set-up/" + token);
  person.submit("Tallenna salasana", twice(password));
  person.submit("Ota käyttöön", {{"totp", code_of(person.page())}});
  EXPECT_THAT(person.page().text, HasSubstr("Kirjautumisesi palautettiin 15.6.2026 klo\u00A012.00. "
                                            "Tekijä: coordinator."));
}

}  // namespace
}  // namespace kaiku::test
