// Community cards from the form to the door: made, listed, printed, replaced, and held to their
// ceiling.
#include <gmock/gmock.h>

#include "schema/contract/card_code.hpp"
#include "tests/integration/server/door_browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CommunityPages : public DoorBrowsing {
 protected:
  PageBrowser at_form() {
    auto worker = browser_of("worker");
    EXPECT_EQ(worker.open("/cards/community/new").status, 200) << worker.page();
    return worker;
  }
  // The page of the result.
  PageBrowser given(std::size_t position, std::string const& people) {
    auto worker = at_form();
    worker.submit("Anna kortti", {{"card", net.codes.at(position - 1)}, {"people", people}});
    EXPECT_THAT(worker.address(), StartsWith("/cards/handovers/")) << worker.page();
    return worker;
  }
  PageBrowser made(std::string const& people) {
    auto worker = at_form();
    worker.submit("Anna kortti", {{"people", people}, {"make", "1"}});
    EXPECT_THAT(worker.address(), StartsWith("/cards/handovers/")) << worker.page();
    return worker;
  }
  std::string list(std::string const& who = "worker") {
    return get(as(who), "/cards/community").text;
  }
  std::string listed(std::size_t position) const {
    auto const& code = net.codes.at(position - 1);
    return "<code>…" + code.substr(code.size() - 3) + "</code>";
  }
  static std::string row(std::string const& people, std::string const& state,
                         std::string const& last_day) {
    auto const cell = [](std::string const& label, std::string const& text) {
      return "<td role=\"cell\" data-label=\"" + label + "\">" + text + "</td>";
    };
    return cell("Henkeä kerralla enintään", people) + cell("Tila", state) +
           cell("Viimeinen voimassaolopäivä", last_day);
  }
  // Where a link with this text leads to.
  static std::string link(std::string const& page, std::string const& text) {
    auto const end = page.find("\">" + text + "</a>");
    if (end == std::string::npos) return "";
    auto const from = page.rfind("href=\"", end) + 6;
    auto address = page.substr(from, page.find('"', from) - from);
    auto const amp = address.find("&amp;");
    if (amp != std::string::npos) address.replace(amp, 5, "&");
    return address;
  }
  // The card's own page, from the list's first row.
  static void open_first(PageBrowser& worker) {
    auto const page = worker.open("/cards/community").text;
    auto const at = page.find("href=\"/card/view?k=");
    ASSERT_NE(at, std::string::npos) << page;
    worker.open(page.substr(at + 6, page.find('"', at + 6) - at - 6));
  }
  Json group(int adults, int children) {
    return {{"tickets", {{"adult", adults}, {"child", children}}}};
  }
};

TEST_F(CommunityPages, give_a_stock_card_without_a_word_of_any_holder) {
  auto worker = given(1, "25");
  auto const page = worker.page().text;
  EXPECT_THAT(page, AllOf(HasSubstr("Kortti on annettu"), HasSubstr(net.codes[0]),
                          HasSubstr("<dd class=\"large\">25</dd>"), HasSubstr("14.6.2027"),
                          HasSubstr("Ohje luovutettu")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("Varakoodi")), Not(HasSubstr("Tulosta kirje")),
                          Not(HasSubstr("Kunta ja postinumero")), Not(HasSubstr("Alaikäisiä"))));
  auto const card = get(as("worker"), "/api/v1/cards/" + net.codes[0]).body;
  EXPECT_EQ(card.at("kind"), "community");
  EXPECT_EQ(card.at("community_ceiling"), 25);
}

TEST_F(CommunityPages, ask_for_the_people_once_after_a_scan) {
  auto worker = at_form();
  EXPECT_THAT(worker.page().text, ContainsRegex("id=\"card\"[^>]* autofocus"));
  auto const before = sequence();
  worker.submit("Anna kortti", {{"card", net.tokens[0]}, {"people", "10"}});
  EXPECT_THAT(worker.page().text,
              AllOf(HasSubstr("Tarkista vielä henkilömäärä."), HasSubstr(net.codes[0]),
                    ContainsRegex("id=\"people\"[^>]* autofocus"), Not(HasSubstr("Virhe"))));
  EXPECT_EQ(sequence(), before) << "nothing is written";
  worker.submit("Anna kortti", {{"card", net.codes[0]}, {"people", "10"}});
  EXPECT_THAT(worker.page().text, HasSubstr("<dd class=\"large\">10</dd>"));
}

