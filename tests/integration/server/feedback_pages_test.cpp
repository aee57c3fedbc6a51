// A message from anybody, and those who answer it.
#include <gmock/gmock.h>

#include "server/domain/message.hpp"
#include "server/tables/messages.hpp"
#include "tests/support/page_browser.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class FeedbackPages : public ServerTest {
 protected:
  PageBrowser browser(std::string const& account = "") {
    PageBrowser made(
        [this](HttpHeaders const& headers, std::string_view method, std::string const& path,
               std::string const& body) { return send(headers, method, path, body); },
        origin());
    if (!account.empty()) made.come_in(as(account));
    return made;
  }
  // What the page says after a message; without hidden fields that it took along.
  std::string sent(PageBrowser& from, std::string const& text, std::string const& contact = "",
                   std::string const& subject = "privacy") {
    from.open("/feedback?from=/places");
    return text_in(
        from.submit("Lähetä viesti", {{"subject", subject}, {"text", text}, {"contact", contact}})
            .text);
  }
};

TEST_F(FeedbackPages, a_message_arrives_and_is_answered) {
  auto nobody_there = browser();
  EXPECT_THAT(sent(nobody_there, "Kuka näkee tietoni?\nKiitos.", "maija@esimerkki.example"),
              HasSubstr("Viesti 1 on lähetetty"));
  EXPECT_THAT(nobody_there.page().header("set-cookie"), "");
  auto coordinator = browser("coordinator");
  EXPECT_THAT(text_in(coordinator.open("/messages").text),
              AllOf(HasSubstr("Vastaamatta: 1"), HasSubstr("vastattava 29.6.2026 mennessä"),
                    Not(HasSubstr("Kuka näkee"))));
  auto const text = text_in(coordinator.open("/messages/1").text);
  EXPECT_THAT(text, AllOf(HasSubstr("Kuka näkee tietoni? Kiitos."), HasSubstr("Tietosuoja"),
                          HasSubstr("/places"), HasSubstr("maija@esimerkki.example")));
  EXPECT_THAT(text_in(coordinator.submit("Merkitse vastatuksi").text),
              AllOf(HasSubstr("Viesti on merkitty vastatuksi."), HasSubstr("Vastattu 15.6.2026")));
  EXPECT_THAT(text_in(coordinator.open("/messages").text), HasSubstr("Vastaamatta: 0"));
}

TEST_F(FeedbackPages, a_mark_of_an_answer_is_taken_back_until_the_contact_goes) {
  auto from = browser();
  sent(from, "Vastaa minulle", "015 123 456");
  auto coordinator = browser("coordinator");
  coordinator.open("/messages/1");
  coordinator.submit("Merkitse vastatuksi");
  EXPECT_THAT(text_in(coordinator.submit("Ota takaisin").text),
              AllOf(HasSubstr("Viesti odottaa taas vastausta."),
                    HasSubstr("vastattava 29.6.2026 mennessä"), HasSubstr("015 123 456"),
                    HasSubstr("Merkitse vastatuksi"), Not(HasSubstr("Ota takaisin"))));
  EXPECT_THAT(text_in(coordinator.open("/messages").text), HasSubstr("Vastaamatta: 1"));
  // Marked anew by somebody else: a page of before takes no mark back but its own.
  coordinator.open("/messages/1");
  coordinator.submit("Merkitse vastatuksi");
  auto other = browser("coordinator");
  other.open("/messages/1");
  coordinator.submit("Ota takaisin");
  advance(minute_us);
  coordinator.submit("Merkitse vastatuksi");
  other.submit("Ota takaisin");
  EXPECT_THAT(text_in(other.page().text), HasSubstr("Vastattu 15.6.2026"));
  advance(domain::contact_kept_us - minute_us);
  EXPECT_THAT(text_in(browser("coordinator").open("/messages/1").text), HasSubstr("Ota takaisin"));
  advance(minute_us);
  EXPECT_THAT(text_in(browser("coordinator").open("/messages/1").text),
              Not(HasSubstr("Ota takaisin")));
}

