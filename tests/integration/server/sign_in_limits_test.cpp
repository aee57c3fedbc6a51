// Whom the delays of signing in hit: who guesses, and nobody else.
#include <gmock/gmock.h>

#include <thread>

#include "server/access/call/check_login.hpp"
#include "server/access/identity/known_browser.hpp"
#include "server/use_cases/set_up_account.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SignInLimits : public ServerTest {
 protected:
  static constexpr char const* here = "192.0.2.1";
  static constexpr char const* elsewhere = "198.51.100.7";

  Reply sign_in(std::string const& name, Sender const& who = from(here)) {
    return post(who, "/api/v1/sessions",
                {{"username", name}, {"password", test_password}, {"totp", totp(name)}});
  }
  // Misses without their slow work; false when even those were held up.
  bool miss(std::string const& name, char const* address) {
    auto const peer = domain::address_from(address).value();
    auto begun = app().services().brakes.begin(access::counted_for_stranger(name, peer));
    if (begun) begun->missed();
    return begun.has_value();
  }
  void miss_until_held(std::string const& name, char const* address) {
    int tries = 0;
    while (miss(name, address)) ASSERT_LT(++tries, 500);
  }
  static std::string known_cookie(Reply const& signed_in) {
    for (auto const& [name, value] : signed_in.headers) {
      if (name == "set-cookie" && value.starts_with(access::known_browser_cookie_name)) {
        return value.substr(0, value.find(';'));
      }
    }
    return "";
  }
};

TEST_F(SignInLimits, a_stranger_elsewhere_holds_nobody_up) {
  give_password("worker");
  miss_until_held("worker", elsewhere);
  EXPECT_EQ(sign_in("worker", from(elsewhere)).status, 429);
  EXPECT_EQ(sign_in("worker").status, 201);
}

TEST_F(SignInLimits, who_errs_in_a_network_does_not_delay_the_others_in_it) {
  give_password("worker");
  miss_until_held("coordinator", "192.0.2.9");
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(miss("name" + std::to_string(i), "192.0.2.9"));
  EXPECT_EQ(sign_in("worker").status, 201);
}

TEST_F(SignInLimits, a_browser_where_the_account_signed_in_before_has_tries_of_its_own) {
  give_password("worker");
  auto const cookie = known_cookie(sign_in("worker"));
  ASSERT_NE(cookie, "");
  EXPECT_THAT(cookie, Not(HasSubstr("worker")));
  advance(30 * second_us);
  // Everything that strangers can use up, in this network and for this name.
  for (int i = 0; i < 60; ++i) miss_until_held("name" + std::to_string(i), here);
  miss_until_held("worker", here);
  EXPECT_EQ(sign_in("worker").status, 429);
  auto known = from(here);
  known.emplace_back("Cookie", cookie);
  EXPECT_EQ(sign_in("worker", known).status, 201);
  // It is this account's alone.
  give_password("coordinator");
  EXPECT_EQ(sign_in("coordinator", known).status, 429);
  auto forged = from(here);
  forged.emplace_back("Cookie", cookie.substr(0, cookie.size() - 4) + "AAAA");
  EXPECT_EQ(sign_in("worker", forged).status, 429);
}

TEST_F(SignInLimits, a_browser_that_guesses_is_held_up_for_that_account_too) {
  give_password("worker");
  auto known = from(here);
  known.emplace_back("Cookie", known_cookie(sign_in("worker")));
  for (int i = 0; i < 10; ++i) {
    auto const wrong = post(known, "/api/v1/sessions", {{"username", "worker"}, {"password", "x"}});
    ASSERT_EQ(wrong.status, 401) << i;
  }
  EXPECT_EQ(sign_in("worker", known).status, 429);
}

TEST_F(SignInLimits, a_thousand_lines_of_one_ipv6_owner_count_together) {
  int admitted = 0;
  for (int i = 0; i < 1000; ++i) {
    auto const address = "2001:db8:1:" + std::to_string(i) + "::1";
    if (miss("worker", address.c_str())) ++admitted;
  }
  EXPECT_EQ(admitted, 40);
  EXPECT_TRUE(miss("worker", "2001:db8:2::1"));
}

