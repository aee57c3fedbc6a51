// A sign-in that ends while somebody works on a page: told beforehand, and what was typed comes
// back.
#include <gmock/gmock.h>

#include "server/http/form.hpp"
#include "tests/support/server_fixture.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto form_page = "/cards/new";

class SessionEnd : public ServerTest {
 protected:
  // The form as it stands on the page of this session, with some fields filled in.
  FormFields filled(Sender const& who, FormFields const& changes) {
    auto fields = fields_of_form(get(who, form_page).text, form_page);
    EXPECT_TRUE(fields.contains("owner"));
    for (auto const& [name, value] : changes) fields[name] = value;
    return fields;
  }
  Reply send_form(Sender const& who, FormFields const& fields, std::string const& query = "") {
    return send(who, "POST", form_page, encoded_form(fields),
                {{"Content-Type", "application/x-www-form-urlencoded"},
                 {"Referer", origin() + form_page + query}});
  }
  // The address that the sign-in page leads to afterwards.
  static std::string next_of(Reply const& reply) {
    auto const to = reply.header("location");
    EXPECT_THAT(to, StartsWith("/login?next="));
    return http::percent_decode(to.substr(to.find('=') + 1)).value_or("");
  }
  Reply typed_too_late(FormFields const& changes) {
    auto const worker = mortal("worker");
    auto const fields = filled(worker, changes);
    advance(16 * minute_us);
    return send_form(worker, fields);
  }
};

TEST_F(SessionEnd, is_told_in_the_header_and_looking_moves_it_not) {
  auto const worker = mortal("worker");
  EXPECT_THAT(get(worker, form_page).text, HasSubstr("src=\"/session\""));
  auto const first = get(worker, "/session");
  EXPECT_THAT(first.text, HasSubstr("Kirjautuneena klo "));
  EXPECT_THAT(first.text, Not(HasSubstr("Jatka")));
  EXPECT_EQ(first.header("x-frame-options"), "SAMEORIGIN");
  EXPECT_THAT(first.header("content-security-policy"), HasSubstr("frame-ancestors 'self'"));
  // It looks again when two minutes are left, and has not kept the session alive by looking.
  auto const wait = std::stoi(first.header("refresh"));
  EXPECT_GE(wait, 13 * 60);
  EXPECT_LE(wait, 13 * 60 + 2);
  advance(wait * second_us);
  auto const ending = get(worker, "/session");
  EXPECT_THAT(ending.text, HasSubstr("Kirjautuminen päättyy klo "));
  EXPECT_THAT(ending.text, HasSubstr("<button>Jatka</button>"));
  EXPECT_LE(std::stoi(ending.header("refresh")), 31);
  advance(2 * minute_us);
  auto const over = get(worker, "/session");
  EXPECT_EQ(over.status, 200);
  EXPECT_THAT(over.text, HasSubstr("Kirjautuminen on päättynyt."));
}

