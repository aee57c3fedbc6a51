// Paper forms keyed in afterwards, one after the other: the day of issue, and what follows from it.
#include <gmock/gmock.h>

#include <algorithm>

#include "server/tables/redemptions.hpp"
#include "tests/integration/server/browsing.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class PaperForms : public Browsing {
 protected:
  using Fields = http::FormPairs;

  static constexpr auto path = "/cards/forms";

  Fields row(std::size_t position, std::string const& issued_on, Fields more = {}) {
    Fields fields{{"issued_on", issued_on},
                  {"card", net.codes.at(position - 1)},
                  {"birth_year", "1985"},
                  {"children", "2"},
                  {"postcode", "50100"}};
    return with_fields(std::move(fields), more);
  }
  PageBrowser sitting() {
    auto worker = browser_of("worker");
    EXPECT_EQ(worker.open(path).status, 200) << worker.page();
    return worker;
  }
  std::string keyed(PageBrowser& worker, Fields fields) {
    return worker.submit("Kirjaa kortti", std::move(fields)).text;
  }
  Json card(std::size_t position) {
    return get(as("worker"), "/api/v1/cards/" + net.codes.at(position - 1)).body;
  }
  std::string short_of(std::size_t position) const {
    auto const& code = net.codes.at(position - 1);
    return "…" + code.substr(code.size() - 3);
  }
};

TEST_F(PaperForms, give_a_card_as_of_the_day_on_the_form_and_count) {
  auto worker = sitting();
  EXPECT_THAT(worker.page().text, ContainsRegex("id=\"issued_on\"[^>]* autofocus"));
  auto const first = keyed(worker, row(1, "1.6."));
  EXPECT_THAT(worker.address(), AllOf(StartsWith("/cards/forms?k="), Not(HasSubstr("1985"))));
  EXPECT_THAT(first, AllOf(HasSubstr("<title>1 kirjattu"), HasSubstr("value=\"1.6.\""),
                           HasSubstr("Kortit (luovuttamatta 1)"), Not(HasSubstr(net.codes[0]))));
  EXPECT_THAT(text_in(first),
              HasSubstr("Viimeksi kirjattu: " + short_of(1) + ", annettu 1.6.2026."));
  EXPECT_THAT(first, ContainsRegex("id=\"card\"[^>]*aria-describedby=\"card-hint outcome "
                                   "outcome-card\" autofocus"));
  EXPECT_THAT(keyed(worker, row(2, "2026-05-31")),
              AllOf(HasSubstr("<title>2 kirjattu"), HasSubstr("value=\"2026-05-31\"")));
  EXPECT_EQ(card(1).at("registered_on"), "2026-06-01");
  EXPECT_EQ(card(1).at("first_valid_day"), "2026-06-01");
  EXPECT_EQ(card(1).at("last_valid_day"), "2027-05-31");
  EXPECT_THAT(get(as("worker"), "/cards/handovers").text, HasSubstr("Luovuttamatta: 2"));
}

TEST_F(PaperForms, are_counted_on_past_a_fault_and_done_once) {
  auto worker = sitting();
  keyed(worker, row(1, "1.6."));
  auto const first = worker.first_answer().header("location");
  auto const [action, fields] = worker.sent();
  auto const before = sequence();
  auto const faulty = keyed(worker, row(2, "1.6.", {{"birth_year", "85"}}));
  EXPECT_THAT(faulty, AllOf(HasSubstr("<title>Virhe: Paperilomakkeet"), HasSubstr("1 kirjattu"),
                            HasSubstr("neljällä numerolla"), HasSubstr("value=\"1.6.\""),
                            Not(HasSubstr("Viimeksi kirjattu"))));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(keyed(worker, row(2, "1.6.")), HasSubstr("<title>2 kirjattu"));
  worker.resend(action, fields);
  EXPECT_EQ(worker.first_answer().header("location"), first) << "sent twice, done once";
}

TEST_F(PaperForms, begin_a_new_count_when_the_page_is_too_old) {
  auto worker = sitting();
  keyed(worker, row(1, "1.6."));
  advance(31 * minute_us);
  auto const old = worker.open(worker.address()).text;
  EXPECT_THAT(old, AllOf(HasSubstr("Sivu oli vanhentunut."), Not(HasSubstr("1 kirjattu"))));
  EXPECT_THAT(keyed(worker, row(2, "1.6.")), HasSubstr("<title>1 kirjattu"));
}

