// What the statements say of an installation, kept by its administrator.
#include <gmock/gmock.h>

#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class SettingsPages : public NetworkPages {
 protected:
  SettingsPages() { give_password("admin"); }
  // With the one-time code that a session has to give once in ten minutes.
  Reply change(std::string const& who, std::string const& path, FormFields changes) {
    changes["one_time_code"] = totp(who);
    return NetworkPages::change(who, path, changes);
  }
  std::string statement(std::string const& path) {
    auto const page = get(nobody, path);
    EXPECT_EQ(page.status, 200) << page;
    EXPECT_EQ(page.header("set-cookie"), "");
    return text_in(page.text);
  }
};

TEST_F(SettingsPages, tell_what_is_missing_until_it_is_told) {
  auto const before = text_in(get(as("admin"), "/settings").text);
  EXPECT_THAT(before, AllOf(HasSubstr("Puuttuu vielä"), HasSubstr("Palvelun tarjoaja")));
  EXPECT_THAT(statement("/accessibility"), HasSubstr("Palvelun tarjoaa Tieto puuttuu."));
  auto const saved = change("admin", "/settings/fi", {{"provider", "Mikkelin kaupunki"}});
  EXPECT_THAT(text_in(saved.text), HasSubstr("✓ Muutokset on tallennettu"));
  EXPECT_THAT(text_in(get(as("admin"), "/settings").text), Not(HasSubstr("Palvelun tarjoaja")));
  EXPECT_THAT(statement("/accessibility"), HasSubstr("Palvelun tarjoaa Mikkelin kaupunki."));
}

TEST_F(SettingsPages, a_language_without_its_own_text_shows_another) {
  change("admin", "/settings/fi", {{"provider", "Mikkelin kaupunki"}});
  EXPECT_THAT(statement("/accessibility?lang=sv"), HasSubstr("Mikkelin kaupunki"));
  change("admin", "/settings/sv", {{"provider", "S:t Michels stad"}});
  EXPECT_THAT(statement("/accessibility?lang=sv"), HasSubstr("S:t Michels stad"));
  EXPECT_THAT(statement("/accessibility?lang=fi"), HasSubstr("Mikkelin kaupunki"));
}

TEST_F(SettingsPages, days_are_typed_as_people_write_them_and_read_in_the_readers_way) {
  change("admin", "/settings/common",
         {{"assessment", "self"}, {"assessed_on", "1.6."}, {"privacy_checked", "2026-06-02"}});
  EXPECT_THAT(statement("/accessibility"), HasSubstr("arvioi sivut itse 1.6.2026."));
  EXPECT_THAT(statement("/privacy?lang=en"), HasSubstr("checked on 2 Jun 2026."));
  auto const form = fields_of_form(get(as("admin"), "/settings/common").text, "/settings/common");
  EXPECT_EQ(form.at("assessed_on"), "1.6.2026");
}

TEST_F(SettingsPages, faults_stand_at_their_fields_and_nothing_is_written) {
  auto const before = sequence();
  auto const page = change("admin", "/settings/common",
                           {{"email", "kaiku"}, {"assessed_on", "1.7.2026"}, {"phone", "015 1"}});
  EXPECT_THAT(page.text,
              AllOf(HasSubstr("id=\"email-fault\""), HasSubstr("id=\"assessed_on-fault\""),
                    Not(HasSubstr("id=\"phone-fault\""))));
  EXPECT_EQ(fields_of_form(page.text, "/settings/common").at("phone"), "015 1");
  EXPECT_EQ(sequence(), before);
}

TEST_F(SettingsPages, a_change_is_one_entry_and_the_same_again_is_none) {
  change("admin", "/settings/fi", {{"provider", "Mikkelin kaupunki"}, {"officer", "T. Suoja"}});
  auto const before = sequence();
  auto const page = change("admin", "/settings/fi", {{"provider", "Mikkelin kaupunki"}});
  EXPECT_THAT(text_in(page.text), HasSubstr("✓ Mitään ei muutettu"));
  EXPECT_EQ(sequence(), before);
  change("admin", "/settings/fi", {{"officer", ""}});
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_THAT(statement("/privacy"), HasSubstr("Tietosuojavastaava: Tieto puuttuu."));
  EXPECT_THAT(statement("/accessibility"), HasSubstr("Mikkelin kaupunki"));
}

TEST_F(SettingsPages, two_who_change_the_same_fact_are_shown_both) {
  change("admin", "/settings/fi", {{"provider", "Ensin"}});
  auto const mine = filled("admin", "/settings/fi", {{"provider", "Minun"}});
  change("admin", "/settings/fi", {{"provider", "Toisen"}});
  auto const page = follow("admin", send_form("admin", "/settings/fi", mine));
  EXPECT_THAT(text_in(page.text), HasSubstr("Sinä kirjoitit: Minun"));
}

TEST_F(SettingsPages, long_texts_with_a_fault_come_back_whole) {
  auto const path = "/settings/fi";
  std::string text;
  while (text.size() < 590) text += "ä";
  auto fields = filled(
      "admin", path,
      {{"provider", text}, {"controller", text}, {"officer", text}, {"processor", text + text}});
  auto const before = sequence();
  auto const faulty = send_form("admin", path, fields);
  EXPECT_EQ(faulty.status, 422) << faulty;
  EXPECT_THAT(faulty.text, AllOf(HasSubstr("<title>Virhe: "), HasSubstr("id=\"processor-fault\""),
                                 Not(HasSubstr("?k=")), Not(HasSubstr("%3Fk%3D"))))
      << "no link leads to an address that is too long";
  EXPECT_EQ(sequence(), before);
  fields = fields_of_form(faulty.text, path);
  EXPECT_EQ(fields.at("officer"), text);
  EXPECT_EQ(fields.at("processor"), text + text);
  fields["processor"] = "Kuntien Tieto Oy";
  fields["one_time_code"] = totp("admin");
  auto const saved = follow("admin", send_form("admin", path, fields));
  EXPECT_THAT(text_in(saved.text), HasSubstr("✓ Muutokset on tallennettu"));
  EXPECT_THAT(statement("/privacy"), HasSubstr("Tietosuojavastaava: " + text));
}

TEST_F(SettingsPages, ask_for_a_fresh_code_and_keep_what_was_typed) {
  auto const before = sequence();
  for (auto const& [code, told] : {std::pair{"", "Kirjoita"}, std::pair{"000000", "ei täsmää"}}) {
    auto const page = NetworkPages::change(
        "admin", "/settings/fi", {{"provider", "Mikkelin kaupunki"}, {"one_time_code", code}});
    EXPECT_THAT(page.text, AllOf(HasSubstr("id=\"one_time_code-fault\""), HasSubstr(told)));
    auto const form = fields_of_form(page.text, "/settings/fi");
    EXPECT_EQ(form.at("provider"), "Mikkelin kaupunki");
    EXPECT_EQ(form.at("one_time_code"), "");
  }
  EXPECT_EQ(sequence(), before);
  change("admin", "/settings/fi", {{"provider", "Mikkelin kaupunki"}});
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_FALSE(fields_of_form(get(as("admin"), "/settings/sv").text, "/settings/sv")
                   .contains("one_time_code"))
      << "good for ten minutes";
}

TEST_F(SettingsPages, are_for_the_administrator_and_for_parts_that_exist) {
  EXPECT_EQ(get(as("national"), "/settings").status, 403);
  EXPECT_EQ(get(as("admin"), "/settings/de").status, 404);
}

}  // namespace
}  // namespace kaiku::test
