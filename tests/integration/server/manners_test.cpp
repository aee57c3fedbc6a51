// What HTTP asks of an API: challenges, media types, entity tags, cursors, names of parameters.
#include <gmock/gmock.h>

#include "server/app/routes.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;

class Manners : public ServerTest {
 protected:
  std::string venue_path() const { return "/api/v1/venues/" + std::to_string(net.pool.value); }
  Reply rename(std::string const& if_match) {
    return patch(as("coordinator"), venue_path(), {{"name", "Uimala"}}, if_match);
  }
};

// RFC 9110 section 15.5.2.
TEST_F(Manners, every_401_says_how_to_sign_in) {
  auto wrong_key = agent();
  for (auto& [name, value] : wrong_key) {
    if (name == "Authorization") value.back() = value.back() == 'A' ? 'B' : 'A';
  }
  for (auto const& route : routes()) {
    if (route.face != access::Face::json || !route.on_everybody) continue;
    if (route.who.has(domain::Role::anonymous)) continue;
    auto const method = std::string(http::word_of(route.method));
    std::string path(route.pattern);
    for (auto const* name : {"{id}", "{code}"}) {
      if (auto const at = path.find(name); at != std::string::npos) {
        path.replace(at, std::string(name).size(), "1");
      }
    }
    for (auto const& who : {nobody, wrong_key}) {
      bool const has_body = route.body_limit > 0;
      auto const reply = send(who, method, path, has_body ? "{}" : "");
      EXPECT_EQ(reply.status, 401) << path << reply;
      EXPECT_EQ(reply.header("www-authenticate"), "Bearer") << path;
    }
  }
  auto const wrong = post(nobody, "/api/v1/sessions",
                          {{"username", "x-y"}, {"password", "long enough"}, {"totp", "123456"}});
  EXPECT_EQ(wrong.status, 401) << wrong;
  EXPECT_EQ(wrong.header("www-authenticate"), "Bearer");
}

TEST_F(Manners, a_scheme_has_no_case_and_any_number_of_spaces_after_it) {
  for (auto const* scheme : {"Bearer ", "Bearer  ", "bearer    "}) {
    Sender const who{{"Authorization", scheme + net.agent_key}};
    EXPECT_EQ(get(who, venue_path()).status, 200) << scheme;
  }
}

TEST_F(Manners, a_media_type_may_have_parameters_but_no_other_charset) {
  auto const body = ticket(registered(1), net.pool).dump();
  auto const status_of_type = [&](std::string const& type) {
    return send(agent(), "POST", "/api/v1/redemptions", body, {{"Content-Type", type}}).status;
  };
  for (auto const* type :
       {"application/json", "application/json;", "Application/JSON ; ", "application/json;;",
        "application/json; charset=UTF-8", "application/json;charset=\"utf-8\";",
        "application/json; version=1; charset=utf8"}) {
    EXPECT_LT(status_of_type(type), 300) << type;
  }
  for (auto const* type : {"", "text/json", "application/jsonx", "application/json; charset=latin1",
                           "application/json;charset=utf-16", "application/json, text/plain"}) {
    EXPECT_EQ(status_of_type(type), 415) << type;
  }
}

// RFC 9110 section 13.1.1.
TEST_F(Manners, if_match_takes_a_star_a_tag_and_a_list_of_tags) {
  for (auto const* form :
       {"TAG", "*", "\"1\", TAG", "TAG,\"x\"", ",, W/\"2\" ,TAG ,", "\"a,b\", TAG"}) {
    std::string given(form);
    auto const tag = get(as("coordinator"), venue_path()).header("etag");
    if (auto const at = given.find("TAG"); at != std::string::npos) given.replace(at, 3, tag);
    EXPECT_EQ(rename(given).status, 200) << given;
  }
  auto const tag = get(as("coordinator"), venue_path()).header("etag");
  for (auto const& given : {"W/" + tag, std::string("\"1\", \"2\""), "W/" + tag + ", \"1\""}) {
    EXPECT_EQ(rename(given).slug(), "precondition-failed") << given;
  }
  auto const bare = tag.substr(1, tag.size() - 2);
  for (auto const& given : {bare, tag + tag, "*, " + tag, tag + " x", std::string("\"1")}) {
    EXPECT_EQ(rename(given).slug(), "malformed-request") << given;
  }
}

