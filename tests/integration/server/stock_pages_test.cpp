// Card stock from the order to the office, on pages.
#include <gmock/gmock.h>

#include "server/tables/stock.hpp"
#include "tests/integration/server/browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto make_batch = "Luo korttierä";
constexpr auto print = "Tulosta arkit";

class StockPages : public Browsing {
 protected:
  StockPages() { give_password("coordinator"); }
  PageBrowser at(std::string const& path, std::string const& account = "coordinator") {
    auto browser = browser_of(account);
    browser.open(path);
    EXPECT_EQ(browser.page().status, 200) << browser.page();
    return browser;
  }
  std::string code() { return totp("coordinator"); }
  std::string free_batch() const { return "/batches/" + std::to_string(net.free_batch.value); }
  std::string office() const { return std::to_string(net.office.value); }
  static http::FormPairs sheet(std::string const& from, std::string const& to) {
    return {{"from", from},      {"to", to},    {"as", "cards"},
            {"spacing", "gaps"}, {"right", ""}, {"down", ""}};
  }
};

TEST_F(StockPages, a_batch_is_made_for_a_one_time_code_alone) {
  auto person = at("/batches/new");
  auto const before = sequence();
  EXPECT_THAT(person.submit(make_batch, {{"count", "3"}, {"office", office()}}).text,
              AllOf(HasSubstr("<title>Virhe: "), HasSubstr("Kirjoita kertakoodi."),
                    HasSubstr("value=\"3\"")));
  EXPECT_THAT(person.submit(make_batch, {{"count", "3"}, {"one_time_code", "000000"}}).text,
              AllOf(HasSubstr("Kertakoodi ei täsmää."), Not(HasSubstr("000000"))));
  EXPECT_EQ(sequence(), before);
  auto const made =
      person.submit(make_batch, {{"count", "3"}, {"office", office()}, {"one_time_code", code()}});
  EXPECT_THAT(made.text, AllOf(HasSubstr("kortit 000"), HasSubstr("-0001–000"),
                               HasSubstr("Mikkelin sosiaaliasema")));
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_THAT(person.address(), StartsWith("/batches/"));
}

TEST_F(StockPages, the_form_of_a_batch_sent_twice_makes_one) {
  auto person = at("/batches/new");
  person.submit(make_batch, {{"count", "3"}, {"office", ""}, {"one_time_code", code()}});
  auto const address = person.address();
  auto const before = sequence();
  auto const [path, fields] = person.sent();
  person.resend(path, fields);
  EXPECT_EQ(person.address(), address);
  EXPECT_EQ(sequence(), before);
}

TEST_F(StockPages, a_code_is_good_for_ten_minutes_of_one_session) {
  auto person = at("/batches/new");
  person.submit(make_batch, {{"count", "1"}, {"office", ""}, {"one_time_code", code()}});
  EXPECT_THAT(person.open("/batches/new").text, Not(HasSubstr("one_time_code")));
  auto const used = code();
  forget_session("coordinator");
  auto elsewhere = at("/batches/new");
  EXPECT_THAT(
      elsewhere.submit(make_batch, {{"count", "1"}, {"office", ""}, {"one_time_code", used}}).text,
      HasSubstr("Tämä kertakoodi on jo käytetty."));
  advance(10 * minute_us);
  EXPECT_THAT(person.open("/batches/new").text, HasSubstr("one_time_code"));
}

TEST_F(StockPages, one_person_makes_five_hundred_cards_a_day) {
  auto person = at("/batches/new");
  person.submit(make_batch, {{"count", "2"}, {"office", ""}, {"one_time_code", code()}});
  EXPECT_THAT(person.address(), StartsWith("/batches/"));
  person.open("/batches/new");
  person.submit(make_batch, {{"count", "499"}, {"office", ""}});
  EXPECT_THAT(person.address(), StartsWith("/approvals/")) << "501 in sum";
  for (auto const* count : {"x", "0", "5001"}) {
    person.open("/batches/new");
    EXPECT_THAT(person.submit(make_batch, {{"count", count}}).text,
                HasSubstr("Kirjoita määrä numerona, 1–5000."));
  }
}

