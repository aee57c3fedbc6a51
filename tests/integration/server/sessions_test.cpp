// Who is signed in, for how long, and from which page.
#include <gmock/gmock.h>

#include "server/access/call/check_login.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/access/identity/totp.hpp"
#include "server/domain/one_time_steps.hpp"
#include "server/tables/sessions.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Sessions : public ServerTest {
 protected:
  Reply sign_in(std::string const& name, std::string const& password, std::string const& code) {
    Json body{{"username", name}, {"password", password}};
    if (!code.empty()) body["totp"] = code;
    return post(nobody, "/api/v1/sessions", body);
  }
  Reply sign_in(std::string const& name) {
    return sign_in(name, std::string(test_password), totp(name));
  }
  Sender cookie_of(Reply const& signed_in) const {
    auto const cookie = signed_in.header("set-cookie");
    return {{"Cookie", cookie.substr(0, cookie.find(';'))},
            {"Origin", origin()},
            {"X-CSRF-Token", signed_in.body.value("csrf_token", "")}};
  }
  int session_status(Sender const& who) { return get(who, "/api/v1/sessions/current").status; }
  // A sender with one header changed; an empty value takes it away.
  static Sender with(Sender who, std::string const& name, std::string const& value) {
    std::erase_if(who, [&](auto const& header) { return header.first == name; });
    if (!value.empty()) who.emplace_back(name, value);
    return who;
  }
};

TEST_F(Sessions, a_right_password_and_code_open_one_with_a_safe_cookie) {
  give_password("coordinator");
  auto const reply = sign_in("coordinator");
  ASSERT_EQ(reply.status, 201) << reply;
  auto const cookie = reply.header("set-cookie");
  EXPECT_TRUE(cookie.starts_with("__Host-kaiku=")) << cookie;
  for (auto const* flag : {"; Secure", "; HttpOnly", "; Path=/", "; SameSite="}) {
    EXPECT_THAT(cookie, HasSubstr(flag));
  }
  EXPECT_THAT(cookie, Not(HasSubstr("Domain")));
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  EXPECT_EQ(reply.body.at("account").at("role"), "area_coordinator");
  auto const me = cookie_of(reply);
  EXPECT_EQ(get(me, "/api/v1/sessions/current").body.at("csrf_token"), reply.body.at("csrf_token"));
  // Signing in again gives another id, and the one before is over.
  advance(30 * second_us);
  Json const body{{"username", "coordinator"},
                  {"password", std::string(test_password)},
                  {"totp", totp("coordinator")}};
  auto const again = post(me, "/api/v1/sessions", body);
  ASSERT_EQ(again.status, 201) << again;
  EXPECT_NE(again.header("set-cookie"), cookie);
  EXPECT_EQ(session_status(me), 401);
  EXPECT_EQ(session_status(cookie_of(again)), 200);
}

TEST_F(Sessions, a_write_needs_the_token_and_our_origin_and_a_read_does_not) {
  auto const me = as("coordinator");
  Json const venue{
      {"area_id", "ETELA"}, {"municipality", "491"}, {"sector", "sport"}, {"name", "Kenttä"}};
  auto const before = sequence();
  auto const bad = {with(me, "X-CSRF-Token", ""), with(me, "X-CSRF-Token", "wrong"),
                    with(me, "Origin", ""),       with(me, "Origin", "https://evil.example"),
                    with(me, "Origin", "null"),   with(me, "Origin", "http://localhost")};
  for (auto const& who : bad) {
    auto const reply = post(who, "/api/v1/venues", venue);
    EXPECT_EQ(reply.status, 403) << reply;
    EXPECT_EQ(reply.slug(), "csrf-failed");
    EXPECT_EQ(get(who, "/api/v1/venues").status, 200);
  }
  // The token of another session is no token of this one.
  auto const other = as("admin");
  EXPECT_EQ(post(with(me, "X-CSRF-Token", other[2].second), "/api/v1/venues", venue).status, 403);
  EXPECT_EQ(sequence(), before);
  EXPECT_EQ(post(me, "/api/v1/venues", venue).status, 201);
}

