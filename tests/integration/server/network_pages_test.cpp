// Offices and venues as coordinators keep them on pages: made, changed, closed, by two at once.
#include <gmock/gmock.h>

#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class PlacePages : public NetworkPages {
 protected:
  FormFields const new_office_{
      {"name", "Uusi asema"}, {"municipality", "097"}, {"postcode", "52550"}, {"contact", "015 1"}};
  std::string office_path() const { return "/offices/" + std::to_string(net.office.value); }
  std::string pool_path() const { return "/venues/" + std::to_string(net.pool.value); }
};

TEST_F(PlacePages, an_office_is_made_once_however_often_its_form_is_sent) {
  auto const form = filled("coordinator", "/offices/new", new_office_);
  auto const before = sequence();
  auto const made = send_form("coordinator", "/offices/new", form);
  ASSERT_EQ(made.status, 303) << made;
  auto const page = follow("coordinator", made);
  EXPECT_THAT(text_in(page.text), AllOf(HasSubstr("✓ Toimipiste on lisätty"),
                                        HasSubstr("Tee käyttäjätunnus"), HasSubstr("Uusi asema")));
  EXPECT_THAT(page.text, HasSubstr("<title>Toimipiste on lisätty"));
  auto const again = send_form("coordinator", "/offices/new", form);
  EXPECT_EQ(again.header("location"), made.header("location"));
  EXPECT_EQ(sequence(), before + 1);
  auto const id = made.header("location").substr(0, made.header("location").find('?'));
  auto const office = get(as("coordinator"), "/api/v1" + id).body;
  EXPECT_EQ(office.at("name"), "Uusi asema");
  EXPECT_EQ(office.at("contact"), "015 1");
  EXPECT_EQ(office.at("letter_name"), nullptr);
}

TEST_F(PlacePages, every_fault_is_told_at_its_field_and_what_was_typed_stays) {
  auto fields = new_office_;
  fields["name"] = " \xe2\x80\x8b";
  fields["municipality"] = "";
  fields["postcode"] = "5255";
  fields["letter_name"] = "131052-308T";
  auto const before = sequence();
  auto const sent =
      send_form("coordinator", "/offices/new", filled("coordinator", "/offices/new", fields));
  ASSERT_EQ(sent.status, 303) << sent;
  EXPECT_THAT(sent.header("location"), Not(HasSubstr("131052")));
  auto const page = follow("coordinator", sent);
  EXPECT_THAT(page.text, HasSubstr("<title>Virhe: Uusi toimipiste"));
  for (auto const* fault :
       {"#name\">Kirjoita nimi.", "#municipality\">Valitse kunta.",
        "#postcode\">Kirjoita postinumero viidellä numerolla.", "id=\"name-fault\"",
        "id=\"postcode-fault\"", "id=\"letter_name-fault\""}) {
    EXPECT_THAT(page.text, HasSubstr(fault));
  }
  EXPECT_THAT(page.text, Not(HasSubstr("131052")));
  auto const kept = fields_of_form(page.text, "/offices/new");
  EXPECT_EQ(kept.at("postcode"), "5255");
  EXPECT_EQ(kept.at("contact"), "015 1");
  EXPECT_EQ(kept.at("letter_name"), "");
  EXPECT_THAT(page.text, HasSubstr("class=\"summary\" aria-labelledby=\"summary-title\" "
                                   "tabindex=\"-1\" autofocus"));
  EXPECT_EQ(sequence(), before);
}

TEST_F(PlacePages, one_fault_has_the_cursor) {
  auto fields = new_office_;
  fields["postcode"] = "x";
  auto const page = follow("coordinator", send_form("coordinator", "/offices/new",
                                                    filled("coordinator", "/offices/new", fields)));
  EXPECT_THAT(page.text, ::testing::ContainsRegex("id=\"postcode\"[^>]* autofocus>"));
  EXPECT_EQ(times(page.text, " autofocus"), 1);
}

TEST_F(PlacePages, a_municipality_that_is_none_of_the_area_is_refused_by_the_use_case) {
  auto fields = new_office_;
  fields["municipality"] = "698";
  auto const before = sequence();
  auto const page = follow("coordinator", send_form("coordinator", "/offices/new",
                                                    filled("coordinator", "/offices/new", fields)));
  EXPECT_THAT(page.text, HasSubstr("#municipality\">Kunta ei kuulu tähän alueeseen."));
  EXPECT_EQ(sequence(), before) << "what the use case refused has written nothing";
}

