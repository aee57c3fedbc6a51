#include <gmock/gmock.h>

#include "tests/unit/pages/public_sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string page_named(std::string_view name) {
  for (auto& page : sample::message_pages(Language::fi)) {
    if (page.name == name) return page.html;
  }
  ADD_FAILURE() << "no page " << name;
  return "";
}

TEST(MessagePages, tell_by_when_an_answer_is_due_and_mark_what_is_late) {
  EXPECT_THAT(page_named("messages"),
              AllOf(HasSubstr("vastattava 16.11.2026 mennessä"), Not(HasSubstr("Myöhässä")),
                    HasSubstr("Vastaamatta: 4"), HasSubstr("Vastattu 5.11.2026")));
  EXPECT_THAT(page_named("messages_late"),
              HasSubstr("<strong>Myöhässä: vastattava 16.11.2026 mennessä</strong>"));
}

TEST(MessagePages, show_a_message_line_by_line_and_as_text) {
  EXPECT_THAT(page_named("message"),
              AllOf(HasSubstr("<p>Ensimmäinen rivi.</p>"),
                    HasSubstr("<p>Toinen &lt;b&gt;rivi&lt;/b&gt;.</p>"),
                    HasSubstr("maija@esimerkki.example"), HasSubstr("Merkitse vastatuksi")));
  EXPECT_THAT(page_named("message_answered"),
              AllOf(HasSubstr("Yhteystietoa ei ole."), Not(HasSubstr("Merkitse vastatuksi"))));
}

TEST(FeedbackPage, tells_the_number_once_it_is_sent) {
  EXPECT_THAT(page_named("feedback_sent"),
              AllOf(HasSubstr("<title>Viesti 17 on lähetetty"), Not(HasSubstr("<textarea"))));
  EXPECT_THAT(page_named("feedback_faulty"),
              AllOf(HasSubstr("<title>Virhe: Anna palautetta"), HasSubstr("&lt;script&gt;")));
}

TEST(Footer, leads_to_feedback_and_those_who_answer_to_the_messages) {
  EXPECT_THAT(page_named("feedback"),
              AllOf(HasSubstr("href=\"/feedback?from="), Not(HasSubstr("href=\"/messages\""))));
  EXPECT_THAT(page_named("messages"), HasSubstr("href=\"/messages\">Viestit"));
}

}  // namespace
}  // namespace kaiku::pages