TEST_F(StockPages, sheets_are_printed_for_a_code_and_the_ledger_says_so) {
  auto person = at(free_batch());
  auto const before = sequence();
  EXPECT_THAT(person.submit(print, sheet("1", "9")).text,
              AllOf(HasSubstr("Erässä on kortit 1–5."), HasSubstr("value=\"9\"")));
  EXPECT_THAT(person.submit(print, sheet("1", "3")).text, HasSubstr("Kirjoita kertakoodi."));
  EXPECT_EQ(sequence(), before);
  auto typed = sheet("1", "3");
  typed.back().second = "-0,5";
  typed.emplace_back("one_time_code", code());
  auto const pdf = person.submit(print, typed);
  EXPECT_EQ(pdf.status, 200);
  EXPECT_EQ(pdf.header("content-type"), "application/pdf");
  EXPECT_THAT(pdf.header("content-disposition"), StartsWith("attachment; filename=\"kaiku-0"));
  EXPECT_THAT(pdf.text, StartsWith("%PDF-"));
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_THAT(person.open(free_batch()).text, HasSubstr("value=\"−0,5\""))
      << "kept with the account";
  auto stickers = sheet("2", "2");
  stickers[2].second = "stickers";
  EXPECT_THAT(person.submit(print, stickers).text, StartsWith("%PDF-"));
  EXPECT_EQ(sequence(), before + 2);
  person.open(free_batch());
  auto far = sheet("1", "1");
  far[4].second = "5,1";
  EXPECT_THAT(person.submit(print, far).text, HasSubstr("Kirjoita luku väliltä −5…+5."));
}

TEST_F(StockPages, the_test_print_needs_nothing) {
  auto const before = sequence();
  auto const pdf = get(as("coordinator"), "/print-test?test_right=1,5");
  EXPECT_EQ(pdf.header("content-type"), "application/pdf");
  EXPECT_THAT(pdf.text, StartsWith("%PDF-"));
  EXPECT_EQ(sequence(), before);
}

TEST_F(StockPages, a_range_goes_to_an_office_with_a_note_and_the_office_sees_it) {
  auto person = at(free_batch() + "/hand");
  EXPECT_THAT(person.page().text, HasSubstr("value=\"5\"")) << "all that nobody has";
  auto const before = sequence();
  auto const asked =
      person.submit("Luovuta", {{"from", "1"}, {"to", "3"}, {"office", office()}}).text;
  EXPECT_THAT(asked, HasSubstr("Luovutetaan 3 korttia: Mikkelin sosiaaliasema."));
  EXPECT_EQ(sequence(), before) << "asked first";
  auto const note = person.submit("Luovuta", {}).text;
  EXPECT_THAT(note, AllOf(HasSubstr("Kortit on luovutettu"), HasSubstr("Lähetysluettelo"),
                          HasSubstr("-0001–000"), HasSubstr("Mikkelin sosiaaliasema")));
  auto again = at(free_batch() + "/hand");
  EXPECT_THAT(again.submit("Luovuta", {{"from", "3"}, {"to", "5"}, {"office", office()}}).text,
              HasSubstr("Kortit 1–3 on jo luovutettu: Mikkelin sosiaaliasema."));
  EXPECT_THAT(
      again.submit("Luovuta", {{"from", "5"}, {"to", "4"}, {"office", ""}}).text,
      AllOf(HasSubstr("Alku on loppua suurempi."), HasSubstr("Valitse alueen toimipiste.")));
  EXPECT_THAT(again.submit("Luovuta", {{"from", "4"}, {"to", "4"}, {"office", office()}}).text,
              HasSubstr("Luovutetaan 1 kortti: "));
  EXPECT_THAT(get(as("worker"), "/stock").text,
              AllOf(HasSubstr("63 korttia jäljellä"), HasSubstr("-0003")));
  EXPECT_THAT(get(as("other_worker"), "/stock").text,
              AllOf(HasSubstr("Varastossa ei ole kortteja."), Not(HasSubstr("-0003"))));
}

