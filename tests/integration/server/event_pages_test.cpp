// Events kept by the pages: by a venue's staff for their own, by coordinators for their area's.
#include <gmock/gmock.h>

#include "server/tables/event_lists.hpp"
#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class EventPages : public NetworkPages {
 protected:
  std::string const new_path_ = "/events/new";

  std::string path_of(EventId id) const { return "/events/" + std::to_string(id.value); }
  Json event(EventId id) { return get(as("admin"), "/api/v1" + path_of(id)).body; }
  // The events of the museum that a coordinator's list has, by start.
  std::vector<tables::Event> of_museum() {
    std::vector<tables::Event> found;
    write([&](ledger::WriteTx& tx) {
      tables::EventQuestion question;
      question.venue = net.museum;
      question.now = tx.now();
      found = tables::listed_events(tx, question, std::nullopt, 100);
    });
    return found;
  }
  static FormFields a_show() {
    return {{"title_fi", "Satutunti"}, {"day", "22.11."}, {"starts", "1742"}};
  }
};

TEST_F(EventPages, staff_add_an_event_of_their_own_venue_by_name_day_and_time) {
  auto const page = change("museum_staff", new_path_, a_show());
  EXPECT_THAT(page.text, AllOf(HasSubstr("Tapahtuma on lisätty"), HasSubstr("<h1>Satutunti</h1>"),
                               HasSubstr("Taidemuseo")));
  auto const made = of_museum().back();
  EXPECT_EQ(made.title.fi, "Satutunti");
  EXPECT_EQ(made.venue, net.museum);
  EXPECT_EQ(to_rfc3339(made.starts_at), "2026-11-22T15:42:00Z");
  EXPECT_EQ(to_rfc3339(made.ends_at), "2026-11-22T17:42:00Z") << "two hours later";
  EXPECT_FALSE(made.quota);
  EXPECT_TRUE(made.children_allowed);
}

TEST_F(EventPages, staff_of_a_closed_venue_are_told_so_and_add_none) {
  auto const form = filled("museum_staff", new_path_, a_show());
  auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
  auto const tag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, {{"active", false}}, tag).status, 200);
  auto const before = sequence();
  auto const page = follow("museum_staff", send_form("museum_staff", new_path_, form));
  EXPECT_THAT(text_in(page.text), HasSubstr("Kohde on suljettu. Ota yhteyttä vastuuhenkilöön."));
  EXPECT_THAT(page.text, Not(HasSubstr("name=\"title_fi\"")));
  EXPECT_EQ(sequence(), before);
}

TEST_F(EventPages, coordinators_are_told_at_the_venue_that_it_was_closed_meanwhile) {
  auto fields = a_show();
  fields["venue"] = std::to_string(net.museum.value);
  auto const form = filled("coordinator", new_path_, fields);
  auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
  auto const tag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, {{"active", false}}, tag).status, 200);
  auto const before = sequence();
  auto const page = follow("coordinator", send_form("coordinator", new_path_, form));
  EXPECT_THAT(page.text, AllOf(HasSubstr("id=\"venue-fault\""),
                               HasSubstr("Kohde on suljettu. Valitse toinen kohde."),
                               HasSubstr("value=\"1742\""), Not(HasSubstr("Taidemuseo"))));
  EXPECT_EQ(fields_of_form(page.text, new_path_).at("venue"), "") << "no other in its place";
  EXPECT_EQ(sequence(), before);
}

