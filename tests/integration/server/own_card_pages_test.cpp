// A holder's own card without an account: seen, taken into the telephone, reported lost.
#include <gmock/gmock.h>

#include <set>

#include "schema/contract/card_code.hpp"
#include "server/tables/letters.hpp"
#include "server/use_cases/lift_blocks.hpp"
#include "tests/support/page_browser.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class OwnCardPages : public ServerTest {
 protected:
  struct Held {
    std::string code;
    std::string recovery;
  };
  // A card with a holder born in 1979 and two children.
  Held given() {
    auto const made = post(as("worker"), "/api/v1/cards",
                           {{"birth_year", 1979}, {"postcode", "50100"}, {"children", 2}});
    EXPECT_EQ(made.status, 201) << made;
    Held held{made.body.at("code"), made.body.at("recovery_code")};
    keep_secret(held.code);
    keep_secret(held.recovery);
    return held;
  }
  PageBrowser stranger(std::string const& address = "") {
    return PageBrowser(
        [this, address](HttpHeaders const& headers, std::string_view method,
                        std::string const& path, std::string const& body) {
          auto reply = send(address.empty() ? headers : from(address, headers), method, path, body);
          EXPECT_EQ(reply.header("set-cookie"), "") << path << ": holders' pages have no cookie";
          return reply;
        },
        origin());
  }
  std::string ask(PageBrowser& browser, std::string const& code, std::string const& year) {
    browser.open("/me");
    return text_in(browser.submit("birth_year", {{"card", code}, {"birth_year", year}}).text);
  }
  // Where the words lead.
  static std::string link_of(std::string const& html, std::string const& start) {
    auto const at = html.find("href=\"" + start);
    if (at == std::string::npos) return "";
    auto const from = at + 6;
    auto link = html.substr(from, html.find('"', from) - from);
    for (auto amp = link.find("&amp;"); amp != std::string::npos; amp = link.find("&amp;")) {
      link.erase(amp + 1, 4);
    }
    return link;
  }
  // The secret part of the link on its letter.
  std::string letter_of(Held const& held) {
    std::string const key = "AAAAAAAAAAAAAAAAAAAAAA";
    write([&](ledger::WriteTx& tx) {
      auto const found = tables::find_card(tx, *contract::CardCode::parse(held.code));
      tables::put_letter_key(tx, found->card.lineage.value(), key);
    });
    return key;
  }
  std::string state_of_card(std::string const& code) {
    return get(as("worker"), "/api/v1/cards/" + code).body.at("state");
  }
};

TEST_F(OwnCardPages, show_what_the_register_says_of_the_card_and_of_this_week) {
  auto const card = given();
  auto browser = stranger();
  auto const text = ask(browser, card.code, "1979");
  EXPECT_THAT(text,
              AllOf(HasSubstr("Kortti on voimassa."), HasSubstr("14.6.2027"),
                    HasSubstr("Lapsia mukaan enintään 2"), HasSubstr("Seuraavat 7 päivää: Mikkeli"),
                    HasSubstr("Kesäkonsertti"), Not(HasSubstr("Näytelmä"))));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("1979")), Not(HasSubstr("50100"))));
  EXPECT_THAT(browser.address(),
              AllOf(StartsWith("/me/card?k="), Not(HasSubstr(card.code)), Not(HasSubstr("1979"))));
  EXPECT_EQ(browser.page().header("referrer-policy"), "no-referrer");
}

TEST_F(OwnCardPages, every_mismatch_has_one_text_and_tells_nothing) {
  auto const card = given();
  auto const community =
      post(as("worker"), "/api/v1/cards", {{"kind", "community"}, {"community_ceiling", 8}});
  std::set<std::string> told;
  auto const tell = [&](std::string const& code, std::string const& year) {
    auto browser = stranger();
    auto const text = ask(browser, code, year);
    EXPECT_THAT(text, HasSubstr("Tunnus ja syntymävuosi eivät sovi yhteen."));
    EXPECT_THAT(browser.address(), StartsWith("/me?k="));
    auto html = browser.page().text;
    // What was typed stays, and the language links lead to this very page.
    for (auto const& typed : {code, year}) {
      for (auto at = html.find(typed); at != std::string::npos; at = html.find(typed)) {
        html.erase(at, typed.size());
      }
    }
    for (auto at = html.find("k="); at != std::string::npos; at = html.find("k=", at + 1)) {
      html.erase(at, html.find_first_of("&\"", at) - at);
    }
    told.insert(html);
  };
  tell(card.code, "1978");         // another year
  tell("9G5V-2K7Q-M4TX", "1979");  // cannot be read, or nobody's
  tell(net.codes[40], "1979");     // not given to anybody
  if (community.status == 201) tell(community.body.at("code"), "1979");
  EXPECT_EQ(told.size(), 1U);
}

