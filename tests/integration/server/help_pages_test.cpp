// Help, over TLS: for everybody, and for the signed-in role first.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;

class HelpPages : public ServerTest {
 protected:
  std::string help_of(Sender const& who, std::string const& query = "") {
    auto const reply = get(who, "/help" + query);
    EXPECT_EQ(reply.status, 303) << reply;
    return reply.header("location");
  }
};

TEST_F(HelpPages, lead_to_the_help_of_who_asks) {
  EXPECT_EQ(help_of(nobody), "/help/holder");
  EXPECT_EQ(help_of(as("worker")), "/help/worker");
  EXPECT_EQ(help_of(as("pool_staff")), "/help/venue");
  EXPECT_EQ(help_of(as("coordinator")), "/help/coordinator");
  EXPECT_EQ(help_of(as("national")), "/help/coordinator");
  EXPECT_EQ(help_of(as("admin")), "/help/administrator");
  EXPECT_EQ(help_of(nobody, "?lang=sv"), "/help/holder?lang=sv");
}

TEST_F(HelpPages, are_read_by_anybody_in_each_language_without_a_cookie) {
  for (auto const* role : {"holder", "worker", "venue", "coordinator", "administrator"}) {
    for (auto const& [lang, title] :
         {std::pair{"fi", "Ohje"}, std::pair{"sv", "Hjälp"}, std::pair{"en", "Help"}}) {
      auto const reply = get(nobody, "/help/" + std::string(role) + "?lang=" + lang);
      ASSERT_EQ(reply.status, 200) << role << reply;
      EXPECT_EQ(reply.header("set-cookie"), "");
      EXPECT_EQ(reply.header("content-language"), lang);
      EXPECT_LT(reply.text.size(), 28U * 1024);
      EXPECT_THAT(reply.text, HasSubstr("<h1>" + std::string(title)));
    }
  }
  EXPECT_EQ(get(nobody, "/help/agent").status, 404);
}

TEST_F(HelpPages, are_reached_from_every_page) {
  EXPECT_THAT(get(nobody, "/login").text, HasSubstr("<a href=\"/help/holder\">"));
  EXPECT_THAT(get(as("worker"), "/card").text, HasSubstr("<a href=\"/help/worker\">"));
  EXPECT_THAT(get(as("pool_staff"), "/venue").text, HasSubstr("<a href=\"/help/venue\">"));
  EXPECT_THAT(get(as("coordinator"), "/area").text, HasSubstr("<a href=\"/help/coordinator\">"));
}

// A button that a page names is on the page that it names.
TEST_F(HelpPages, name_what_a_worker_finds) {
  auto const help = text_in(get(as("worker"), "/help/worker").text);
  auto const form = text_in(get(as("worker"), "/cards/new").text);
  auto const look = text_in(get(as("worker"), "/card").text);
  for (auto const& [name, page] :
       {std::pair{"Anna kortti", form}, std::pair{"Kadonnut kortti", look},
        std::pair{"Varasto", look}}) {
    EXPECT_THAT(help, HasSubstr(name));
    EXPECT_THAT(page, HasSubstr(name));
  }
}

}  // namespace
}  // namespace kaiku::test
