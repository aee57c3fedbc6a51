// Two colleagues at the same thing: the form of whoever was slower stores nothing, says so, shows
// what stands today and keeps what was typed.
#include <gmock/gmock.h>

#include "tests/integration/server/browsing.hpp"
#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto somebody_else = "Joku muu muutti tietoja sillä välin.";

// One field of a form, by two who opened it at once.
struct Clash {
  std::string path;
  std::string field;
  std::string theirs;
  std::string mine;
  std::string told;  // of mine, beside the field
};

class ClashingForms : public NetworkPages {
 protected:
  static constexpr auto policy = "/areas/ETELA/policy";

  static std::string numbered(std::string const& stem, std::int64_t id) {
    return stem + "/" + std::to_string(id);
  }
  // Sends a form, with the one-time code that it may ask for, and answers the question that may
  // come of it.
  std::string sent(std::string const& who, std::string const& path, FormFields fields) {
    if (fields.contains("one_time_code")) fields["one_time_code"] = totp(who);
    auto const page = follow(who, send_form(who, path, fields)).text;
    if (text_in(page).find("Tarkista ennen kuin jatkat") == std::string::npos) return page;
    return follow(who, send_form(who, path, fields_of_form(page, path))).text;
  }
  // A colleague has sent this form.
  void changed_by(std::string const& who, std::string const& path, FormFields const& changes) {
    EXPECT_THAT(text_in(sent(who, path, filled(who, path, changes))), Not(HasSubstr("Virhe: ")))
        << path;
  }
  void told_to_the_slower(std::string const& who, Clash const& clash, std::string const& other) {
    auto const mine = filled(who, clash.path, {{clash.field, clash.mine}});
    changed_by(other, clash.path, {{clash.field, clash.theirs}});
    auto const before = sequence();
    auto const page = follow(who, send_form(who, clash.path, mine)).text;
    EXPECT_EQ(sequence(), before) << clash.path << ": nothing is stored";
    EXPECT_THAT(text_in(page),
                AllOf(HasSubstr(somebody_else), HasSubstr("Sinä kirjoitit: " + clash.told)))
        << clash.path;
    auto again = fields_of_form(page, clash.path);
    EXPECT_EQ(again.at(clash.field), clash.theirs) << clash.path;
    again[clash.field] = clash.mine;
    EXPECT_THAT(text_in(sent(who, clash.path, again)), Not(HasSubstr(somebody_else))) << clash.path;
    EXPECT_EQ(filled(who, clash.path, {}).at(clash.field), clash.mine)
        << clash.path << ": sent again, it is heard";
  }
};

TEST_F(ClashingForms, of_coordinators_are_told_to_the_slower_one) {
  auto const device = numbered("/devices", enrol(net.pool_enrolment, "ovi-1").id.value);
  auto const concert = numbered("/events", net.concert.value);
  auto const office = numbered("/offices", net.office.value);
  auto const pool = numbered("/venues", net.pool.value);
  std::string const towns = "/areas/ETELA/municipalities";
  for (auto const& clash : std::vector<Clash>{
           {device, "name", "Itäovi", "Länsiovi", "Länsiovi"},
           {concert, "title_sv", "Sommar", "Konsert", "Konsert"},
           {office, "letter_name", "Kunta", "Kaupunki", "Kaupunki"},
           {pool, "address", "Rantatie 1", "Rantatie 2", "Rantatie 2"},
           {"/areas/ETELA", "name_en", "Southern", "The south", "The south"},
           {towns, "m", "097\n178\n491", "097\n491\n507", "Hirvensalmi, Mikkeli, Mäntyharju"},
           {policy, "child_age_limit", "11", "13", "13"},
           {policy, "validity_months", "7", "9", "9"},
       }) {
    told_to_the_slower("coordinator", clash, "national");
  }
}

TEST_F(ClashingForms, of_the_settings_are_told_before_and_after_there_were_any) {
  add_account("other_admin", domain::Role::admin);
  give_password("admin");
  give_password("other_admin");
  for (auto const& clash : std::vector<Clash>{
           {"/settings/fi", "provider", "Toisen", "Minun", "Minun"},
           {"/settings/fi", "provider", "Kolmas", "Neljäs", "Neljäs"},
           {"/settings/common", "phone", "015 1", "015 2", "015 2"},
       }) {
    told_to_the_slower("admin", clash, "other_admin");
  }
}