TEST_F(EventPages, coordinators_choose_the_venue_among_those_of_the_area) {
  auto fields = a_show();
  fields["venue"] = std::to_string(net.museum.value);
  fields["title_fi"] = "";
  fields["title_sv"] = "Sagostund";
  fields["kind"] = "course";
  fields["capacity"] = "40";
  fields["quota_kind"] = "percent";
  fields["quota"] = "25";
  fields["limit_period"] = "month";
  fields["limit_count"] = "2";
  auto const page = change("national", new_path_ + "?area=ETELA", fields);
  EXPECT_THAT(page.text, HasSubstr("<h1>Sagostund</h1>"));
  auto const made = of_museum().back();
  EXPECT_EQ(made.use_kind, contract::UseKind::course);
  EXPECT_EQ(made.quota, 10);
  EXPECT_EQ(made.quota_percent, 25);
  EXPECT_EQ(made.limit, (contract::UseLimit{2, contract::LimitPeriod::month}));
  EXPECT_FALSE(made.children_allowed) << "a course is for the holder alone";
  EXPECT_THAT(get(as("national"), new_path_).text, HasSubstr("/events/new?area=POHJOLA"));
  EXPECT_THAT(get(as("coordinator"), new_path_).text, Not(HasSubstr("Kaupunginteatteri")));
}

TEST_F(EventPages, a_series_is_made_at_once_or_not_at_all) {
  auto fields = a_show();
  fields["day"] = "24.10.2026";
  fields["days"] = "31.10.2026\n\n7.11.\r\n24.10.2026";
  auto const before = of_museum().size();
  EXPECT_THAT(change("museum_staff", new_path_, fields).text,
              AllOf(HasSubstr("Tapahtumat on lisätty"), HasSubstr("24.10.2026 klo\u00A017.42"),
                    HasSubstr("31.10.2026 klo\u00A017.42"), HasSubstr("7.11.2026 klo\u00A017.42")));
  EXPECT_EQ(of_museum().size(), before + 3) << "a day that stands twice is one";
  EXPECT_EQ(to_rfc3339(of_museum().back().ends_at), "2026-11-07T17:42:00Z")
      << "clocks were changed in between";
  auto const entries = sequence();
  fields["days"] = "14.11.2026\n31.11.2026";
  EXPECT_THAT(change("museum_staff", new_path_, fields).text,
              HasSubstr("Rivi 2: Kirjoita päivä näin: 22.11.2026."));
  EXPECT_EQ(sequence(), entries);
}

TEST_F(EventPages, faults_stand_at_their_fields_and_what_was_typed_stays) {
  auto const fault = [&](FormFields const& changes) {
    auto fields = a_show();
    for (auto const& [name, value] : changes) fields[name] = value;
    return change("museum_staff", new_path_, fields).text;
  };
  auto const before = sequence();
  EXPECT_THAT(fault({{"title_fi", " "}}),
              AllOf(HasSubstr("id=\"title_fi-fault\""), HasSubstr("Kirjoita nimi."),
                    HasSubstr("value=\"1742\"")));
  EXPECT_THAT(fault({{"ends", "17.00"}}),
              AllOf(HasSubstr("id=\"ends-fault\""), HasSubstr("Päättymisaika on ennen alkua.")));
  EXPECT_THAT(fault({{"quota_kind", "percent"}, {"quota", "20"}}),
              AllOf(HasSubstr("id=\"capacity-fault\""),
                    HasSubstr("Prosenttikiintiö tarvitsee paikkojen määrän.")));
  EXPECT_THAT(fault({{"quota_kind", "number"}, {"quota", "20"}, {"capacity", "10"}}),
              HasSubstr("Kiintiö on suurempi kuin paikkojen määrä."));
  EXPECT_THAT(fault({{"quota_kind", "number"}, {"quota", "monta"}}),
              AllOf(HasSubstr("id=\"quota-fault\""), HasSubstr("Kirjoita luku.")));
  EXPECT_THAT(fault({{"starts", "25.00"}}), HasSubstr("id=\"starts-fault\""));
  EXPECT_THAT(fault({{"limit_period", "day"}, {"limit_count", "x"}}),
              HasSubstr("id=\"limit_count-fault\""));
  auto const no_day = fault({{"day", "31.11."}, {"ends", "19.00"}});
  EXPECT_EQ(times(no_day, "<p class=\"fault\""), 1) << "start and end are not told as well";
  EXPECT_EQ(sequence(), before);
}