TEST_F(Sessions, signing_out_ends_it_on_the_server) {
  auto const me = as("worker");
  auto const reply = del(me, "/api/v1/sessions");
  EXPECT_EQ(reply.status, 204);
  EXPECT_THAT(reply.header("set-cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(session_status(me), 401);
  EXPECT_EQ(post(me, "/api/v1/cards", Json::object()).slug(), "not-signed-in");
}

TEST_F(Sessions, of_a_disabled_account_end_at_once_and_it_does_not_come_in) {
  give_password("worker");
  auto const me = as("worker");
  ASSERT_EQ(session_status(me), 200);
  auto const path = "/api/v1/accounts/" + std::to_string(account("worker").value);
  auto const etag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, {{"disabled", true}}, etag).status, 200);
  EXPECT_EQ(session_status(me), 401);
  auto const refused = sign_in("worker");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.slug(), "wrong-credentials");
}

TEST_F(Sessions, of_a_worker_end_after_fifteen_idle_minutes_and_ten_hours_in_all) {
  auto const me = mortal("worker");
  for (int i = 0; i < 42; ++i) {
    advance(14 * minute_us);
    ASSERT_EQ(session_status(me), 200) << i;
  }
  advance(11 * minute_us);
  EXPECT_EQ(session_status(me), 200);
  advance(2 * minute_us);
  EXPECT_EQ(session_status(me), 401);
  auto const idle = mortal("worker");
  advance(15 * minute_us);
  EXPECT_EQ(session_status(idle), 401);
}

TEST_F(Sessions, of_a_venue_stay_a_day) {
  auto const me = mortal("pool_staff");
  advance(23 * hour_us);
  EXPECT_EQ(session_status(me), 200);
  advance(hour_us);
  EXPECT_EQ(session_status(me), 401);
}

TEST_F(Sessions, are_forgotten_thirty_days_after_their_end_and_not_before) {
  auto const cookie = mortal("worker").front().second;
  auto const lookup = access::session_lookup(cookie.substr(cookie.find('=') + 1));
  auto const is_kept = [&] {
    bool found = false;
    write([&](ledger::WriteTx& tx) {
      use_cases::forget_ended_sessions(tx);
      found = tables::find_session(tx, lookup).has_value();
    });
    return found;
  };
  advance(10 * hour_us + 30 * day_us);
  EXPECT_TRUE(is_kept());
  advance(1);
  EXPECT_FALSE(is_kept());
}

TEST_F(Sessions, outlive_a_restart_without_growing_younger) {
  auto const me = mortal("worker");
  advance(10 * minute_us);
  ASSERT_EQ(session_status(me), 200);
  restart();
  advance(14 * minute_us);
  EXPECT_EQ(session_status(with(me, "Origin", origin())), 200);
}

TEST_F(Sessions, a_code_works_once_and_the_next_one_does) {
  give_password("worker");
  ASSERT_EQ(sign_in("worker").status, 201);
  auto const reused = sign_in("worker");
  EXPECT_EQ(reused.status, 401);
  EXPECT_EQ(reused.slug(), "code-already-used");
  auto const wait = reused.header("retry-after");
  ASSERT_FALSE(wait.empty());
  EXPECT_GE(std::stoi(wait), 1);
  EXPECT_LE(std::stoi(wait), 60);
  advance(std::stoi(wait) * second_us);
  EXPECT_EQ(sign_in("worker").status, 201);
}

TEST_F(Sessions, the_wait_after_a_used_code_ends_with_the_first_code_that_can_work) {
  give_password("worker");
  std::string const password(test_password);
  // A phone that runs ahead: this code is shown here only from the next step on.
  ASSERT_EQ(sign_in("worker", password, totp("worker", 1)).status, 201);
  for (int const sent : {-1, 0, 1}) {
    auto const reused = sign_in("worker", password, totp("worker", sent));
    ASSERT_EQ(reused.slug(), "code-already-used") << sent;
    EXPECT_GT(std::stoi(reused.header("retry-after")), 30) << sent;
  }
  auto const wait = std::stoi(sign_in("worker").header("retry-after"));
  advance((wait - 1) * second_us);
  EXPECT_EQ(sign_in("worker").slug(), "code-already-used");
  advance(second_us);
  EXPECT_EQ(sign_in("worker").status, 201);
}

