// Looking at a card on the pages, and what an office does with it.
#include <gmock/gmock.h>

#include <regex>

#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"
#include "server/use_cases/lift_blocks.hpp"
#include "tests/integration/server/worker_pages.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CardPages : public WorkerPages {
 protected:
  Reply look(std::string const& card) {
    auto const found = form("worker", "/card", {{"card", card}});
    EXPECT_THAT(found.header("location"), AllOf(StartsWith("/card"), Not(HasSubstr(net.codes[0]))));
    return followed("worker", found);
  }
  // Where the page of an act is, by the card's page.
  static std::string link(std::string const& page, std::string const& path) {
    auto const at = page.find("href=\"" + path + "?k=");
    if (at == std::string::npos) return "";
    return page.substr(at + 6, page.find('"', at + 6) - at - 6);
  }
  static std::string field(std::string const& page, std::string const& name) {
    auto const start = "name=\"" + name + "\" value=\"";
    auto const at = page.find(start);
    if (at == std::string::npos) return "";
    auto const from = at + start.size();
    return page.substr(from, page.find('"', from) - from);
  }
  std::string opened(std::string const& path, std::string const& card) {
    return get(as("worker"), link(look(card).text, path)).text;
  }
  Fields of(std::string const& page, Fields more) {
    Fields fields;
    for (auto const* name : {"form_id", "card", "seen"})
      fields.emplace_back(name, field(page, name));
    for (auto& one : more) fields.push_back(std::move(one));
    return fields;
  }
  // Sends the form of an act as it was opened on the card's page.
  Reply act(std::string const& path, std::string const& card, Fields more) {
    return form("worker", path, of(opened(path, card), std::move(more)));
  }
  Json api(std::string const& card) { return get(as("worker"), "/api/v1/cards/" + card).body; }
  std::string const& code() const { return net.codes[0]; }
};

TEST_F(CardPages, find_a_card_by_its_code_its_qr_and_its_holders_recovery_code) {
  auto const recovery = recovery_code_on(get(as("worker"), given(1)).text);
  keep_secret(recovery);
  for (auto const& text : {code(), net.tokens[0], recovery}) {
    auto const page = look(text).text;
    EXPECT_THAT(page, AllOf(HasSubstr(code()), HasSubstr("Voimassa"), HasSubstr("14.6.2027"),
                            HasSubstr("15.6.2026")));
    EXPECT_LT(page.find("id=\"card\""), page.find("<h1")) << "the field is first";
  }
}

TEST_F(CardPages, tell_what_is_wrong_with_what_was_read) {
  EXPECT_THAT(look("").text, HasSubstr("Lue kortti tai kirjoita sen tunnus."));
  EXPECT_THAT(look("ABCD").text, AllOf(HasSubstr("<title>Virhe: "), HasSubstr("value=\"ABCD\"")));
  EXPECT_THAT(look("131052-308T").text, Not(HasSubstr("131052-308T")));
  EXPECT_THAT(
      followed("other_worker", form("other_worker", "/card", {{"card", registered(2)}})).text,
      HasSubstr("toisen toimipisteen"));
  auto const stock = look(net.codes[4]).text;
  EXPECT_THAT(stock,
              AllOf(HasSubstr("Korttia ei ole vielä annettu."), HasSubstr("Anna tämä kortti")));
  EXPECT_THAT(look(net.tokens[4]).text,
              AllOf(HasSubstr("Anna tämä kortti"), HasSubstr("type=\"text\" value=\"\"")))
      << "the next scan comes into an empty field";
  auto const onwards = form("worker", "/cards/new", {{"card", field(stock, "card")}});
  EXPECT_THAT(onwards.header("location"), StartsWith("/cards/new?k="));
}

TEST_F(CardPages, of_an_act_take_no_personal_identity_code_and_tell_none_back) {
  registered(1);
  for (auto const& [path, field] :
       {std::pair{"/card/children", "children"}, std::pair{"/card/block", "until"},
        std::pair{"/card/replace", "replacement"}}) {
    auto const page = followed("worker", act(path, code(), {{field, "131052-308T"}})).text;
    EXPECT_THAT(page, AllOf(HasSubstr("Henkilötunnusta ei tarvita"), Not(HasSubstr("308T")),
                            HasSubstr("id=\"" + std::string(field) + "-fault\"")))
        << path;
  }
}

TEST_F(CardPages, tell_two_cards_read_at_once_in_place_of_a_new_one) {
  registered(1);
  auto const two = net.codes[1] + net.codes[2];
  auto const page =
      followed("worker", act("/card/replace", code(), {{"replacement", two}, {"reason", "lost"}}))
          .text;
  EXPECT_THAT(page, AllOf(HasSubstr("Kaksi korttia luettiin peräkkäin."),
                          HasSubstr("id=\"replacement-fault\"")));
}

