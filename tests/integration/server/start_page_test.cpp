// The page on which a coordinator begins.
#include <gmock/gmock.h>

#include "server/use_cases/approvals.hpp"
#include "server/use_cases/print_sheet.hpp"
#include "server/use_cases/stock_cards.hpp"
#include "tests/integration/server/network_pages_fixture.hpp"
#include "tests/support/must.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class StartPage : public NetworkPages {
 protected:
  std::string read(std::string const& who, std::string const& path = "/area") {
    auto const page = get(as(who), path);
    EXPECT_EQ(page.status, 200) << page;
    return page.text;
  }
  // Of the form that is sent: the one before it only asks for an area.
  static FormFields buttons_of(std::string const& page) {
    auto const at = page.find("method=\"post\" action=\"/area\"");
    EXPECT_NE(at, std::string::npos) << text_in(page);
    return at == std::string::npos ? FormFields() : fields_of_form(page.substr(at), "/area");
  }
  // Presses a button of the list that stands on the page.
  void answer_first_run(std::string const& who, std::string const& page, std::string const& act) {
    auto fields = buttons_of(page);
    fields["act"] = act;
    auto const sent = send_form(who, "/area", fields);
    EXPECT_EQ(sent.status, 303) << sent;
  }
  static domain::Caller owner() {
    domain::Caller caller;
    caller.role = domain::Role::admin;
    return caller;
  }
  // By the account of a national role, which may look at any area.
  void ask_for_cards(AreaId const& area, std::int64_t count) {
    domain::Caller caller;
    caller.role = domain::Role::national_coordinator;
    caller.actor = {domain::ActorKind::account, account("national").value};
    write([&](ledger::WriteTx& tx) {
      must(use_cases::ask_for_batch(tx, {area, std::nullopt, count}, caller));
    });
  }
  BatchId stocked(AreaId const& area, std::optional<OfficeId> office) {
    BatchId made;
    write([&](ledger::WriteTx& tx) {
      BatchId const number{tables::last_batch_number(tx) + 1};
      auto drawn = use_cases::draw_batch(tx.keys(), tx.random(), number, area, 3, tx.now());
      made = must(use_cases::stock_cards(tx, std::move(drawn), office, owner())).batch;
    });
    return made;
  }
};

TEST_F(StartPage, leads_an_empty_area_from_step_to_step) {
  make_area("UUSI", "050");
  auto const page = read("national", "/area?area=UUSI");
  auto const text = text_in(page);
  EXPECT_THAT(text, HasSubstr("Kunnat ja postinumerot ✓ Tehty. Postinumerot: vapaaehtoinen."));
  EXPECT_THAT(text,
              HasSubstr("Säännöt Voimassaolo 12 kuukautta, lapsen ikäraja 18 vuotta. Kelpaa"));
  EXPECT_THAT(text, HasSubstr("Toimipiste Tekemättä"));
  EXPECT_THAT(text, HasSubstr("Työntekijän käyttäjätunnus Odottaa: Toimipiste Kohteen"));
  EXPECT_THAT(text, HasSubstr("Testituloste ja arkit Odottaa: Korttierä"));
  EXPECT_THAT(text, HasSubstr("Laite ovelle Odottaa: Kohde"));
  for (auto const* name : {"Tuo postinumerot", "Tarkista säännöt", "Lisää toimipiste",
                           "Lisää kohde", "Luo korttierä", "Alueen tiedot"}) {
    auto const link = link_named(page, name);
    EXPECT_LT(get(as("national"), link).status, 400) << link;
  }
  // An office changes its line, and the first card waits for it by name.
  Json const office{{"area_id", "UUSI"},
                    {"municipality", "050"},
                    {"postcode", "27510"},
                    {"name", "Uusikylän asema"}};
  ASSERT_EQ(post(as("national"), "/api/v1/offices", office).status, 201);
  auto const later = text_in(read("national", "/area?area=UUSI"));
  EXPECT_THAT(later, HasSubstr("Toimipiste ✓ Tehty"));
  EXPECT_THAT(later, HasSubstr("Ensimmäinen kortti Odottaa: Uusikylän asema"));
}

TEST_F(StartPage, shows_the_whole_way_to_whoever_may_walk_it) {
  make_area("UUSI", "050");
  auto const lines_for = [&](char const* who, char const* path) {
    auto const page = read(who, path);
    auto const list = page.substr(page.find("<ol class=\"steps\">"));
    return times(list.substr(0, list.find("</ol>")), "<li");
  };
  EXPECT_EQ(lines_for("admin", "/area?area=UUSI"), 13);
  EXPECT_EQ(lines_for("national", "/area?area=UUSI"), 12) << "without the facts of the service";
  EXPECT_EQ(lines_for("far_coordinator", "/area"), 10) << "the area is there already";
}