TEST_F(SessionEnd, is_moved_by_the_button_and_by_work_elsewhere) {
  auto const worker = mortal("worker");
  advance(14 * minute_us);
  auto const kept = send(worker, "POST", "/session", "x=1",
                         {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(kept.header("location"), "/session");
  advance(12 * minute_us);
  EXPECT_THAT(get(worker, "/session").text, HasSubstr("Kirjautuneena klo "));
  get(worker, form_page);
  advance(12 * minute_us);
  EXPECT_THAT(get(worker, "/session").text, HasSubstr("Kirjautuneena klo "));
}

TEST_F(SessionEnd, on_another_day_is_told_with_its_day) {
  auto const told = get(mortal("pool_staff"), "/session").text;
  EXPECT_THAT(told, HasSubstr("Kirjautuneena 16.6.2026 klo\u00A0"));
}

TEST_F(SessionEnd, after_ten_hours_has_no_button) {
  auto const worker = mortal("worker");
  for (int i = 0; i < 46; ++i) {
    advance(13 * minute_us);
    ASSERT_EQ(get(worker, form_page).status, 200) << i;
  }
  advance(minute_us);
  auto const ending = get(worker, "/session");
  EXPECT_THAT(ending.text, HasSubstr("Kirjautuminen päättyy klo "));
  EXPECT_THAT(ending.text, Not(HasSubstr("Jatka")));
}

TEST_F(SessionEnd, a_form_sent_too_late_comes_back_filled_and_nothing_was_done) {
  auto const before = sequence();
  auto const refused = typed_too_late({{"birth_year", "1985"}, {"children", "2"}});
  EXPECT_EQ(refused.status, 303) << refused;
  EXPECT_EQ(sequence(), before);
  auto const next = next_of(refused);
  EXPECT_THAT(next, StartsWith("/cards/new?held="));
  EXPECT_THAT(next, Not(HasSubstr("1985")));
  auto const page = get(as("worker"), next);
  EXPECT_THAT(page.text, HasSubstr("Kirjauduit uudelleen."));
  auto const fields = fields_of_form(page.text, form_page);
  EXPECT_EQ(fields.at("birth_year"), "1985");
  EXPECT_EQ(fields.at("children"), "2");
  // And once it is sent, it does its work.
  auto sent = fields;
  sent["card"] = net.codes.at(4);
  EXPECT_THAT(send_form(as("worker"), sent).header("location"), StartsWith("/cards/handovers/"));
}

TEST_F(SessionEnd, another_account_sees_nothing_of_it) {
  auto const next = next_of(typed_too_late({{"birth_year", "1985"}}));
  auto const page = get(as("other_worker"), next);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.text, HasSubstr("Lomakkeen täytti toinen käyttäjä"));
  EXPECT_THAT(page.text, Not(HasSubstr("1985")));
}

TEST_F(SessionEnd, an_account_for_whom_the_page_is_closed_is_told_on_its_first_page) {
  auto const next = next_of(typed_too_late({{"birth_year", "1985"}}));
  for (auto const* account : {"museum_staff", "coordinator", "national", "admin"}) {
    auto reply = get(as(account), next);
    for (int i = 0; i < 3 && reply.status == 303; ++i)
      reply = get(as(account), reply.header("location"));
    EXPECT_EQ(reply.status, 200) << account;
    EXPECT_THAT(reply.text,
                AllOf(HasSubstr("Lomakkeen täytti toinen käyttäjä"), Not(HasSubstr("1985"))))
        << account;
  }
  EXPECT_EQ(get(as("museum_staff"), form_page).status, 403) << "who goes there by hand";
}

TEST_F(SessionEnd, what_was_typed_waits_ten_minutes) {
  auto const next = next_of(typed_too_late({{"birth_year", "1985"}}));
  advance(10 * minute_us + second_us);
  EXPECT_THAT(get(as("worker"), next).text, Not(HasSubstr("1985")));
}

TEST_F(SessionEnd, signed_in_again_in_another_tab_the_form_comes_back_at_once) {
  auto const first = mortal("worker");
  auto const fields = filled(first, {{"birth_year", "1985"}});
  advance(16 * minute_us);
  auto const held = send_form(as("worker"), fields);
  EXPECT_EQ(held.status, 303) << held;
  EXPECT_THAT(held.header("location"), StartsWith("/cards/new?held="));
  EXPECT_THAT(get(as("worker"), held.header("location")).text, HasSubstr("1985"));
}

TEST_F(SessionEnd, a_ticket_is_not_given_late) {
  auto const card = registered(1);
  auto const desk = mortal("pool_staff");
  std::string const named = "name=\"owner\" value=\"";
  auto const page_before = get(desk, "/door/basic?event=0").text;
  auto const at = page_before.find(named) + named.size();
  FormFields const fields{{"owner", page_before.substr(at, page_before.find('"', at) - at)},
                          {"event", "0"},
                          {"fast", "1"},
                          {"form_id", std::string(32, 'a')},
                          {"card", card}};
  advance(25 * hour_us);
  auto const before = sequence();
  auto const late = send(desk, "POST", "/door/basic", encoded_form(fields),
                         {{"Content-Type", "application/x-www-form-urlencoded"}});
  auto const next = next_of(late);
  EXPECT_THAT(next, StartsWith("/door/basic?held="));
  auto const page = get(as("pool_staff"), next);
  EXPECT_THAT(page.text, HasSubstr("Lippua ei annettu: lue kortti uudelleen."));
  EXPECT_THAT(page.text, HasSubstr("name=\"event\" value=\"0\"")) << "the choice stays";
  EXPECT_THAT(page.text, HasSubstr("Pikatila on päällä")) << "and so does the mode";
  EXPECT_THAT(page.text, Not(HasSubstr(card)));
  EXPECT_EQ(sequence(), before);
}

TEST_F(SessionEnd, the_page_s_own_question_comes_back_too) {
  auto const worker = mortal("worker");
  auto const fields = filled(worker, {{"birth_year", "1985"}});
  advance(16 * minute_us);
  auto const next = next_of(send_form(worker, fields, "?make=1&k=old"));
  EXPECT_THAT(next, StartsWith("/cards/new?make=1&held="));
}

TEST_F(SessionEnd, a_form_without_a_good_owner_is_dropped) {
  auto const worker = mortal("worker");
  auto fields = filled(worker, {{"birth_year", "1985"}});
  advance(16 * minute_us);
  auto const owner = fields["owner"];
  for (auto const& forged : {std::string(), std::string("7"), "9" + owner, owner + "A"}) {
    fields["owner"] = forged;
    EXPECT_EQ(send_form(worker, fields).header("location"), "/login") << forged;
  }
}

TEST_F(SessionEnd, passwords_and_identity_codes_are_not_kept) {
  auto const refused = typed_too_late({{"password", "correct horse"},
                                       {"totp", "123456"},
                                       {"postcode", "131052-308T"},
                                       {"birth_year", "1985"}});
  auto const page = get(as("worker"), next_of(refused));
  EXPECT_THAT(page.text, HasSubstr("1985"));
  EXPECT_THAT(page.text, Not(HasSubstr("131052")));
  EXPECT_THAT(page.text, Not(HasSubstr("123456")));
}

}  // namespace
}  // namespace kaiku::test