TEST_F(CardPages, tell_of_another_given_card_only_that_it_takes_no_holder) {
  registered(1);
  registered(2);
  auto const tried = [&](std::string const& card) {
    auto const sent = act("/card/replace", code(), {{"replacement", card}, {"reason", "lost"}});
    return followed("worker", sent).text;
  };
  EXPECT_THAT(tried(net.codes[1]),
              AllOf(HasSubstr("Lue varastossa oleva kortti."), Not(HasSubstr("annettu täällä"))));
  auto const made = post(as("other_worker"), "/api/v1/cards",
                         {{"birth_year", 1985}, {"postcode", "50100"}, {"children", 0}});
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_THAT(tried(made.body.at("code").get<std::string>()),
              HasSubstr("annettu toisessa toimipisteessä."));
}

TEST_F(CardPages, take_no_word_of_a_form_for_how_its_card_was_read) {
  registered(1);
  auto const reply = act("/card/replace", code(),
                         {{"replacement", net.codes[1]}, {"reason", "lost"}, {"scan", "held_up"}});
  EXPECT_THAT(reply.header("location"), StartsWith("/cards/handovers/"));
}

TEST_F(CardPages, lead_to_the_start_without_a_card) {
  for (auto const* path : {"/card/view", "/card/renew", "/card/replace", "/card/block",
                           "/card/unblock", "/card/children"}) {
    EXPECT_EQ(get(as("worker"), path).header("location"), "/card") << path;
    EXPECT_EQ(get(as("worker"), std::string(path) + "?k=x").header("location"), "/card?k=old");
  }
}

TEST_F(CardPages, renew_with_old_and_new_day_and_take_it_back) {
  registered(1);
  auto const early = look(code()).text;
  EXPECT_THAT(early, HasSubstr("Jatkaminen on tarpeen"));
  advance(320 * day_us);
  auto const due = look(code()).text;
  EXPECT_THAT(due, AllOf(Not(HasSubstr("Jatkaminen on tarpeen")),
                         HasSubstr("<a class=\"button\" href=\"/card/renew?k=")));
  auto const page = get(as("worker"), link(due, "/card/renew")).text;
  EXPECT_THAT(page, AllOf(HasSubstr("14.6.2027"), HasSubstr("14.6.2028")));
  EXPECT_EQ(api(code()).at("last_valid_day"), "2027-06-14") << "a look changes nothing";
  auto const sent = of(page, {{"children", "3"}});
  auto const reply = form("worker", "/card/renew", sent);
  auto const renewed = followed("worker", reply).text;
  EXPECT_THAT(renewed, AllOf(HasSubstr("Voimassaoloa on jatkettu 14.6.2028 asti."),
                             HasSubstr("Peru jatkaminen")));
  EXPECT_EQ(api(code()).at("children"), 3);
  EXPECT_EQ(form("worker", "/card/renew", sent).header("location"), reply.header("location"))
      << "sent twice, done once";
  auto const undo = of(look(code()).text, {{"act", "undo"}});
  auto const undone = followed("worker", form("worker", "/card/renew", undo)).text;
  EXPECT_THAT(followed("worker", form("worker", "/card/renew", undo)).text,
              HasSubstr("Jatkaminen on peruttu."))
      << "pressed twice, done once";
  EXPECT_THAT(undone, HasSubstr("Jatkaminen on peruttu. Viimeinen päivä on 14.6.2027."));
  EXPECT_EQ(api(code()).at("last_valid_day"), "2027-06-14");
  EXPECT_NE(api(code()).at("children"), 3);
}

TEST_F(CardPages, say_why_a_card_is_not_renewed_and_when_an_undo_is_too_late) {
  registered(1);
  auto const renewed = act("/card/renew", code(), {});
  EXPECT_EQ(renewed.status, 303);
  auto const again = opened("/card/renew", code());
  EXPECT_THAT(again, AllOf(HasSubstr("Voimassaoloa on jo jatkettu 14.6.2028 asti."),
                           Not(HasSubstr("name=\"form_id\""))));
  auto const fresh = look(code()).text;
  EXPECT_THAT(fresh, HasSubstr("Peru jatkaminen"))
      << "also when another card was scanned meanwhile";
  advance(11 * minute_us);
  EXPECT_THAT(look(code()).text, Not(HasSubstr("Peru jatkaminen")));
  auto const late = form("worker", "/card/renew", of(fresh, {{"act", "undo"}}));
  EXPECT_THAT(followed("worker", late).text, HasSubstr("Jatkamista ei voi enää perua."));
  EXPECT_EQ(api(code()).at("last_valid_day"), "2028-06-14");
}