// The rules ask before they are changed: what happens meanwhile is seen by the answer too.
TEST_F(ClashingForms, are_told_after_a_question_as_well) {
  auto const question = change("coordinator", policy, {{"child_age_limit", "13"}});
  ASSERT_THAT(text_in(question.text), HasSubstr("Tarkista ennen kuin jatkat"));
  changed_by("national", policy, {{"child_age_limit", "11"}});
  auto const before = sequence();
  auto const page =
      follow("coordinator", send_form("coordinator", policy, fields_of_form(question.text, policy)))
          .text;
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(text_in(page), AllOf(HasSubstr(somebody_else), HasSubstr("Sinä kirjoitit: 13")));
  EXPECT_EQ(fields_of_form(page, policy).at("child_age_limit"), "11");
}

// It changes one member alone, and whoever else wanted the same has it already.
TEST_F(ClashingForms, of_a_cancellation_change_nothing_twice_and_nothing_else) {
  auto const event = numbered("/events", net.concert.value);
  auto const cancel = event + "/cancel";
  auto const mine = filled("museum_staff", cancel, {});
  change("coordinator", event, {{"title_fi", "Syyskonsertti"}});
  auto const late = filled("coordinator", cancel, {});
  follow("museum_staff", send_form("museum_staff", cancel, mine));
  auto const now = get(as("admin"), "/api/v1" + event).body;
  EXPECT_TRUE(now.at("cancelled").get<bool>());
  EXPECT_EQ(now.at("title").at("fi"), "Syyskonsertti") << "the other's change stands";
  auto const before = sequence();
  auto const page = follow("coordinator", send_form("coordinator", cancel, late)).text;
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(text_in(page), HasSubstr("Mitään ei muutettu"));
  auto const restore = filled("coordinator", cancel, {});
  change("museum_staff", cancel, {});
  auto const restored = sequence();
  follow("coordinator", send_form("coordinator", cancel, restore));
  EXPECT_EQ(sequence(), restored);
  EXPECT_FALSE(get(as("admin"), "/api/v1" + event).body.at("cancelled").get<bool>());
}

class ClashingActs : public Browsing {
 protected:
  // The page of an act on the card, as somebody has opened it.
  PageBrowser opened(std::string const& card, std::string const& path) {
    auto worker = browser_of("worker");
    worker.open("/card");
    worker.submit("id=\"card\"", {{"card", card}});
    auto const& html = worker.page().text;
    auto const at = html.find("href=\"" + path + "?k=");
    EXPECT_NE(at, std::string::npos) << path << text_in(html);
    auto const from = at + 6;
    worker.open(html.substr(from, html.find('"', from) - from));
    return worker;
  }
  // A colleague's act.
  void acted(std::string const& card, std::string const& act, Json const& body) {
    auto const reply = post(as("worker"), "/api/v1/cards/" + card + "/" + act, body);
    EXPECT_LT(reply.status, 300) << reply;
  }
  // Sends the form that was opened before; the page that comes says that it was too late.
  std::string sent_late(PageBrowser& worker, std::string const& code, http::FormPairs typed) {
    auto const before = card(code);
    worker.submit("name=\"seen\"", std::move(typed));
    EXPECT_EQ(worker.first_answer().status, 303) << worker.first_answer();
    auto page = worker.page().text;
    EXPECT_THAT(text_in(page), HasSubstr(somebody_else));
    EXPECT_EQ(card(code), before) << "nothing is stored";
    return page;
  }
  Json card(std::string const& code) { return get(as("worker"), "/api/v1/cards/" + code).body; }
};

TEST_F(ClashingActs, renew_no_card_that_was_renewed_meanwhile) {
  auto const code = registered(1);
  auto mine = opened(code, "/card/renew");
  acted(code, "renewals", Json::object());
  auto const last = card(code).at("last_valid_day");
  EXPECT_THAT(text_in(sent_late(mine, code, {{"children", "3"}})),
              HasSubstr("Voimassaoloa on jo jatkettu"));
  EXPECT_EQ(card(code).at("last_valid_day"), last);
}