TEST_F(FeedbackPages, sent_twice_it_is_one_message) {
  auto from = browser();
  sent(from, "Kerran");
  auto const first = from.address();
  from.resend(from.sent().first, from.sent().second);
  EXPECT_EQ(from.address(), first);
  EXPECT_THAT(text_in(browser("coordinator").open("/messages").text), Not(HasSubstr("Viesti 2")));
}

TEST_F(FeedbackPages, faults_stand_at_their_fields_and_nothing_is_kept) {
  auto from = browser();
  EXPECT_THAT(sent(from, " ", "", ""),
              AllOf(HasSubstr("Valitse aihe."), HasSubstr("Kirjoita viesti.")));
  EXPECT_THAT(from.address(), StartsWith("/feedback?k="));
  EXPECT_THAT(sent(from, "Tunnukseni on 131052-308T"), HasSubstr("Henkilötunnus"));
  EXPECT_THAT(from.page().text, Not(HasSubstr("131052")));
  EXPECT_THAT(text_in(browser("coordinator").open("/messages").text),
              HasSubstr("Viestejä ei ole."));
}

TEST_F(FeedbackPages, a_message_that_fits_no_address_comes_back_in_place) {
  auto from = browser();
  std::string const text(2'001, 'a');
  EXPECT_THAT(sent(from, text, std::string(1'500, 'b')), HasSubstr("Viesti on liian pitkä."));
  EXPECT_EQ(from.page().status, 422);
  EXPECT_THAT(from.page().text, Not(HasSubstr("?k="))) << "the other languages have an address";
  EXPECT_THAT(from.page().text, HasSubstr(text));
  EXPECT_THAT(sent(from, std::string(2'000, 'a')), HasSubstr("Viesti 1 on lähetetty"));
}

TEST_F(FeedbackPages, a_network_sends_five_an_hour) {
  auto from = browser();
  for (int n = 1; n <= 5; ++n) {
    EXPECT_THAT(sent(from, "Viesti"), HasSubstr("Viesti " + std::to_string(n) + " on lähetetty"));
  }
  EXPECT_THAT(sent(from, "Vielä yksi"), HasSubstr("Liian monta yritystä."));
  EXPECT_THAT(from.page().text, HasSubstr("Vielä yksi"));
  advance(hour_us);
  EXPECT_THAT(sent(from, "Vielä yksi"), HasSubstr("Viesti 6 on lähetetty"));
}

TEST_F(FeedbackPages, open_ones_come_first_and_the_oldest_on_top) {
  auto from = browser();
  for (auto const* text : {"yksi", "kaksi", "kolme"}) {
    sent(from, text);
    advance(minute_us);
  }
  auto coordinator = browser("coordinator");
  coordinator.open("/messages/1");
  coordinator.submit("Merkitse vastatuksi");
  auto const list = text_in(coordinator.open("/messages").text);
  EXPECT_LT(list.find("Viesti 2"), list.find("Viesti 3"));
  EXPECT_LT(list.find("Viesti 3"), list.find("Viesti 1"));
}

TEST_F(FeedbackPages, how_to_answer_goes_ninety_days_after_the_answer_and_not_before) {
  auto from = browser();
  sent(from, "Vastaa minulle", "015 123 456");
  sent(from, "Ja minulle", "015 765 432");
  auto coordinator = browser("coordinator");
  coordinator.open("/messages/1");
  coordinator.submit("Merkitse vastatuksi");
  auto const contact = [&](std::int64_t number) {
    std::optional<std::string> found;
    write([&](ledger::WriteTx& tx) { found = tables::find_message(tx, number)->contact; });
    return found;
  };
  auto const forget = [&](std::int64_t after_us) {
    write([&](ledger::WriteTx& tx) {
      tables::forget_contacts_answered_before(tx,
                                              clock().now() + (after_us - domain::contact_kept_us));
    });
  };
  forget(90 * day_us - 1);
  EXPECT_EQ(contact(1), "015 123 456");
  forget(90 * day_us + 1);
  EXPECT_EQ(contact(1), std::nullopt);
  EXPECT_EQ(contact(2), "015 765 432") << "nobody has answered it";
}

}  // namespace
}  // namespace kaiku::test