TEST_F(OwnCardPages, a_personal_identity_code_goes_no_further) {
  auto const card = given();
  for (auto const& [code, year] : {std::pair<std::string, std::string>{"131052-308T", "1979"},
                                   {"131052 - 308t", ""},
                                   {card.code, "131052-308T"}}) {
    auto browser = stranger();
    EXPECT_THAT(ask(browser, code, year), HasSubstr("Henkilötunnusta ei tarvita tässä"));
    EXPECT_THAT(browser.page().text, Not(HasSubstr("308")));
  }
  auto browser = stranger();
  ask(browser, "KK1" + std::string(60, 'A'), std::string(300, '1'));
  EXPECT_THAT(browser.page().text, AllOf(Not(HasSubstr("KK1AAA")), Not(HasSubstr("1111111"))))
      << "the next scan is typed into an empty field";
}

TEST_F(OwnCardPages, tell_what_is_missing_at_its_field) {
  auto browser = stranger();
  auto const text = ask(browser, "", "85");
  EXPECT_THAT(text, AllOf(HasSubstr("Kirjoita kortin tunnus."),
                          HasSubstr("Kirjoita syntymävuosi neljällä numerolla.")));
  EXPECT_THAT(browser.page().text, HasSubstr("value=\"85\""));
}

TEST_F(OwnCardPages, a_code_is_held_for_a_day_and_a_network_for_an_hour) {
  auto const card = given();
  for (int n = 0; n < 5; ++n) {
    auto browser = stranger("192.0." + std::to_string(n) + ".1");
    EXPECT_THAT(ask(browser, card.code, "1900"), HasSubstr("eivät sovi yhteen"));
  }
  auto right = stranger("198.51.100.7");
  EXPECT_THAT(ask(right, card.code, "1979"), HasSubstr("Liian monta yritystä."));
  advance(24 * hour_us);
  EXPECT_THAT(ask(right, card.code, "1979"), HasSubstr("Kortti on voimassa."));
}

TEST_F(OwnCardPages, a_qr_text_is_read_as_the_card) {
  auto const made = post(as("worker"), "/api/v1/cards",
                         {{"birth_year", 1979}, {"postcode", "50100"}, {"children", 0}});
  auto browser = stranger();
  EXPECT_THAT(ask(browser, made.body.at("token"), "1979"), HasSubstr("Kortti on voimassa."));
}

TEST_F(OwnCardPages, an_address_is_good_for_ten_minutes_and_for_its_page_alone) {
  auto const card = given();
  auto browser = stranger();
  ask(browser, card.code, "1979");
  auto const address = browser.address();
  auto const k = address.substr(address.find("?k="));
  EXPECT_EQ(get(nobody, "/me/qr" + k).status, 303);
  EXPECT_EQ(get(nobody, "/me/card" + k).status, 200);
  advance(11 * minute_us);
  EXPECT_THAT(text_in(browser.open(address).text), HasSubstr("Sivu oli vanhentunut."));
}

TEST_F(OwnCardPages, the_telephone_gets_a_qr_that_a_venue_reads_and_a_picture) {
  auto const card = registered(1);  // of stock: its printed token is another text
  auto browser = stranger();
  ask(browser, card, "1980");
  auto const qr = link_of(browser.page().text, "/me/qr");
  ASSERT_NE(qr, "") << browser.page();
  auto const page = browser.open(qr);
  EXPECT_THAT(page.text, AllOf(HasSubstr("class=\"qr\""), HasSubstr(card),
                               HasSubstr("Lisää näytön kirkkautta.")));
  auto const picture = get(nobody, link_of(page.text, "/me/qr/kortti.png"));
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(picture.header("content-type"), "image/png");
  EXPECT_EQ(picture.header("content-disposition"), "attachment; filename=\"kortti.png\"");
  EXPECT_THAT(picture.text, StartsWith("\x89PNG"));
}