TEST_F(CardPages, block_until_a_day_and_lift_it_after_that) {
  registered(1);
  auto const faulty = followed("worker", act("/card/block", code(), {{"until", "1.1.2020"}})).text;
  EXPECT_THAT(faulty, AllOf(HasSubstr("Valitse syy."), HasSubstr("Päivä on jo mennyt."),
                            HasSubstr("value=\"1.1.2020\"")));
  EXPECT_EQ(api(code()).at("state"), "valid");
  auto const blocked =
      followed("worker", act("/card/block", code(), {{"reason", "lost"}, {"until", "17.6.2026"}}))
          .text;
  EXPECT_THAT(blocked,
              AllOf(HasSubstr("Kortti on estetty."), HasSubstr("Estetty 15.6.2026. Syy: Kadonnut."),
                    HasSubstr("Eston viimeinen päivä on 17.6.2026.")));
  auto const lift = [this] {
    write([](ledger::WriteTx& tx) { use_cases::lift_ended_blocks(tx); });
  };
  advance(2 * day_us);
  lift();
  EXPECT_EQ(check(code(), net.pool).answer(), "blocked") << "the last day is blocked too";
  advance(day_us);
  lift();
  EXPECT_EQ(check(code(), net.pool).answer(), "ok");
  EXPECT_EQ(api(code()).at("state"), "valid");
  auto const before = sequence();
  lift();
  EXPECT_EQ(sequence(), before);
}

TEST_F(CardPages, unblock_on_a_page_of_its_own) {
  registered(1);
  act("/card/block", code(), {{"reason", "stolen"}});
  auto const page = look(code()).text;
  EXPECT_THAT(page, AllOf(HasSubstr("<a class=\"button\" href=\"/card/unblock?k="),
                          Not(HasSubstr("/card/renew?k="))));
  EXPECT_EQ(api(code()).at("state"), "blocked");
  EXPECT_THAT(opened("/card/unblock", code()), HasSubstr("Varastettu"));
  EXPECT_THAT(followed("worker", act("/card/unblock", code(), {})).text,
              HasSubstr("Esto on poistettu."));
  EXPECT_EQ(api(code()).at("state"), "valid");
}

TEST_F(CardPages, replace_by_a_stock_card_with_a_new_letter) {
  auto const first = given(1);
  auto const old = recovery_code_on(get(as("worker"), first).text);
  keep_secret(old);
  auto const page = opened("/card/replace", code());
  EXPECT_THAT(page, AllOf(HasSubstr("15.6.2026"), HasSubstr("Luo kortti")));
  auto const faulty =
      followed("worker", form("worker", "/card/replace", of(page, {{"replacement", net.codes[1]}})))
          .text;
  EXPECT_THAT(faulty, AllOf(HasSubstr("Valitse syy."), HasSubstr(net.codes[1])));
  auto const reply = form("worker", "/card/replace",
                          of(faulty, {{"replacement", net.codes[1]}, {"reason", "lost"}}));
  EXPECT_THAT(reply.header("location"), StartsWith("/cards/handovers/"));
  auto const result = followed("worker", reply).text;
  EXPECT_THAT(result, AllOf(HasSubstr("Kortti on korvattu"), HasSubstr(net.codes[1]),
                            HasSubstr("Tulosta kirje"), HasSubstr("Kortit (luovuttamatta 1)")));
  auto const fresh = recovery_code_on(result);
  keep_secret(fresh);
  EXPECT_NE(fresh, old);
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + old).status, 404);
  EXPECT_EQ(api(fresh).at("code"), net.codes[1]);
  EXPECT_EQ(check(code(), net.pool).answer(), "replaced");
  EXPECT_THAT(look(code()).text, Not(HasSubstr("/card/replace?k=")));
}

TEST_F(CardPages, replace_by_a_made_card_and_not_while_it_is_barred) {
  registered(1);
  act("/card/block", code(), {{"reason", "misuse"}});
  EXPECT_THAT(opened("/card/replace", code()),
              HasSubstr("Kortti on estetty. Selvitä esto ja poista se ensin."));
  act("/card/unblock", code(), {});
  auto const made =
      followed("worker", act("/card/replace", code(), {{"reason", "worn"}, {"make", "1"}})).text;
  EXPECT_THAT(made, AllOf(HasSubstr("Kortti on korvattu"), HasSubstr("Tulosta kortti")));
}

