// Areas, offices, venues and events as their people keep them, and lists that can be paged through.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;

class NetworkKeeping : public ServerTest {
 protected:
  // The ids of a whole list, page by page.
  std::vector<std::int64_t> all(Sender const& who, std::string const& path, int limit) {
    std::vector<std::int64_t> ids;
    auto const first = path + "?limit=" + std::to_string(limit);
    for (auto next = first; !next.empty();) {
      auto const page = get(who, next);
      EXPECT_EQ(page.status, 200) << page;
      if (page.status != 200 || ids.size() > 1'000) break;
      EXPECT_LE(page.body.at("items").size(), static_cast<std::size_t>(limit));
      for (auto const& item : page.body.at("items")) ids.push_back(item.at("id"));
      auto const cursor = page.body.at("next");
      next = cursor.is_null() ? "" : first + "&cursor=" + cursor.get<std::string>();
    }
    return ids;
  }
  Reply change(std::string const& who, std::string const& path, Json const& body) {
    return patch(as(who), path, body, get(as(who), path).header("etag"));
  }
  std::string concert() const { return "/api/v1/events/" + std::to_string(net.concert.value); }
};

TEST_F(NetworkKeeping, lists_are_paged_through_without_gap_or_double) {
  std::vector<std::int64_t> const south{net.pool.value, net.museum.value, net.college.value,
                                        net.science.value};
  auto everywhere = south;
  everywhere.push_back(net.far_theatre.value);
  for (int const limit : {1, 2, 3, 200}) {
    EXPECT_EQ(all(as("coordinator"), "/api/v1/venues", limit), south) << limit;
    EXPECT_EQ(all(agent(), "/api/v1/venues", limit), south) << limit;
    EXPECT_EQ(all(as("national"), "/api/v1/venues", limit), everywhere) << limit;
    EXPECT_THAT(all(far_agent(), "/api/v1/venues", limit), ElementsAre(net.far_theatre.value));
    EXPECT_THAT(all(as("far_staff"), "/api/v1/venues", limit), ElementsAre(net.far_theatre.value));
    EXPECT_THAT(all(agent(), "/api/v1/events", limit),
                ElementsAre(net.concert.value, net.lecture.value));
    EXPECT_THAT(all(far_agent(), "/api/v1/events", limit), ElementsAre(net.far_play.value));
    EXPECT_EQ(all(as("national"), "/api/v1/accounts", limit).size(), 10u);
    EXPECT_EQ(all(as("national"), "/api/v1/offices", limit).size(), 3u);
    EXPECT_EQ(all(as("coordinator"), "/api/v1/offices", limit).size(), 2u);
    EXPECT_EQ(all(as("coordinator"), "/api/v1/card-batches", limit).size(), 2u);
    EXPECT_EQ(all(as("far_coordinator"), "/api/v1/card-batches", limit).size(), 0u);
    EXPECT_EQ(all(as("national"), "/api/v1/api-keys", limit).size(), 2u);
  }
}

TEST_F(NetworkKeeping, null_takes_a_fixed_end_away) {
  auto const path = "/api/v1/policies/ETELA";
  auto const etag = [&] { return get(as("coordinator"), "/api/v1/areas/ETELA").header("etag"); };
  auto const end = to_iso(today() + 40);
  ASSERT_EQ(patch(as("coordinator"), path, {{"fixed_end", end}}, etag()).status, 200);
  auto const kept = patch(as("coordinator"), path, {{"validity_months", 6}}, etag());
  EXPECT_EQ(kept.body.at("policy").at("fixed_end"), end);
  auto const gone = patch(as("coordinator"), path, {{"fixed_end", nullptr}}, etag());
  EXPECT_EQ(gone.body.at("policy").at("fixed_end"), nullptr);
  EXPECT_EQ(gone.body.at("policy").at("validity_months"), 6);
}

TEST_F(NetworkKeeping, a_fixed_end_that_has_passed_is_refused_where_it_is_new) {
  auto const yesterday = to_iso(today() + -1);
  auto const etag = [&] { return get(as("coordinator"), "/api/v1/areas/ETELA").header("etag"); };
  EXPECT_THAT(patch(as("coordinator"), "/api/v1/policies/ETELA", {{"fixed_end", yesterday}}, etag())
                  .faults(),
              ElementsAre("/fixed_end out_of_range"));
  Json const of_area{{"policy", {{"fixed_end", yesterday}}}};
  EXPECT_THAT(change("coordinator", "/api/v1/areas/ETELA", of_area).faults(),
              ElementsAre("/policy/fixed_end out_of_range"));
  ASSERT_EQ(
      patch(as("coordinator"), "/api/v1/policies/ETELA", {{"fixed_end", to_iso(today())}}, etag())
          .status,
      200)
      << "today is good";
  advance(2 * day_us);
  EXPECT_EQ(
      patch(as("coordinator"), "/api/v1/policies/ETELA", {{"child_age_limit", 16}}, etag()).status,
      200)
      << "it passed meanwhile, and another rule changes";
}

TEST_F(NetworkKeeping, what_a_letter_and_a_door_say_of_a_place_comes_and_goes) {
  auto const office = "/api/v1/offices/" + std::to_string(net.office.value);
  EXPECT_EQ(get(as("coordinator"), office).body.at("letter_name"), nullptr);
  auto told = change("coordinator", office, {{"letter_name", " Mikkeli "}, {"contact", "015 1"}});
  EXPECT_EQ(told.body.at("letter_name"), "Mikkeli");
  EXPECT_EQ(change("coordinator", office, {{"postcode", "50170"}}).body.at("contact"), "015 1");
  told = change("coordinator", office, {{"contact", nullptr}});
  EXPECT_EQ(told.body.at("contact"), nullptr);
  EXPECT_EQ(told.body.at("letter_name"), "Mikkeli");
  EXPECT_THAT(change("coordinator", office, {{"contact", "131052-308T"}}).faults(),
              ElementsAre("/contact personal_identity_code"));
  auto const pool = "/api/v1/venues/" + std::to_string(net.pool.value);
  EXPECT_FALSE(get(as("coordinator"), pool).body.at("fast_by_default"));
  auto const fast =
      change("coordinator", pool, {{"fast_by_default", true}, {"address", "Rantatie 1"}});
  EXPECT_TRUE(fast.body.at("fast_by_default"));
  EXPECT_EQ(fast.body.at("address"), "Rantatie 1");
  EXPECT_TRUE(get(as("coordinator"), pool).body.at("fast_by_default"));
  EXPECT_EQ(change("coordinator", pool, {{"address", nullptr}}).body.at("address"), nullptr);
  restart();
  EXPECT_TRUE(get(as("coordinator"), pool).body.at("fast_by_default"));
}

TEST_F(NetworkKeeping, a_municipality_stands_in_an_area_once) {
  Json const twice{{{"code", "097"}, {"name", {{"fi", "Hirvensalmi"}}}},
                   {{"code", "097"}, {"name", {{"fi", "Hirvensalmi"}}}}};
  EXPECT_THAT(change("coordinator", "/api/v1/areas/ETELA", {{"municipalities", twice}}).faults(),
              ElementsAre("/municipalities/1 repeated"));
}

TEST_F(NetworkKeeping, a_municipality_is_one_of_the_official_list_and_is_called_as_there) {
  Json const area{{"id", "UUSI"},
                  {"name", {{"fi", "Uusi"}}},
                  {"municipalities",
                   {{{"code", "251"}, {"name", {{"fi", "Kajaani"}}}},
                    {{"code", "588"}, {"name", {{"fi", "Pertunmaa"}}}},
                    {{"code", "765"}, {"name", {{"sv", "Något annat"}}}}}}};
  EXPECT_THAT(post(as("national"), "/api/v1/areas", area).faults(),
              ElementsAre("/municipalities/0/code not_a_municipality_code",
                          "/municipalities/1/code not_a_municipality_code"));
  auto good = area;
  good["municipalities"].erase(0);
  good["municipalities"].erase(0);
  auto const made = post(as("national"), "/api/v1/areas", good);
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made.body.at("municipalities").at(0).at("name"),
            (Json{{"fi", "Sotkamo"}, {"sv", "Sotkamo"}, {"en", "Sotkamo"}}));
}

