// Who reads an answer in a browser gets a page in their language with a way on, whatever went wrong
// and however early it was found.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;

HttpHeaders const browser{
    {"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
    {"Accept-Language", "fi;q=0.1, sv-FI;q=0.9, en;q=0.5"}};
constexpr char form_type[] = "application/x-www-form-urlencoded";

class BrowserFaults : public ServerTest {
 protected:
  Reply browse(std::string_view method, std::string const& path, std::string const& body = "",
               HttpHeaders extra = {}) {
    extra.insert(extra.end(), browser.begin(), browser.end());
    return send(nobody, method, path, body, extra);
  }
  static void expect_page(Reply const& reply, int status) {
    EXPECT_EQ(reply.status, status) << reply;
    EXPECT_EQ(reply.header("content-type"), "text/html; charset=utf-8") << reply;
    EXPECT_EQ(reply.header("content-language"), "sv") << reply;
    EXPECT_THAT(reply.text, HasSubstr("<a class=\"button\" href=\"/\"")) << reply;
    EXPECT_FALSE(reply.header("content-security-policy").empty());
  }
  Reply send_bytes(std::string const& bytes) {
    TlsClient client(app().port(), patient());
    client.send(bytes);
    auto const answer = client.read_answer();
    EXPECT_TRUE(answer);
    return answer ? reply_from(*answer) : Reply{};
  }
};

TEST_F(BrowserFaults, of_an_address_that_is_not_there_are_a_page) {
  for (auto const* path : {"/nix", "/venue/", "/api/v1/nix", "/login/|[1]", "/cards/new%2F"}) {
    expect_page(browse("GET", path), 404);
  }
  expect_page(browse("POST", "/nix", "a=b", {{"Content-Type", form_type}}), 404);
}

TEST_F(BrowserFaults, are_told_in_the_language_of_the_address) {
  for (auto const* path : {"/nix?lang=en", "/places/999999?lang=en", "/offers/999999?lang=en"}) {
    auto const reply = browse("GET", path);
    EXPECT_EQ(reply.status, 404) << reply;
    EXPECT_EQ(reply.header("content-language"), "en") << path;
    EXPECT_THAT(reply.text, HasSubstr("<a class=\"button\" href=\"/?lang=en\"")) << path;
    EXPECT_THAT(reply.text, HasSubstr("href=\"/places?lang=en\"")) << path;
    EXPECT_THAT(reply.text, HasSubstr("href=\"/?lang=fi\"")) << "no cookie is set for another";
  }
  expect_page(browse("GET", "/nix?lang=xx"), 404);
  auto const worker = send(as("worker"), "GET", "/places/999999?lang=sv", "", browser);
  EXPECT_EQ(worker.status, 404) << worker;
  EXPECT_EQ(worker.header("content-language"), "sv") << worker;
}

TEST_F(BrowserFaults, of_a_forms_own_address_lead_to_its_page) {
  struct Row {
    char const* path;
    char const* page;
  };
  for (auto const& [path, page] : std::vector<Row>{{"/logout", "/"}}) {
    auto const reply = browse("GET", path);
    EXPECT_EQ(reply.status, 303) << reply;
    EXPECT_EQ(reply.header("location"), page) << path;
    EXPECT_EQ(get(nobody, path).status, 405) << "for who asks for no page";
  }
  expect_page(browse("DELETE", "/venue"), 405);
  expect_page(browse("GET", "/api/v1/checks"), 405);
}

TEST_F(BrowserFaults, of_a_form_that_is_too_large_or_of_another_kind_are_a_page) {
  expect_page(browse("POST", "/login", std::string(17 * 1024, 'a'), {{"Content-Type", form_type}}),
              413);
  expect_page(
      browse("POST", "/login", "a=b", {{"Content-Type", form_type}, {"Content-Encoding", "gzip"}}),
      415);
  expect_page(
      browse("POST", "/login", "{}", {{"Content-Type", "application/json"}, {"Origin", origin()}}),
      415);
}

TEST_F(BrowserFaults, in_a_head_that_cannot_be_read_are_a_page_as_far_as_it_came) {
  std::string const head = "Host: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: sv\r\n";
  expect_page(send_bytes("GET / HTTP/1.1\r\n" + head + "Cookie: a=" + std::string(20'000, 'x') +
                         "\r\n\r\n"),
              431);
  expect_page(send_bytes("GET /%zz HTTP/1.1\r\n" + head + "\r\n"), 400);
  expect_page(send_bytes("GET / HTTP/1.1\r\n" + head + "Bad Name: x\r\n\r\n"), 400);
  auto chosen = send_bytes("GET /%zz HTTP/1.1\r\n" + head + "Cookie: kaiku_lang=en\r\n\r\n");
  EXPECT_EQ(chosen.header("content-language"), "en");
}

TEST_F(BrowserFaults, stay_json_for_everybody_else) {
  for (HttpHeaders const& accept :
       {HttpHeaders{}, HttpHeaders{{"Accept", "*/*"}}, HttpHeaders{{"Accept", "application/json"}},
        HttpHeaders{{"Accept", "application/json, text/html"}},
        HttpHeaders{{"Accept", "text/html;q=0, */*"}}}) {
    auto const reply = send(nobody, "GET", "/nix", "", accept);
    EXPECT_EQ(reply.status, 404);
    EXPECT_EQ(reply.header("content-type"), "application/problem+json");
    EXPECT_EQ(reply.slug(), "not-found");
  }
  EXPECT_EQ(browse("GET", "/api/v1/venues").header("www-authenticate"), "Bearer")
      << "the API's 401 says how to sign in, to whoever asks";
}

TEST_F(BrowserFaults, are_no_faults_in_what_browsers_leave_unescaped) {
  auto const reply = browse("GET", "/login?next=/venue&x=[1]|{2}^`\\");
  EXPECT_EQ(reply.status, 200) << reply;
}

TEST_F(BrowserFaults, of_somebody_who_is_signed_in_are_pages_too) {
  auto const reply = send(as("coordinator"), "GET", "/api/v1/venues/999999", "", browser);
  EXPECT_EQ(reply.status, 404) << reply;
  EXPECT_EQ(reply.header("content-type"), "text/html; charset=utf-8");
}

}  // namespace
}  // namespace kaiku::test