TEST_F(EventPages, a_refused_form_of_a_national_role_keeps_its_area_and_its_faults) {
  for (auto const* who : {"national", "admin"}) {
    auto fields = a_show();
    fields["venue"] = std::to_string(net.museum.value);
    fields["title_fi"] = " ";
    auto const page = change(who, new_path_ + "?area=ETELA", fields);
    EXPECT_THAT(page.text, AllOf(HasSubstr("<title>Virhe: "), HasSubstr("id=\"title_fi-fault\""),
                                 HasSubstr("value=\"1742\""), Not(HasSubstr("Mille alueelle?"))))
        << who;
    auto mended = fields_of_form(page.text, new_path_);
    EXPECT_EQ(mended["venue"], std::to_string(net.museum.value));
    mended["title_fi"] = "Satutunti";
    EXPECT_THAT(follow(who, send_form(who, new_path_, mended)).text,
                HasSubstr("<h1>Satutunti</h1>"));
  }
}

TEST_F(EventPages, the_end_moves_with_the_start) {
  auto const path = path_of(net.concert);  // 13.00–17.00
  change("museum_staff", path, {{"starts", "18.00"}});
  EXPECT_EQ(event(net.concert).at("starts_at"), "2026-06-15T15:00:00Z");
  EXPECT_EQ(event(net.concert).at("ends_at"), "2026-06-15T19:00:00Z");
  change("museum_staff", path, {{"starts", "22.00"}});
  EXPECT_EQ(event(net.concert).at("ends_at"), "2026-06-15T23:00:00Z");
  EXPECT_THAT(get(as("museum_staff"), path).text, HasSubstr("value=\"16.6.2026 02.00\""));
  change("museum_staff", path, {{"day", "20.6.2026"}});
  EXPECT_EQ(event(net.concert).at("ends_at"), "2026-06-20T23:00:00Z");
  change("museum_staff", path, {{"ends", "20.6. 23.30"}});
  EXPECT_EQ(event(net.concert).at("ends_at"), "2026-06-20T20:30:00Z");
  EXPECT_EQ(event(net.concert).at("starts_at"), "2026-06-20T19:00:00Z");
}

TEST_F(EventPages, what_is_held_for_an_event_goes_along_with_its_start) {
  Json const held{{"card", registered(1)},
                  {"venue_id", net.museum.value},
                  {"event_id", net.concert.value},
                  {"tickets", {{"adult", 1}}},
                  {"hold_minutes", 30}};
  ASSERT_EQ(post(agent(), "/api/v1/reservations", held).status, 201);
  change("museum_staff", path_of(net.concert), {{"starts", "15.00"}});
  EXPECT_THAT(text_in(get(as("museum_staff"), "/reservations").text),
              AllOf(HasSubstr("15.00 Kesäkonsertti"), HasSubstr("14.30")));
}

TEST_F(EventPages, what_somebody_else_changed_meanwhile_is_shown_beside_ones_own) {
  auto const path = path_of(net.concert);
  auto const mine = filled("museum_staff", path, {{"quota", "30"}, {"sold_out", "yes"}});
  auto const theirs = filled("coordinator", path, {{"quota", "12"}});
  follow("coordinator", send_form("coordinator", path, theirs));
  auto const page = follow("museum_staff", send_form("museum_staff", path, mine)).text;
  EXPECT_THAT(page, AllOf(HasSubstr("Joku muu muutti tietoja sillä välin."),
                          HasSubstr("value=\"12\""), HasSubstr("Sinä kirjoitit: 30")));
  EXPECT_EQ(event(net.concert).at("quota"), 12);
  EXPECT_FALSE(event(net.concert).at("sold_out").get<bool>());
}

