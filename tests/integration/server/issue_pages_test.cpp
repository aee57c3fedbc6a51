// Giving a card on the page: what is asked, what is told at which field, and that nothing is done
// twice.
#include "tests/integration/server/worker_pages.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class IssuePages : public WorkerPages {
 protected:
  // The page after a card alone was sent: a scanner's Enter.
  std::string scanned(std::string const& text) {
    auto const reply = form("worker", "/cards/new", {{"card", text}, {"postcode", "50100"}});
    EXPECT_THAT(reply.header("location"), StartsWith("/cards/new?k=")) << reply;
    return get(as("worker"), reply.header("location")).text;
  }
  std::string sent(Fields const& fields) {
    return followed("worker", form("worker", "/cards/new", fields)).text;
  }
  void act(std::size_t position, std::string const& what, Json const& body) {
    auto const path = "/api/v1/cards/" + net.codes.at(position - 1) + what;
    EXPECT_LT(post(as("worker"), path, body).status, 300);
  }
  static bool is_faulty(std::string const& page) {
    return page.find("<title>Virhe: ") != std::string::npos;
  }
};

TEST_F(IssuePages, take_a_scan_alone_as_a_question_and_go_on_to_the_year) {
  for (auto const& text : {net.tokens[0], net.codes[0]}) {
    auto const before = sequence();
    auto const page = scanned(text);
    EXPECT_FALSE(is_faulty(page));
    EXPECT_THAT(page, AllOf(HasSubstr("Kortti on luettu."), HasSubstr(net.codes[0])));
    EXPECT_THAT(page, ::testing::ContainsRegex("id=\"birth_year\"[^>]*autofocus"));
    EXPECT_EQ(sequence(), before) << "nothing is written";
  }
}

TEST_F(IssuePages, tell_only_the_cards_fault_while_the_card_is_all_there_is) {
  auto const unknown = contract::CardCode::from_bits(5).text();
  for (auto const& [text, told] :
       {std::pair{unknown, "Tätä tunnusta ei ole rekisterissä."},
        std::pair{std::string("ABCD-EFGH-1234"), "Tunnuksessa on virhe."},
        std::pair{std::string("131052-308T"), "Henkilötunnusta ei tarvita tässä"}}) {
    auto const page = scanned(text);
    EXPECT_THAT(page, HasSubstr(told)) << text;
    EXPECT_THAT(page, Not(HasSubstr("birth_year-fault"))) << text;
    EXPECT_THAT(page, ::testing::ContainsRegex("id=\"card\"[^>]*autofocus")) << text;
  }
  EXPECT_THAT(scanned("131052-308T"), Not(HasSubstr("308T")));
}

TEST_F(IssuePages, keep_what_looks_typed_and_empty_the_field_after_a_scan) {
  EXPECT_THAT(scanned("ABCD-EFGH-1234"), HasSubstr("value=\"ABCD-EFGH-1234\""));
  EXPECT_THAT(scanned("ABCD-EFGH-1234"), HasSubstr("name=\"card_was\""));
  auto broken = net.tokens[0];
  broken.resize(60);
  auto const page = scanned(broken);
  EXPECT_THAT(page, AllOf(HasSubstr("Tunnuksessa on virhe."), Not(HasSubstr("card_was"))));
  EXPECT_THAT(page, Not(HasSubstr(broken)));
}

TEST_F(IssuePages, tell_every_fault_at_its_field_and_keep_what_was_typed) {
  auto const page = sent(filled(net.codes[0], {{"birth_year", "85"},
                                               {"children", "21"},
                                               {"postcode", "5010"},
                                               {"life_situation", "student"}}));
  EXPECT_TRUE(is_faulty(page));
  EXPECT_THAT(page, AllOf(HasSubstr("neljällä numerolla"), HasSubstr("numerona, 0–20"),
                          HasSubstr("viidellä numerolla"), HasSubstr("value=\"85\""),
                          HasSubstr("value=\"21\""), HasSubstr("value=\"5010\""),
                          HasSubstr(net.codes[0]), HasSubstr("value=\"student\" selected")));
  EXPECT_THAT(page, HasSubstr("tabindex=\"-1\" autofocus")) << "the list of faults";
  EXPECT_THAT(sent(filled(net.codes[0], {{"children", ""}})),
              AllOf(HasSubstr("numerona, 0–20"), Not(HasSubstr("birth_year-fault"))))
      << "there is no number of children by default";
  EXPECT_THAT(sent(filled(net.codes[0], {{"birth_year", "2011"}})), HasSubstr("täyttää 16"));
  EXPECT_THAT(sent(filled(net.codes[0], {{"postcode", "11111"}})),
              HasSubstr("Tätä postinumeroa ei tunneta"));
  EXPECT_THAT(sent(filled(net.codes[0], {{"postcode", "00100"}})), HasSubstr("ei ole mukana"));
}

TEST_F(IssuePages, tell_what_is_wrong_with_the_holder_beside_a_fault_of_the_card) {
  Fields const wrong{{"birth_year", "2015"}, {"postcode", "11111"}};
  auto const page = sent(filled("0000-0000-0001", wrong));
  EXPECT_THAT(page, AllOf(HasSubstr("id=\"card-fault\""), HasSubstr("täyttää 16"),
                          HasSubstr("Tätä postinumeroa ei tunneta")));
  auto const childless = sent(filled(net.codes[0], {{"birth_year", "2015"}, {"children", ""}}));
  EXPECT_THAT(childless, AllOf(HasSubstr("numerona, 0–20"), HasSubstr("täyttää 16")));
}