TEST_F(PaperForms, take_no_day_to_come_none_of_long_ago_and_no_other_text) {
  auto worker = sitting();
  auto const before = sequence();
  for (auto const& [day, told] :
       {std::pair<std::string, std::string>{"16.6.", "Päivä on tulevaisuudessa. Tarkista päivä."},
        {"15.4.2026", "Päivä saa olla enintään 60 päivää sitten."},
        {"", "Kirjoita päivä, jona kortti annettiin."},
        {"kesällä", "Kirjoita päivä, jona kortti annettiin."},
        {"131052-308T", "Henkilötunnusta ei tarvita"}}) {
    auto const page = keyed(worker, row(1, day));
    EXPECT_THAT(page, AllOf(HasSubstr(told), HasSubstr("issued_on-fault"))) << day;
    EXPECT_THAT(page, Not(HasSubstr("308T")));
  }
  EXPECT_EQ(sequence(), before) << "nothing is written";
  EXPECT_THAT(keyed(worker, row(1, "16.4.2026")), HasSubstr("<title>1 kirjattu"));
}

TEST_F(PaperForms, give_no_card_that_would_be_over_already) {
  auto const etag = get(as("coordinator"), "/api/v1/areas/ETELA").header("etag");
  ASSERT_EQ(
      patch(as("coordinator"), "/api/v1/policies/ETELA", {{"validity_months", 1}}, etag).status,
      200);
  auto worker = sitting();
  EXPECT_THAT(keyed(worker, row(1, "10.5.2026")),
              AllOf(HasSubstr("Tällä päivällä annettu kortti olisi jo päättynyt."),
                    HasSubstr("issued_on-fault")));
  EXPECT_EQ(check(net.codes[0], net.pool).answer(), "not_registered");
  EXPECT_THAT(keyed(worker, row(1, "20.5.2026")), HasSubstr("<title>1 kirjattu"));
}

TEST_F(PaperForms, of_december_are_keyed_in_january_without_the_year) {
  advance(204 * day_us);  // 5 January
  auto worker = sitting();
  EXPECT_THAT(keyed(worker, row(1, "28.12.")), HasSubstr("annettu 28.12.2026."));
  EXPECT_THAT(keyed(worker, row(2, "28.1.")),
              HasSubstr("Päivä on tulevaisuudessa. Tarkista päivä."));
}

TEST_F(PaperForms, take_a_scan_alone_as_a_question) {
  auto worker = sitting();
  auto const before = sequence();
  auto const page =
      keyed(worker, {{"issued_on", "1.6."}, {"card", net.tokens[0]}, {"postcode", "50100"}});
  EXPECT_THAT(page, AllOf(HasSubstr("Kortti on luettu."), HasSubstr("value=\"1.6.\""),
                          ContainsRegex("id=\"birth_year\"[^>]* autofocus")));
  EXPECT_EQ(sequence(), before) << "nothing is written";
}

TEST_F(PaperForms, a_use_of_the_days_between_is_judged_by_the_day_on_the_form) {
  advance(20 * day_us);
  auto const verdict = [&](std::int64_t days) {
    auto const reply = redeem(net.codes[0], net.museum, {{"occurred_at", ago(days * day_us)}});
    EXPECT_EQ(reply.status, 201) << reply;
    std::string told = "none";
    write([&](ledger::WriteTx& tx) {
      RedemptionId const id{reply.body.value("redemption_id", std::int64_t{0})};
      auto const use = tables::find_redemption(tx, id);
      if (use && use->verdict) told = *use->verdict;
    });
    return told;
  };
  EXPECT_EQ(verdict(11), "late_not_registered") << "told before the form was keyed in";
  auto worker = sitting();
  keyed(worker, row(1, to_finnish(today() + -12)));
  EXPECT_EQ(verdict(10), "fine");
  EXPECT_EQ(verdict(13), "late_not_registered");
}

TEST_F(PaperForms, come_back_filled_when_the_sign_in_has_ended) {
  auto worker = browser_of("worker");
  worker.come_in(mortal("worker"));
  worker.open(path);
  advance(16 * minute_us);
  keyed(worker, row(1, "1.6."));
  auto const login = worker.first_answer().header("location");
  ASSERT_THAT(login, StartsWith("/login?next="));
  worker.come_in(as("worker"));
  auto const back =
      worker.open(http::percent_decode(login.substr(login.find('=') + 1)).value_or("")).text;
  EXPECT_THAT(back, AllOf(HasSubstr("Kirjauduit uudelleen."), HasSubstr("value=\"1.6.\""),
                          HasSubstr("value=\"1985\"")));
  EXPECT_THAT(keyed(worker, row(1, "1.6.")), HasSubstr("<title>1 kirjattu"));
}

TEST_F(PaperForms, of_another_office_are_not_counted_here) {
  auto worker = sitting();
  keyed(worker, row(1, "1.6."));
  auto const theirs = get(as("other_worker"), worker.address()).text;
  EXPECT_THAT(theirs, AllOf(HasSubstr("Sivu oli vanhentunut."), Not(HasSubstr("kirjattu"))));
}

}  // namespace
}  // namespace kaiku::test