TEST_F(Manners, a_cursor_is_good_for_the_list_that_gave_it_and_unchanged_alone) {
  auto const first = get(as("coordinator"), "/api/v1/venues?limit=1");
  ASSERT_EQ(first.status, 200) << first;
  auto const next = first.body.at("next").get<std::string>();
  auto const with = [&](std::string const& list, std::string const& cursor) {
    return get(as("coordinator"), "/api/v1/" + list + "?limit=1&cursor=" + cursor);
  };
  auto const second = with("venues", next);
  ASSERT_EQ(second.status, 200) << second;
  EXPECT_NE(second.body.at("items"), first.body.at("items"));
  EXPECT_EQ(with("%76enues", next).text, second.text);
  for (auto const* list : {"offices", "events", "card-batches", "accounts", "judged-uses"}) {
    EXPECT_THAT(with(list, next).faults(), ElementsAre("/cursor not_a_cursor")) << list;
  }
  auto changed = next;
  changed[3] = changed[3] == 'A' ? 'B' : 'A';
  for (auto const& cursor :
       {changed, next.substr(0, next.size() - 2), next + "A", std::string("MQ"), std::string()}) {
    EXPECT_THAT(with("venues", cursor).faults(), ElementsAre("/cursor not_a_cursor")) << cursor;
  }
}

TEST_F(Manners, an_unknown_parameter_is_told_by_its_name) {
  auto const faults = [&](std::string const& query) {
    return get(as("coordinator"), "/api/v1/venues?" + query).faults();
  };
  EXPECT_THAT(faults("colour=red&limit=1"), ElementsAre("/colour unknown_field"));
  EXPECT_THAT(faults("a%2Fb=1&c~d=2"), ElementsAre("/a~1b unknown_field", "/c~0d unknown_field"));
  EXPECT_THAT(faults("131052-308T=1"), ElementsAre(" unknown_field"))
      << "what has to be kept quiet is not said back";
}

TEST_F(Manners, a_field_has_one_fault_at_a_time) {
  Json const town{{"code", "905"}, {"name", {{"fi", std::string(201, 'a')}}}};
  EXPECT_THAT(post(as("national"), "/api/v1/areas",
                   {{"id", "LANSI"}, {"name", {{"sv", "a\tb"}}}, {"municipalities", {town}}})
                  .faults(),
              ElementsAre("/municipalities/0/name/fi too_long", "/name/sv control_character"));
  auto const title = [&](std::string const& fi) {
    return post(as("coordinator"), "/api/v1/events",
                {{"venue_id", net.pool.value}, {"title", {{"fi", fi}}}, {"starts_at", ago(0)}})
        .faults();
  };
  EXPECT_THAT(title(std::string(201, 'a')), ElementsAre("/title/fi too_long"));
  EXPECT_THAT(title("a\tb"), ElementsAre("/title/fi control_character"));
  EXPECT_THAT(title("131052-308T"), ElementsAre("/title/fi personal_identity_code"));
  EXPECT_THAT(title(""), ElementsAre("/title required"));
}

TEST_F(Manners, who_sends_a_large_body_is_known_before_it_is_taken) {
  auto const announce = [&](std::string const& path, Sender const& who, std::string const& length) {
    TlsClient client(app().port(), patient());
    std::string head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    for (auto const& [name, value] : who) head += name + ": " + value + "\r\n";
    client.send(head + "Content-Type: application/json\r\n" + length + "\r\n");
    auto const answer = client.read_answer();
    return answer ? reply_from(*answer) : Reply{};
  };
  std::string const body(100'000, ' ');
  auto const device = enrol(net.pool_enrolment, "Ovi");
  auto const proven = proof(device, "POST", "/door/v1/journal", body);
  auto forged = proven;
  auto& signed_text = forged.front().second;
  signed_text[signed_text.size() - 5] = signed_text[signed_text.size() - 5] == 'A' ? 'B' : 'A';
  for (auto const& who : {nobody, forged, agent()}) {
    for (std::string const length :
         {"Content-Length: 100000\r\n", "Transfer-Encoding: chunked\r\n"}) {
      auto const reply = announce("/door/v1/journal", who, length);
      EXPECT_TRUE(reply.status == 401 || reply.status == 403) << reply;
      EXPECT_EQ(reply.header("connection"), "close");
    }
  }
  EXPECT_EQ(announce("/api/v1/areas", as("worker"), "Content-Length: 20000\r\n").status, 403);
  auto headers = proven;
  headers.emplace_back("Content-Type", "application/json");
  EXPECT_EQ(send(nobody, "POST", "/door/v1/journal", body, headers).slug(), "invalid-json")
      << "a proof is asked again when the body is there, and its nonce is its own";
  EXPECT_EQ(send(as("national"), "POST", "/api/v1/areas", std::string(20'000, ' ') + "{}",
                 {{"Content-Type", "application/json"}})
                .slug(),
            "validation-failed");
}

}  // namespace
}  // namespace kaiku::test