TEST_F(CardPages, tell_of_a_bar_that_stands_beside_a_later_report_of_the_holders) {
  registered(1);
  act("/card/block", code(), {{"reason", "misuse"}, {"until", "17.6.2026"}});
  write([&](ledger::WriteTx& tx) {
    auto const found = tables::find_card(tx, *contract::CardCode::parse(code()));
    ledger::append(tx, domain::Actor{},
                   ledger::CardBlocked{domain::BlockReason::lost, found->card.ref, {}, true});
  });
  EXPECT_THAT(look(code()).text,
              HasSubstr("Estetty 15.6.2026. Syy: Kadonnut. Estetty 15.6.2026. Syy: Väärinkäyttö. "
                        "Eston viimeinen päivä on 17.6.2026."));
  EXPECT_THAT(opened("/card/unblock", code()),
              AllOf(HasSubstr("Kadonnut"), HasSubstr("Väärinkäyttö")));
  EXPECT_THAT(opened("/card/replace", code()),
              HasSubstr("Kortti on estetty. Selvitä esto ja poista se ensin."));
}

TEST_F(CardPages, undo_a_replacement_for_ten_minutes_and_lead_to_the_new_letter) {
  auto const first = recovery_code_on(get(as("worker"), given(1)).text);
  auto const address =
      act("/card/replace", code(), {{"reason", "lost"}, {"replacement", net.codes[1]}})
          .header("location");
  auto const page = get(as("worker"), address).text;
  EXPECT_THAT(page, AllOf(HasSubstr("Perua voi klo 12.10 asti."), HasSubstr("Peru korvaaminen"),
                          Not(HasSubstr("Peru antaminen"))));
  EXPECT_LT(page.find("Anna seuraava"), page.find("Peru korvaaminen")) << "Enter takes the first";
  auto const second = recovery_code_on(page);
  EXPECT_EQ(form("other_worker", address, {{"act", "undo"}}).status, 404);
  advance(10 * minute_us);
  auto const reply = form("worker", address, {{"act", "undo"}});
  auto const result = followed("worker", reply).text;
  EXPECT_THAT(result,
              AllOf(HasSubstr("<title>Korvaaminen on peruttu"),
                    HasSubstr("Vanha kortti käy taas. Vanhan kirjeen varakoodi ei enää toimi: anna "
                              "haltijalle uusi kirje. Uusi kortti on taas varastossa."),
                    HasSubstr(code()), Not(HasSubstr(net.codes[1])), HasSubstr("Tulosta kirje"),
                    HasSubstr("Kortit (luovuttamatta 1)")));
  auto const third = recovery_code_on(result);
  for (auto const& secret : {first, second, third}) keep_secret(secret);
  EXPECT_EQ(api(third).at("code"), code());
  for (auto const& dead : {first, second}) {
    EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + dead).status, 404);
  }
  EXPECT_EQ(check(code(), net.pool).answer(), "ok");
  EXPECT_EQ(check(net.codes[1], net.pool).answer(), "not_registered");

  auto const before = sequence();
  auto const again = form("worker", address, {{"act", "undo"}});
  EXPECT_EQ(sequence(), before) << "sent twice, done once";
  auto const path = [](Reply const& led) {
    auto const to = led.header("location");
    return to.substr(0, to.find('?'));
  };
  EXPECT_EQ(path(again), path(reply));
  auto const undone = get(as("worker"), address).text;
  EXPECT_THAT(undone, AllOf(HasSubstr("Korvaaminen on peruttu"), HasSubstr("taas varastossa"),
                            Not(HasSubstr("value=\"undo\""))));
  EXPECT_THAT(get(as("worker"), link(undone, "/card/view")).text, HasSubstr(code()));
}

TEST_F(CardPages, undo_a_replacement_by_the_page_of_a_letter_made_since) {
  given(1);
  act("/card/replace", code(), {{"reason", "lost"}, {"replacement", net.codes[1]}});
  auto const question = get(as("worker"), link(look(net.codes[1]).text, "/card/letter")).text;
  auto const made =
      form("worker", "/card/letter", of(question, {{"back", field(question, "back")}}))
          .header("location");
  auto const page = get(as("worker"), made).text;
  EXPECT_THAT(page, AllOf(HasSubstr("Peru korvaaminen"), HasSubstr("Perua voi klo 12.10 asti."),
                          Not(HasSubstr("Peru antaminen"))));
  EXPECT_THAT(look(net.codes[1]).text, HasSubstr("href=\"" + made + "\">Peru korvaaminen"));
  EXPECT_THAT(followed("worker", form("worker", made, {{"act", "undo"}})).text,
              HasSubstr("<title>Korvaaminen on peruttu"));
  EXPECT_EQ(check(code(), net.pool).answer(), "ok");
}