TEST_F(StartPage, the_rules_are_done_once_somebody_says_that_they_will_do) {
  auto const page = read("far_coordinator");
  // One button stands out: the next thing to do.
  EXPECT_EQ(times(page, "class=\"button\""), 0);
  answer_first_run("far_coordinator", page, "rules");
  auto const later = read("far_coordinator");
  EXPECT_THAT(text_in(later), AllOf(HasSubstr("Säännöt ✓ Voimassa"), Not(HasSubstr("Kelpaa"))));
  EXPECT_EQ(times(later, "class=\"button\""), 1);
  // Sending their own form without a change says the same.
  auto const own = change("coordinator", "/areas/ETELA/policy", {});
  EXPECT_THAT(own.text, HasSubstr("Seuraava vaihe: Testituloste ja arkit"));
}

TEST_F(StartPage, a_card_made_on_the_spot_leaves_the_stock_to_be_made) {
  answer_first_run("far_coordinator", read("far_coordinator"), "rules");
  auto const card = filled("far_worker", "/cards/new?make=1",
                           {{"birth_year", "1985"}, {"children", "0"}, {"postcode", "96100"}});
  ASSERT_EQ(send_form("far_worker", "/cards/new", card).status, 303);
  auto const text = text_in(read("far_coordinator"));
  EXPECT_THAT(text, HasSubstr("Ensimmäinen kortti ✓ Tehty"));
  EXPECT_THAT(text, HasSubstr("Korttierä Tekemättä Luo korttierä"));
  EXPECT_THAT(text, HasSubstr("Erä toimipisteelle Odottaa: Korttierä"));

  auto const batch = stocked(AreaId{"POHJOLA"}, net.far_office);
  EXPECT_THAT(text_in(read("far_coordinator")), HasSubstr("Testituloste ja arkit Tekemättä"));
  write([&](ledger::WriteTx& tx) {
    must(use_cases::note_sheet_printed(tx, batch, {1, 3}, domain::PrintedAs::cards, owner()));
  });
  EXPECT_THAT(read("far_coordinator"), Not(HasSubstr("class=\"steps\"")))
      << "a device is voluntary";
}

TEST_F(StartPage, hides_the_steps_from_one_account_until_it_wants_them_back) {
  auto const page = read("far_coordinator");
  EXPECT_THAT(page, HasSubstr("Piilota vaiheet"));
  answer_first_run("far_coordinator", page, "hide");
  auto const later = read("far_coordinator");
  EXPECT_THAT(later, AllOf(Not(HasSubstr("class=\"steps\"")),
                           HasSubstr("Käyttöönoton vaiheet on piilotettu.")));
  EXPECT_THAT(read("national", "/area?area=POHJOLA"), HasSubstr("class=\"steps\""));
  EXPECT_THAT(change("far_coordinator", "/areas/POHJOLA/policy", {}).text,
              Not(HasSubstr("Seuraava vaihe")));
  answer_first_run("far_coordinator", later, "show");
  EXPECT_THAT(read("far_coordinator"), HasSubstr("class=\"steps\""));
  auto fields = buttons_of(page);
  fields["act"] = "dance";
  EXPECT_EQ(send_form("far_coordinator", "/area", fields).status, 400);
}

TEST_F(StartPage, what_was_made_leads_to_the_next_step) {
  make_area("UUSI", "050");
  answer_first_run("national", read("national", "/area?area=UUSI"), "rules");
  auto const result = [&](std::string const& path, FormFields const& typed) {
    return change("national", path, typed).text;
  };
  auto const office =
      result("/offices/new?area=UUSI",
             {{"name", "Uusikylän asema"}, {"municipality", "050"}, {"postcode", "27510"}});
  auto const to_venue = link_named(office, "Seuraava vaihe: Kohde");
  EXPECT_EQ(to_venue, "/venues/new?area=UUSI");
  auto const venue =
      result(to_venue, {{"name", "Halli"}, {"municipality", "050"}, {"sector", "sport"}});
  auto const to_worker = link_named(venue, "Seuraava vaihe: Työntekijän käyttäjätunnus");
  auto const worker = result(to_worker, {{"username", "uusi.tyontekija"}});
  auto const to_staff = link_named(worker, "Seuraava vaihe: Kohteen käyttäjätunnus");
  auto const staff = result(to_staff, {{"username", "uusi.kassa"}});
  EXPECT_EQ(link_named(staff, "Seuraava vaihe: Korttierä"), "/batches/new?area=UUSI");
  auto const batch = "/batches/" + std::to_string(stocked(AreaId{"UUSI"}, {}).value);
  EXPECT_EQ(link_named(result("/areas/UUSI/municipalities", {{"m", "050\n051"}}),
                       "Seuraava vaihe: Testituloste ja arkit"),
            batch + "#print");
}