TEST_F(Sessions, a_clock_one_step_off_is_forgiven_and_two_are_not) {
  give_password("worker");
  std::string const password(test_password);
  EXPECT_EQ(sign_in("worker", password, totp("worker", 2)).slug(), "wrong-credentials");
  EXPECT_EQ(sign_in("worker", password, totp("worker", 1)).status, 201);
  // And what lies before an accepted one is used up with it.
  EXPECT_EQ(sign_in("worker", password, totp("worker", 0)).slug(), "code-already-used");
}

TEST_F(Sessions, every_wrong_try_is_answered_with_the_same_words) {
  give_password("worker");
  std::string const password(test_password);
  std::vector<Reply> const replies{
      sign_in("nobody-of-ours", password, "123456"),
      sign_in("worker", "wrong password", totp("worker")), sign_in("worker", password, "000000"),
      sign_in("worker", password, ""),
      sign_in("coordinator", password, "123456")};  // has another password
  auto first = replies.front().body;
  first.erase("request_id");
  EXPECT_EQ(replies.front().slug(), "wrong-credentials");
  for (auto const& reply : replies) {
    auto body = reply.body;
    body.erase("request_id");
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(body, first);
    EXPECT_EQ(reply.header("set-cookie"), "");
  }
}

TEST_F(Sessions, after_ten_tries_a_delay_runs_for_known_and_unknown_names_alike) {
  give_password("worker");
  auto const open = as("worker");
  auto const here = domain::address_from("127.0.0.1").value();
  for (auto const* name : {"worker", "nobody-of-ours"}) {
    // Nine tries without their slow work, and the tenth as it comes in.
    for (int i = 0; i < 9; ++i) {
      auto begun = app().services().brakes.begin(access::counted_for_stranger(name, here));
      ASSERT_TRUE(begun);
      begun->missed();
    }
    ASSERT_EQ(sign_in(name, "wrong password", "123456").status, 401);
    auto const delayed = sign_in(name, std::string(test_password), totp("worker"));
    EXPECT_EQ(delayed.status, 429) << name;
    EXPECT_EQ(delayed.slug(), "too-many-requests");
    EXPECT_FALSE(delayed.header("retry-after").empty());
  }
  EXPECT_EQ(session_status(open), 200);
  // It is a delay, no lock.
  advance(16 * minute_us);
  EXPECT_EQ(sign_in("worker").status, 201);
}

TEST_F(Sessions, a_new_account_is_set_up_by_its_one_time_link) {
  auto const made = post(as("coordinator"), "/api/v1/accounts",
                         {{"role", "issuer_worker"},
                          {"username", "uusi.tyontekija"},
                          {"office_id", net.office.value}});
  ASSERT_EQ(made.status, 201) << made;
  auto const token = made.body.at("set_up").at("token").get<std::string>();
  auto const set_up = [&](std::string const& password) {
    return post(nobody, "/api/v1/account-setups", {{"token", token}, {"password", password}});
  };
  EXPECT_EQ(set_up("short").status, 422);
  EXPECT_EQ(post(nobody, "/api/v1/account-setups",
                 {{"token", "no such"}, {"password", "a long password"}})
                .status,
            404);
  auto const chosen = set_up(std::string(test_password));
  ASSERT_EQ(chosen.status, 200) << chosen;
  auto const secret = from_base32(chosen.body.at("totp_secret").get<std::string>()).value();
  auto const code = [&] {
    return access::totp_code(secret, domain::one_time_step_at(clock().now()));
  };
  EXPECT_EQ(sign_in("uusi.tyontekija", std::string(test_password), code()).status, 401);
  auto const confirm = [&](std::string const& typed) {
    return post(nobody, "/api/v1/account-setups/confirmations",
                {{"token", token}, {"totp", typed}});
  };
  EXPECT_EQ(confirm("000000").status, 422);
  EXPECT_EQ(confirm(code()).status, 204);
  EXPECT_EQ(confirm(code()).status, 404);
  advance(30 * second_us);
  EXPECT_EQ(sign_in("uusi.tyontekija", std::string(test_password), code()).status, 201);
}