TEST_F(PlacePages, only_what_the_form_changed_is_judged) {
  Json const without{{{"code", "097"}, {"name", {{"fi", "Hirvensalmi"}}}}};
  ASSERT_EQ(patch(as("coordinator"), "/api/v1/areas/ETELA", {{"municipalities", without}},
                  get(as("coordinator"), "/api/v1/areas/ETELA").header("etag"))
                .status,
            200);
  auto const page = change("coordinator", office_path(), {{"name", "Uusi nimi"}});
  EXPECT_THAT(text_in(page.text), HasSubstr("✓ Muutokset on tallennettu"));
  auto const office = get(as("coordinator"), "/api/v1" + office_path()).body;
  EXPECT_EQ(office.at("name"), "Uusi nimi");
  EXPECT_EQ(office.at("municipality"), "491") << "merged away, and nobody touched it";
}

TEST_F(PlacePages, sent_as_it_was_shown_changes_nothing) {
  auto const before = sequence();
  auto const page = change("coordinator", office_path(), {});
  EXPECT_THAT(text_in(page.text), HasSubstr("✓ Mitään ei muutettu"));
  EXPECT_EQ(sequence(), before);
}

TEST_F(PlacePages, two_who_change_different_fields_are_both_heard) {
  auto mine = filled("coordinator", office_path(), {{"name", "Minun nimi"}});
  change("national", office_path(), {{"postcode", "50170"}});
  auto const page = follow("coordinator", send_form("coordinator", office_path(), mine));
  EXPECT_THAT(text_in(page.text), HasSubstr("✓ Muutokset on tallennettu"));
  auto const office = get(as("coordinator"), "/api/v1" + office_path()).body;
  EXPECT_EQ(office.at("name"), "Minun nimi");
  EXPECT_EQ(office.at("postcode"), "50170");
}

TEST_F(PlacePages, two_who_change_the_same_field_are_shown_both) {
  auto mine = filled("coordinator", office_path(), {{"name", "Minun nimi"}});
  change("national", office_path(), {{"name", "Toisen nimi"}});
  auto const before = sequence();
  auto const page = follow("coordinator", send_form("coordinator", office_path(), mine));
  EXPECT_THAT(text_in(page.text), AllOf(HasSubstr("Joku muu muutti tietoja sillä välin."),
                                        HasSubstr("Sinä kirjoitit: Minun nimi")));
  EXPECT_EQ(sequence(), before) << "nothing is stored until it is sent again";
  auto again = fields_of_form(page.text, office_path());
  EXPECT_EQ(again.at("name"), "Toisen nimi");
  again["name"] = "Minun nimi";
  follow("coordinator", send_form("coordinator", office_path(), again));
  EXPECT_EQ(get(as("coordinator"), "/api/v1" + office_path()).body.at("name"), "Minun nimi");
}

TEST_F(PlacePages, faults_of_a_form_go_by_what_it_showed_at_first) {
  auto mine = filled("coordinator", office_path(), {{"name", ""}});
  auto const faulty = follow("coordinator", send_form("coordinator", office_path(), mine));
  change("national", office_path(), {{"name", "Toisen nimi"}});
  auto again = fields_of_form(faulty.text, office_path());
  again["name"] = "Minun nimi";
  auto const page = follow("coordinator", send_form("coordinator", office_path(), again));
  EXPECT_THAT(text_in(page.text), HasSubstr("Sinä kirjoitit: Minun nimi"));
}

TEST_F(PlacePages, a_venue_is_made_with_all_that_is_known_of_it) {
  auto const made = send_form("coordinator", "/venues/new",
                              filled("coordinator", "/venues/new",
                                     {{"name", "Jäähalli"},
                                      {"municipality", "491"},
                                      {"sector", "sport"},
                                      {"address", "Jäätie 1"},
                                      {"limit_period", "month"},
                                      {"limit_count", "4"}}));
  auto const page = follow("coordinator", made);
  EXPECT_THAT(text_in(page.text), HasSubstr("✓ Kohde on lisätty"));
  auto const id = made.header("location").substr(0, made.header("location").find('?'));
  auto const venue = get(as("coordinator"), "/api/v1" + id).body;
  EXPECT_EQ(venue.at("limit"), (Json{{"count", 4}, {"period", "month"}}));
  EXPECT_EQ(venue.at("address"), "Jäätie 1");
  EXPECT_TRUE(venue.at("fast_by_default")) << "sport, where nobody chose";
  auto const form = fields_of_form(page.text, id);
  EXPECT_EQ(form.at("limit_period"), "month");
  EXPECT_EQ(form.at("fast"), "yes");
  change("coordinator", id, {{"limit_period", "none"}, {"fast", "no"}});
  auto const changed = get(as("coordinator"), "/api/v1" + id).body;
  EXPECT_EQ(changed.at("limit"), nullptr);
  EXPECT_FALSE(changed.at("fast_by_default"));
}