TEST_F(CommunityPages, tell_every_fault_at_its_field) {
  auto worker = at_form();
  auto const before = sequence();
  for (auto const* people : {"1", "51", "", "x"}) {
    worker.submit("Anna kortti", {{"card", net.codes[0]}, {"people", people}});
    EXPECT_THAT(worker.page().text, AllOf(HasSubstr("<title>Virhe: "), HasSubstr("numerona, 2–50"),
                                          HasSubstr(net.codes[0]), Not(HasSubstr("card-fault"))))
        << people;
  }
  auto const unknown = contract::CardCode::from_bits(5).text();
  for (auto const& [card, told] :
       {std::pair<std::string, std::string>{"", "Lue kortti tai kirjoita sen tunnus."},
        {unknown, "Tätä tunnusta ei ole rekisterissä."},
        {"131052-308T", "Henkilötunnusta ei tarvita"}}) {
    worker.submit("Anna kortti", {{"card", card}, {"people", "12"}});
    EXPECT_THAT(worker.page().text, AllOf(HasSubstr(told), Not(HasSubstr("308T")))) << card;
  }
  EXPECT_EQ(sequence(), before);
  registered(1);
  worker.open("/cards/community/new");
  worker.submit("Anna kortti", {{"card", net.codes[0]}, {"people", "12"}});
  EXPECT_THAT(worker.page().text,
              AllOf(HasSubstr("Tämä kortti on jo annettu täällä ja voimassa 14.6.2027 asti."),
                    HasSubstr("form=\"given-here\">Kortin tiedot<")));
}

TEST_F(CommunityPages, are_held_to_their_ceiling_at_every_door) {
  given(1, "5");
  auto const& code = net.codes[0];
  EXPECT_EQ(redeem(code, net.museum, group(1, 5)).answer(), "community_over_ceiling");
  EXPECT_EQ(redeem(code, net.museum, group(1, 4)).status, 201);
  EXPECT_EQ(redeem(code, net.museum, group(1, 0)).answer(), "community_over_ceiling")
      << "the visit has its five";
  auto desk = at_door("pool_staff");
  scan(desk, code);
  EXPECT_THAT(desk.page().text, HasSubstr("Kortti kelpaa"));
  advance(2 * second_us);
  enter(desk, "5");
  EXPECT_THAT(desk.page().text, HasSubstr("<title>Virhe: "));
  EXPECT_EQ(redeem(code, net.pool, group(1, 4)).status, 201) << "nothing was given before";
}

TEST_F(CommunityPages, list_code_people_state_and_last_day_to_their_office_alone) {
  EXPECT_THAT(list(), AllOf(HasSubstr("Yhteisön kortteja ei ole vielä annettu."),
                            HasSubstr("href=\"/cards/community/new\"")));
  given(1, "5");
  given(2, "12");
  registered(3);
  auto const before = sequence();
  auto const page = list();
  EXPECT_EQ(sequence(), before + 1) << "who looks through cards is written";
  EXPECT_THAT(page, AllOf(HasSubstr("Yhteisön kortit: 2"), HasSubstr(listed(1)),
                          HasSubstr(row("12", "Voimassa", "14.6.2027")),
                          Not(HasSubstr(net.codes[0])), Not(HasSubstr(listed(3)))));
  EXPECT_LT(page.find(listed(2)), page.find(listed(1))) << "the newest first";
  EXPECT_THAT(list("other_worker"), HasSubstr("Yhteisön kortit: 0"));
  auto const path = "/api/v1/cards/" + net.codes[0] + "/blocks";
  EXPECT_EQ(post(as("worker"), path, {{"reason", "lost"}}).status, 200);
  EXPECT_THAT(list(), HasSubstr(row("5", "Estetty", "14.6.2027")));
  for (auto const* from : {"/cards/handovers", "/card"}) {
    EXPECT_EQ(link(get(as("worker"), from).text, "Yhteisön kortit"), "/cards/community") << from;
  }
}

TEST_F(CommunityPages, show_and_change_a_card_from_the_list) {
  given(1, "5");
  auto worker = browser_of("worker");
  open_first(worker);
  EXPECT_THAT(worker.page().text,
              AllOf(HasSubstr("Yhteisön kortti, enintään 5 henkeä kerralla"),
                    HasSubstr("Tulosta ohje"), Not(HasSubstr("Muuta lasten määrä")),
                    Not(HasSubstr("Tee uusi kirje")), Not(HasSubstr("Korjaa tiedot"))));
  worker.open(link(worker.page().text, "Korvaa kortti"));
  EXPECT_THAT(worker.page().text, Not(HasSubstr("varakoodi")));
  worker.submit("Korvaa kortti", {{"reason", "lost"}, {"replacement", net.codes[1]}});
  EXPECT_THAT(worker.page().text,
              AllOf(HasSubstr("Kortti on korvattu"), HasSubstr(net.codes[1]),
                    HasSubstr("<dd class=\"large\">5</dd>"), Not(HasSubstr("Varakoodi"))));
  EXPECT_THAT(list(), AllOf(HasSubstr("Yhteisön kortit: 1"), HasSubstr(listed(2))));
  EXPECT_EQ(redeem(net.codes[0], net.pool).answer(), "replaced");
  EXPECT_EQ(redeem(net.codes[1], net.pool, group(1, 5)).answer(), "community_over_ceiling");
  open_first(worker);
  worker.open(link(worker.page().text, "Estä kortti"));
  worker.submit("Estä kortti", {{"reason", "lost"}});
  EXPECT_THAT(worker.page().text, HasSubstr("Kortti on estetty."));
}