TEST_F(StartPage, of_a_coordinator_shows_the_own_area_alone) {
  make_area("UUSI", "050");
  EXPECT_THAT(text_in(read("coordinator")), HasSubstr("Etelä"));
  EXPECT_THAT(read("coordinator", "/area?area=UUSI"), Not(HasSubstr("Uusi alue")));
  EXPECT_THAT(read("national"), HasSubstr("/area?area=UUSI"));
  EXPECT_THAT(read("national"), HasSubstr("<a href=\"/areas\">Alueet</a>"));
  EXPECT_THAT(read("coordinator"), Not(HasSubstr("href=\"/areas\"")));
}

TEST_F(StartPage, counts_what_waits_and_says_when_nothing_does) {
  auto const card = registered(1);
  EXPECT_THAT(text_in(read("coordinator")), HasSubstr("Mikään ei odota sinua."));
  auto body = ticket(card, net.pool, {{"tickets", {{"adult", 2}}}});
  body["occurred_at"] = ago(hour_us);
  ASSERT_EQ(post(agent(), "/api/v1/redemptions", body).body.value("verdict", ""), "implausible");
  auto const page = read("coordinator");
  EXPECT_THAT(text_in(page), HasSubstr("1 käyttökerta odottaa ratkaisua."));
  EXPECT_EQ(get(as("coordinator"), link_named(page, "Avaa käyttökerrat")).status, 200);
  EXPECT_THAT(text_in(read("far_coordinator")), Not(HasSubstr("odottaa ratkaisua")));
  Json const account{
      {"role", "issuer_worker"}, {"username", "uusi.hakija"}, {"office_id", net.office.value}};
  ASSERT_EQ(post(as("coordinator"), "/api/v1/accounts", account).status, 201);
  auto const later = read("coordinator");
  EXPECT_THAT(text_in(later), HasSubstr("1 käyttäjä ei ole vielä avannut linkkiään."));
  EXPECT_THAT(get(as("coordinator"), link_named(later, "Näytä käyttäjät")).text,
              HasSubstr("uusi.hakija"));
}

TEST_F(StartPage, tells_of_the_own_requests_in_the_chosen_area_alone) {
  ask_for_cards(AreaId{"ETELA"}, 800);
  // More of another area than the page has room for.
  for (int i = 0; i < 5; ++i) ask_for_cards(AreaId{"POHJOLA"}, 900);
  EXPECT_THAT(text_in(read("national", "/area?area=ETELA")),
              AllOf(HasSubstr("Korttierä, 800 korttia"), Not(HasSubstr("900 korttia"))));
  EXPECT_EQ(times(read("national", "/area?area=POHJOLA"), "Korttierä, 900 korttia"), 5);
  EXPECT_THAT(text_in(read("national")), HasSubstr("900 korttia")) << "of all areas";
  make_area("UUSI", "050");
  EXPECT_THAT(text_in(read("national", "/area?area=UUSI")), Not(HasSubstr("Pyyntösi")));
}

TEST_F(StartPage, is_named_in_the_navigation_with_the_number_of_its_lines) {
  EXPECT_THAT(read("coordinator", "/offices"), HasSubstr(">Alue</a>"));
  Json const account{
      {"role", "issuer_worker"}, {"username", "uusi.hakija"}, {"office_id", net.office.value}};
  ASSERT_EQ(post(as("coordinator"), "/api/v1/accounts", account).status, 201);
  for (std::string const path : {"/area", "/offices", "/judged", "/devices", "/events", "/figures",
                                 "/accounts", "/messages", "/reads"}) {
    auto const page = read("coordinator", path);
    EXPECT_THAT(page, HasSubstr(">Alue (1)</a>")) << path;
    EXPECT_THAT(page, HasSubstr("<span class=\"place\">Etelä</span>")) << path;
  }
  EXPECT_THAT(read("far_coordinator", "/offices"), HasSubstr(">Alue</a>"));
  EXPECT_THAT(get(as("museum_staff"), "/events").text, Not(HasSubstr("Alue (")));
}

TEST_F(StartPage, keeps_the_area_of_what_a_national_role_looks_at) {
  std::string const to_list = "<a href=\"/batches?area=ETELA\"";
  for (auto const& path :
       {"/offices/" + std::to_string(net.office.value), "/venues/" + std::to_string(net.pool.value),
        "/batches/" + std::to_string(net.batch.value),
        "/events/" + std::to_string(net.concert.value), std::string("/areas/ETELA/policy"),
        "/accounts/" + std::to_string(account("worker").value)}) {
    EXPECT_THAT(get(as("national"), path).text, HasSubstr(to_list)) << path;
  }
  EXPECT_THAT(get(as("national"), "/offices").text, Not(HasSubstr(to_list)));
}

TEST_F(StartPage, is_where_coordinators_begin) {
  EXPECT_EQ(get(as("coordinator"), "/").header("location"), "/area");
  EXPECT_EQ(get(as("admin"), "/start").header("location"), "/area");
}

}  // namespace
}  // namespace kaiku::test
