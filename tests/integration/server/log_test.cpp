// What stands in the log: the fixture looks through it after every test; here are the requests that
// would love to be in it, and what a good line says.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LogLines : public ServerTest {
 protected:
  std::vector<Json> requests() {
    std::vector<Json> found;
    for (auto const& line : log_lines()) {
      auto entry = Json::parse(line, nullptr, false);
      if (entry.is_object() && entry.value("event", "") == "request")
        found.push_back(std::move(entry));
    }
    return found;
  }
};

TEST_F(LogLines, name_pattern_status_and_actor_of_a_request) {
  auto const reply = get(as("worker"), "/api/v1/cards/" + registered(1));
  ASSERT_EQ(reply.status, 200);
  stop();  // a line is written after its answer was sent
  auto const lines = requests();
  auto const line = std::ranges::find_if(lines, [&](Json const& entry) {
    return entry.at("request_id") == reply.header("x-request-id");
  });
  ASSERT_NE(line, lines.end());
  EXPECT_EQ(line->at("route"), "/api/v1/cards/{code}");
  EXPECT_EQ(line->at("method"), "GET");
  EXPECT_EQ(line->at("status"), 200);
  EXPECT_EQ(line->at("actor"), "account:" + std::to_string(account("worker").value));
  EXPECT_TRUE(line->at("duration_us").is_number_integer());
}

TEST_F(LogLines, hold_no_secret_however_it_comes_in) {
  auto const code = registered(1);
  auto const made = post(as("worker"), "/api/v1/cards",
                         {{"birth_year", 1947},
                          {"postcode", "52550"},
                          {"children", 0},
                          {"background", {{"life_situation", "kertoo-elamastaan"}}}});
  ASSERT_EQ(made.status, 201);
  for (auto const* name : {"code", "token", "recovery_code"}) keep_secret(made.body.at(name));
  for (auto const* text : {"1947", "kertoo-elamastaan", "131052-308T", "wrong-pass-word", "hetu"}) {
    keep_secret(text);
  }
  // Paths and queries that no route has, methods that it does not take, bodies that do not parse.
  get(as("worker"), "/api/v1/cards/" + code + "/history");
  get(as("worker"), "/kortit/" + code);
  get(nobody, "/" + net.tokens[0]);
  get(as("coordinator"), "/api/v1/venues?card=" + code + "&hetu=131052-308T");
  send(as("worker"), "PUT", "/api/v1/cards/" + code, "");
  send(as("worker"), "DELETE", "/api/v1/cards/" + code, "");
  send(agent(), "POST", "/api/v1/redemptions", "{\"card\":\"" + code,
       {{"Content-Type", "application/json"}});
  send(agent(), "POST", "/api/v1/redemptions", code, {{"Content-Type", code}});
  get({{"Authorization", "Bearer " + code}}, "/api/v1/venues");
  get({{"Authorization", code}, {"X-Request-Id", code}, {"User-Agent", code}}, "/healthz");
  get({{"Referer", "https://localhost/card?code=" + code}}, "/");
  post(nobody, "/api/v1/sessions",
       {{"username", "131052-308T"}, {"password", "wrong-pass-word"}, {"totp", "123456"}});
  post(nobody, "/api/v1/sessions", {{"username", "worker"}, {"password", "wrong-pass-word"}});
  post(nobody, "/api/v1/account-setups",
       {{"token", net.agent_key}, {"password", "wrong-pass-word"}});
  send(nobody, "POST", "/login", "username=worker&password=wrong-pass-word",
       {{"Content-Type", "application/x-www-form-urlencoded"}, {"Origin", origin()}});
  send(nobody, "GET", "/a\x01" + code, "");
  send(nobody, "GET", "/healthz", "", {{"X-Odd", "line\xe2\x80\xa8" + code}});
  EXPECT_THAT(get(nobody, "/metrics").text, Not(HasSubstr(code)));
  stop();
  EXPECT_GE(requests().size(), 15u);
}

}  // namespace
}  // namespace kaiku::test