TEST_F(NetworkKeeping, what_did_not_change_is_not_judged_anew) {
  auto const pool = "/api/v1/venues/" + std::to_string(net.pool.value);
  auto const office = "/api/v1/offices/" + std::to_string(net.office.value);
  Json const without{{{"code", "097"}, {"name", {{"fi", "Hirvensalmi"}}}}};
  ASSERT_EQ(get(as("admin"), pool).body.at("municipality"), "491");
  ASSERT_EQ(change("coordinator", "/api/v1/areas/ETELA", {{"municipalities", without}}).status,
            200);
  EXPECT_EQ(change("coordinator", pool, {{"name", "Uusi halli"}}).status, 200);
  EXPECT_EQ(change("coordinator", pool, {{"active", false}}).status, 200);
  EXPECT_EQ(change("coordinator", office, {{"name", "Uusi toimisto"}}).status, 200);
  EXPECT_THAT(change("coordinator", pool, {{"municipality", "698"}}).faults(),
              ElementsAre("/municipality outside_area"));
  EXPECT_EQ(change("coordinator", pool, {{"municipality", "097"}}).status, 200);
  EXPECT_THAT(change("coordinator", pool, {{"municipality", "491"}}).faults(),
              ElementsAre("/municipality outside_area"));
}

TEST_F(NetworkKeeping, a_municipality_belongs_to_one_area_at_a_time) {
  Json const both{{{"code", "097"}, {"name", {{"fi", "Hirvensalmi"}}}},
                  {{"code", "698"}, {"name", {{"fi", "Rovaniemi"}}}}};
  for (auto const* who : {"coordinator", "national", "admin"}) {
    EXPECT_THAT(change(who, "/api/v1/areas/ETELA", {{"municipalities", both}}).faults(),
                ElementsAre("/municipalities/1 taken"))
        << who;
  }
}