TEST_F(StockPages, the_way_back_from_a_question_keeps_what_was_typed) {
  auto hand = at(free_batch() + "/hand");
  hand.submit("Luovuta", {{"from", "2"}, {"to", "3"}, {"office", office()}});
  EXPECT_THAT(hand.go_back().text, AllOf(HasSubstr("value=\"2\""), HasSubstr("value=\"3\""),
                                         HasSubstr("<option value=\"" + office() + "\" selected>"),
                                         Not(HasSubstr("<title>Virhe"))));
  auto const before = sequence();
  EXPECT_THAT(hand.submit("Luovuta", {{"from", "2"}, {"to", "2"}, {"office", office()}}).text,
              HasSubstr("Luovutetaan 1 kortti: "))
      << "and the form asks as it did";
  EXPECT_EQ(sequence(), before);
  auto spoilt = at(free_batch() + "/void");
  spoilt.submit("Jatka", {{"from", "1"}, {"to", "4"}, {"reason", "misprint"}});
  EXPECT_THAT(spoilt.go_back().text,
              AllOf(HasSubstr("value=\"1\""), HasSubstr("value=\"4\""), HasSubstr(" checked"),
                    HasSubstr("name=\"reason\""), Not(HasSubstr("<title>Virhe"))));
}

TEST_F(StockPages, what_is_left_stands_in_the_list_and_little_of_it_is_said) {
  auto person = at(free_batch() + "/hand");
  person.submit("Luovuta",
                {{"from", "1"}, {"to", "3"}, {"office", std::to_string(net.other_office.value)}});
  person.submit("Luovuta", {});
  EXPECT_THAT(person.open("/batches").text,
              AllOf(HasSubstr("2 erää"), HasSubstr("Alle 10 jäljellä"), HasSubstr("Riittää")));
  EXPECT_THAT(get(as("national"), "/batches").text, Not(HasSubstr("Alle 10 jäljellä")))
      << "over all areas there is no list of offices";
}

TEST_F(StockPages, a_worker_without_stock_is_led_to_making_a_card) {
  EXPECT_THAT(get(as("far_worker"), "/cards/new").text,
              AllOf(HasSubstr("Varastossa ei ole kortteja."), HasSubstr("/cards/new?make=1")));
  EXPECT_THAT(get(as("other_worker"), "/cards/new").text,
              Not(HasSubstr("Varastossa ei ole kortteja.")))
      << "cards that are with no office are everybody's";
  EXPECT_THAT(get(as("worker"), "/cards/new").text, Not(HasSubstr("Varastossa ei ole kortteja.")));
}

TEST_F(StockPages, cards_become_void_once_their_number_is_typed) {
  registered(1);
  auto const batch = "/batches/" + std::to_string(net.batch.value);
  auto person = at(batch + "/void");
  auto const before = sequence();
  EXPECT_THAT(person.submit("Jatka", {{"from", "1"}, {"to", "5"}}).text, HasSubstr("Valitse syy."));
  EXPECT_THAT(person.submit("Jatka", {{"from", "1"}, {"to", "5"}, {"reason", "misprint"}}).text,
              AllOf(HasSubstr("Tarkista ennen kuin jatkat"), HasSubstr("Mitätöidään 4 korttia."),
                    HasSubstr("1 on jo annettu, se jää voimaan.")));
  EXPECT_THAT(person.submit("Mitätöi kortit", {{"typed", "5"}}).text,
              HasSubstr("Luku on toinen. Kirjoita 4."));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(person.submit("Mitätöi kortit", {{"typed", "4"}}).text,
              HasSubstr("Mitätöity 4 korttia"));
  EXPECT_EQ(sequence(), before + 1);
  auto const [path, fields] = person.sent();
  EXPECT_THAT(person.resend(path, fields).text, HasSubstr("Mitätöity 4 korttia"));
  EXPECT_EQ(sequence(), before + 1);
}

}  // namespace
}  // namespace kaiku::test