TEST_F(SignInLimits, twenty_people_of_one_address_sign_in_at_once) {
  give_password("pool_staff");
  write([&](ledger::WriteTx& tx) {  // a counter's account without a second factor, at every till
    auto const login = tables::find_login(tx, account("pool_staff")).value();
    use_cases::set_up_directly(tx, account("pool_staff"), *login.password, std::nullopt);
  });
  std::vector<int> statuses(20);
  std::vector<std::thread> people;
  auto const body = Json{{"username", "pool_staff"}, {"password", test_password}}.dump();
  for (auto& status : statuses) {
    people.emplace_back([&] {
      auto options = patient();
      options.timeout_ms = 120'000;
      TlsClient client(app().port(), options);
      status = client
                   .request("POST", "/api/v1/sessions", body,
                            {{"Content-Type", "application/json"}, {"X-Forwarded-For", here}})
                   .status;
    });
  }
  for (auto& person : people) person.join();
  EXPECT_THAT(statuses, ::testing::Each(201));
}

TEST_F(SignInLimits, a_failure_is_logged_with_account_and_network_and_never_the_name) {
  give_password("worker");
  keep_secret("some.body@else.fi");
  keep_secret("192.0.2.77");
  keep_secret("2001:db8:5:6");
  auto const wrong = [&](char const* address, char const* name) {
    return post(from(address), "/api/v1/sessions", {{"username", name}, {"password", "x"}}).status;
  };
  EXPECT_EQ(wrong("192.0.2.77", "worker"), 401);
  EXPECT_EQ(wrong("2001:db8:5:6::7", "some.body@else.fi"), 401);
  miss_until_held("worker", "192.0.2.77");
  EXPECT_EQ(wrong("192.0.2.77", "worker"), 429);
  stop();
  std::vector<std::string> said;
  for (auto const& line : log_lines()) {
    auto const entry = Json::parse(line);
    if (entry.at("event") != "sign_in_failed") continue;
    said.push_back(entry.at("account").get<std::string>() + " " +
                   entry.at("network").get<std::string>() + " " +
                   entry.at("reason").get<std::string>());
  }
  auto const worker = "account:" + std::to_string(account("worker").value);
  EXPECT_THAT(said,
              ::testing::ElementsAre(worker + " 192.0.2.0/24 password",
                                     " 2001:db8:5::/48 unknown_name", " 192.0.2.0/24 delayed"));
}

TEST_F(SignInLimits, the_owner_is_told_of_the_last_time_and_of_a_reset) {
  give_password("worker");
  auto const first = clock().now();
  ASSERT_EQ(sign_in("worker").status, 201);
  advance(day_us);
  auto const by_page = [&] {
    return send({{"Origin", origin()}}, "POST", "/login",
                "username=worker&password=kolme+keltaista+kanootia&totp=" + totp("worker"),
                {{"Content-Type", "application/x-www-form-urlencoded"}});
  };
  auto const page_after = [&](Reply const& signed_in, std::string const& language) {
    EXPECT_EQ(signed_in.status, 303) << signed_in;
    std::string cookies;
    for (auto const& [name, value] : signed_in.headers) {
      if (name == "set-cookie") cookies += value.substr(0, value.find(';')) + "; ";
    }
    return get({{"Cookie", cookies + "kaiku_lang=" + language}}, signed_in.header("location"));
  };
  auto const told = page_after(by_page(), "fi");
  EXPECT_THAT(told.text, HasSubstr("viimeksi " + to_finnish(helsinki_day(first)) + " klo\u00A0" +
                                   clock_time(first)));
  EXPECT_THAT(told.text, Not(HasSubstr("palautettiin")));
  EXPECT_THAT(told.header("set-cookie"), HasSubstr("__Host-kaiku-greeting=; "));

  auto const path = "/api/v1/accounts/" + std::to_string(account("worker").value) + "/resets";
  ASSERT_EQ(post(as("coordinator"), path, Json::object()).status, 201);
  give_password("worker");
  advance(30 * second_us);
  auto const signed_in = by_page();
  EXPECT_THAT(page_after(signed_in, "fi").text, HasSubstr("Tekijä: coordinator."));
  EXPECT_THAT(page_after(signed_in, "sv").text, HasSubstr(" av coordinator."));
  EXPECT_THAT(page_after(signed_in, "en").text, HasSubstr(" by coordinator."));
  advance(30 * second_us);
  EXPECT_THAT(page_after(by_page(), "en").text, Not(HasSubstr("was reset")));
}

}  // namespace
}  // namespace kaiku::test