TEST_F(NetworkKeeping, blank_names_are_refused_and_blanks_around_are_no_part_of_a_name) {
  Json const office{{"area_id", "ETELA"}, {"municipality", "491"}, {"postcode", "50100"}};
  auto const named = [&](Json name) {
    auto body = office;
    body["name"] = std::move(name);
    return post(as("coordinator"), "/api/v1/offices", body);
  };
  for (auto const* blank :
       {"   ", "\xc2\xa0\xc2\xa0", "\xe2\x80\x8b\xe2\x80\x8b", "\xef\xbb\xbf "}) {
    EXPECT_THAT(named(blank).faults(), ElementsAre("/name required")) << blank;
    EXPECT_EQ(
        change("coordinator", "/api/v1/venues/" + std::to_string(net.pool.value), {{"name", blank}})
            .status,
        422);
    EXPECT_EQ(
        post(as("admin"), "/api/v1/api-keys", {{"name", blank}, {"venue_ids", {net.pool.value}}})
            .status,
        422);
    EXPECT_THAT(change("museum_staff", concert(), {{"title", {{"fi", blank}}}}).faults(),
                ElementsAre("/title required"));
    auto const other =
        change("museum_staff", concert(), {{"title", {{"fi", blank}, {"sv", "Konsert"}}}});
    EXPECT_EQ(other.body.at("title").at("fi"), "") << other;
  }
  EXPECT_EQ(named(" \xc2\xa0Kirjasto ").body.at("name"), "Kirjasto");
}

TEST_F(NetworkKeeping, a_quota_in_per_cent_is_worked_out_from_the_capacity) {
  auto const reply = change("museum_staff", concert(), {{"capacity", 99}, {"quota_percent", 10}});
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.body.at("quota"), 9);
  EXPECT_EQ(reply.body.at("quota_left"), 9);
  Json const event{{"venue_id", net.museum.value},
                   {"title", {{"fi", "Ilta"}}},
                   {"starts_at", ago(0)},
                   {"quota_percent", 10}};
  EXPECT_THAT(post(as("museum_staff"), "/api/v1/events", event).faults(),
              ElementsAre("/capacity required"));
  EXPECT_THAT(change("museum_staff", concert(), {{"quota", 5}, {"quota_percent", 5}}).faults(),
              ElementsAre("/quota choose_one"));
}

TEST_F(NetworkKeeping, a_cancelled_or_sold_out_event_gives_no_tickets) {
  auto const code = registered(1);
  Json const ask{{"event_id", net.concert.value}};
  ASSERT_EQ(change("museum_staff", concert(), {{"sold_out", true}}).status, 200);
  EXPECT_EQ(redeem(code, net.museum, ask).answer(), "quota_full");
  ASSERT_EQ(change("museum_staff", concert(), {{"sold_out", false}, {"cancelled", true}}).status,
            200);
  auto const cancelled = redeem(code, net.museum, ask);
  EXPECT_EQ(cancelled.answer(), "event_cancelled");
  EXPECT_FALSE(cancelled.body.at("may_override"));
  EXPECT_EQ(check(code, net.museum, ask).answer(), "event_cancelled");
  advance(hour_us);
  auto form = ask;
  form["occurred_at"] = ago(10 * minute_us);
  EXPECT_EQ(redeem(code, net.museum, form).body.at("verdict"), "late_event_cancelled");
}

TEST_F(NetworkKeeping, an_event_that_is_over_gives_tickets_with_a_reason_only) {
  auto const code = registered(1);
  Json const event{{"venue_id", net.museum.value},
                   {"title", {{"fi", "Aamu"}}},
                   {"starts_at", ago(2 * hour_us)},
                   {"ends_at", ago(hour_us)}};
  auto const id = post(as("museum_staff"), "/api/v1/events", event).body.at("id");
  Json ask{{"event_id", id}};
  EXPECT_EQ(check(code, net.museum, ask).answer(), "ok") << "an hour after its end";
  advance(70 * minute_us);
  auto const over = redeem(code, net.museum, ask);
  EXPECT_EQ(over.answer(), "event_over");
  EXPECT_TRUE(over.body.at("may_override"));
  ask["override"] = {{"answer", "event_over"}, {"reason", "known_here"}};
  EXPECT_EQ(redeem(code, net.museum, ask).status, 201);
}