TEST_F(PlacePages, a_limit_needs_its_number) {
  auto const page = change("coordinator", pool_path(), {{"limit_period", "day"}});
  EXPECT_THAT(page.text, HasSubstr("#limit_count\">Kirjoita luku väliltä 1–1000."));
  EXPECT_EQ(fields_of_form(page.text, pool_path()).at("limit_period"), "day");
}

TEST_F(PlacePages, closing_a_venue_asks_once_with_what_will_happen) {
  auto const museum = "/venues/" + std::to_string(net.museum.value);
  auto const before = sequence();
  auto const question =
      change("coordinator", museum, {{"active", "no"}, {"address", "Museotie 1"}});
  EXPECT_THAT(text_in(question.text),
              AllOf(HasSubstr("Tarkista ennen kuin jatkat"), HasSubstr("Tulevia tapahtumia: 1."),
                    HasSubstr("Laitteita käytössä: 0."), HasSubstr("Takaisin")));
  EXPECT_EQ(times(question.text, " autofocus"), 0);
  EXPECT_EQ(sequence(), before);
  EXPECT_EQ(redeem(registered(1), net.museum).status, 201);
  auto const confirmed = follow(
      "coordinator", send_form("coordinator", museum, fields_of_form(question.text, museum)));
  EXPECT_THAT(text_in(confirmed.text), HasSubstr("✓ Muutokset on tallennettu"));
  auto const venue = get(as("coordinator"), "/api/v1" + museum).body;
  EXPECT_FALSE(venue.at("active"));
  EXPECT_EQ(venue.at("address"), "Museotie 1");
  EXPECT_EQ(redeem(registered(2), net.museum).status, 422);
  change("coordinator", museum, {{"active", "yes"}});
  EXPECT_TRUE(get(as("coordinator"), "/api/v1" + museum).body.at("active")) << "without a question";
}

TEST_F(PlacePages, closing_a_venue_removes_what_is_held_there_and_says_so) {
  auto const hold = [&](std::size_t n) {
    return post(agent(), "/api/v1/reservations",
                {{"card", registered(n)},
                 {"venue_id", net.museum.value},
                 {"event_id", net.concert.value},
                 {"tickets", {{"adult", 1}}}});
  };
  ASSERT_EQ(hold(1).status, 201);
  ASSERT_EQ(hold(2).status, 201);
  auto const open = [&] { return get(agent(), "/api/v1/reservations").body.at("items").size(); };
  ASSERT_EQ(open(), 2u);
  auto const museum = "/venues/" + std::to_string(net.museum.value);
  auto const question = change("coordinator", museum, {{"active", "no"}});
  EXPECT_THAT(text_in(question.text), HasSubstr("Avoimia varauksia: 2. Ne poistetaan."));
  EXPECT_EQ(open(), 2u) << "nothing is done before it is confirmed";
  auto const before = sequence();
  send_form("coordinator", museum, fields_of_form(question.text, museum));
  EXPECT_EQ(open(), 0u);
  EXPECT_EQ(sequence(), before + 3) << "the venue, and an entry for each";
  change("coordinator", museum, {{"active", "yes"}});
  EXPECT_EQ(open(), 0u) << "they do not come back with the venue";
}

TEST_F(PlacePages, the_way_back_from_the_question_keeps_what_was_typed) {
  auto const question =
      change("coordinator", pool_path(), {{"active", "no"}, {"address", "Rantatie 9"}});
  auto const back = get(as("coordinator"), link_named(question.text, "Takaisin"));
  auto const form = fields_of_form(back.text, pool_path());
  EXPECT_EQ(form.at("active"), "no");
  EXPECT_EQ(form.at("address"), "Rantatie 9");
  EXPECT_THAT(back.text, Not(HasSubstr("Virhe: ")));
}

