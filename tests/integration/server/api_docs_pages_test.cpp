// The API's description as pages, for everybody and over TLS.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class ApiDocsPages : public ServerTest {};

TEST_F(ApiDocsPages, are_read_by_anybody_without_a_cookie_and_without_a_script) {
  for (auto const* path : {"/api/docs", "/api/docs/cards", "/api/docs/problems"}) {
    auto const reply = get(nobody, path);
    ASSERT_EQ(reply.status, 200) << reply;
    EXPECT_EQ(reply.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(reply.header("set-cookie"), "");
    EXPECT_EQ(reply.header("referrer-policy"), "no-referrer");
    EXPECT_THAT(reply.header("content-security-policy"), HasSubstr("script-src 'none'"));
    EXPECT_LT(reply.text.size(), 40U * 1024) << path;
  }
}

TEST_F(ApiDocsPages, say_what_the_running_server_says_of_itself) {
  auto const described = get(nobody, "/openapi.json");
  auto const& operation = described.body.at("paths").at("/api/v1/redemptions").at("post");
  EXPECT_THAT(get(nobody, "/api/docs/doors").text + get(nobody, "/api/docs/doors-2").text,
              AllOf(HasSubstr("id=\"" + operation.at("operationId").get<std::string>() + "\""),
                    HasSubstr("<code>POST /api/v1/redemptions</code>"),
                    HasSubstr(operation.at("summary").get<std::string>())));
}

TEST_F(ApiDocsPages, have_a_frame_in_the_readers_language) {
  auto const reply = get(nobody, "/api/docs/cards?lang=sv");
  EXPECT_THAT(reply.text, AllOf(HasSubstr("<html lang=\"sv\">"), HasSubstr("lang=\"en\""),
                                HasSubstr("href=\"/api/docs/cards?lang=fi\"")));
  EXPECT_THAT(text_in(reply.text), HasSubstr("Gränssnitt för program"));
}

TEST_F(ApiDocsPages, lead_from_every_footer_and_nowhere_else) {
  EXPECT_THAT(get(nobody, "/places").text, HasSubstr("<a href=\"/api/docs\">"));
  EXPECT_THAT(get(as("worker"), "/cards/new").text, HasSubstr("<a href=\"/api/docs\">"));
  EXPECT_EQ(get(nobody, "/api/docs/nothing").status, 404);
}

}  // namespace
}  // namespace kaiku::test