TEST_F(NetworkKeeping, a_quota_below_what_is_used_is_taken) {
  for (std::size_t n = 1; n <= 3; ++n) {
    ASSERT_EQ(redeem(registered(n), net.museum, {{"event_id", net.concert.value}}).status, 201);
  }
  auto const less = change("museum_staff", concert(), {{"quota", 2}});
  EXPECT_EQ(less.status, 200) << less;
  EXPECT_EQ(less.body.at("quota_left"), 0);
  EXPECT_EQ(less.body.at("warning"), "quota_below_used");
}

TEST_F(NetworkKeeping, a_venue_that_has_left_gives_no_tickets_and_takes_late_forms) {
  auto const code = registered(1);
  auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
  advance(hour_us);
  ASSERT_EQ(change("coordinator", path, {{"active", false}}).status, 200);
  EXPECT_THAT(redeem(code, net.museum).faults(), ElementsAre("/venue_id venue_closed"));
  EXPECT_EQ(redeem(code, net.museum, {{"occurred_at", ago(30 * minute_us)}}).status, 201);
}

TEST_F(NetworkKeeping, a_venue_that_has_left_gets_no_event_and_keeps_those_it_had) {
  auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
  ASSERT_EQ(change("coordinator", path, {{"active", false}}).status, 200);
  Json const event{
      {"venue_id", net.museum.value}, {"title", {{"fi", "Ilta"}}}, {"starts_at", ago(-hour_us)}};
  for (auto const* who : {"museum_staff", "coordinator", "national"}) {
    EXPECT_THAT(post(as(who), "/api/v1/events", event).faults(),
                ElementsAre("/venue_id venue_closed"))
        << who;
  }
  EXPECT_EQ(change("museum_staff", concert(), {{"cancelled", true}}).status, 200);
  ASSERT_EQ(change("coordinator", path, {{"active", true}}).status, 200);
  EXPECT_EQ(post(as("museum_staff"), "/api/v1/events", event).status, 201);
}

TEST_F(NetworkKeeping, a_changed_period_of_validity_holds_for_cards_issued_from_then_on) {
  auto const before = registered(1);
  auto const area = get(as("coordinator"), "/api/v1/areas/ETELA");
  ASSERT_EQ(patch(as("coordinator"), "/api/v1/policies/ETELA", {{"fixed_end", "2026-08-31"}},
                  area.header("etag"))
                .status,
            200);
  EXPECT_EQ(register_stock(2).body.at("last_valid_day"), "2026-08-31");
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + before).body.at("last_valid_day"), "2027-06-14");
}

TEST_F(NetworkKeeping, an_area_without_companions_refuses_them_by_field) {
  auto const code = registered(1);
  auto const area = get(as("coordinator"), "/api/v1/areas/ETELA");
  ASSERT_EQ(patch(as("coordinator"), "/api/v1/policies/ETELA", {{"companion_allowed", false}},
                  area.header("etag"))
                .status,
            200);
  EXPECT_THAT(redeem(code, net.museum, {{"tickets", {{"adult", 1}, {"companion", 1}}}}).faults(),
              ElementsAre("/tickets/companion not_allowed_here"));
}

TEST_F(NetworkKeeping, a_municipality_belongs_to_one_area) {
  Json const town{{"code", "491"}, {"name", {{"fi", "Mikkeli"}}}};
  Json const area{{"id", "UUSI"}, {"name", {{"fi", "Uusi"}}}, {"municipalities", {town}}};
  EXPECT_THAT(post(as("national"), "/api/v1/areas", area).faults(),
              ElementsAre("/municipalities/0 taken"));
  Json const office{
      {"area_id", "ETELA"}, {"municipality", "698"}, {"postcode", "96100"}, {"name", "Väärä"}};
  EXPECT_THAT(post(as("coordinator"), "/api/v1/offices", office).faults(),
              ElementsAre("/municipality outside_area"));
}

TEST_F(NetworkKeeping, null_takes_the_quota_of_an_event_away) {
  auto const path = "/api/v1/events/" + std::to_string(net.concert.value);
  auto const etag = get(as("coordinator"), path).header("etag");
  auto const changed =
      patch(as("coordinator"), path, {{"quota", nullptr}, {"capacity", nullptr}}, etag);
  EXPECT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(changed.body.at("quota"), nullptr);
  EXPECT_EQ(changed.body.at("capacity"), nullptr);
}

}  // namespace
}  // namespace kaiku::test