TEST_F(PlacePages, lists_show_what_is_the_callers_and_lead_to_it) {
  auto const own = get(as("coordinator"), "/venues").text;
  EXPECT_THAT(text_in(own), AllOf(HasSubstr("4 kohdetta"), HasSubstr("Rantakeitaan uimahalli"),
                                  Not(HasSubstr("Kaupunginteatteri"))));
  EXPECT_THAT(own, AllOf(HasSubstr("href=\"" + pool_path() + "\""),
                         Not(HasSubstr("<form class=\"choices\""))));
  auto const all = get(as("national"), "/venues").text;
  EXPECT_THAT(text_in(all), AllOf(HasSubstr("5 kohdetta"), HasSubstr("Pohjola")));
  auto const north = get(as("national"), "/venues?area=POHJOLA").text;
  EXPECT_THAT(text_in(north), AllOf(HasSubstr("1 kohde "), HasSubstr("Kaupunginteatteri"),
                                    Not(HasSubstr("uimahalli"))));
  EXPECT_THAT(north, AllOf(HasSubstr("href=\"/offices?area=POHJOLA\""),
                           HasSubstr("href=\"/venues/new?area=POHJOLA\"")))
      << "the choice of an area goes along";
  EXPECT_EQ(text_in(get(as("coordinator"), "/venues?area=POHJOLA").text),
            text_in(get(as("coordinator"), "/venues").text))
      << "a coordinator has one area";
}

TEST_F(PlacePages, a_list_of_many_has_pages) {
  write([&](ledger::WriteTx& tx) {
    domain::Caller owner;
    owner.role = domain::Role::admin;
    for (int n = 100; n < 160; ++n) {
      ledger::VenueSet venue;
      venue.area = AreaId{"POHJOLA"};
      venue.municipality = "698";
      venue.name = "Sali " + std::to_string(n);
      ASSERT_TRUE(use_cases::keep_venue(tx, venue, owner));
    }
  });
  auto const first = get(as("far_coordinator"), "/venues").text;
  EXPECT_THAT(text_in(first), AllOf(HasSubstr("61 kohdetta"), HasSubstr("Sali 148 "),
                                    Not(HasSubstr("Sali 149")), Not(HasSubstr("Edelliset"))));
  auto const second = get(as("far_coordinator"), link_named(first, "Seuraavat")).text;
  EXPECT_THAT(text_in(second), AllOf(HasSubstr("Sali 149"), HasSubstr("Sali 159"),
                                     HasSubstr("Edelliset"), Not(HasSubstr("Seuraavat"))));
  EXPECT_EQ(get(as("far_coordinator"), "/venues?page=99").status, 200);
}

TEST_F(PlacePages, a_national_role_says_first_where_something_new_is) {
  auto const asked = get(as("national"), "/offices/new").text;
  EXPECT_THAT(asked,
              AllOf(HasSubstr("Mille alueelle?"), HasSubstr("href=\"/offices/new?area=POHJOLA\"")));
  auto fields = filled("national", "/offices/new?area=POHJOLA",
                       {{"name", "Posio"}, {"municipality", "698"}, {"postcode", "9"}});
  auto const page = follow("national", send_form("national", "/offices/new", fields));
  EXPECT_THAT(page.text, HasSubstr("#postcode"));
  auto again = fields_of_form(page.text, "/offices/new");
  EXPECT_EQ(again.at("area"), "POHJOLA");
  again["postcode"] = "97900";
  EXPECT_THAT(text_in(follow("national", send_form("national", "/offices/new", again)).text),
              HasSubstr("✓ Toimipiste on lisätty"));
}

TEST_F(PlacePages, an_area_without_places_says_what_to_do) {
  make_area("UUSI", "178");
  EXPECT_THAT(text_in(get(as("national"), "/venues?area=UUSI").text),
              HasSubstr("Alueella ei ole vielä kohteita. Lisää ensimmäinen."));
  EXPECT_THAT(text_in(get(as("national"), "/offices?area=UUSI").text),
              HasSubstr("Alueella ei ole vielä toimipisteitä. Lisää ensimmäinen."));
}

TEST_F(PlacePages, an_account_without_a_place_leads_to_making_the_place) {
  make_area("UUSI", "178");
  EXPECT_THAT(get(as("national"), "/accounts/new?role=venue_staff&area=UUSI").text,
              HasSubstr("href=\"/venues/new?area=UUSI\">Lisää kohde</a>"));
  EXPECT_THAT(get(as("national"), "/accounts/new?role=issuer_worker&area=UUSI").text,
              HasSubstr("href=\"/offices/new?area=UUSI\">Lisää toimipiste</a>"));
}

TEST_F(PlacePages, an_old_address_begins_anew_and_says_so) {
  auto fields = new_office_;
  fields["postcode"] = "x";
  auto const sent =
      send_form("coordinator", "/offices/new", filled("coordinator", "/offices/new", fields));
  advance(31 * minute_us);
  auto const page = follow("coordinator", sent);
  EXPECT_THAT(text_in(page.text), HasSubstr("Sivu oli vanhentunut."));
  EXPECT_EQ(fields_of_form(page.text, "/offices/new").at("postcode"), "");
  EXPECT_THAT(sent.header("location"), StartsWith("/offices/new?k="));
}

}  // namespace
}  // namespace kaiku::test
