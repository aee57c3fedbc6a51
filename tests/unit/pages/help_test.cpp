// Help: plain sentences, with pages and buttons by their own names.
#include "server/pages/public/help_view.hpp"

#include <gmock/gmock.h>

#include <array>
#include <regex>
#include <set>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array who{"holder", "worker", "venue", "coordinator", "administrator"};

std::string page_of(std::string_view role, Language language) {
  auto const frame = sample::frame_for(Role::anonymous, language);
  auto const page = help_page(frame, role);
  EXPECT_TRUE(page) << role;
  auto html = page ? render(frame, *page) : "";
  for (auto at = html.find("\u00AD"); at != html.npos; at = html.find("\u00AD", at)) {
    html.erase(at, 2);
  }
  return html;
}

bool is_help(Text text) { return key_of(text).starts_with("help_"); }

std::vector<Text> help_texts() {
  std::vector<Text> all;
  for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
    if (is_help(static_cast<Text>(n))) all.push_back(static_cast<Text>(n));
  }
  return all;
}

TEST(Help, has_a_page_for_each_role_and_no_other) {
  for (auto const language : contract::languages) {
    std::set<std::string> pages;
    for (auto const* role : who) EXPECT_TRUE(pages.insert(page_of(role, language)).second) << role;
  }
  auto const frame = sample::frame_for(Role::anonymous, Language::fi);
  EXPECT_FALSE(help_page(frame, "agent"));
  EXPECT_FALSE(help_page(frame, ""));
}

TEST(Help, says_every_text_that_it_has) {
  for (auto const language : contract::languages) {
    std::string all;
    for (auto const* role : who) all += page_of(role, language);
    for (auto const text : help_texts()) {
      EXPECT_THAT(all, HasSubstr(help_text(language, text))) << key_of(text);
    }
  }
}

TEST(Help, names_pages_and_buttons_as_they_name_themselves) {
  EXPECT_EQ(
      help_text(Language::fi, Text::help_worker_issue_5),
      "Valitse <strong>" + std::string(in(Language::fi, Text::handover_letter)) + "</strong>.");
  static std::regex const name("\\{([^}]*)\\}");
  std::size_t named = 0;
  for (auto const text : help_texts()) {
    std::set<std::string> first;
    for (auto const language : contract::languages) {
      std::string const told(in(language, text));
      std::set<std::string> names;
      for (auto at = std::sregex_iterator(told.begin(), told.end(), name);
           at != std::sregex_iterator(); ++at) {
        names.insert((*at)[1]);
      }
      if (language == Language::fi) first = names;
      EXPECT_EQ(names, first) << key_of(text);
      auto const html = help_text(language, text);
      EXPECT_EQ(html.find('{'), std::string::npos) << "a name with a filling: " << html;
      named += names.size();
    }
  }
  EXPECT_GT(named, 100U);
}

TEST(Help, of_the_venue_and_of_the_coordinator_knows_what_their_pages_can_do) {
  for (auto const language : contract::languages) {
    auto const names = [&](Text text) { return HasSubstr(std::string(in(language, text))); };
    EXPECT_THAT(page_of("venue", language),
                AllOf(names(Text::nav_reservations), names(Text::reservations_add),
                      names(Text::reserve_change), names(Text::reservations_remove)));
    EXPECT_THAT(page_of("coordinator", language),
                AllOf(names(Text::approval_approve), names(Text::undo_request_keep),
                      names(Text::messages_mark), names(Text::agents_title)));
  }
}

TEST(Help, tells_each_role_what_to_do_when_something_goes_wrong_and_whom_to_ask) {
  for (auto const language : contract::languages) {
    for (auto const* role : who) {
      EXPECT_THAT(
          page_of(role, language),
          AllOf(HasSubstr("<h2>" + std::string(in(language, Text::help_wrong))),
                HasSubstr("<h2>" + std::string(in(language, Text::help_ask))), HasSubstr("<ol>")))
          << role;
    }
  }
}

TEST(Help, of_the_holder_knows_no_code_of_staff) {
  auto const html = page_of("holder", Language::fi);
  EXPECT_THAT(html, AllOf(HasSubstr("varakoodi"), Not(HasSubstr("kertakoodi"))));
}

TEST(Help, of_everybody_is_in_the_footer_of_their_pages) {
  auto const footer_of = [](Role role) {
    auto const frame = sample::frame_for(role, Language::sv);
    auto const html = render(frame, *help_page(frame, "holder"));
    return html.substr(html.find("<footer>"));
  };
  EXPECT_THAT(footer_of(Role::anonymous), HasSubstr("<a href=\"/help/holder\">Hjälp</a>"));
  EXPECT_THAT(footer_of(Role::issuer_worker), HasSubstr("<a href=\"/help/worker\">"));
  EXPECT_THAT(footer_of(Role::venue_staff), HasSubstr("<a href=\"/help/venue\">"));
  EXPECT_THAT(footer_of(Role::area_coordinator), HasSubstr("<a href=\"/help/coordinator\">"));
  EXPECT_THAT(footer_of(Role::national_coordinator), HasSubstr("<a href=\"/help/coordinator\">"));
  EXPECT_THAT(footer_of(Role::admin), HasSubstr("<a href=\"/help/administrator\">"));
}

// Nobody else's session can do it: only the command.
TEST(Help, of_the_administrator_names_the_command_that_resets_a_sign_in) {
  for (auto const language : contract::languages) {
    EXPECT_THAT(in(language, Text::help_administrator_forgot_do),
                HasSubstr("kaiku-server user reset"));
  }
  EXPECT_THAT(in(Language::fi, Text::help_administrator_forgot_do), Not(HasSubstr("ylläpitäjä")));
}

}  // namespace
}  // namespace kaiku::pages