TEST_F(Sessions, a_reset_ends_them_and_takes_the_password_away) {
  give_password("worker");
  auto const me = mortal("worker");
  auto const path = "/api/v1/accounts/" + std::to_string(account("worker").value) + "/resets";
  auto const reset = post(as("coordinator"), path, Json::object());
  ASSERT_EQ(reset.status, 201) << reset;
  EXPECT_EQ(session_status(me), 401);
  advance(30 * second_us);
  EXPECT_EQ(sign_in("worker").status, 401);
  advance(24 * hour_us);
  auto const token = reset.body.at("set_up").at("token");
  EXPECT_EQ(
      post(nobody, "/api/v1/account-setups", {{"token", token}, {"password", "a long password"}})
          .status,
      404);
}

TEST_F(Sessions, a_revoked_key_opens_nothing_and_a_wrong_one_is_not_anonymous) {
  auto const made = post(as("coordinator"), "/api/v1/api-keys",
                         {{"name", "Liput"}, {"venue_ids", {net.pool.value}}});
  ASSERT_EQ(made.status, 201);
  auto const key = bearer(made.body.at("key"));
  EXPECT_EQ(get(key, "/api/v1/venues").status, 200);
  ASSERT_EQ(del(as("coordinator"), made.header("location")).status, 204);
  EXPECT_EQ(get(key, "/api/v1/venues").status, 401);
}

TEST_F(Sessions, on_the_page_a_used_code_is_said_to_be_used) {
  give_password("worker");
  auto const form = "username=worker&password=kolme+keltaista+kanootia&totp=" + totp("worker");
  auto const sign_in = [&] {
    return send({{"Origin", origin()}}, "POST", "/login", form,
                {{"Content-Type", "application/x-www-form-urlencoded"}});
  };
  EXPECT_EQ(sign_in().status, 303);
  auto const again = sign_in();
  EXPECT_EQ(again.status, 303);
  EXPECT_EQ(again.header("set-cookie"), "");
  EXPECT_THAT(get(nobody, again.header("location")).text,
              HasSubstr("Tämä kertakoodi on jo käytetty."));
}

TEST_F(Sessions, on_the_page_a_refused_form_keeps_the_name_but_no_password_and_no_identity_code) {
  auto const refused = [&](std::string const& form) {
    auto const answer = send({{"Origin", origin()}}, "POST", "/login", form,
                             {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(answer.status, 303);
    auto const address = answer.header("location");
    EXPECT_THAT(address, ::testing::StartsWith("/login?next=%2Fvenue&k="));
    EXPECT_THAT(address, Not(HasSubstr("maija")));
    return get(nobody, address).text;
  };
  auto const wrong = refused("next=/venue&username=maija&password=kolme+kanootia");
  EXPECT_THAT(wrong, HasSubstr("salasana tai kertakoodi on väärin."));
  EXPECT_THAT(wrong, HasSubstr("value=\"maija\""));
  EXPECT_THAT(wrong, HasSubstr("name=\"next\" value=\"/venue\""));
  EXPECT_THAT(wrong, Not(HasSubstr("kanootia")));
  auto const code = refused("next=/venue&username=131052-308T&password=kolme+kanootia");
  EXPECT_THAT(code, HasSubstr("on väärin."));
  EXPECT_THAT(code, Not(HasSubstr("131052")));
  auto const nothing = refused("next=/venue&username=&password=");
  EXPECT_THAT(nothing, HasSubstr("Kirjoita käyttäjätunnus."));
  EXPECT_THAT(nothing, HasSubstr("Kirjoita salasana."));
}

}  // namespace
}  // namespace kaiku::test