TEST_F(IssuePages, take_any_number_of_children_up_to_twenty) {
  auto const page = sent(filled(net.codes[0], {{"children", "20"}}));
  EXPECT_THAT(page, HasSubstr("Kortti on annettu"));
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + net.codes[0]).body.at("children"), 20);
}

TEST_F(IssuePages, ask_for_the_municipality_before_anything_is_called_a_fault) {
  auto const page = sent(filled(net.codes[0], {{"postcode", "50670"}}));
  EXPECT_FALSE(is_faulty(page));
  EXPECT_THAT(page, AllOf(HasSubstr("Valitse vielä kunta"), HasSubstr("Hirvensalmi")));
  EXPECT_THAT(page, ::testing::ContainsRegex("value=\"491\" checked autofocus"));
  auto const chosen = sent(
      filled(net.codes[0], {{"postcode", "50670"}, {"asked", "50670"}, {"municipality", "097"}}));
  EXPECT_THAT(chosen, HasSubstr("Hirvensalmi 50670"));
  auto const none = sent(filled(net.codes[1], {{"postcode", "51900"}, {"asked", "51900"}}));
  EXPECT_TRUE(is_faulty(none));
  EXPECT_THAT(none, HasSubstr("Valitse kunta."));
}

TEST_F(IssuePages, never_say_of_a_card_given_here_to_take_another) {
  for (std::size_t i = 1; i <= 3; ++i) registered(i);
  act(2, "/blocks", {{"reason", "lost"}});
  auto const before = sequence();
  auto const valid = scanned(net.tokens[0]);
  EXPECT_THAT(valid, HasSubstr("Tämä kortti on jo annettu täällä ja voimassa 14.6.2027 asti."));
  EXPECT_THAT(valid, HasSubstr("form=\"given-here\">Kortin tiedot<"));
  EXPECT_EQ(sequence(), before + 1) << "a look at a card of one's own is written";
  auto reader = as("worker");
  for (auto& [name, value] : reader) {
    if (name == "Cookie") value += "; kaiku_lang=en";
  }
  auto const reply = form("worker", "/cards/new", {{"card", net.codes[0]}});
  EXPECT_THAT(get(reader, reply.header("location")).text,
              HasSubstr("This card was already issued here; its last day is 14 Jun 2027."));
  EXPECT_THAT(scanned(net.codes[1]), AllOf(HasSubstr("annettu täällä ja estetty 15.6.2026."),
                                           HasSubstr("form=\"given-here\">Kortin tiedot<")));
  advance(366 * day_us);
  auto const expired = scanned(net.codes[2]);
  EXPECT_THAT(expired,
              AllOf(HasSubstr("sen viimeinen päivä oli 14.6.2027. Uutta korttia ei tarvita."),
                    HasSubstr("form=\"given-here\">")));
  EXPECT_THAT(expired, Not(HasSubstr("Ota toinen")));
}

TEST_F(IssuePages, tell_why_any_other_card_cannot_be_given) {
  registered(1);
  registered(2);
  act(1, "/replacements", {{"reason", "worn"}});
  EXPECT_THAT(scanned(net.codes[0]), HasSubstr("Kortti on korvattu uudella."));
  auto const far = [&](std::string const& code) {
    auto const reply = form("other_worker", "/cards/new", {{"card", code}});
    return get(as("other_worker"), reply.header("location")).text;
  };
  EXPECT_THAT(far(net.codes[1]),
              AllOf(HasSubstr("annettu toisessa toimipisteessä."), Not(HasSubstr("given-here"))));
  EXPECT_THAT(far(net.codes[2]), HasSubstr("toisen toimipisteen varastoon"));
  post(as("admin"), "/api/v1/card-batches/" + std::to_string(net.batch.value) + "/voids",
       {{"from", 4}, {"to", 4}});
  EXPECT_THAT(scanned(net.codes[3]), HasSubstr("ei voi ottaa käyttöön"));
}

TEST_F(IssuePages, do_the_work_of_a_form_once) {
  auto const fields = filled(net.codes[0]);
  auto const first = form("worker", "/cards/new", fields).header("location");
  auto const before = sequence();
  EXPECT_EQ(form("worker", "/cards/new", fields).header("location"), first);
  EXPECT_EQ(sequence(), before);
  auto edited = fields;
  edited.at(2).second = "1990";
  EXPECT_THAT(form("worker", "/cards/new", edited).header("location"), StartsWith("/form-used?k="));
  EXPECT_EQ(sequence(), before);
  auto scanned = fields;
  scanned = {{"form_id", fields.front().second}, {"card", net.codes[1]}, {"postcode", "50100"}};
  EXPECT_THAT(form("worker", "/cards/new", scanned).header("location"), StartsWith("/cards/new?k="))
      << "a scan on a page that was sent before is the next card";
}

TEST_F(IssuePages, keep_what_is_typed_out_of_addresses_and_logs) {
  keep_secret(net.codes[0]);
  keep_secret("birth_year");
  auto const reply = form("worker", "/cards/new", filled(net.codes[0], {{"birth_year", "2015"}}));
  EXPECT_THAT(reply.header("location"),
              AllOf(Not(HasSubstr(net.codes[0])), Not(HasSubstr("2015"))));
  EXPECT_EQ(get(as("pool_staff"), reply.header("location")).status, 403);
  auto const other = get(as("other_worker"), reply.header("location")).text;
  EXPECT_THAT(other, AllOf(Not(HasSubstr(net.codes[0])), HasSubstr("Sivu oli vanhentunut.")));
  advance(31 * minute_us);
  auto const old = get(as("worker"), reply.header("location")).text;
  EXPECT_THAT(old, AllOf(Not(HasSubstr(net.codes[0])), HasSubstr("Sivu oli vanhentunut.")));
}

}  // namespace
}  // namespace kaiku::test
