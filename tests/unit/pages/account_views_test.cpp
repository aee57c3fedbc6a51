#include <gmock/gmock.h>

#include "server/pages/coordinator/account_view.hpp"
#include "server/pages/public/set_up_view.hpp"
#include "tests/unit/pages/account_sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string drawn(std::string const& name) {
  for (auto const language : contract::languages) {
    auto pages = sample::set_up_pages(language);
    for (auto& page : sample::account_pages(language)) pages.push_back(std::move(page));
    for (auto const& page : pages) {
      if (page.name == name) return page.html;
    }
  }
  return "";
}

TEST(SetUpViews, write_the_key_in_groups_of_four) {
  EXPECT_EQ(in_groups_of_four("ABCDEFGHIJ"), "ABCD EFGH IJ");
  EXPECT_EQ(in_groups_of_four("ABCD"), "ABCD");
  EXPECT_EQ(in_groups_of_four(""), "");
}

TEST(SetUpViews, let_password_managers_make_and_keep_the_password) {
  auto const html = drawn("set_up");
  EXPECT_THAT(html, HasSubstr("autocomplete=\"username\" value=\"maija.meikalainen\""));
  auto const first = html.find("autocomplete=\"new-password\"");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(html.find("autocomplete=\"new-password\"", first + 1), std::string::npos);
}

TEST(SetUpViews, put_the_cursor_on_the_summary_of_several_faults) {
  EXPECT_THAT(drawn("set_up_faulty"),
              HasSubstr("aria-labelledby=\"summary-title\" tabindex=\"-1\" autofocus"));
}

TEST(SetUpViews, offer_the_way_without_a_code_after_the_first_button_and_to_some_alone) {
  auto const html = drawn("set_up_may_skip");
  EXPECT_LT(html.find("Ota käyttöön</button>"), html.find("Ohita</button>"));
  EXPECT_THAT(drawn("set_up_code"), Not(HasSubstr("Ohita")));
}

// R10: a scan's Enter must not confirm.
TEST(AccountViews, that_ask_first_have_no_cursor_and_a_way_back) {
  auto const html = drawn("account_confirm");
  EXPECT_THAT(html, Not(HasSubstr(" autofocus")));
  EXPECT_THAT(html, HasSubstr("href=\"/accounts/12\">Takaisin</a>"));
}

TEST(AccountViews, show_the_link_to_be_copied_and_keep_it_off_paper) {
  auto const html = drawn("account_link");
  auto const hidden = html.find("<section class=\"secret\">");
  auto const end = html.find("</section>", hidden);
  ASSERT_NE(hidden, std::string::npos);
  EXPECT_THAT(html, HasSubstr("aria-describedby=\"outcome whose link-hint\" autofocus"));
  auto const field = html.find("readonly value=\"https://kaiku.example/set-up/");
  EXPECT_GT(field, hidden);
  EXPECT_LT(field, end);
  EXPECT_LT(html.find("<svg class=\"qr\""), end);
  EXPECT_EQ(html.find("/set-up/", end), std::string::npos);
}

TEST(AccountViews, of_different_outcomes_have_different_titles) {
  auto const title = [](std::string const& name) {
    auto const html = drawn(name);
    auto const from = html.find("<title>");
    return html.substr(from, html.find("</title>") - from);
  };
  EXPECT_NE(title("account"), title("account_disabled"));
  EXPECT_NE(title("account"), title("account_link"));
  EXPECT_NE(title("account"), title("account_confirm"));
}

TEST(AccountViews, of_a_choice_are_titled_by_the_page_before_its_question) {
  EXPECT_THAT(drawn("new_account_role"), HasSubstr("<title>Luo käyttäjätunnus – Kenelle?"));
}

}  // namespace
}  // namespace kaiku::pages