TEST_F(OwnCardPages, the_last_day_goes_into_a_calendar_that_names_no_card) {
  auto const card = given();
  auto browser = stranger();
  ask(browser, card.code, "1979");
  auto const file = get(nobody, link_of(browser.page().text, "/me/card.ics"));
  EXPECT_EQ(file.header("content-type"), "text/calendar; charset=utf-8");
  EXPECT_THAT(file.text,
              AllOf(HasSubstr("DTSTART;VALUE=DATE:20270614\r\n"),
                    HasSubstr("SUMMARY:Kaiku-kortin viimeinen"), Not(HasSubstr(card.code))));
}

TEST_F(OwnCardPages, a_lost_card_is_blocked_after_a_question_and_the_office_reads_it) {
  auto const card = given();
  auto browser = stranger();
  browser.open("/me/lost");
  auto const question = text_in(browser.submit("code", {{"code", card.recovery}}).text);
  EXPECT_THAT(question, HasSubstr("Kortti lakkaa toimimasta heti."));
  EXPECT_THAT(browser.address(), Not(HasSubstr(card.recovery)));
  EXPECT_EQ(state_of_card(card.code), "valid") << "nothing is done before it is confirmed";
  EXPECT_THAT(text_in(browser.submit("Ilmoita kortti kadonneeksi").text),
              HasSubstr("Kortti on ilmoitettu kadonneeksi"));
  EXPECT_EQ(state_of_card(card.code), "blocked");
  auto const before = sequence();
  browser.resend(browser.sent().first, browser.sent().second);
  EXPECT_EQ(sequence(), before) << "reported twice, blocked once";

  auto office = PageBrowser(
      [this](HttpHeaders const& headers, std::string_view method, std::string const& path,
             std::string const& body) { return send(headers, method, path, body); },
      origin());
  office.come_in(as("worker"));
  office.open("/card");
  auto const seen = office.submit("name=\"card\"", {{"card", card.code}});
  EXPECT_THAT(text_in(seen.text), HasSubstr("Haltija ilmoitti kortin kadonneeksi."));
  auto own = stranger();
  EXPECT_THAT(ask(own, card.code, "1979"), HasSubstr("Kortti ei ole nyt käytössä."));
}

// A block with a last day would have given the card back to whoever found it.
TEST_F(OwnCardPages, a_lost_card_stays_off_after_the_last_day_of_an_earlier_block) {
  auto const card = given();
  auto const block = [&](char const* reason) {
    return post(as("worker"), "/api/v1/cards/" + card.code + "/blocks",
                {{"reason", reason}, {"until", "2026-06-17"}});
  };
  ASSERT_EQ(block("misuse").status, 200);
  auto browser = stranger();
  browser.open("/me/lost");
  browser.submit("code", {{"code", card.recovery}});
  EXPECT_THAT(text_in(browser.submit("Ilmoita kortti kadonneeksi").text),
              AllOf(HasSubstr("Kortti on ilmoitettu kadonneeksi"),
                    HasSubstr("Sillä ei enää saa lippuja.")));
  // The report lifts no bar on its holder: until its last day is over, a new card has to wait for
  // the office's word.
  auto const replace = [&] {
    return post(as("worker"), "/api/v1/cards/" + card.code + "/replacements", {{"reason", "lost"}});
  };
  advance(2 * day_us);
  EXPECT_EQ(replace().slug(), "card-barred");
  advance(day_us);
  write([](ledger::WriteTx& tx) { use_cases::lift_ended_blocks(tx); });
  EXPECT_EQ(state_of_card(card.code), "blocked");
  auto const seen = get(as("worker"), "/api/v1/cards/" + card.code);
  EXPECT_FALSE(seen.body.contains("blocked_until")) << seen;
  browser.open("/me/lost");
  EXPECT_THAT(text_in(browser.submit("code", {{"code", card.recovery}}).text),
              HasSubstr("Kortti ei ole nyt käytössä."))
      << "what is lost already cannot be lost again";
  auto const replaced = replace();
  EXPECT_EQ(replaced.status, 200) << replaced;
  keep_secret(replaced.body.value("code", "none"));
  keep_secret(replaced.body.value("recovery_code", "none"));
}