TEST_F(CommunityPages, lead_back_to_the_old_card_when_a_replacement_is_undone) {
  given(1, "5");
  auto worker = browser_of("worker");
  open_first(worker);
  worker.open(link(worker.page().text, "Korvaa kortti"));
  worker.submit("Korvaa kortti", {{"reason", "lost"}, {"replacement", net.codes[1]}});
  worker.submit("Peru korvaaminen", {{"act", "undo"}});
  EXPECT_THAT(worker.address(), StartsWith("/card/view?k="));
  EXPECT_THAT(worker.page().text,
              AllOf(HasSubstr("<title>Korvaaminen on peruttu"), HasSubstr(net.codes[0]),
                    HasSubstr("Vanha kortti käy taas. Uusi kortti on taas varastossa."),
                    Not(HasSubstr("Vanhan kirjeen")), HasSubstr("Kortit (luovuttamatta 1)")));
  EXPECT_THAT(list(), AllOf(HasSubstr("Yhteisön kortit: 1"), HasSubstr(listed(1))));
  EXPECT_EQ(redeem(net.codes[1], net.pool).answer(), "not_registered");
}

TEST_F(CommunityPages, are_renewed_without_a_question_about_children) {
  given(1, "5");
  advance(340 * day_us);
  auto worker = browser_of("worker");
  open_first(worker);
  worker.open(link(worker.page().text, "Jatka voimassaoloa"));
  EXPECT_THAT(worker.page().text, Not(HasSubstr("name=\"children\"")));
  worker.submit("Jatka voimassaoloa");
  EXPECT_THAT(worker.page().text, HasSubstr("Voimassaoloa on jatkettu 14.6.2028 asti."));
}

TEST_F(CommunityPages, print_the_instructions_and_a_made_card) {
  auto worker = made("8");
  auto const result = worker.page().text;
  auto const sheet = link(result, "Tulosta ohje");
  EXPECT_THAT(sheet, StartsWith("/card/sheet?lang=fi&k="));
  auto const before = sequence();
  auto const pdf = get(as("worker"), sheet);
  EXPECT_EQ(pdf.header("content-type"), "application/pdf");
  EXPECT_THAT(pdf.text, StartsWith("%PDF-"));
  EXPECT_EQ(sequence(), before + 1) << "who prints is written";
  EXPECT_NE(get(as("worker"), link(result, "Ohje ruotsiksi")).text, pdf.text);
  EXPECT_EQ(get(as("other_worker"), sheet).header("location"), "/card?k=old");
  EXPECT_EQ(get(as("worker"), "/card/sheet").header("location"), "/card");
  auto const card = get(as("worker"), worker.address() + "/card?place=2");
  EXPECT_THAT(card.text, StartsWith("%PDF-"));
  EXPECT_EQ(get(as("worker"), worker.address() + "/letter").status, 404) << "it has none";
}

TEST_F(CommunityPages, wait_until_the_instructions_are_handed_over_and_may_be_undone) {
  auto worker = given(1, "5");
  EXPECT_THAT(worker.page().text, HasSubstr("Kortit (luovuttamatta 1)"));
  worker.submit("Ohje luovutettu", {{"act", "letter"}});
  EXPECT_THAT(worker.page().text,
              AllOf(HasSubstr("Kortti ja ohje on luovutettu 15.6.2026 klo 12.00."),
                    HasSubstr("Tulosta ohje"), Not(HasSubstr("luovuttamatta"))));
  worker.submit("Peru antaminen", {{"act", "undo"}});
  EXPECT_THAT(worker.page().text, HasSubstr("Kortti on taas varastossa."));
  EXPECT_THAT(list(), HasSubstr("Yhteisön kortit: 0"));
  EXPECT_EQ(check(net.codes[0], net.pool).answer(), "not_registered");
}

}  // namespace
}  // namespace kaiku::test