TEST_F(ClashingActs, renew_no_card_whose_children_changed_and_keep_what_was_typed) {
  auto const code = registered(1, 1);
  auto mine = opened(code, "/card/renew");
  acted(code, "children", {{"children", 4}});
  auto const page = sent_late(mine, code, {{"children", "3"}});
  EXPECT_THAT(page, AllOf(HasSubstr("Sinä kirjoitit: 3"), HasSubstr("value=\"4\"")));
  EXPECT_THAT(text_in(mine.submit("name=\"seen\"", {{"children", "3"}}).text),
              HasSubstr("Voimassaoloa on jatkettu"))
      << "sent again, it is done";
  EXPECT_EQ(card(code).at("children"), 3);
}

TEST_F(ClashingActs, replace_no_card_that_was_blocked_meanwhile_and_keep_what_was_typed) {
  auto const code = registered(1);
  auto mine = opened(code, "/card/replace");
  acted(code, "blocks", {{"reason", "lost"}});
  auto const page = sent_late(mine, code, {{"replacement", net.codes[1]}, {"reason", "worn"}});
  auto const fields = fields_of_form(page, "/card/replace");
  EXPECT_EQ(fields.at("replacement"), net.codes[1]);
  EXPECT_EQ(fields.at("reason"), "worn");
  EXPECT_EQ(card(code).at("state"), "blocked");
  EXPECT_EQ(
      mine.submit("name=\"seen\"", {{"replacement", net.codes[1]}, {"reason", "lost"}}).status,
      200);
  EXPECT_EQ(card(code).at("state"), "replaced") << "sent again, it is done";
}

TEST_F(ClashingActs, replace_no_card_twice) {
  auto const code = registered(1);
  auto mine = opened(code, "/card/replace");
  acted(code, "replacements", {{"reason", "worn"}, {"card", net.codes[1]}});
  EXPECT_THAT(text_in(sent_late(mine, code, {{"replacement", net.codes[2]}, {"reason", "lost"}})),
              HasSubstr("Kortti on korvattu uudella."));
  EXPECT_EQ(check(net.codes[1], net.pool).answer(), "ok");
  EXPECT_EQ(check(net.codes[2], net.pool).answer(), "not_registered") << "it is still in stock";
}

TEST_F(ClashingActs, block_no_card_for_another_reason_than_stands) {
  auto const code = registered(1);
  auto mine = opened(code, "/card/block");
  acted(code, "blocks", {{"reason", "misuse"}});
  EXPECT_THAT(text_in(sent_late(mine, code, {{"reason", "lost"}, {"until", "22.11."}})),
              HasSubstr("Kortti on jo estetty."));
  auto const shown = opened(code, "/card/unblock").page().text;
  EXPECT_THAT(shown, HasSubstr("Väärinkäyttö")) << "the colleague's reason";
}

TEST_F(ClashingActs, block_no_card_that_was_replaced_meanwhile) {
  auto const code = registered(1);
  auto mine = opened(code, "/card/block");
  acted(code, "replacements", {{"reason", "worn"}, {"card", net.codes[1]}});
  EXPECT_THAT(text_in(sent_late(mine, code, {{"reason", "lost"}})),
              HasSubstr("Kortti on korvattu uudella."));
}

TEST_F(ClashingActs, lift_no_block_that_a_colleague_has_lifted_or_made_anew) {
  auto const code = registered(1);
  acted(code, "blocks", {{"reason", "lost"}});
  auto mine = opened(code, "/card/unblock");
  auto other = opened(code, "/card/unblock");
  acted(code, "unblocks", Json::object());
  EXPECT_THAT(text_in(sent_late(mine, code, {})), HasSubstr("Korttia ei ole estetty."));
  acted(code, "blocks", {{"reason", "stolen"}});
  EXPECT_THAT(text_in(sent_late(other, code, {})), HasSubstr("Varastettu"));
  EXPECT_EQ(card(code).at("state"), "blocked");
}

}  // namespace
}  // namespace kaiku::test