TEST_F(EventPages, another_field_than_the_others_is_no_clash) {
  auto const path = path_of(net.concert);
  auto const mine = filled("museum_staff", path, {{"sold_out", "yes"}});
  change("coordinator", path, {{"title_sv", "Sommarkonsert"}});
  EXPECT_THAT(follow("museum_staff", send_form("museum_staff", path, mine)).text,
              HasSubstr("Muutokset on tallennettu"));
  EXPECT_TRUE(event(net.concert).at("sold_out").get<bool>());
  EXPECT_EQ(event(net.concert).at("title").at("sv"), "Sommarkonsert");
}

TEST_F(EventPages, a_quota_below_its_use_is_asked_about) {
  registered(1, 2);
  Json const ask{{"event_id", net.concert.value}, {"tickets", {{"adult", 1}, {"child", 2}}}};
  ASSERT_EQ(redeem(net.codes[0], net.museum, ask).status, 201);
  auto const path = path_of(net.concert);
  auto const before = sequence();
  auto const page = change("museum_staff", path, {{"quota", "2"}});
  EXPECT_THAT(
      page.text,
      AllOf(HasSubstr("Tarkista ennen kuin jatkat"),
            HasSubstr("Kiintiöstä on käytetty tai varattu 3. Uusia lippuja ei silloin anneta."),
            HasSubstr("Tallenna silti")));
  EXPECT_EQ(sequence(), before);
  auto const confirmed = fields_of_form(page.text, path);
  follow("museum_staff", send_form("museum_staff", path, confirmed));
  EXPECT_EQ(event(net.concert).at("quota"), 2);
  EXPECT_THAT(change("museum_staff", path, {{"title_en", "Summer concert"}}).text,
              HasSubstr("Muutokset on tallennettu"))
      << "and not again for another field";
}

TEST_F(EventPages, a_quota_changes_its_kind_as_a_whole) {
  auto const path = path_of(net.concert);
  change("museum_staff", path, {{"capacity", "50"}, {"quota_kind", "percent"}, {"quota", "20"}});
  EXPECT_EQ(event(net.concert).at("quota"), 10);
  EXPECT_EQ(event(net.concert).at("quota_percent"), 20);
  change("museum_staff", path, {{"capacity", "100"}});
  EXPECT_EQ(event(net.concert).at("quota"), 20) << "a percentage follows the places";
  change("museum_staff", path, {{"quota_kind", "none"}});
  EXPECT_TRUE(event(net.concert).at("quota").is_null());
  EXPECT_TRUE(event(net.concert).at("quota_percent").is_null());
}

TEST_F(EventPages, saved_and_copied_the_next_form_has_all_but_the_day) {
  auto fields = a_show();
  fields["then"] = "copy";
  fields["capacity"] = "40";
  auto const page = change("museum_staff", new_path_, fields);
  auto const copy = "/events/new?copy=" + std::to_string(of_museum().back().id.value);
  auto const next = fields_of_form(page.text, copy);
  EXPECT_EQ(next.at("title_fi"), "Satutunti") << text_in(page.text);
  EXPECT_EQ(next.at("starts"), "17.42");
  EXPECT_EQ(next.at("capacity"), "40");
  EXPECT_EQ(next.at("day"), "");
  auto second = next;
  second["day"] = "29.11.2026";
  follow("museum_staff", send_form("museum_staff", copy, second));
  EXPECT_EQ(to_rfc3339(of_museum().back().starts_at), "2026-11-29T15:42:00Z");

  auto const changed = filled("museum_staff", path_of(net.concert),
                              {{"then", "copy"}, {"title_en", "Summer concert"}});
  auto const sent = send_form("museum_staff", path_of(net.concert), changed);
  EXPECT_EQ(sent.header("location"), "/events/new?copy=" + std::to_string(net.concert.value));
  EXPECT_EQ(event(net.concert).at("title").at("en"), "Summer concert");
}