TEST_F(CardPages, say_of_an_undone_replacement_that_a_blocked_card_is_blocked_still) {
  registered(1);
  act("/card/block", code(), {{"reason", "lost"}});
  auto const address =
      act("/card/replace", code(), {{"reason", "lost"}, {"make", "1"}}).header("location");
  auto const result = followed("worker", form("worker", address, {{"act", "undo"}})).text;
  EXPECT_THAT(result, AllOf(HasSubstr("Vanha kortti on estetty, kuten ennen korvaamista."),
                            HasSubstr("Luotu kortti on mitätöity: hävitä tuloste."),
                            Not(HasSubstr("käy taas"))));
  EXPECT_EQ(api(code()).at("state"), "blocked");
  EXPECT_THAT(look(code()).text, HasSubstr("Estetty 15.6.2026. Syy: Kadonnut."));
}

TEST_F(CardPages, say_that_it_is_too_late_to_undo_a_replacement) {
  registered(1);
  auto const address =
      act("/card/replace", code(), {{"reason", "lost"}, {"replacement", net.codes[1]}})
          .header("location");
  EXPECT_EQ(redeem(net.codes[1], net.pool).status, 201);
  auto const page = followed("worker", form("worker", address, {{"act", "undo"}})).text;
  EXPECT_THAT(page, AllOf(HasSubstr("<title>Virhe: Kortti on korvattu"),
                          HasSubstr("Korvaamista ei voi enää perua. Voit estää kortin."),
                          Not(HasSubstr("value=\"undo\""))));
  EXPECT_EQ(check(code(), net.pool).answer(), "replaced");
}

TEST_F(CardPages, change_nothing_on_another_state_and_keep_what_was_typed) {
  registered(1);
  auto const page = opened("/card/children", code());
  act("/card/children", code(), {{"children", "4"}});
  auto const before = sequence();
  auto const reply = form("worker", "/card/children", of(page, {{"children", "3"}}));
  EXPECT_EQ(sequence(), before);
  auto const again = followed("worker", reply).text;
  EXPECT_THAT(again, AllOf(HasSubstr("Joku muu muutti tietoja sillä välin."),
                           HasSubstr("Sinä kirjoitit: 3"), HasSubstr("value=\"4\"")));
  followed("worker", form("worker", "/card/children", of(again, {{"children", "3"}})));
  EXPECT_EQ(api(code()).at("children"), 3) << "it is stored when it is sent again";
}

TEST_F(CardPages, judge_only_what_an_act_hangs_on) {
  registered(1);
  auto const page = opened("/card/block", code());
  act("/card/children", code(), {{"children", "4"}});
  EXPECT_THAT(
      followed("worker", form("worker", "/card/block", of(page, {{"reason", "lost"}}))).text,
      HasSubstr("Kortti on estetty."));
}

TEST_F(CardPages, undo_the_renewal_that_was_shown_and_no_newer_one) {
  registered(1);
  act("/card/renew", code(), {});
  auto const old = of(look(code()).text, {{"act", "undo"}});
  followed("worker", form("worker", "/card/renew", of(look(code()).text, {{"act", "undo"}})));
  act("/card/renew", code(), {});
  EXPECT_THAT(followed("worker", form("worker", "/card/renew", old)).text,
              HasSubstr("Kortti on muuttunut"));
  EXPECT_EQ(api(code()).at("last_valid_day"), "2028-06-14");
}

TEST_F(CardPages, lead_to_the_undo_of_the_issuing_while_there_is_one) {
  auto const handover = given(1);
  EXPECT_THAT(look(code()).text, HasSubstr("<a href=\"" + handover + "\">Peru antaminen</a>"));
  advance(11 * minute_us);
  EXPECT_THAT(look(code()).text, Not(HasSubstr("Peru antaminen")));
}

TEST_F(CardPages, tell_a_void_card_from_one_that_waits_to_be_given) {
  auto const handover =
      form("worker", "/cards/new", with_fields(filled(""), {{"make", "1"}})).header("location");
  auto const page = get(as("worker"), handover).text;
  static std::regex const code("<code[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</code>");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(page, found, code));
  auto const made = found[1].str();
  form("worker", handover, {{"act", "undo"}});
  EXPECT_THAT(look(made).text, AllOf(HasSubstr("Tätä korttia ei voi ottaa käyttöön."),
                                     Not(HasSubstr("Anna tämä kortti"))));
}

}  // namespace
}  // namespace kaiku::test