TEST_F(OwnCardPages, an_office_that_blocks_a_card_is_no_holder) {
  auto const card = given();
  post(as("worker"), "/api/v1/cards/" + card.code + "/blocks", {{"reason", "lost"}});
  auto office = PageBrowser(
      [this](HttpHeaders const& headers, std::string_view method, std::string const& path,
             std::string const& body) { return send(headers, method, path, body); },
      origin());
  office.come_in(as("worker"));
  office.open("/card");
  auto const seen = office.submit("name=\"card\"", {{"card", card.code}});
  EXPECT_THAT(text_in(seen.text), Not(HasSubstr("Haltija ilmoitti")));
}

TEST_F(OwnCardPages, a_wrong_recovery_code_is_not_told_again) {
  auto browser = stranger();
  browser.open("/me/lost");
  auto const& page = browser.submit("code", {{"code", "ABCD EFGH"}});
  EXPECT_THAT(text_in(page.text), HasSubstr("Tällä varakoodilla ei löydy korttia."));
  EXPECT_THAT(page.text, Not(HasSubstr("ABCD EFGH")));
  EXPECT_THAT(text_in(browser.submit("code", {{"code", " "}}).text),
              HasSubstr("Kirjoita varakoodi."));
}

TEST_F(OwnCardPages, behind_a_letter_show_the_card_without_its_qr) {
  auto const held = given();
  auto const key = letter_of(held);
  auto holder = stranger();
  auto const page = holder.open("/l/" + key);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(text_in(page.text), AllOf(HasSubstr("Kortti on voimassa."), HasSubstr("14.6.2027")));
  EXPECT_THAT(page.text, AllOf(Not(HasSubstr(held.code)), Not(HasSubstr("/me/qr?"))));
  EXPECT_EQ(page.header("referrer-policy"), "no-referrer") << "the address is the secret";
  // Another letter ends this one.
  write([&](ledger::WriteTx& tx) {
    auto const found = tables::find_card(tx, *contract::CardCode::parse(held.code));
    tables::erase_letter_keys(tx, found->card.lineage.value());
  });
  EXPECT_THAT(text_in(holder.open("/l/" + key).text), HasSubstr("linkki ei ole enää voimassa"));
  for (auto const& line : log_lines()) EXPECT_THAT(line, Not(HasSubstr(key)));
}

TEST_F(OwnCardPages, behind_a_letter_ask_for_the_year_of_birth_before_the_qr) {
  auto const held = given();
  auto holder = stranger();
  holder.open("/l/" + letter_of(held));
  auto const asks = link_of(holder.page().text, "/me/qr/year");
  ASSERT_NE(asks, "") << holder.page();
  EXPECT_THAT(holder.open(asks).text,
              AllOf(HasSubstr("name=\"birth_year\""), Not(HasSubstr("class=\"qr\"")),
                    Not(HasSubstr(held.code))));
  auto const k = asks.substr(asks.find("?k="));
  EXPECT_EQ(get(nobody, "/me/qr" + k).status, 303) << "its address opens nothing else";
  auto const told = [&](std::string const& year) {
    return text_in(holder.submit("birth_year", {{"birth_year", year}}).text);
  };
  EXPECT_THAT(told(""), HasSubstr("Kirjoita syntymävuosi neljällä numerolla."));
  EXPECT_THAT(told("131052-308T"), HasSubstr("Henkilötunnusta ei tarvita tässä"));
  EXPECT_THAT(told("1978"), HasSubstr("Syntymävuosi ei ole kortin haltijan."));
  told("1979");
  EXPECT_THAT(holder.address(), StartsWith("/me/qr?k="));
  EXPECT_THAT(holder.page().text, AllOf(HasSubstr("class=\"qr\""), HasSubstr(held.code)));
}

TEST_F(OwnCardPages, a_year_behind_a_letter_counts_as_a_guess_of_its_card) {
  auto const held = given();
  auto finder = stranger();
  finder.open("/l/" + letter_of(held));
  finder.open(link_of(finder.page().text, "/me/qr/year"));
  for (int year = 1960; year < 1965; ++year) {
    finder.submit("birth_year", {{"birth_year", std::to_string(year)}});
  }
  EXPECT_THAT(text_in(finder.submit("birth_year", {{"birth_year", "1979"}}).text),
              HasSubstr("Liian monta yritystä."));
  auto elsewhere = stranger("198.51.100.7");
  EXPECT_THAT(ask(elsewhere, held.code, "1979"), HasSubstr("Liian monta yritystä."));
}

}  // namespace
}  // namespace kaiku::test