TEST_F(EventPages, a_cancelled_event_is_taken_back_until_its_end) {
  registered(1);
  ASSERT_EQ(redeem(net.codes[0], net.museum, {{"event_id", net.concert.value}}).status, 201);
  auto const path = path_of(net.concert) + "/cancel";
  EXPECT_THAT(get(as("museum_staff"), path).text,
              AllOf(HasSubstr("Lippuja on annettu 1."), HasSubstr("Peruuta tapahtuma")));
  EXPECT_THAT(change("museum_staff", path, {}).text,
              AllOf(HasSubstr("Tapahtuma on peruutettu"), HasSubstr("Ota peruutus takaisin")));
  EXPECT_TRUE(event(net.concert).at("cancelled").get<bool>());
  EXPECT_THAT(get(as("coordinator"), "/events").text, HasSubstr("Peruutettu"));
  EXPECT_THAT(change("museum_staff", path, {}).text, HasSubstr("Tapahtuma pidetään"));
  EXPECT_FALSE(event(net.concert).at("cancelled").get<bool>());

  change("museum_staff", path, {});
  auto const late = filled("museum_staff", path, {});
  advance(6 * hour_us);
  EXPECT_THAT(get(as("museum_staff"), path_of(net.concert)).text,
              Not(HasSubstr("Ota peruutus takaisin")));
  EXPECT_THAT(follow("museum_staff", send_form("museum_staff", path, late)).text,
              HasSubstr("Mitään ei muutettu"));
  EXPECT_TRUE(event(net.concert).at("cancelled").get<bool>());
  auto const api = "/api/v1" + path_of(net.concert);
  auto const etag = get(as("admin"), api).header("etag");
  EXPECT_THAT(patch(as("admin"), api, {{"cancelled", false}}, etag).faults(),
              ElementsAre("/cancelled out_of_range"));
}

TEST_F(EventPages, the_list_has_what_comes_and_leads_to_what_is_over) {
  auto const museum = get(as("museum_staff"), "/events").text;
  EXPECT_THAT(museum, AllOf(HasSubstr("Kesäkonsertti"), HasSubstr("0/10"), HasSubstr("1 tapahtuma"),
                            Not(HasSubstr("Keramiikkakurssi"))));
  auto const area = get(as("coordinator"), "/events").text;
  EXPECT_THAT(area, AllOf(HasSubstr("Keramiikkakurssi"), HasSubstr("Taidemuseo"),
                          Not(HasSubstr("Näytelmä"))));
  auto const of_college = "/events?venue=" + std::to_string(net.college.value);
  EXPECT_THAT(get(as("coordinator"), of_college).text,
              AllOf(HasSubstr("Keramiikkakurssi"), Not(HasSubstr("Kesäkonsertti"))));
  auto const far = "/events?venue=" + std::to_string(net.far_theatre.value);
  EXPECT_THAT(get(as("coordinator"), far).text, Not(HasSubstr("Näytelmä")));
  EXPECT_THAT(get(as("museum_staff"), "/events?over=1").text, Not(HasSubstr("Kesäkonsertti")));
  advance(6 * hour_us);
  EXPECT_THAT(get(as("museum_staff"), "/events").text,
              AllOf(Not(HasSubstr("Kesäkonsertti")), HasSubstr("Tulevia tapahtumia ei ole.")));
  EXPECT_THAT(get(as("museum_staff"), "/events?over=1").text, HasSubstr("Kesäkonsertti"));
}

TEST_F(EventPages, of_other_venues_are_out_of_reach) {
  EXPECT_EQ(get(as("pool_staff"), path_of(net.concert)).status, 404);
  EXPECT_EQ(get(as("coordinator"), path_of(net.far_play)).status, 404);
  auto const own = filled("pool_staff", new_path_, a_show());
  auto other = own;
  other["venue"] = std::to_string(net.museum.value);
  EXPECT_EQ(send_form("pool_staff", new_path_, other).status, 403);
  EXPECT_THAT(get(as("pool_staff"), "/events/new?copy=" + std::to_string(net.concert.value)).text,
              Not(HasSubstr("Kesäkonsertti")));
}

}  // namespace
}  // namespace kaiku::test
